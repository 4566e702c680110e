"""常用筛选: filters under names, kept with the ledger, and which of them was used last."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, cast

from models.errors import UserError
from models.ledger import Ledger
from models.settings import get_setting, save_setting

KEY, LAST_KEY = "activity_filters", "activity_filter_last"
LONGEST_NAME = 12
MOST = 20

ALL_TIME, THIS_PERIOD = "", "current"  # other periods by their code, as models.periods writes it


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """What the boxes of the 活动 page held. `period` is `ALL_TIME`, `THIS_PERIOD` (whatever is current when it is
    used) or the code of a period; the other fields are as in `ActivityQuery`."""

    name: str
    text: str = ""
    period: str = ALL_TIME
    form: str = ""
    focus: str = ""
    stage: str = ""
    unfinished: bool = False
    without_people: bool = False

    def same_choice(self, other: "SavedFilter") -> bool:
        """Whether both ask for the same, whatever they are called."""
        return asdict(self) | {"name": ""} == asdict(other) | {"name": ""}


def list_filters(ledger: Ledger) -> list[SavedFilter]:
    """The saved filters in the order they were made; what a hand-edited file holds beside them is left out."""
    stored = get_setting(ledger, KEY, [])
    items = cast("list[object]", stored) if isinstance(stored, list) else []
    return [each for item in items if (each := _read(item))]


def save_filter(ledger: Ledger, wanted: SavedFilter) -> None:
    """Keep a filter; one of the same name is replaced. Raises UserError for a name that cannot be."""
    name = _checked_name(wanted.name)
    kept = list_filters(ledger)
    same = next((place for place, each in enumerate(kept) if each.name == name), None)
    if same is None and len(kept) >= MOST:
        raise UserError(f"常用筛选最多存 {MOST} 个。请先删去不用的。")
    made = replace(wanted, name=name)
    _write(ledger, [*kept, made] if same is None else [*kept[:same], made, *kept[same + 1 :]])


def rename_filter(ledger: Ledger, old: str, new: str) -> None:
    """Call a filter something else. Raises UserError when the name is taken or cannot be."""
    name = _checked_name(new)
    kept = list_filters(ledger)
    if name != old and any(each.name == name for each in kept):
        raise UserError(f"已经有一个叫“{name}”的常用筛选。请换一个名字。")
    _write(ledger, [replace(each, name=name) if each.name == old else each for each in kept])
    if last_used(ledger) == old:
        remember_used(ledger, name)


def delete_filter(ledger: Ledger, name: str) -> None:
    """Forget a filter; the records it finds are not touched."""
    _write(ledger, [each for each in list_filters(ledger) if each.name != name])
    if last_used(ledger) == name:
        remember_used(ledger, "")


def last_used(ledger: Ledger) -> str:
    """The name of the filter that was in force last, empty when it was none of them."""
    name = get_setting(ledger, LAST_KEY, "")
    return name if isinstance(name, str) else ""


def remember_used(ledger: Ledger, name: str) -> None:
    """Say which filter is in force now (empty: none of the saved ones). Written only when that is news."""
    if last_used(ledger) != name:
        save_setting(ledger, LAST_KEY, name)


def _checked_name(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise UserError("请给常用筛选起一个名字。")
    if len(plain) > LONGEST_NAME:
        raise UserError(f"名字最多 {LONGEST_NAME} 个字。")
    return plain


def _write(ledger: Ledger, filters: Sequence[SavedFilter]) -> None:
    save_setting(ledger, KEY, [asdict(each) for each in filters])


def _read(item: object) -> SavedFilter | None:
    if not isinstance(item, dict):
        return None
    stored = cast("dict[str, Any]", item)
    known = {field.name: stored.get(field.name, field.default) for field in fields(SavedFilter)}
    fits = all(
        type(value) is (bool if name in ("unfinished", "without_people") else str) for name, value in known.items()
    )
    return SavedFilter(**known) if fits and known["name"] else None
