"""The figures of a case (量化成效) from its linked activities, each with the records it was added up from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.activity import Activity, Status
from models.case import PARTS, Case, Effect
from models.fields import case_field
from models.notice import Notice

MOST = case_field("effects").limit
_COUNTED_ELSEWHERE = ("人次", "场")  # what an item measures in these, people and sessions already say
_REPLACED_IN = (*PARTS, "summary")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that is no longer what the activities say. `new` is empty when they say nothing about it any more.

    `in_texts` are the fields in whose text the old figure stands with its unit (871人次).
    """

    indicator: str
    unit: str
    old: str
    new: str
    sources: tuple[str, ...] = ()
    in_texts: tuple[str, ...] = ()


def figures(activities: Sequence[Activity], notice: Notice) -> tuple[Effect, ...]:
    """What can be counted about these activities, the most telling first, at most as many as a case shows."""
    return tuple(_all_figures(activities, notice)[:MOST])


def _all_figures(activities: Sequence[Activity], notice: Notice) -> list[Effect]:
    """Every figure, also those for which a case has no room.

    口径 as in the forms: only what was done counts; 场次 of 主办 and 联合主办 only; 浏览量 never among 人次.
    """
    done = [each for each in activities if each.status == Status.DONE]
    hosted = [each for each in done if each.hosted]
    joined = [each for each in done if not each.hosted]
    found = [
        _sum("开展活动", "场", hosted, lambda each: each.sessions),
        _sum("组织参加活动", "场", joined, lambda each: each.sessions),
        _sum("覆盖职工", "人次", done, lambda each: each.people),
        *_online(done),
        *_quantities(done, notice),
        _sum("竞赛项目", "个", done, lambda each: each.contest_events),
        _sum("参赛职工", "人", done, lambda each: each.contest_people),
        _sum("获得证书", "人", done, lambda each: each.contest_certificates),
        _satisfaction(done),
        _sum("登台展示职工", "人次", done, lambda each: each.people_active),
    ]
    return [each for each in found if each]


def refresh_figures(case: Case, activities: Sequence[Activity], notice: Notice) -> list[FigureChange]:
    """The figures of the case that were taken from activities and have changed since. Typed ones are left alone."""
    now = {(each.indicator, each.unit): each for each in _all_figures(activities, notice)}
    changes: list[FigureChange] = []
    for effect in case.effects:
        if not effect.sources:
            continue
        current = now.get((effect.indicator, effect.unit))
        new = current.value if current else ""
        if new != effect.value:
            pattern = _in_text(effect.value, effect.unit)
            texts = tuple(name for name in _REPLACED_IN if effect.value and pattern.search(getattr(case, name)))
            sources = current.sources if current else ()
            changes.append(FigureChange(effect.indicator, effect.unit, effect.value, new, sources, texts))
    return changes


def refreshed(case: Case, changes: Sequence[FigureChange], *, in_texts: bool = False) -> Case:
    """The case with these changes made: in the rows, and on request wherever the old figure stands in the text.

    A figure that the activities do not say any more loses its row; the text then keeps it, for a person to decide.
    """
    by_name = {(each.indicator, each.unit): each for each in changes}
    effects: list[Effect] = []
    for effect in case.effects:
        change = by_name.get((effect.indicator, effect.unit)) if effect.sources else None
        if change is None:
            effects.append(effect)
        elif change.new:
            effects.append(replace(effect, value=change.new, sources=change.sources))
    case = replace(case, effects=tuple(effects))
    for change in changes if in_texts else ():
        if change.new:
            pattern = _in_text(change.old, change.unit)
            texts = {name: pattern.sub(f"{change.new}{change.unit}", getattr(case, name)) for name in change.in_texts}
            case = replace(case, **texts)
    return case


def pulled(case: Case, activities: Sequence[Activity], notice: Notice) -> Case:
    """从活动取数: rows from activities anew, behind them the rows that somebody typed."""
    taken = figures(activities, notice)
    names = {(each.indicator, each.unit) for each in taken}
    typed = [each for each in case.effects if not each.sources and (each.indicator, each.unit) not in names]
    kept = taken[: max(0, MOST - len(typed))]
    return replace(case, effects=(*kept, *typed))


def _sum(
    indicator: str, unit: str, activities: Sequence[Activity], value: Callable[[Activity], int | None]
) -> Effect | None:
    counted = [(each.uid, amount) for each in activities if (amount := value(each))]
    total = sum(amount for _uid, amount in counted)
    return Effect(indicator, str(total), unit, tuple(uid for uid, _amount in counted)) if total else None


def _online(done: Sequence[Activity]) -> list[Effect | None]:
    """其中线上, where there is anything offline to tell it from."""
    if not any(each.people_offline for each in done):
        return []
    return [_sum("其中线上参与", "人次", done, lambda each: each.people_online)]


def _quantities(done: Sequence[Activity], notice: Notice) -> list[Effect | None]:
    """成果数量, added up by what is counted: the indicator of the notice, or else the item."""
    kinds: dict[tuple[str, str], list[Activity]] = {}
    indicators = {each.code: each for each in notice.indicators}
    for activity in done:
        item = notice.item(activity.item) if activity.item else None
        if not item or not activity.quantity or item.unit in ("", *_COUNTED_ELSEWHERE):
            continue
        indicator = indicators.get(item.indicator)
        by_quantity = indicator is not None and indicator.measure == "quantity"
        label = indicator.label if indicator and by_quantity else item.label
        kinds.setdefault((label, item.unit), []).append(activity)
    return [_sum(label, unit, each, lambda activity: activity.quantity) for (label, unit), each in kinds.items()]


def _satisfaction(done: Sequence[Activity]) -> Effect | None:
    """The rate, or from the lowest to the highest: an average of rates would be a figure nobody measured."""
    rated = [(each.uid, each.satisfaction) for each in done if each.satisfaction]
    if not rated:
        return None
    rates = [rate for _uid, rate in rated]
    value = str(rates[0]) if min(rates) == max(rates) else f"{min(rates)}—{max(rates)}"
    return Effect("职工满意率", value, "%", tuple(uid for uid, _rate in rated))


def _in_text(value: str, unit: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,]){re.escape(value)} ?{re.escape(unit)}")
