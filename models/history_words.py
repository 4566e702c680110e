"""修改记录 in words: who, when, which field, what was there and what came – never a code or a column name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from models.activity import MODE_LABELS, ROLE_LABELS, STATUS_LABELS
from models.fields import (
    ACTIVITY_FIELDS,
    CASE_FIELDS,
    EXEMPLAR_FIELDS,
    MEETING_FIELDS,
    PLAN_FIELDS,
    SUMMARY_FIELDS,
    UNIT_FIELDS,
    WORK_FIELDS,
    FieldSpec,
    Kind,
)
from models.history import Change, changes_of
from models.history_versions import can_restore
from models.ledger import Ledger
from models.notice import Notice
from models.storage_faults import content_faults
from models.summary_names import words_for
from models.summary_text import shown
from models.text_apart import shown_apart

Describe = Callable[[Any], str]  # a stored value in words
EMPTY = "未填"
LONGEST = 120  # characters of a value, those where it differs; the rest is in the record itself
KINDS = {
    "activity": "活动", "case_record": "案例", "work": "作品或报道", "exemplar": "先进典型", "plan_item": "计划",
    "unit": "单位档案", "person": "人员", "attachment": "附件", "summary": "总结",
}  # fmt: skip

_FATES = {"submitted": "已报送", "adopted": "已采用", "returned": "退回"}
_OWN_CHOICES = {"status": STATUS_LABELS, "role": ROLE_LABELS, "mode": MODE_LABELS, "fate": _FATES}

_SPECS: dict[str, Sequence[FieldSpec]] = {
    "activity": ACTIVITY_FIELDS,
    "unit": UNIT_FIELDS,
    "case_record": CASE_FIELDS,
    "work": WORK_FIELDS,
    "exemplar": EXEMPLAR_FIELDS,
    "plan_item": (*PLAN_FIELDS, *MEETING_FIELDS),
    "summary": SUMMARY_FIELDS,
}
# Where the notice lists the choices of a field under another name.
_CHOICES = {
    ("case_record", "domain"): "case_domain",
    ("work", "kind"): "publicity_kind",
    ("work", "level"): "publicity_level",
    ("work", "publicity"): "publicity_type",
    ("exemplar", "kind"): "exemplar_kind",
    ("exemplar", "level"): "exemplar_level",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its label, what it was and what it became, both in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of 修改记录. `note` says what happened when no field tells it (移到回收站)."""

    change: Change
    label: str
    fields: tuple[FieldChange, ...]
    note: str = ""
    restorable: bool = False


def history_of(ledger: Ledger, uid: str, notice: Notice) -> list[Entry]:
    """修改记录 of a record, the latest first. The state the record is in now is not offered for restoring."""
    changes = changes_of(ledger, uid)
    present = changes[0].new if changes else None
    with content_faults("修改记录"):
        return [_entry(change, notice, present) for change in changes]


def title_of(changes: list[Entry]) -> str:
    """What the record is called, by the newest row that has a name; its kind when it has none."""
    for entry in changes:
        for row in (entry.change.new, entry.change.old):
            name = row and (row.get("title") or row.get("name") or row.get("file_name"))
            if name:
                return str(name)
    return KINDS.get(changes[0].change.table, "记录") if changes else ""


def _entry(change: Change, notice: Notice, present: Mapping[str, Any] | None) -> Entry:
    old, new = change.old, change.new
    fields = tuple(changed_fields(change.table, old or {}, new, notice)) if new is not None else ()
    note = _note(old, new)
    same = present is not None and new is not None and not list(changed_fields(change.table, new, present, notice))
    restorable = (
        can_restore(change) and not (same and not present.get("deleted_at")) if present else can_restore(change)
    )
    return Entry(change, change.label or "修改", fields, note, restorable)


