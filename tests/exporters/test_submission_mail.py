"""The mails of a submission: every mail program reads them, nothing in them is garbled, none is larger than allowed."""

from __future__ import annotations

import email
import email.policy
import random
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import fast_mail_parser
import mailparser
import pytest

from exporters.smtp import send
from exporters.submission_kept import kept_letter, kept_package
from exporters.submission_mail import DRAFTS, MailFiles, letter_for, mail_limit, main_files, volume_limit, write_mail
from exporters.submission_package import BuiltPackage, build_package
from exporters.submission_volumes import PackageFile, names_of, plan_volumes
from importers.package_reading import read_package
from models import periods
from models.errors import UserError
from models.notice import builtin_notice
from models.receipt_code import content_digest, receipt_code
from models.submission_content import collect
from models.submission_letter import SubmissionLetter
from models.submitting import keep_submission
from tests.exporters.mail_server import RECIPIENT, SECRET, SENDER, Authority, Post, account_at, mail_server
from tests.exporters.test_atomic_write import names_in
from tests.factories import NOW
from tests.models.submitted import a_ready_ledger

NOON = datetime(2025, 10, 10, 12, 0, tzinfo=UTC)
LIMIT = mail_limit(20)
UNIT = "焦作市示例机械有限公司工会"
STEM = "JZGH_410803_4108-TEST-012_2025Q3_v1"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuiltPackage:
    with a_ready_ledger(tmp_path_factory.mktemp("desk") / "台账") as ledger:
        return build_package(collect(ledger, builtin_notice(), periods.quarter(2025, 3), NOW))


def with_photos(built: BuiltPackage, count: int, size: int = 300_000) -> BuiltPackage:
    photos = (
        PackageFile(f"照片/合影{number}.jpg", "照片", random.Random(number).randbytes(size)) for number in range(count)
    )
    files = (*built.files, *photos)
    digest = content_digest(names_of([file for file in files if file.title != "表10"]))
    return replace(built, files=files, digest=digest, receipt_code=receipt_code(digest))


def mailed(built: BuiltPackage, folder: Path, limit: int = LIMIT, password: str = "") -> MailFiles:
    letter = letter_for(built, limit, protected=bool(password))
    return write_mail(built, folder, letter, limit=limit, password=password)


def by_python(data: bytes) -> tuple[str, str, str, dict[str, bytes]]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    body = message.get_body()
    assert body is not None
    return (
        message["To"],
        message["Subject"],
        body.get_content(),
        {part.get_filename() or "": part.get_content() for part in message.iter_attachments()},
    )


def by_mailparser(data: bytes) -> tuple[str, str, str, dict[str, bytes]]:
    import base64

    mail = mailparser.parse_from_bytes(data)
    files = {each["filename"]: base64.b64decode(each["payload"]) for each in mail.attachments}
    return str(mail.to[0][1]), str(mail.subject), str(mail.body), files


def by_fast_mail_parser(data: bytes) -> tuple[str, str, str, dict[str, bytes]]:
    mail = fast_mail_parser.parse_email(data)
    files = {each.filename: each.content for each in mail.attachments}
    return mail.headers["To"][0], mail.subject, "".join(mail.text_plain), files


PARSERS = [by_python, by_mailparser, by_fast_mail_parser]


def plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


@pytest.mark.parametrize("parse", PARSERS)
def test_what_a_server_gets_reads_the_same_in_three_parsers(
    built: BuiltPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parse: object
) -> None:
    authority, post = Authority(tmp_path), Post()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    files = mailed(built, tmp_path / "附件")
    [mail] = files.mails
    with mail_server(post, authority.context()) as port:
        send(mail.message(SENDER, NOON, "uid"), account_at(port), SECRET, recipient=mail.letter.recipient)
    content = post.mails[0].content
    assert isinstance(content, bytes)
    for data in (content, mail.draft.read_bytes()):
        recipient, subject, body, attachments = parse(data)  # pyright: ignore[reportCallIssue]
        assert recipient == RECIPIENT and post.mails[0].rcpt_tos == [RECIPIENT]
        assert subject == f"【活动台账】{UNIT} 2025年7-9月（第1版）回执码 {built.receipt_code}" == mail.letter.subject
        assert plain(body) == plain(mail.letter.body)
        assert attachments == {path.name: path.read_bytes() for path in mail.attachments}
        assert list(attachments) == [f"{STEM}.zip", f"{STEM}.pdf", f"{STEM}.xlsx"]


