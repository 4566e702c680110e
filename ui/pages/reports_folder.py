"""Where exported files go, asked once and remembered; and which files there have been changed since by somebody."""

import json
import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from models.preferences import settings_folder

log = logging.getLogger(__name__)

FILE = "export-folder.json"
MOST = 200  # files remembered


def remembered_folder() -> Path | None:
    """The folder of the last export; None when there was none or it is not there now (a USB stick pulled out)."""
    name = _load().get("folder")
    folder = Path(name) if isinstance(name, str) and name else None
    return folder if folder and folder.is_dir() else None


def remember_folder(folder: Path) -> None:
    """Export there from now on."""
    _store({**_load(), "folder": str(folder)})


def remember_written(files: Iterable[Path]) -> None:
    """Note when these files were written, to know later whether somebody has changed them."""
    written = {**_written(), **{str(file): file.stat().st_mtime_ns for file in files if file.exists()}}
    _store({**_load(), "written": dict(list(written.items())[-MOST:])})


def changed_by_others(files: Iterable[Path]) -> list[Path]:
    """Those of the files that are there and are not as this program left them."""
    written = _written()
    return [file for file in files if file.exists() and written.get(str(file)) != file.stat().st_mtime_ns]


def _written() -> dict[str, int]:
    written = _load().get("written")
    return written if isinstance(written, dict) else {}


def _load() -> dict[str, Any]:
    """What is remembered; nothing when the file is not readable. It holds no records, so asking again is enough."""
    try:
        stored = json.loads((settings_folder() / FILE).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("the export folder is not readable, asking again: %r", error)
        return {}
    return stored if isinstance(stored, dict) else {}


def _store(content: dict[str, Any]) -> None:
    target = settings_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        temporary = target / f"{FILE}.new"
        temporary.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
        temporary.replace(target / FILE)
    except OSError as error:
        log.warning("the export folder could not be remembered: %r", error)
