"""The records behind a number: what each is called, where it is opened, and what it contributed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.activity import Activity
from models.activity_list_repository import list_by_uids
from models.calendar_query import entry_of
from models.case import Case
from models.case_links import day_of
from models.case_repository import CASES, linked_activities
from models.dates import format_date
from models.ledger import Ledger
from models.plan_item import PlanItem
from models.plan_repository import PLAN_ITEMS
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from ui.context import Place
from ui.pages.report_figures import Figure


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A record as the panel lists it. `place` is where it is opened, None when it cannot be; `share` what it added."""

    uid: str
    title: str
    number: str
    day: str
    place: Place | None
    share: str = ""


@dataclass(frozen=True, slots=True)
class _Measure:
    """What a number may add up: the words by which a column tells so, and what a record contributes."""

    words: tuple[str, ...]
    unit: str
    of: Callable[[Any], int]


_ACTIVITY_MEASURES = (
    _Measure(("线下",), "人次", lambda each: each.people_offline or 0),
    _Measure(("线上",), "人次", lambda each: each.people_online or 0),
    _Measure(("人次",), "人次", lambda each: each.people),
    _Measure(("场",), "场", lambda each: each.sessions or 0),
    _Measure(("成果", "本期数", "本年累计"), "", lambda each: each.quantity or 0),
    _Measure(("活动数", "项", "主办", "联合", "组织参加"), "项", lambda each: 1),
)
_WORK_MEASURES = (
    _Measure(("播放", "阅读", "浏览"), "次", lambda each: each.views or 0),
    _Measure(("件", "条"), "件", lambda each: 1 if each.quantity is None else each.quantity),
)
_EXEMPLAR_MEASURES = (_Measure(("次数",), "次", lambda each: 1 if each.times is None else each.times),)
_CASE_MEASURES = (_Measure(("数",), "篇", lambda each: 1),)
_MEASURES: dict[type, tuple[_Measure, ...]] = {
    Activity: _ACTIVITY_MEASURES,
    Work: _WORK_MEASURES,
    Exemplar: _EXEMPLAR_MEASURES,
    Case: _CASE_MEASURES,
}


def read_sources(ledger: Ledger, figure: Figure) -> list[SourceRecord]:
    """The records behind a number in the order of the form; those that are gone since are left out."""
    found = _find(ledger, figure.sources)
    records = [found[uid] for uid in dict.fromkeys(figure.sources) if uid in found]
    shares = _shares(figure, records)
    return [_source(ledger, record, share) for record, share in zip(records, shares, strict=True)]


def place_of_record(ledger: Ledger, uid: str) -> Place | None:
    """Where a record of any kind is opened; None when it is not there or belongs to nothing that can be opened."""
    record = _find(ledger, (uid,)).get(uid)
    return _place(ledger, record) if record is not None else None


def _find(ledger: Ledger, uids: Sequence[str]) -> dict[str, Any]:
    """Records by uid: activities first, which are many, then the other kinds one by one."""
    wanted = list(dict.fromkeys(uids))
    found: dict[str, Any] = {each.uid: each for each in list_by_uids(ledger, wanted)}
    for uid in (uid for uid in wanted if uid not in found):
        kept = next(
            (record for table in (CASES, WORKS, EXEMPLARS, PLAN_ITEMS) if (record := table.get(ledger, uid))), None
        )
        if kept is not None:
            found[uid] = kept
    return found


def _shares(figure: Figure, records: Sequence[Any]) -> list[str]:
    """What each record added to the number, as far as that can be told without guessing.

    It can when the records are all of one kind and a measure of that kind adds up to exactly what is printed: the
    one that the column names, or the only one that does.
    """
    nothing = [""] * len(records)
    kinds = {type(record) for record in records}
    if figure.value is None or len(kinds) != 1 or len(records) < len(set(figure.sources)):
        return nothing
    fitting = [
        (measure, amounts)
        for measure in _MEASURES.get(kinds.pop(), ())
        if sum(amounts := [measure.of(record) for record in records]) == figure.value
    ]
    named = [each for each in fitting if any(word in figure.label for word in each[0].words)]
    alike = {tuple(amounts) for _measure, amounts in fitting}
    chosen = named[0] if named else fitting[0] if len(alike) == 1 else None
    if chosen is None:
        return nothing
    unit = chosen[0].unit if named else ""
    return [f"{amount} {unit}".strip() for amount in chosen[1]]


def _source(ledger: Ledger, record: Any, share: str) -> SourceRecord:
    day = _day(ledger, record)
    number = record.number if isinstance(record, Activity | Case) else _kind(record)
    title = record.name if isinstance(record, Exemplar) else record.title
    shown = format_date(day) if day else record.month if isinstance(record, PlanItem) else ""
    return SourceRecord(record.uid, title or "（未填名称）", number, shown, _place(ledger, record), share)


def _kind(record: Any) -> str:
    return "作品、报道" if isinstance(record, Work) else "先进典型" if isinstance(record, Exemplar) else "年度计划"


def _day(ledger: Ledger, record: Any) -> date | None:
    if isinstance(record, Activity):
        return record.start
    if isinstance(record, Case):
        return day_of(record, linked_activities(ledger, record))
    return record.day


def _place(ledger: Ledger, record: Any) -> Place | None:
    match record:
        case Activity():
            return Place("activities", uid=record.uid)
        case Case():
            return Place("cases", uid=record.uid)
        case PlanItem():
            if record.activity_uid and entry_of(ledger, record.activity_uid):
                return Place("activities", uid=record.activity_uid)
            day = record.day.isoformat() if record.day else f"{record.month}-01" if record.month else ""
            return Place("calendar", action="year", field=day)
        case _:
            if record.activity_uid and list_by_uids(ledger, (record.activity_uid,)):
                return Place("activities", uid=record.activity_uid)
            case_uid = record.case_uid if isinstance(record, Work) else ""
            return Place("cases", uid=case_uid) if case_uid and CASES.get(ledger, case_uid) else None
