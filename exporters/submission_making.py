"""Submit without a window: the package that the wizard makes, in a folder, and kept in the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exporters.progress import Progress
from exporters.submission_mail import letter_for, mail_limit
from exporters.submission_package import build_package
from exporters.submission_writing import ReadBack, write_checked
from models.case import CaseStage
from models.case_repository import list_cases_in_period
from models.errors import UserError
from models.ledger import Ledger
from models.mail_limit import limit_mb
from models.notice import Notice
from models.periods import Period
from models.submission import Submission
from models.submission_content import PackageContent, collect
from models.submitting import keep_submission, require_ready

SHORTEST_PASSWORD, LONGEST_PASSWORD = 6, 200


@dataclass(frozen=True, slots=True)
class MadeSubmission:
    """What was written. `submission` is its record in the log, None when it was not to be kept."""

    receipt_code: str
    version: int
    files: tuple[Path, ...]
    submission: Submission | None

    def told(self) -> list[str]:
        """All of it in words: the files, the receipt code, the number in the log."""
        lines = [f"已生成：{path}（{path.stat().st_size / 1024:.0f} KB）" for path in self.files]
        lines.append(f"回执码：{self.receipt_code}")
        kept = (
            f"已记入报送记录：{self.submission.number}" if self.submission else "没有记入报送记录，只供查看，请不要寄出"
        )
        return [*lines, f"{kept}（第 {self.version} 版）"]


def collect_usual(
    ledger: Ledger, notice: Notice, period: Period, now: datetime, forms: Sequence[str]
) -> PackageContent:
    """What the wizard offers first: these forms, with every case that is no draft any more."""
    cases = [case.uid for case in list_cases_in_period(ledger, period) if case.stage != CaseStage.DRAFT]
    return collect(ledger, notice, period, now, forms=forms, cases=cases)


def make_submission(
    ledger: Ledger,
    content: PackageContent,
    folder: Path,
    read_back: ReadBack,
    *,
    keep: bool = True,
    password: str = "",
    person: str = "",
    progress: Progress | None = None,
) -> MadeSubmission:
    """Write zips, main forms and mail drafts into `folder` as the wizard does, read the zips back and keep the
    submission: all of it or nothing.

    Without `keep` nothing is noted, and nothing may be sent. Raises UserError as `require_ready` (only with `keep`),
    `build_package`, `read_back` and `keep_submission`.
    """
    if keep:
        require_ready(content)
    megabytes = limit_mb(ledger, content.basis.notice)
    limit = mail_limit(megabytes)
    package = build_package(content, progress)
    letter = letter_for(package, limit, protected=bool(password))
    submission: Submission | None = None

    def note() -> None:
        nonlocal submission
        submission = keep_submission(
            ledger,
            content,
            package.files,
            digest=package.digest,
            receipt_code=package.receipt_code,
            letter=letter,
            person=person,
            limit_mb=megabytes,
        )

    mail = write_checked(
        package, folder, letter, read_back, limit=limit, password=password, confirm=note if keep else None
    )
    files = (*mail.attachments, *(each.draft for each in mail.mails))
    return MadeSubmission(package.receipt_code, content.version, files, submission)


def read_password(path: Path) -> str:
    """The password in the first line of a file, UTF-8. On a command line everybody could read it."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"密码文件“{path.name}”读不出来。请用 UTF-8 编码，密码写在第一行。", detail=repr(error)
        ) from error
    password = next(iter(text.splitlines()), "").strip()
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or not password.isprintable():
        raise UserError(f"密码文件“{path.name}”的第一行应是 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字符的密码。")
    return password
