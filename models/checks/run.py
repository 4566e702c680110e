"""Running the rules over one activity or over a whole period."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial

from models import activity_repository
from models.activity import Activity, Status
from models.activity_query import ActivityQuery
from models.attachment import Attachment
from models.attachment_repository import ATTACHMENTS, list_attachments
from models.checks import activity_hard as _hard  # registers the hard rules
from models.checks import activity_soft as _soft  # registers the hints
from models.checks.applying import apply_rule
from models.checks.case_run import check_cases
from models.checks.findings import ACTIVITY, ACTIVITY_RULES, CheckContext, CheckResult, Explanations, Finding, Severity
from models.checks.photos import has_files
from models.checks.unit_rules import check_unit
from models.explanation_repository import list_explanations
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period, month_of, span
from models.search import normalise
from models.small_record_repository import DISTINCT_PAIRS
from models.unit_repository import get_unit

_REGISTERED = (_hard, _soft)
_MOST_NAMESAKES = 50  # records of a month read to find one of the same name
_OF_CANCELLED = ("H01", "H02", "H03")  # all that a cancelled activity needs


def check_activity(
    activity: Activity, context: CheckContext, explanations: Explanations | None = None
) -> list[Finding]:
    """Everything the rules have to say about one record. A cancelled one needs a title and a day at most."""
    findings: list[Finding] = []
    title = activity.title or activity.number or "未命名的活动"
    for rule in ACTIVITY_RULES.rules.values():
        if rule.on_submission and not context.submitting:
            continue
        if activity.status == Status.CANCELLED and rule.rule_id not in _OF_CANCELLED:
            continue
        findings += apply_rule(rule, activity, context, explanations or {}, ACTIVITY, title)
    return findings


def is_complete(activity: Activity, context: CheckContext) -> bool:
    """Whether no hard rule is broken: the record may be 定稿."""
    cancelled = activity.status == Status.CANCELLED
    for rule in ACTIVITY_RULES.blocking:
        if cancelled and rule.rule_id not in _OF_CANCELLED:
            continue
        if next(iter(rule.check(activity, context)), None) is not None:
            return False
    return True


def check_period(
    ledger: Ledger,
    notice: Notice,
    period: Period,
    today: date,
    has_file: Callable[[Attachment], bool] | None = None,
) -> CheckResult:
    """逻辑检查 of a report period: the unit card, every record that starts in it, undated drafts, and its cases.

    A case belongs to the period in which its 实施时间 ends (`case_links.day_of`); cases already sent or adopted are
    not checked again. `has_file` tells whether the bytes of an attachment are there (H14), usually in the ledger's
    own folder.
    """
    unit = get_unit(ledger)
    activities = activity_repository.list_in_period(ledger, period)
    undated = activity_repository.list_undated(ledger)
    known = CheckContext(notice, unit, today, period, attachments=_all_attachments(ledger), submitting=True)
    known = replace(known, is_distinct=_distinct(ledger), has_file=has_file or partial(has_files, ledger))
    explanations = list_explanations(ledger)
    context = _context_for(ledger, activities, known)
    findings = check_unit(unit, notice)
    for activity in (*activities, *undated):
        findings += check_activity(activity, context, explanations)
    case_findings, cases = check_cases(ledger, period, known, explanations)
    findings += case_findings
    if not activities and not cases:
        findings.append(_nothing_to_report(period))
    return CheckResult(tuple(findings), len(activities) + len(undated) + cases)


def context_for_one(
    ledger: Ledger, notice: Notice, today: date, activity: Activity, *, photos: bool = False
) -> CheckContext:
    """The context in which a form checks the record that is being typed; with `photos` its photos as well (S16)."""
    around = [activity]
    if activity.start:
        nearby = span(activity.start - timedelta(days=1), activity.start + timedelta(days=1))
        around += activity_repository.list_in_period(ledger, nearby)
    return CheckContext(
        notice,
        get_unit(ledger),
        today,
        neighbours=_neighbours(around),
        namesakes=partial(_find_namesakes, ledger),
        previous=partial(activity_repository.latest_of_same_kind, ledger),
        is_distinct=_distinct(ledger),
        attachments=partial(list_attachments, ledger) if photos else lambda _uid: (),
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

    return replace(context, previous=predecessor, neighbours=_neighbours(activities), namesakes=_namesakes(activities))


def _neighbours(activities: Iterable[Activity]) -> Callable[[Activity], list[Activity]]:
    by_day: dict[int, list[Activity]] = defaultdict(list)  # by ordinal: the last day of all has no day after it
    for activity in activities:
        if activity.start:
            by_day[activity.start.toordinal()].append(activity)

    def look_up(activity: Activity) -> list[Activity]:
        if activity.start is None:
            return []
        days = (activity.start.toordinal() + offset for offset in (-1, 0, 1))
        return [other for day in days for other in by_day.get(day, ()) if other.uid != activity.uid]

    return look_up


def _namesakes(activities: Iterable[Activity]) -> Callable[[Activity], list[Activity]]:
    by_name: dict[tuple[int, int, str], list[Activity]] = defaultdict(list)

    def key_of(activity: Activity) -> tuple[int, int, str]:
        return (activity.start.year, activity.start.month, normalise(activity.title)) if activity.start else (0, 0, "")

    for activity in activities:
        by_name[key_of(activity)].append(activity)

    def look_up(activity: Activity) -> list[Activity]:
        key = key_of(activity)
        return [other for other in by_name.get(key, ()) if other.uid != activity.uid] if key[2] else []

    return look_up


def _find_namesakes(ledger: Ledger, activity: Activity) -> list[Activity]:
    name = normalise(activity.title)
    if activity.start is None or not name:
        return []
    month = month_of(activity.start)
    found = activity_repository.page(ledger, ActivityQuery(activity.title, month.start, month.end), 0, _MOST_NAMESAKES)
    others = (row.activity for row in found if row.activity.uid != activity.uid)
    return [other for other in others if normalise(other.title) == name]


def _distinct(ledger: Ledger) -> Callable[[str, str], bool]:
    """“不是重复”, as far as somebody said so. Read when two records first look alike."""

    @cache
    def pairs() -> set[tuple[str, str]]:
        return {(pair.first_uid, pair.second_uid) for pair in DISTINCT_PAIRS.list_all(ledger)}

    return lambda one, other: bool(one) and (min(one, other), max(one, other)) in pairs()


def _all_attachments(ledger: Ledger) -> Callable[[str], Sequence[Attachment]]:
    by_owner: dict[str, list[Attachment]] = defaultdict(list)
    for attachment in ATTACHMENTS.list_all(ledger, "owner_uid, position, created_at, uid"):
        by_owner[attachment.owner_uid].append(attachment)
    return lambda uid: by_owner.get(uid, ())


def _nothing_to_report(period: Period) -> Finding:
    message = f"{period.label}（{period.range_text}）没有任何活动记录。请先登记活动，或换一个报送期。"
    return Finding("H16", Severity.HARD, "", "", message, title=period.label)
