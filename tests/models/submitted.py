"""Submitting in tests: a small package of the ledger as it is, kept as the wizard keeps one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from exporters.submission_volumes import PackageFile, names_of
from models import periods, photos
from models.activity_repository import list_in_period
from models.attachment import OF_CASE
from models.attachment_repository import ATTACHMENTS
from models.case_recording import record_case
from models.explanation_repository import save_explanation
from models.ledger import Ledger
from models.letters import Letter
from models.notice import builtin_notice
from models.publicity import Work
from models.publicity_recording import WORK_KIND, save_sub_record
from models.receipt_code import content_digest, receipt_code
from models.submission import Submission, Way
from models.submission_content import DEFAULT_FORMS, PackageContent, collect
from models.submission_data import FILE_NAME
from models.submitting import keep_submission, register_sent
from tests.factories import NOW, a_case, a_clerk, a_ledger, an_activity
from tests.models.photo_samples import a_picture, encoded

THIRD = periods.quarter(2025, 3)
LETTER = Letter("jzghxjwlb@126.com", "【活动台账】示例", "请查收。\n")


def files_of(content: PackageContent) -> list[PackageFile]:
    """Not real forms, but files that differ whenever the content does."""
    titles = [f"{report.code} {table.rows}" for report in content.reports for table in report.tables]
    return [
        PackageFile(f"表2_活动台账_v{content.version}.pdf", "表2", "\n".join(titles).encode(), "1页"),
        PackageFile(FILE_NAME, "数据", content.data),
        *(PackageFile(photo.name, "照片", photo.path) for photo in content.photos),
    ]


def submitted(
    ledger: Ledger,
    now: datetime = NOW,
    *,
    sent: bool = True,
    period: periods.Period = THIRD,
    forms: tuple[str, ...] = DEFAULT_FORMS,
    cases: Sequence[str] | None = None,
) -> Submission:
    """The present content of a period, submitted and, unless told otherwise, sent from a web mailbox."""
    content = collect(ledger, builtin_notice(), period, now, forms=forms, cases=cases)
    files = files_of(content)
    digest = content_digest(names_of(files))
    kept = keep_submission(
        ledger, content, files, digest=digest, receipt_code=receipt_code(digest), letter=LETTER, person="赵芳"
    )
    if sent:
        register_sent(ledger, kept, Way.WEBMAIL, now, person="赵芳")
    return kept


def a_ready_ledger(folder: Path) -> Ledger:
    """A ledger whose third quarter can be submitted: two activities, a report about one, a case with a photo."""
    ledger = a_ledger(folder, an_activity(title="职工读书会"), an_activity(title="道德讲堂", start=date(2025, 8, 12)))
    clerk = a_clerk()
    own = list_in_period(ledger, THIRD)[0]
    save_sub_record(ledger, WORK_KIND, Work(title="读书会报道", day=date(2025, 9, 25), activity_uid=own.uid), clerk)
    case = a_case(period_start=date(2025, 7, 1), period_end=date(2025, 9, 1), secret_checked=True)
    case = record_case(ledger, case, clerk, finalise=True)
    add_captioned_photo(ledger, case.uid, photos.Pasted("现场.jpg", lambda: encoded(a_picture(1600, 1200))))
    explain_everything(ledger)
    return ledger


def add_captioned_photo(ledger: Ledger, case_uid: str, picture: photos.Pasted) -> None:
    """A photo about which no check has anything to say."""
    [photo], _done = photos.add_photos(ledger, OF_CASE, case_uid, [picture], a_clerk())
    with ledger.transaction("说明照片", at=NOW):
        ATTACHMENTS.save(ledger, replace(photo, caption="班前会上讲身边的事", consent=True), now=NOW)


def explain_everything(ledger: Ledger, period: periods.Period = THIRD) -> None:
    """Answer every hint of the period."""
    for finding in collect(ledger, builtin_notice(), period, NOW).checks.soft:
        if finding.open:
            with ledger.transaction("说明", at=NOW):
                save_explanation(ledger, finding, "数字无误", now=NOW)
