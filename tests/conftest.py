"""What every test stands on: no screen, no clock zone and no home folder of the person who runs it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import ui  # noqa: F401 - what it mends in PySide6 must hold before the first test touches Qt

# Before the first QApplication: these decide how Qt starts, and a developer's own desktop settings must not.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # never the key store of who runs the tests
for name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(name, None)

# China's time, written so that it needs no time zone files; Windows knows no tzset and keeps its own zone.
os.environ["TZ"] = "CST-8"
if hasattr(time, "tzset"):
    time.tzset()



@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """All cores for everything; a few tests that are named are sooner done in one process (0)."""
    named = config.invocation_params.args
    return 0 if any("tests" in str(each) for each in named) else os.cpu_count() or 1


HOME_VARIABLES = {
    "HOME": ".",
    "USERPROFILE": ".",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DOCUMENTS_DIR": "文档",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder of this test's own, in force for Python, Qt and child processes."""
    folder = tmp_path_factory.mktemp("home")
    for variable, place in HOME_VARIABLES.items():
        monkeypatch.setenv(variable, str(folder / place))
    return folder
