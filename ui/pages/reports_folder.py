"""Where exported files go: asked once, remembered on this computer."""

import json
import logging
from pathlib import Path

from models.preferences import settings_folder

log = logging.getLogger(__name__)

FILE = "export-folder.json"


def remembered_folder() -> Path | None:
    """The folder of the last export; None when there was none or it is not there now (a USB stick pulled out)."""
    try:
        stored = json.loads((settings_folder() / FILE).read_text("utf-8"))
        folder = Path(stored["folder"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("the export folder is not readable, asking again: %r", error)
        return None
    return folder if folder.is_dir() else None


def remember_folder(folder: Path) -> None:
    """Remember it. Failing to is logged and otherwise harmless: the question comes again."""
    target = settings_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        temporary = target / f"{FILE}.new"
        temporary.write_text(json.dumps({"folder": str(folder)}, ensure_ascii=False), "utf-8")
        temporary.replace(target / FILE)
    except OSError as error:
        log.warning("the export folder could not be remembered: %r", error)