def test_lines_are_short_and_names_stand_in_both_places(built: BuiltPackage, tmp_path: Path) -> None:
    [mail] = mailed(built, tmp_path).mails
    for data in (mail.draft.read_bytes(), mail.message(SENDER, NOON, "uid")):
        assert data.isascii() and max(map(len, data.split(b"\r\n"))) <= 78
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
        for path in mail.attachments:
            message = email.message_from_bytes(data)
            part = next(each for each in message.walk() if each.get_filename() == path.name)
            assert part.get_param("name") == path.name and part["Content-Transfer-Encoding"] == "base64"


def test_the_folder_has_all_that_is_dragged_into_webmail(built: BuiltPackage, tmp_path: Path) -> None:
    files = mailed(built, tmp_path / "附件")
    assert sorted(path for path in files.folder.iterdir() if path.is_file()) == sorted(files.attachments)
    assert [path.relative_to(files.folder).as_posix() for path in files.folder.rglob("*.eml")] == [
        f"{DRAFTS}/{STEM}.eml"
    ], "the drafts lie apart: whoever marks all files of the folder attaches no draft to the mail"
    assert [path.suffix for path in files.attachments] == [".zip", ".pdf", ".xlsx"]
    main = {file.suffix: file.read() for file in main_files(built.files)}
    assert files.attachments[1].read_bytes() == main[".pdf"] and files.attachments[2].read_bytes() == main[".xlsx"]
    for path in files.attachments:
        assert path.name in files.letter.body
    again = mailed(built, tmp_path / "附件")
    assert again == files and again.mails[0].draft.read_bytes() == files.mails[0].draft.read_bytes()


def test_many_photos_become_several_mails_that_each_fit(built: BuiltPackage, tmp_path: Path) -> None:
    package, limit = with_photos(built, 8), mail_limit(1)
    files = mailed(package, tmp_path, limit)
    count = len(files.mails)
    assert count >= 3
    for number, mail in enumerate(files.mails, 1):
        assert sum(path.stat().st_size for path in mail.attachments) <= limit
        ending = "" if number == 1 else f"_{number}"
        assert mail.attachments[0].name == f"{STEM}{ending}.zip" and mail.draft.name == f"{STEM}{ending}.eml"
        _, subject, body, attachments = by_python(mail.draft.read_bytes())
        assert subject.endswith(f"第{number}封，共{count}封") and f"这是第{number}封" in body
        assert list(attachments) == [path.name for path in mail.attachments]
        assert f"{mail.attachments[0].name}（第{number}封，" in files.letter.body
    assert [path.suffix for path in files.mails[0].attachments] == [".zip", ".pdf", ".xlsx"]
    package_read = read_package([mail.attachments[0] for mail in files.mails])
    assert [file.name for file in package_read.files] == [file.name for file in package.files]
    identities = {message_id(mail.message(SENDER, NOON, "uid")) for mail in files.mails}
    assert len(identities) == count


def message_id(data: bytes) -> str:
    return email.message_from_bytes(data, policy=email.policy.default)["Message-ID"]


