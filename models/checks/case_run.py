"""Running the rules over one case, or over the cases of a period."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from models.attachment import Attachment
from models.attachment_repository import list_attachments
from models.case import Case, CaseStage
from models.case_repository import linked_activities, list_cases_in_period
from models.checks import case_hard as _hard  # registers the hard rules
from models.checks import case_soft as _soft  # registers the hints
from models.checks.applying import apply_rule
from models.checks.findings import CASE, CASE_RULES, CheckContext, Explanations, Finding
from models.checks.photos import has_files
from models.explanation_repository import list_explanations
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.unit_repository import get_unit

_REGISTERED = (_hard, _soft)
_DONE_WITH = (CaseStage.SUBMITTED, CaseStage.ADOPTED)


def check_case(case: Case, context: CheckContext, explanations: Explanations | None = None) -> list[Finding]:
    """Everything the rules have to say about one case; with `context.submitting` also what 报送 asks for."""
    title = case.title.strip() or case.number or "未命名的案例"
    findings: list[Finding] = []
    for rule in CASE_RULES.rules.values():
        if context.submitting or not rule.on_submission:
            findings += apply_rule(rule, case, context, explanations or {}, CASE, title)
    return findings


def is_case_complete(case: Case, context: CheckContext) -> bool:
    """Whether no hard rule is broken: the case may be 定稿."""
    return not any(True for rule in CASE_RULES.blocking for _found in rule.check(case, context))


def check_one_case(
    ledger: Ledger,
    notice: Notice,
    case: Case,
    *,
    submitting: bool = False,
    has_file: Callable[[Attachment], bool] | None = None,
) -> list[Finding]:
    """What the editor shows about the case that is being typed, explanations included."""
    no_day = date.min  # no rule of a case asks for the day
    context = CheckContext(
        notice,
        get_unit(ledger),
        no_day,
        submitting=submitting,
        attachments=partial(list_attachments, ledger),
        linked=partial(linked_activities, ledger),
        has_file=has_file or partial(has_files, ledger),
    )
    return check_case(case, context, list_explanations(ledger))


def check_cases(
    ledger: Ledger, period: Period, context: CheckContext, explanations: Explanations
) -> tuple[list[Finding], int]:
    """What is found about the cases of a period that are still to be sent, and how many cases the period has.

    Only a case that is 定稿 is asked what 报送 asks for: a draft lacks more than a tick.
    """
    cases = list_cases_in_period(ledger, period)
    asked = replace(context, linked=partial(linked_activities, ledger))
    findings: list[Finding] = []
    for case in cases:
        if case.stage not in _DONE_WITH:
            findings += check_case(case, replace(asked, submitting=case.finalised), explanations)
    return findings, len(cases)
