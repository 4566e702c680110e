"""The figures of a summary: each with what it is called, what it says, the records behind it, and its rule (口径).

Whatever is counted about activities is counted by models/reports/counting.py, as in every form.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from models.activity import Activity
from models.case import CaseStage
from models.notice import Notice
from models.reports.basis import ReportBasis
from models.reports.counting import (
    Sum,
    hosted_sessions,
    number_of,
    other_sessions,
    people,
    people_offline,
    people_online,
    quantity,
    sessions,
)
from models.reports.indicators import lines_of, sorted_out
from models.reports.table7 import pieces
from models.summary import Summary
from models.summary_names import LABELS, OF_ACTIVITY, OTHERS, RULE_WORKS, UNITS, label_of_activity, scoped
from models.summary_records import final_cases, intentions_of, meetings_of

IN_ALL, OF_RECORDS, INDICATORS = "合计", "案例、报道和其他", "“百千万亿”"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the ledger. `text` is what stands in the summary, `unit` what a person reads behind it.

    `sources` are the uids of the records behind it. `group` is what it is listed under when a figure is chosen; it is
    empty for the figures of single activities, which are too many for a menu.
    """

    name: str
    label: str
    text: str
    sources: tuple[str, ...]
    rule: str
    unit: str = ""
    group: str = ""


Figures = Mapping[str, Figure]


def figures_of(basis: ReportBasis) -> Figures:
    """Every figure that a summary of the period may hold, by name, in the order of the menu."""
    activities = basis.activities
    found = _about(activities, "", IN_ALL)
    found += _of_records(basis)
    found += _of_indicators(basis)
    for code in form_codes(activities, basis.notice):
        form = basis.notice.form(code)
        found += _about([each for each in activities if each.form == code], code, form.brief if form else code)
    for focus in basis.notice.focuses:
        found += _about([each for each in activities if focus.code in each.focus], focus.code, focus.label)
    return _FiguresOfPeriod(found, activities)


class _FiguresOfPeriod(Mapping[str, Figure]):
    """The figures by name. Those of single activities come last and are made when asked for: few are ever cited."""

    def __init__(self, found: Iterable[Figure], activities: Iterable[Activity]) -> None:
        self._found = {figure.name: figure for figure in found}
        self._activities = {activity.number: activity for activity in activities}

    def __getitem__(self, name: str) -> Figure:
        figure = self._found.get(name)
        if figure is None:
            number, _, kind = name.rpartition(".")
            if kind not in _COUNTED_OF_ACTIVITY or number not in self._activities:
                raise KeyError(name)
            figure = self._found[name] = _of_activity(self._activities[number], kind)
        return figure

    def __iter__(self) -> Iterator[str]:
        own = [scoped(number, kind) for number in self._activities for kind in OF_ACTIVITY]
        return iter(dict.fromkeys([*self._found, *own]))

    def __len__(self) -> int:
        return sum(1 for _name in self)


def form_codes(activities: Iterable[Activity], notice: Notice) -> list[str]:
    """The forms of activity in the notice's order, then those of other notices that occur."""
    return list(
        dict.fromkeys([*(form.code for form in notice.forms), *(each.form for each in activities if each.form)])
    )


def value_of(summary: Summary, figures: Figures) -> Callable[[str], str | None]:
    """What each figure of a summary says: now, or as it was at 定稿. None for one that does not exist."""
    kept = dict(summary.figures) if summary.finalised else {}

    def value(name: str) -> str | None:
        if summary.finalised:
            return kept.get(name)
        figure = figures.get(name)
        return figure.text if figure else None

    return value


def _about(activities: Sequence[Activity], scope: str, group: str) -> list[Figure]:
    sums = _sums(activities)
    return [_figure(scoped(scope, name), LABELS[name], UNITS[name], sums[name], group) for name in LABELS]


def _sums(activities: Sequence[Activity]) -> dict[str, Sum]:
    hosted = [each for each in activities if each.hosted]
    joined = [each for each in activities if not each.hosted]
    return {
        "activities": number_of(activities),
        "hosted": replace(number_of(hosted), rule=f"只计主办和联合主办。{number_of(hosted).rule}"),
        "sessions": hosted_sessions(activities),
        "joined": replace(number_of(joined), rule=f"只计协办和组织参加。{number_of(joined).rule}"),
        "joined_sessions": other_sessions(activities),
        "people": people(activities),
        "people_offline": people_offline(activities),
        "people_online": people_online(activities),
    }


def _of_records(basis: ReportBasis) -> list[Figure]:
    cases, works, exemplars = final_cases(basis), basis.works.records, basis.exemplars.records
    adopted = [case for case in cases if case.fate == CaseStage.ADOPTED]
    plans, meetings = intentions_of(basis), meetings_of(basis)
    sums = {
        "meetings": Sum(len(meetings), tuple(item.uid for item in meetings)),
        "cases": Sum(len(cases), tuple(case.uid for case in cases)),
        "cases_adopted": Sum(len(adopted), tuple(case.uid for case in adopted)),
        "works": pieces(works),
        "exemplars": Sum(len({each.name.strip() for each in exemplars}), tuple(each.uid for each in exemplars)),
        "ai_activities": number_of([each for each in basis.activities if each.ai_use]),
        "partner_activities": number_of([each for each in basis.activities if with_partners(each)]),
        "plans_open": Sum(len(plans), tuple(uid for plan in plans for uid in plan.sources)),
    }
    found = [
        _figure(name, one.label, one.unit, replace(sums[name], rule=one.rule), OF_RECORDS)
        for name, one in OTHERS.items()
    ]
    for option in basis.notice.options("publicity_kind"):
        total = replace(pieces(work for work in works if work.kind == option.code), rule=RULE_WORKS)
        found.append(_figure(scoped("works", option.code), option.label, "件", total, OF_RECORDS))
    return found


def _of_indicators(basis: ReportBasis) -> list[Figure]:
    """The indicators of the notice, counted as in 表5; a whole form has its figures already."""
    lines = lines_of(basis.notice)
    found: list[Figure] = []
    for line, own in zip(lines, sorted_out(lines, basis.activities), strict=True):
        one = line.indicator
        if basis.notice.form(one.code) is None:
            found.append(_figure(scoped(one.code, one.measure), one.label, one.unit, line.total(own), INDICATORS))
    return found


def with_partners(activity: Activity) -> bool:
    """Whether departments or other units helped."""
    return bool(activity.partners or activity.partner_units.strip())


_COUNTED_OF_ACTIVITY: Mapping[str, Callable[[Iterable[Activity]], Sum]] = MappingProxyType(
    dict(zip(OF_ACTIVITY, (people, people_online, sessions, quantity), strict=True))
)


def _of_activity(activity: Activity, kind: str) -> Figure:
    total = _COUNTED_OF_ACTIVITY[kind]((activity,))
    return _figure(scoped(activity.number, kind), label_of_activity(activity.title, kind), UNITS[kind], total, "")


def _figure(name: str, label: str, unit: str, total: Sum, group: str) -> Figure:
    return Figure(name, label, str(total.value), total.sources, total.rule, unit, group)
