"""Takes the pictures of the manual and the README: every page and its states, light, dark, some with text at 175 %.

    python packaging/screenshots.py            writes docs/screenshots/*.png
    python packaging/screenshots.py home form  only these
    SCREENSHOTS_OUT=FOLDER python packaging/screenshots.py home    into another folder, to look at them first

Runs without a screen, on the sample ledger and on its own day, so that the pictures change only with the program.
The scenes are in packaging/screenshot_scenes.py, the ledger they show in packaging/screenshot_sample.py.
"""

import itertools
import os
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import cast

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HOME = tempfile.mkdtemp(prefix="screenshots-")
os.environ.update(QT_QPA_PLATFORM="offscreen", HOME=HOME, XDG_CONFIG_HOME=HOME, APPDATA=HOME, TZ="CST-8")
os.chdir(HOME)  # the ledger's path is relative to it, so that it reads as on the clerk's own PC

from PIL import Image  # noqa: E402
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from screenshot_sample import FOLDER, prepare_ledger  # noqa: E402
from screenshot_scenes import LAST, SCENES  # noqa: E402
from screenshot_stage import Stage  # noqa: E402

from models import identity  # noqa: E402
from models.samples import SAMPLE_DAY  # noqa: E402
from ui import theme  # noqa: E402
from ui.app import Desktop, prepare_application  # noqa: E402
from ui.theme import Look  # noqa: E402

Rgb = tuple[int, int, int]
OUT = Path(os.environ.get("SCREENSHOTS_OUT") or ROOT / "docs" / "screenshots")
LOOKS = {"": (theme.LIGHT, 1.0), "-dark": (theme.DARK, 1.0), "-175": (theme.LIGHT, 1.75)}
SIZE = (1366, 768)
# Further states of pages that are taken at 175 % already: left out there, or the pictures would outweigh the program.
NOT_LARGE = {
    *(
        "calendar-week",
        "calendar-list",
        "search",
        "bulk",
        "replace",
        "paste",
        "duplicates",
        "case-pick",
        "case-hatched",
    ),
    *("history-steps", "first-run-2", "first-run-3", "settings-persons", "settings-bin"),
    *("submit-receipt", "submit-correction"),
}
FIRST_UID = 1_760_000_000_000 << 74  # a moment in October 2025, as models.identity counts
FREQUENT, BETWEEN = 24, 40  # colours of a picture besides those of the theme


def now() -> datetime:
    """A quarter past nine on the day the samples are told."""
    return datetime(SAMPLE_DAY.year, SAMPLE_DAY.month, SAMPLE_DAY.day, 9, 15)


def main(wanted: list[str]) -> int:
    """Take the pictures; prints the files it wrote. 2 for a picture that is not known."""
    unknown = [name for name in wanted if name not in {**SCENES, **LAST}]
    if unknown:
        print(__doc__)
        print("There is no picture", *unknown)
        print("The pictures:", *SCENES, *LAST)
        return 2
    OUT.mkdir(parents=True, exist_ok=True)
    app = prepare_application(["screenshots"])
    plenty = SimpleNamespace(total=500 << 30, used=300 << 30, free=200 << 30)
    shutil.disk_usage = lambda _path: plenty  # pyright: ignore[reportAttributeAccessIssue] -- else another number each time
    app.setCursorFlashTime(0)  # else some pictures would have a text cursor and some none
    for suffix, (look, scale) in LOOKS.items():
        take_all(app, Look(look, scale), suffix, wanted)
    os.chdir(ROOT)
    shutil.rmtree(HOME, ignore_errors=True)
    return 0


def take_all(app: QApplication, look: Look, suffix: str, wanted: list[str]) -> None:
    """Every scene in one look, on a ledger of its own."""
    identity._STAMPS = SimpleNamespace(take=itertools.count(FIRST_UID).__next__)  # pyright: ignore[reportAttributeAccessIssue] -- else another 回执码 each time
    desktop = Desktop(app, now)
    theme.apply(app, look.theme, look.scale)  # the desktop has just put on the look of the system
    prepare_ledger(FOLDER, desktop.notice, now())
    window = desktop.open_ledger(FOLDER)
    window.showNormal()  # the offscreen platform's screen is smaller than any real one
    window.resize(*SIZE)
    settle()
    stage = Stage(desktop, window, settle)
    for name, scene in {**SCENES, **LAST}.items():
        if not wanted or name in wanted:
            shown = scene(stage)
            if shown is None:
                continue
            shown.resize(*SIZE)
            if not (look.scale > 1 and name in NOT_LARGE):
                take(shown, f"{name}{suffix}")
            if shown is not window:
                shown.close()
                shown.deleteLater()
    desktop.close()
    settle()
    shutil.rmtree(FOLDER)


def take(widget: QWidget, name: str) -> None:
    """Save what the window shows, with the few colours a window has: a third of the size."""
    settle()
    shot = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = choose_colours(shot)
    few = shot.convertToFormat(QImage.Format.Format_Indexed8, colours, Qt.ImageConversionFlag.AvoidDither)
    image = Image.frombytes("P", (few.width(), few.height()), few.constBits(), "raw", "P", few.bytesPerLine())
    image.putpalette([channel for each in colours for channel in (each >> 16 & 255, each >> 8 & 255, each & 255)])
    file = OUT / f"{name}.png"
    image.save(file, optimize=True)
    print(file.name)


def choose_colours(shot: QImage) -> list[int]:
    """The theme's own colours, exactly, for orange must not become red; the most frequent ones, and some for photos."""
    image = Image.frombytes("RGB", (shot.width(), shot.height()), shot.constBits(), "raw", "BGRX", shot.bytesPerLine())
    counted = cast("list[tuple[int, Rgb]]", image.getcolors(shot.width() * shot.height()))
    counted.sort(key=lambda each: (-each[0], each[1]))
    between = image.quantize(BETWEEN, method=Image.Quantize.MEDIANCUT).getpalette() or []
    found = dict.fromkeys(theme.color(token).rgb() & 0xFFFFFF for token in sorted(theme.TOKENS))
    found |= dict.fromkeys(red << 16 | green << 8 | blue for _count, (red, green, blue) in counted[:FREQUENT])
    found |= dict.fromkeys(between[n] << 16 | between[n + 1] << 8 | between[n + 2] for n in range(0, BETWEEN * 3, 3))
    return [0xFF000000 | each for each in found][:256]


def settle() -> None:
    """Let background work and everything it causes come to its end."""
    for _ in range(6):
        QThreadPool.globalInstance().waitForDone()
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