def _note(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    if new is None:
        return "永久删除" if old and old.get("deleted_at") else "删除"
    if old is None:
        return "新建"
    if bool(old.get("deleted_at")) != bool(new.get("deleted_at")):
        return "移到回收站" if new.get("deleted_at") else "从回收站恢复"
    return ""


def changed_fields(table: str, old: Mapping[str, Any], new: Mapping[str, Any], notice: Notice) -> list[FieldChange]:
    """What differs between two stored rows of a table, in words and in the order of the form."""
    found: list[FieldChange] = []
    for name, (label, words) in _describers(table, notice).items():
        before, after = words(old.get(name)), words(new.get(name))
        if before != after:
            was, is_now = shown_apart(before, after, LONGEST)
            found.append(FieldChange(label, was or EMPTY, is_now or EMPTY))
    return found


def _describers(table: str, notice: Notice) -> dict[str, tuple[str, Describe]]:
    """Field → its label, and what puts its stored value into words (empty: not filled in)."""
    made = {spec.name: (spec.label, _words_of_spec(table, spec, notice)) for spec in reversed(_SPECS.get(table, ()))}
    return {**dict(reversed(made.items())), **_beyond_specs(table, notice)}


def _beyond_specs(table: str, notice: Notice) -> dict[str, tuple[str, Describe]]:
    """Fields that no FieldSpec describes, or whose column holds something of its own kind."""
    fate: tuple[str, Describe] = ("报送结果", lambda value: _label(notice, "fate", str(value)) if value else "")
    known: dict[str, dict[str, tuple[str, Describe]]] = {
        "activity": {"finalised": ("定稿", _flag)},
        "case_record": {
            "effects": ("量化成效", _effects),
            "activities": ("关联活动", _count),
            "finalised": ("定稿", _flag),
            "fate": fate,
            "fate_note": ("上级意见", _text),
        },
        "plan_item": {"cancelled": ("取消", _flag)},
        "summary": {"finalised": ("定稿", _flag)},
        "person": {"name": ("姓名", _text), "records": ("录入人", _flag), "reviews": ("审核人", _flag)},
        "attachment": {
            "caption": ("说明", _text),
            "photographer": ("拍摄人", _text),
            "consent": ("已征得同意", _flag),
            "file_name": ("文件名", _text),
        },
    }
    return known.get(table, {})


def _words_of_spec(table: str, spec: FieldSpec, notice: Notice) -> Describe:
    choices = _CHOICES.get((table, spec.name), spec.name)
    if table == "summary" and spec.kind is Kind.LONG_TEXT:
        return lambda value: _with_figures(value, notice)
    match spec.kind:
        case Kind.CHOICE:
            return lambda value: _label(notice, choices, str(value)) if value else ""
        case Kind.MULTI:
            return lambda value: "、".join(_label(notice, choices, code) for code in str(value or "").split())
        case Kind.DATE:
            return _day
        case Kind.FLAG:
            return _flag
        case Kind.MONEY:
            return lambda value: "" if value is None else f"{value / 100:.2f} 元"
        case Kind.INTEGER:
            return lambda value: "" if value is None else f"{value} {spec.unit.split('，')[0]}".strip()
        case _:
            return _text


def _label(notice: Notice, choices: str, code: str) -> str:
    return _OWN_CHOICES[choices].get(code, code) if choices in _OWN_CHOICES else notice.label(choices, code)


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _with_figures(value: Any, notice: Notice) -> str:
    """The text of a summary, with what its figures are called in their place."""
    return shown(_text(value), lambda name: f"［{words_for(name, notice)}］")


def _flag(value: Any) -> str:
    return "是" if value else "否"


def _count(value: Any) -> str:
    codes = str(value or "").split()
    return f"{len(codes)} 条" if codes else ""


def _effects(value: Any) -> str:
    import json

    with content_faults("修改记录"):
        lines = cast("list[list[Any]]", json.loads(value)) if value else []
        return "、".join(f"{indicator} {amount}{unit}" for indicator, amount, unit, *_sources in lines)


def _day(value: Any) -> str:
    if not value:
        return ""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return str(value)  # another program wrote it; the record's own page says so
    return f"{day.year}年{day.month}月{day.day}日"
