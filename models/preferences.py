"""What this computer remembers about its user: which ledger was open, the look, who sits here. Never records."""

import json
import logging
import os
import sys
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, cast

log = logging.getLogger(__name__)

FOLDER_NAME = "宣教台账"
TEXT_SIZES = (100, 115, 125, 150, 175)
DUPLEX = (
    "none",
    "auto",
    "long",
    "short",
)  # printed on both sides: not, as the printer has it, turned like a book, a pad
MOST_COPIES = 999
MOST_PIXELS = 4000


@dataclass(frozen=True, slots=True)
class PrintSetup:
    """How a form was printed last. `printer` is its name, empty for the system's own; `duplex` one of `DUPLEX`."""

    printer: str = ""
    duplex: str = "none"
    copies: int = 1
    colour: bool = True


@dataclass(frozen=True, slots=True)
class Preferences:
    """`ledger` is the folder opened last, `theme` one of system, light, dark; `text_size` in percent.

    `person` is the 录入人 at this computer, empty for the contact person. `backup_folders` holds pairs of a ledger
    folder and where its backups go; kept here, so that they are found when the ledger itself cannot be read.
    `print_setups` holds pairs of a form's code and how it is printed; `photos_printed` whether 表1 has its photos.
    `thumbnails` tells whether small pictures stand beside a preview, `thumbnail_width` how wide, in pixels at 100 %
    text (0: as usual).
    """

    ledger: str = ""
    theme: str = "system"
    text_size: int = 100
    person: str = ""
    backup_folders: tuple[tuple[str, str], ...] = ()
    print_setups: tuple[tuple[str, PrintSetup], ...] = ()
    photos_printed: bool = True
    thumbnails: bool = False
    thumbnail_width: int = 0

    def print_setup(self, code: str) -> PrintSetup:
        """How the form with this code is printed."""
        return dict(self.print_setups).get(code, PrintSetup())

    def with_print_setup(self, code: str, setup: PrintSetup) -> "Preferences":
        """The same with another way to print a form."""
        others = tuple(pair for pair in self.print_setups if pair[0] != code)
        return replace(self, print_setups=(*others, (code, setup)))

    def backup_folder(self, ledger_folder: Path) -> Path | None:
        """The chosen folder for the backups of a ledger, None for the one inside it."""
        chosen = dict(self.backup_folders).get(str(ledger_folder))
        return Path(chosen) if chosen else None

    def with_backup_folder(self, ledger_folder: Path, chosen: Path | None) -> "Preferences":
        """The same with another folder for the backups of a ledger."""
        others = tuple(pair for pair in self.backup_folders if pair[0] != str(ledger_folder))
        pair = ((str(ledger_folder), str(chosen)),) if chosen else ()
        return replace(self, backup_folders=(*others, *pair))


def settings_folder() -> Path:
    """Where this system keeps a program's small settings for the current user."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / FOLDER_NAME
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / FOLDER_NAME


def documents_folder() -> Path:
    """Where a new ledger is put unless the clerk chooses another place."""
    documents = Path.home() / "Documents"
    for candidate in (Path.home() / "文档", documents):
        if candidate.is_dir():
            return candidate / FOLDER_NAME
    return (documents if sys.platform == "win32" else Path.home()) / FOLDER_NAME


def load_preferences(folder: Path | None = None) -> Preferences:
    """What was remembered; the defaults when nothing (or nothing readable) is there."""
    file = (folder or settings_folder()) / "preferences.json"
    try:
        stored = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError) as error:
        log.warning("preferences are not readable, using defaults: %r", error)
        return Preferences()
    return _checked(stored if isinstance(stored, dict) else {})  # pyright: ignore[reportUnknownArgumentType]


def save_preferences(preferences: Preferences, folder: Path | None = None) -> None:
    """Remember. Failing to is logged and otherwise harmless: nothing the clerk typed is in here."""
    target = folder or settings_folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        temporary = target / "preferences.json.new"
        temporary.write_text(json.dumps(asdict(preferences), ensure_ascii=False), "utf-8")
        temporary.replace(target / "preferences.json")
    except OSError as error:
        log.warning("preferences could not be saved: %r", error)


def _checked(stored: dict[str, Any]) -> Preferences:
    """Only values of the right type and range; a hand-edited file must not stop the start."""
    known = {field.name: stored.get(field.name) for field in fields(Preferences)}
    ledger = known["ledger"] if isinstance(known["ledger"], str) else ""
    theme = known["theme"] if known["theme"] in ("system", "light", "dark") else "system"
    size = known["text_size"] if known["text_size"] in TEXT_SIZES else 100
    person = known["person"] if isinstance(known["person"], str) else ""
    return Preferences(
        ledger,
        str(theme),
        int(size),
        person,
        _checked_pairs(known["backup_folders"]),
        _checked_setups(known["print_setups"]),
        known["photos_printed"] is not False,
        known["thumbnails"] is True,
        width if type(width := known["thumbnail_width"]) is int and 0 <= width <= MOST_PIXELS else 0,
    )


def _checked_setups(stored: object) -> tuple[tuple[str, PrintSetup], ...]:
    if not isinstance(stored, list):
        return ()
    pairs = [cast("list[object]", each) for each in cast("list[object]", stored) if isinstance(each, list)]
    return tuple(
        (str(pair[0]), _checked_setup(cast("dict[str, object]", pair[1])))
        for pair in pairs
        if len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], dict)
    )


def _checked_setup(stored: dict[str, object]) -> PrintSetup:
    printer, duplex, copies = stored.get("printer"), stored.get("duplex"), stored.get("copies")
    return PrintSetup(
        printer if isinstance(printer, str) else "",
        str(duplex) if duplex in DUPLEX else "none",
        copies if type(copies) is int and 1 <= copies <= MOST_COPIES else 1,
        stored.get("colour") is not False,
    )


def _checked_pairs(stored: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(stored, list):
        return ()
    pairs = [tuple(cast("list[object]", each)) for each in cast("list[object]", stored) if isinstance(each, list)]
    texts = [pair for pair in pairs if len(pair) == 2 and all(isinstance(part, str) for part in pair)]
    return tuple((str(pair[0]), str(pair[1])) for pair in texts)
