"""更正报送: what a new version of a submission changes in the one before, record by record, old → new."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from models.history_words import FieldChange, changed_fields
from models.notice import Notice

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
CHANGE_LABELS = {ADDED: "新增", CHANGED: "修改", REMOVED: "删除"}

# Where data.json keeps each kind of record → its table and what it is called.
_KINDS = {
    "activities": ("activity", "活动"),
    "cases": ("case_record", "案例"),
    "works": ("work", "作品和报道"),
    "exemplars": ("exemplar", "先进典型"),
    "photos": ("attachment", "照片"),
}
KIND_LABELS = {**dict(_KINDS.values()), "unit": "单位档案"}
_STAMPS = frozenset(("revision", "created_at", "modified_at", "modified_by", "form_version", "notice_id", "file"))
_PLACE = "place_among_photos"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record that is not as it was. `kind` is its table; `fields` what changed in it (empty unless CHANGED)."""

    kind: str
    uid: str
    number: str
    title: str
    change: str
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """All that changed between two versions, in the order of the package."""

    changes: tuple[RecordChange, ...] = ()

    def count(self, change: str) -> int:
        """How many records were ADDED, CHANGED or REMOVED."""
        return sum(each.change == change for each in self.changes)


def differences(old: Mapping[str, Any], new: Mapping[str, Any], notice: Notice) -> Differences:
    """What `new` changes in `old`, both as data.json has them. A record saved again as it was has not changed."""
    found = list(_of_record("unit", _mapping(old.get("unit")), _mapping(new.get("unit")), notice))
    for key, (table, _label) in _KINDS.items():
        before, after = _by_uid(old.get(key)), _by_uid(new.get(key))
        if key == "photos":
            before, after = _placed(before, after), _placed(after, before)
        for uid in (*after, *(uid for uid in before if uid not in after)):
            found += _of_record(table, before.get(uid, {}), after.get(uid, {}), notice)
    return Differences(tuple(found))


def changes_as_data(found: Differences) -> list[dict[str, Any]]:
    """The differences as data.json carries them to the union above."""
    return [
        {
            "kind": each.kind,
            "uid": each.uid,
            "number": each.number,
            "title": each.title,
            "change": each.change,
            "fields": [{"name": field.label, "old": field.old, "new": field.new} for field in each.fields],
        }
        for each in found.changes
    ]


def _of_record(table: str, old: Mapping[str, Any], new: Mapping[str, Any], notice: Notice) -> Iterable[RecordChange]:
    if _content(old) == _content(new):
        return
    known = new or old
    uid, number = str(known.get("uid") or known.get("file") or ""), str(known.get("number") or "")
    title = str(known.get("title") or known.get("name") or known.get("caption") or known.get("file") or "")
    if old and new:
        fields = tuple(changed_fields(table, _as_stored(old), _as_stored(new), notice))
        if old.get(_PLACE) != new.get(_PLACE):
            fields += (FieldChange("顺序", f"第{old.get(_PLACE)}张", f"第{new.get(_PLACE)}张"),)
        fields = fields or (FieldChange("其他内容", "有改动", "见各表"),)  # a field that no form shows
        yield RecordChange(table, uid, number, title, CHANGED, fields)
    else:
        yield RecordChange(table, uid, number, title, ADDED if new else REMOVED)


def _content(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in _STAMPS}


def _as_stored(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record of data.json as a row of the ledger has it: choices joined by spaces, effects as lists of four."""
    return {name: _stored(name, value) for name, value in record.items()}


def _stored(name: str, value: Any) -> Any:
    if name == "effects" and isinstance(value, list):
        parts = ("indicator", "value", "unit", "sources")
        return json.dumps([[each.get(part, "") for part in parts] for each in value], ensure_ascii=False)  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    if isinstance(value, list):
        return " ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType]
    return value


def _by_uid(records: Any) -> dict[str, Mapping[str, Any]]:
    """The records of a part of data.json by their uid; photos, which have none, by their owner and content."""
    found: dict[str, Mapping[str, Any]] = {}
    for record in records if isinstance(records, list) else ():  # pyright: ignore[reportUnknownVariableType]
        values = _mapping(record)
        found[str(values.get("uid") or f"{values.get('owner_uid')} {values.get('sha256')}")] = values
    return found


def _placed(photos: Mapping[str, Mapping[str, Any]], others: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The photos with their place among those of their owner that both versions have. Their file names count all of
    them, so that one photo taken away would make every later one look changed.
    """
    places: Counter[Any] = Counter()
    placed: dict[str, Mapping[str, Any]] = {}
    for key, photo in photos.items():
        if key in others:
            places[photo.get("owner_uid")] += 1
            placed[key] = {**photo, _PLACE: places[photo.get("owner_uid")]}
        else:
            placed[key] = photo
    return placed


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownVariableType]
