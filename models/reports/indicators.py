"""The indicators of the notice (“百千万亿”): which activities each of them counts, and how.

The notice pack says all of it; no indicator, item or form is known here by its code.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from models.activity import Activity
from models.notice import Indicator, Notice
from models.reports import counting
from models.reports.counting import Sum

PEOPLE_UNIT, SESSIONS_UNIT = "人次", "场"
_HOSTED_ONLY = "只计主办和联合主办的活动。"
_MEASURES: Mapping[str, Callable[[Iterable[Activity]], Sum]] = {
    "quantity": counting.quantity,
    "sessions": counting.sessions,
    "people": counting.people,
}


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A line of 表5. `indicator` says what it counts, `subject` names those activities in words."""

    indicator: Indicator
    subject: str

    def total(self, activities: Sequence[Activity]) -> Sum:
        """The number that these activities of the line make."""
        hosted_only, measure = self.indicator.hosted_only, self.indicator.measure
        if hosted_only and measure == "sessions":
            return counting.hosted_sessions(activities)
        if hosted_only:
            found = _MEASURES[measure]([each for each in activities if each.hosted])
            return replace(found, rule=found.rule + _HOSTED_ONLY)
        return _MEASURES[measure](activities)


def lines_of(notice: Notice) -> tuple[IndicatorLine, ...]:
    """The indicators in the notice's order, those of buildings with their visitors, then the totals of whole forms."""
    found: list[Indicator] = []
    for indicator in notice.indicators:
        found.append(indicator)
        if indicator.visitors:
            found.append(replace(indicator, label=indicator.visitors, unit=PEOPLE_UNIT, measure="people", goal=""))
    for code in dict.fromkeys(code for indicator in notice.indicators for code in indicator.forms):
        form = notice.form(code)
        label = f"{form.printed if form else code}（合计）"
        whole = Indicator(code, label, SESSIONS_UNIT, "", "sessions", (), (code,), hosted_only=True)
        found += (whole, replace(whole, unit=PEOPLE_UNIT, measure="people", hosted_only=False))
    return tuple(IndicatorLine(indicator, _subject(indicator, notice)) for indicator in found)


def sorted_out(lines: Sequence[IndicatorLine], activities: Iterable[Activity]) -> list[list[Activity]]:
    """For each line the activities it is about, each at most once, in their order."""
    of_item: dict[str, list[int]] = defaultdict(list)
    of_form: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        for codes, known in ((line.indicator.items, of_item), (line.indicator.forms, of_form)):
            for code in codes:
                known[code].append(number)
    found: list[list[Activity]] = [[] for _ in lines]
    for activity in activities:
        by_item, by_form = of_item.get(activity.item, ()), of_form.get(activity.form, ())
        for number in {*by_item, *by_form}:
            found[number].append(activity)
    return found


def unknown_items(activities: Iterable[Activity], notice: Notice) -> dict[str, int]:
    """细分项目 that the notice does not know, and how many activities have each: no indicator can count those."""
    found: dict[str, int] = {}
    for activity in activities:
        if activity.item and notice.item(activity.item) is None:
            found[activity.item] = found.get(activity.item, 0) + 1
    return found


def _subject(indicator: Indicator, notice: Notice) -> str:
    named = {"细分项目": ("item", indicator.items), "活动形式": ("form", indicator.forms)}
    parts = [
        f"{kind}为{'、'.join(notice.label(field, code) for code in codes)}"
        for kind, (field, codes) in named.items()
        if codes
    ]
    return "，或".join(parts)
