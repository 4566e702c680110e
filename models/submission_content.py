"""What goes into a submission: the forms chosen, the cases, their photos, the data, and what the checks say of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from models import file_store
from models.case import Case
from models.checks import CheckResult, check_period
from models.checks.findings import CASE
from models.errors import UserError
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period
from models.report import Report
from models.reports import BUILDERS
from models.reports.basis import ReportBasis
from models.reports.correction import build_correction
from models.reports.table3 import build_table3
from models.submission import EventKind, Submission
from models.submission_data import FILE_NAME, data_bytes, submission_data
from models.submission_differences import Differences, changes_as_data, differences
from models.submission_photos import PackagePhoto, photos_of_cases
from models.submission_repository import LoggedSubmission, list_files, list_submissions

LEDGER_FORM, CASE_FORM, COVER_FORM = "表2", "表3", "表10"
DEFAULT_FORMS = (LEDGER_FORM, CASE_FORM, COVER_FORM)


@dataclass(frozen=True, slots=True)
class PackageContent:
    """All that a package is made of. `reports` are the forms in their order without 表10, which lists the files;
    表3 stands there once per case. `previous` is the last version that was sent, None when none was, and
    `differences` what changed since. `same_as` is the version made last, sent or not, or else the last that was sent,
    if this one holds nothing else (H15). `data` are the bytes of data.json.
    """

    basis: ReportBasis
    version: int
    made_at: datetime
    forms: tuple[str, ...]
    reports: tuple[Report, ...]
    cases: tuple[Case, ...]
    photos: tuple[PackagePhoto, ...]
    data: bytes
    checks: CheckResult
    previous: Submission | None = None
    differences: Differences | None = None
    same_as: Submission | None = None

    @property
    def unchanged(self) -> bool:
        """H15: the same forms of the same records were packed already."""
        return self.same_as is not None


def collect(
    ledger: Ledger,
    notice: Notice,
    period: Period,
    now: datetime,
    *,
    forms: Sequence[str] = DEFAULT_FORMS,
    cases: Sequence[str] | None = None,
    with_photos: bool = True,
) -> PackageContent:
    """Read what a submission of `period` consists of at this moment; safe with a reading connection in any thread.

    `cases` are the uids of the cases to send and to list, None for all of the period. Nothing is refused here:
    `checks` says what stands in the way, those about cases that are not sent left out. Raises UserError for a form
    that does not exist.
    """
    chosen = _in_order(forms)
    basis = ReportBasis(ledger, notice, period, now.date())
    basis.cases = [case for case in basis.cases if cases is None or case.uid in cases]  # 表4 lists no others either
    sent = basis.cases if CASE_FORM in chosen else []
    photos = photos_of_cases(ledger, sent) if with_photos else ()
    made = sorted(list_submissions(ledger, period.code), key=lambda each: each.submission.version)
    latest = made[-1].submission if made else None
    previous = next((each.submission for each in reversed(made) if _has_left(each)), None)
    version = latest.version + 1 if latest else 1
    data = submission_data(basis, version, chosen, sent, photos)
    changed = differences(data_of(ledger, previous), data, notice) if previous else None
    same_as = next((each for each in (latest, previous) if each and _same(ledger, each, chosen, data, notice)), None)
    if changed is not None:
        data["changes"] = changes_as_data(changed)
    reports = [replace(report, version=version) for report in _reports(basis, chosen, sent)]
    if changed is not None:
        reports.append(build_correction(basis, changed, version, previous.version if previous else 0))
    return PackageContent(
        basis,
        version,
        now,
        chosen,
        tuple(reports),
        tuple(sent),
        photos,
        data_bytes(data),
        _checks_of(check_period(ledger, notice, period, now.date()), sent),
        previous,
        changed,
        same_as,
    )


def data_of(ledger: Ledger, submission: Submission) -> dict[str, Any]:
    """data.json as it was submitted. Raises UserError when its file has gone from the ledger's folder."""
    file = next((each for each in list_files(ledger, submission.uid) if each.name == FILE_NAME), None)
    if file is None:
        raise UserError(f"报送记录 {submission.number} 里没有数据，不能和它比较。请用备份恢复后再试。")
    path = file_store.path_of(ledger.folder, file.digest, file.suffix)
    try:
        content = path.read_bytes()
        if file_store.digest_of(content) != file.digest:
            raise ValueError("not the bytes that were submitted")
        return cast("dict[str, Any]", json.loads(content))
    except (OSError, ValueError) as error:
        raise UserError(
            f"读不出 {submission.number} 报送时的数据，不能和它比较。请用备份恢复后再试。", detail=repr(error)
        ) from error


def _has_left(logged: LoggedSubmission) -> bool:
    return any(event.kind == EventKind.SENT for event in logged.events)


def _same(ledger: Ledger, made: Submission, forms: tuple[str, ...], data: dict[str, Any], notice: Notice) -> bool:
    return made.forms == forms and not differences(data_of(ledger, made), data, notice).changes


def _in_order(forms: Sequence[str]) -> tuple[str, ...]:
    unknown = [code for code in forms if code not in BUILDERS]
    if unknown:
        raise UserError(f"没有“{unknown[0]}”这张表。可用的有：{'、'.join(BUILDERS)}。")
    return tuple(code for code in BUILDERS if code in forms)


def _reports(basis: ReportBasis, forms: Sequence[str], cases: Sequence[Case]) -> list[Report]:
    reports: list[Report] = []
    for code in forms:
        if code == CASE_FORM:
            reports += (build_table3(basis.ledger, basis.notice, case, basis.today) for case in cases)
        elif code != COVER_FORM:
            reports.append(BUILDERS[code](basis))
    return reports


def _checks_of(result: CheckResult, cases: Sequence[Case]) -> CheckResult:
    sent = {case.uid for case in cases}
    return replace(
        result,
        findings=tuple(each for each in result.findings if each.record_kind != CASE or each.uid in sent),
    )
