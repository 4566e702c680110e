"""Running the rules over one record or over a whole period."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from models import activity_repository
from models.activity import Activity, Status
from models.checks import activity_hard as _hard  # registers the hard rules
from models.checks import activity_soft as _soft  # registers the hints
from models.checks.findings import (
    ACTIVITY_RULES,
    CheckContext,
    CheckResult,
    Explanations,
    Finding,
    RegisteredRule,
    Repair,
    Severity,
)
from models.checks.unit_rules import check_unit
from models.explanation_repository import list_explanations
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period, span
from models.unit_repository import get_unit

_REGISTERED = (_hard, _soft)


def check_activity(
    activity: Activity, context: CheckContext, explanations: Explanations | None = None
) -> list[Finding]:
    """Everything the rules have to say about one record. A cancelled one needs a title and a day at most."""
    findings: list[Finding] = []
    for rule in ACTIVITY_RULES.rules.values():
        if activity.status == Status.CANCELLED and rule.rule_id not in ("H01", "H02", "H03"):
            continue
        findings += _apply(rule, activity, context, explanations or {})
    return findings


def is_complete(activity: Activity, context: CheckContext) -> bool:
    """Whether no hard rule is broken: the record may be 定稿."""
    rules = (rule for rule in ACTIVITY_RULES.rules.values() if rule.severity is Severity.HARD)
    if activity.status == Status.CANCELLED:
        rules = (rule for rule in rules if rule.rule_id in ("H01", "H02", "H03"))
    return not any(True for rule in rules for _found in rule.check(activity, context))


def check_period(ledger: Ledger, notice: Notice, period: Period, today: date) -> CheckResult:
    """逻辑检查 of a report period: the unit card, every record that starts in it, and undated drafts."""
    unit = get_unit(ledger)
    activities = activity_repository.list_in_period(ledger, period)
    undated = activity_repository.list_undated(ledger)
    context = _context_for(ledger, activities, CheckContext(notice, unit, today, period))
    explanations = list_explanations(ledger)
    findings = check_unit(unit, notice)
    for activity in (*activities, *undated):
        findings += check_activity(activity, context, explanations)
    if not activities:
        findings.append(_nothing_to_report(period))
    return CheckResult(tuple(findings), len(activities) + len(undated))


def context_for_one(ledger: Ledger, notice: Notice, today: date, activity: Activity) -> CheckContext:
    """The context in which a form checks the record that is being typed."""
    around = [activity]
    if activity.start:
        nearby = span(activity.start - timedelta(days=1), activity.start + timedelta(days=1))
        around += activity_repository.list_in_period(ledger, nearby)
    context = CheckContext(notice, get_unit(ledger), today)
    return replace(
        context,
        neighbours=_neighbours(around),
        previous=partial(activity_repository.latest_of_same_kind, ledger),
    )


def _context_for(ledger: Ledger, activities: list[Activity], context: CheckContext) -> CheckContext:
    """Neighbours and predecessors looked up in the period itself, so that a check is one scan of it."""
    previous: dict[str, Activity | None] = {}
    last_of_kind: dict[tuple[str, str], Activity] = {}
    for activity in activities:  # oldest first
        if activity.status != Status.DONE:
            continue
        kind = (activity.form, activity.item)
        previous[activity.uid] = last_of_kind.get(kind) or activity_repository.latest_of_same_kind(ledger, activity)
        last_of_kind[kind] = activity

    def predecessor(activity: Activity) -> Activity | None:
        return previous.get(activity.uid)

    return replace(context, previous=predecessor, neighbours=_neighbours(activities))


def _neighbours(activities: Iterable[Activity]) -> Callable[[Activity], list[Activity]]:
    by_day: dict[date, list[Activity]] = defaultdict(list)
    for activity in activities:
        if activity.start:
            by_day[activity.start].append(activity)

    def look_up(activity: Activity) -> list[Activity]:
        if activity.start is None:
            return []
        days = (activity.start + timedelta(days=offset) for offset in (-1, 0, 1))
        return [other for day in days for other in by_day.get(day, ()) if other.uid != activity.uid]

    return look_up


def _apply(
    rule: RegisteredRule, activity: Activity, context: CheckContext, explanations: Explanations
) -> list[Finding]:
    findings: list[Finding] = []
    for found in rule.check(activity, context):
        field, message = found[0], found[1]
        repair: Repair | None = found[2] if len(found) > 2 else None
        fingerprint = "|".join(str(getattr(activity, name)) for name in (rule.about or (field,)))
        explained_for, text = explanations.get((activity.uid, rule.rule_id), ("", ""))
        findings.append(
            Finding(
                rule.rule_id,
                rule.severity,
                activity.uid,
                field,
                message,
                fingerprint,
                repair,
                activity.title or activity.number or "未命名的活动",
                text if explained_for == fingerprint and rule.severity is Severity.SOFT else "",
            )
        )
    return findings


def _nothing_to_report(period: Period) -> Finding:
    message = f"{period.label}（{period.range_text}）没有任何活动记录。请先登记活动，或换一个报送期。"
    return Finding("H16", Severity.HARD, "", "", message, title=period.label)