def test_the_main_forms_stay_out_where_they_would_cost_another_mail(built: BuiltPackage, tmp_path: Path) -> None:
    need = sum(file.byte_count + file.byte_count // 1000 + 2 * len(file.name.encode()) + 512 for file in built.files)
    limit = need + 512 * 20 + 2000
    assert len(plan_volumes(built.files, limit)) == 1 and volume_limit(built, limit) == limit
    [mail] = mailed(built, tmp_path, limit).mails
    assert [path.suffix for path in mail.attachments] == [".zip"] and ".pdf" not in mail.letter.body


def test_a_photo_for_a_mail_of_its_own_still_goes(built: BuiltPackage, tmp_path: Path) -> None:
    package = with_photos(built, 1, mail_limit(2) - 30_000)
    files = mailed(package, tmp_path, mail_limit(2))
    assert len(files.mails) == 2 and all(
        sum(path.stat().st_size for path in mail.attachments) <= mail_limit(2) for mail in files.mails
    )
    with pytest.raises(UserError, match=r"照片/合影0\.jpg"):
        letter_for(with_photos(built, 1, mail_limit(2)), mail_limit(2))


def test_beside_a_package_with_a_password_nothing_lies_open(built: BuiltPackage, tmp_path: Path) -> None:
    files = mailed(built, tmp_path, password="焦工-2025")
    assert names_in(tmp_path) == [f"{STEM}.zip", DRAFTS] and names_in(tmp_path / DRAFTS) == [f"{STEM}.eml"]
    assert "密码由我们另行打电话告知" in files.letter.body and "焦工-2025" not in files.letter.body
    assert f"{STEM}.pdf" not in files.letter.body
    with zipfile.ZipFile(files.attachments[0]) as archive:
        assert all(entry.flag_bits & 1 for entry in archive.infolist())
    assert "焦工-2025".encode() not in files.mails[0].draft.read_bytes()


def test_several_cases_are_counted_not_overwritten(built: BuiltPackage, tmp_path: Path) -> None:
    cases = [file for file in built.files if file.title == "表3"]
    others = [replace(file, name=file.name.replace("AL-2025-001", "AL-2025-002")) for file in cases]
    package = replace(built, files=(*cases, *others))
    [mail] = mailed(package, tmp_path).mails
    assert [path.name for path in mail.attachments] == [f"{STEM}.zip", f"{STEM}.pdf", f"{STEM}-2.pdf"]


@pytest.mark.parametrize(
    "change",
    [{"subject": "a\r\nBcc: b@c.cn"}, {"recipient": "a@126.com\r\nBcc: b@c.cn"}, {"recipient": ""}, {"subject": " "}],
)
def test_a_letter_that_no_mail_can_have_leaves_no_draft(
    built: BuiltPackage, tmp_path: Path, change: dict[str, str]
) -> None:
    letter = replace(letter_for(built, LIMIT), **change)  # pyright: ignore[reportArgumentType]
    with pytest.raises(UserError, match=r"收件邮箱|邮件主题"):
        write_mail(built, tmp_path, letter, limit=LIMIT)
    assert names_in(tmp_path) == [f"{STEM}.zip"], "the package itself is fine"


def test_a_body_typed_by_hand_arrives_whatever_it_holds(built: BuiltPackage, tmp_path: Path) -> None:
    letter = SubmissionLetter(RECIPIENT, "主题", "From 赵芳\n.\n--=_xuanjiao-3-1_=\n\r\nBcc: x@y.cn\n")
    [mail] = write_mail(built, tmp_path, letter, limit=LIMIT).mails
    message = email.message_from_bytes(mail.draft.read_bytes(), policy=email.policy.default)
    assert message["Bcc"] is None and len(list(message.walk())) == 5
    assert plain(by_python(mail.draft.read_bytes())[2]) == plain(letter.body)


def test_out_of_the_ledger_comes_the_same_mail(tmp_path: Path) -> None:
    with a_ready_ledger(tmp_path / "台账") as ledger:
        first = build_package(collect(ledger, builtin_notice(), periods.quarter(2025, 3), NOW))
        letter = letter_for(first, LIMIT)
        kept = keep_submission(
            ledger, first.content, first.files, digest=first.digest, receipt_code=first.receipt_code, letter=letter
        )
        before = mailed(first, tmp_path / "一")
        after = write_mail(kept_package(ledger, kept), tmp_path / "二", kept_letter(kept), limit=LIMIT)
        for one, other in zip(before.attachments, after.attachments, strict=True):
            assert one.name == other.name and one.read_bytes() == other.read_bytes()
        assert before.mails[0].draft.read_bytes() == after.mails[0].draft.read_bytes()
