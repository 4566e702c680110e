"""What was typed before there is a ledger: kept in the settings folder so that a power cut costs nothing."""

import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from models.preferences import settings_folder

log = logging.getLogger(__name__)

FILE = "first-run.json"


@dataclass(frozen=True, slots=True)
class FirstRunDraft:
    """`values` as typed, by field; `folder` empty for the proposed one; `step` from 0."""

    values: dict[str, str] = field(default_factory=dict[str, str])
    folder: str = ""
    step: int = 0


def load_draft() -> FirstRunDraft:
    """What was kept; an empty draft when there is nothing readable."""
    try:
        stored: Any = json.loads(_file().read_text("utf-8"))
        values = {str(name): str(text) for name, text in stored["values"].items()}
        return FirstRunDraft(values, str(stored["folder"]), int(stored["step"]))
    except FileNotFoundError:
        return FirstRunDraft()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("the kept entries of the first run are not readable: %r", error)
        return FirstRunDraft()


def save_draft(draft: FirstRunDraft) -> bool:
    """Keep it; False when the disk refuses."""
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_name(f"{FILE}.new")
        temporary.write_text(json.dumps(asdict(draft), ensure_ascii=False), "utf-8")
        temporary.replace(file)
    except OSError as error:
        log.warning("the entries of the first run could not be kept: %r", error)
        return False
    return True


def drop_draft() -> None:
    """Forget it: it is in the ledger now."""
    try:
        _file().unlink(missing_ok=True)
    except OSError as error:
        log.warning("the kept entries of the first run could not be removed: %r", error)


def _file() -> Path:
    return settings_folder() / FILE
