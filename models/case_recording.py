"""Recording cases: what happens between “保存” and the row in the ledger (as models/recording.py for activities)."""

from collections.abc import Sequence
from dataclasses import replace

from models.case import CASE_STAGE_LABELS, CASE_TYPED_FIELDS, Case, CaseStage
from models.case_repository import CASES, save_case
from models.errors import UserError
from models.fields import case_field
from models.ledger import Ledger
from models.recording import Clerk
from models.unit import Unit
from models.unit_repository import get_unit

FATES = (CaseStage.SUBMITTED, CaseStage.ADOPTED, CaseStage.RETURNED)


def new_case(ledger: Ledger, clerk: Clerk) -> Case:
    """A new case with what can be known beforehand: the pack's first domain, and the people of the unit card."""
    unit = get_unit(ledger)
    domains = clerk.notice.options("case_domain")
    return Case(
        domain=domains[0].code if domains else "",
        author=unit.contact,
        reviewer=unit.chair,
        phone=unit.phone,
        notice_id=clerk.notice.id,
        form_version=clerk.notice.form_version,
    )


def copy_as_new(case: Case) -> Case:
    """A new draft that starts from this one. What was ticked off, sent and decided is not taken over."""
    values = {name: getattr(case, name) for name in CASE_TYPED_FIELDS}
    copy = Case(**values, notice_id=case.notice_id, form_version=case.form_version)
    return replace(copy, publish_ok=False, secret_checked=False, reported_before="")


def record_case(ledger: Ledger, case: Case, clerk: Clerk, *, finalise: bool | None = None) -> Case:
    """Save one case durably and return it. Saving never fails for missing answers: those make it a 草稿.

    `finalise` True asks for 定稿 (and ends a 退回) and raises UserError while a hard rule is broken; False takes
    定稿 back together with what became of it; None keeps both as long as the case stays complete.
    """
    before = CASES.get(ledger, case.uid) if case.uid else None
    complete = _is_complete(case, clerk)
    if finalise and not complete:
        raise UserError("还有必填内容没有填好，不能定稿。已填的内容可以先存草稿。")
    kept = case.finalised if finalise is None else finalise
    values: dict[str, object] = {
        "title": case.title.strip(),
        "finalised": kept and complete,
        "notice_id": case.notice_id or clerk.notice.id,
        "form_version": case.form_version or clerk.notice.form_version,
    }
    if finalise is False or (finalise and case.fate == CaseStage.RETURNED):
        values |= {"fate": "", "fate_note": ""}
    return _store(ledger, replace(case, **values), clerk, describe_change(before, replace(case, **values)))  # pyright: ignore[reportArgumentType]


def set_fate(ledger: Ledger, case: Case, fate: str, clerk: Clerk, note: str = "") -> Case:
    """Say what became of a 定稿 case: submitted, adopted or returned, with the superior's words; empty takes it back.

    Raises UserError for a case that is not 定稿, and when it goes out without the 涉密 check ticked.
    """
    if fate not in ("", *FATES):
        raise ValueError(fate)
    if not case.finalised:
        raise UserError(f"案例{quoted(case)}还没有定稿。先定稿，再登记报送结果。")
    if fate == CaseStage.SUBMITTED and not case.secret_checked:
        raise UserError(f"报送前请核对案例{quoted(case)}，并勾选“{case_field('secret_checked').label}”。")
    label = f"案例{quoted(case)}标为{CASE_STAGE_LABELS[fate or CaseStage.FINAL]}"
    return _store(ledger, replace(case, fate=fate, fate_note=note.strip() if fate else ""), clerk, label)


def delete_cases(ledger: Ledger, cases: Sequence[Case], clerk: Clerk) -> str:
    """Move cases to 回收站; returns what was done, as a toast says it."""
    what = _counted(cases)
    with ledger.transaction(f"删除{what}", at=clerk.now, person=clerk.person):
        CASES.delete(ledger, [case.uid for case in cases], now=clerk.now)
    return f"{what}已移到回收站"


def restore_cases(ledger: Ledger, cases: Sequence[Case], clerk: Clerk) -> str:
    """Take cases out of 回收站; returns what was done, as a toast says it."""
    what = _counted(cases)
    with ledger.transaction(f"恢复{what}", at=clerk.now, person=clerk.person):
        CASES.restore(ledger, [case.uid for case in cases])
    return f"{what}已恢复"


def quoted(case: Case) -> str:
    """The case's name as sentences use it: shortened, quotes inside it single (GB/T 15834)."""
    title = case.title.strip() or case.number or "未命名的案例"
    limit = 20
    short = title if len(title) <= limit else title[:limit] + "…"
    return f"“{short.replace('“', '‘').replace('”', '’')}”"


def describe_change(before: Case | None, after: Case) -> str:
    """What 撤销 calls the step: 新建案例“…”, 修改案例“…”的经验启示."""
    if before is None:
        return f"新建案例{quoted(after)}"
    changed = [name for name in CASE_TYPED_FIELDS if getattr(before, name) != getattr(after, name)]
    if not changed:
        return f"{'定稿' if after.finalised else '保存'}案例{quoted(after)}"
    first = case_field(changed[0]).label
    more = f"等 {len(changed)} 项" if len(changed) > 1 else ""
    return f"修改案例{quoted(before if before.title else after)}的{first}{more}"


def stage_of(case: Case) -> str:
    """The one state that is shown: 草稿 until 定稿, then what became of it."""
    if not case.finalised:
        return CaseStage.DRAFT
    return case.fate or CaseStage.FINAL


def _store(ledger: Ledger, case: Case, clerk: Clerk, label: str) -> Case:
    staged = replace(case, stage=stage_of(case))
    with ledger.transaction(label, at=clerk.now, person=clerk.person):
        return save_case(ledger, staged, now=clerk.now, person=clerk.person)


def _is_complete(case: Case, clerk: Clerk) -> bool:
    """Whether no hard rule is broken. The rules are loaded by the first save, not by the start."""
    from models.checks import is_case_complete
    from models.checks.findings import CheckContext

    return is_case_complete(case, CheckContext(clerk.notice, Unit(), clerk.today))


def _counted(cases: Sequence[Case]) -> str:
    return f"案例{quoted(cases[0])}" if len(cases) == 1 else f"{len(cases)} 个案例"
