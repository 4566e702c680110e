"""The mail draft: complete, readable by every mail program, and nobody can slip a header into it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import mailparser
import pytest

from exporters.eml import Attachment, Draft, check_address, draft_bytes, write_eml
from models.errors import UserError
from tests.exporters.test_atomic_write import names_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DRAFT = Draft(
    recipient="jzghxjwlb@126.com",
    sender="gh@example.cn",
    subject="【活动台账】焦作市××化工有限公司职工代表大会工会委员会 2025年7-9月（第1版）𬭚🇨🇳",
    body="市总工会宣教网络部：\n　　现报送我单位台账，请查收。\n\n. \nFrom 赵芳\t3999920\n",
    attachments=(
        Attachment("JZGH_410802_4108-0002-012_2025Q3_v1.pdf", bytes(range(256)) * 40, "application/pdf"),
        Attachment("JZGH_410802_4108-0002-012_2025Q3_v1.xlsx", b"PK\x03\x04" * 500, XLSX),
    ),
)


def parsed(draft: Draft) -> EmailMessage:
    message = email.message_from_bytes(draft_bytes(draft), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def test_the_draft_arrives_complete() -> None:
    message = parsed(DRAFT)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "jzghxjwlb@126.com"
    assert message["From"] == "gh@example.cn"
    assert message["Subject"] == DRAFT.subject
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == DRAFT.body
    assert body["Content-Transfer-Encoding"] == "base64"
    found = [(part.get_filename(), part.get_content(), part.get_content_type()) for part in message.iter_attachments()]
    assert found == [(one.name, one.data, one.mime) for one in DRAFT.attachments]


def test_a_second_mail_library_reads_the_same() -> None:
    mail = mailparser.parse_from_bytes(draft_bytes(DRAFT))
    assert mail.subject == DRAFT.subject
    assert [address for _, address in mail.to] == ["jzghxjwlb@126.com"]
    assert mail.body.replace("\r\n", "\n").strip() == DRAFT.body.strip()
    assert [one["filename"] for one in mail.attachments] == [one.name for one in DRAFT.attachments]


def test_lines_are_short_ascii_and_end_as_mail_demands() -> None:
    data = draft_bytes(DRAFT)
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert data.isascii()


def test_a_draft_has_no_date_of_its_own() -> None:
    """It is not sent yet: the program that sends it writes Date and Message-ID."""
    message = parsed(DRAFT)
    assert message["Date"] is None
    assert message["Message-ID"] is None


def test_without_a_sender_the_mail_program_fills_it_in() -> None:
    assert parsed(replace(DRAFT, sender=""))["From"] is None


def test_a_mail_without_attachments_is_plain() -> None:
    message = parsed(replace(DRAFT, attachments=()))
    assert message.get_content_type() == "text/plain"


def test_the_same_draft_gives_the_same_bytes() -> None:
    assert draft_bytes(DRAFT) == draft_bytes(replace(DRAFT))


@pytest.mark.parametrize(
    "subject",
    ["台账\r\nBcc: a@b.cn", "台账\nX: y", "台账\rX: y", "台账\x00", "台账\u2028X: y", "台账\x85X: y", "", "  "],
)
def test_a_subject_cannot_bring_a_header_of_its_own(subject: str) -> None:
    with pytest.raises(UserError, match="邮件主题"):
        draft_bytes(replace(DRAFT, subject=subject))


@pytest.mark.parametrize(
    "address",
    [
        " ",
        "jzghxjwlb",
        "a@b",
        "a@b..cn",
        "@126.com",
        "a b@126.com",
        "a@126.com,b@126.com",
        "a@126.com\r\nBcc: c@d.cn",
        "a@126.com\n",
        "张静 <a@126.com>",
        "张静@126.com",
        ".a@126.com",
        "a@-126.com",
        "a" * 65 + "@126.com",
        "a@" + "b" * 64 + ".cn",
        'a"@126.com',
        "a@126。com",
    ],
)
@pytest.mark.parametrize("field", ["recipient", "sender"])
def test_what_is_no_address_is_refused(address: str, field: str) -> None:
    label = "收件邮箱" if field == "recipient" else "发件邮箱"
    with pytest.raises(UserError, match=f"“{label}”") as caught:
        draft_bytes(replace(DRAFT, **{field: address}))
    assert "\n" not in caught.value.message


def test_a_draft_without_recipient_is_refused() -> None:
    with pytest.raises(UserError, match="“收件邮箱”没有填"):
        draft_bytes(replace(DRAFT, recipient=""))


@pytest.mark.parametrize("address", ["jzghxjwlb@126.com", "a.b+c@mail.example.com.cn", "o'neil@x-y.cn", "1@2.cn"])
def test_ordinary_addresses_pass(address: str) -> None:
    assert check_address(f" {address} ", "收件邮箱") == address
    assert parsed(replace(DRAFT, recipient=address))["To"] == address


@pytest.mark.parametrize(
    "name", ["表2.pdf", "a b.pdf", "a\r\nX: y.pdf", '"a".pdf', "../a.pdf", "", ".pdf", "a" * 90 + ".pdf"]
)
def test_attachment_names_that_webmail_garbles_are_refused(name: str) -> None:
    bad = Attachment(name, b"x", "application/pdf")
    with pytest.raises(UserError, match="附件名"):
        draft_bytes(replace(DRAFT, attachments=(bad,)))


@pytest.mark.parametrize(
    "body", ["", "一行", "a\r\nb\rc\x00d\x1b\ud800", "。" * 5000, "x" * 5000, "--=_xuanjiao-2-12240_=--"]
)
def test_any_body_arrives(body: str) -> None:
    found = parsed(replace(DRAFT, body=body)).get_body()
    assert found is not None
    wanted = (
        body.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").replace("\x1b", "").replace("\ud800", "?")
    )
    assert found.get_content().replace("\r\n", "\n").removesuffix("\n") == wanted
    assert max(map(len, draft_bytes(replace(DRAFT, body=body)).split(b"\r\n"))) <= 78


def test_attachments_are_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    assert Attachment.from_file(tmp_path / "a.xlsx") == Attachment("a.xlsx", b"PK", XLSX)
    with pytest.raises(UserError, match=re.escape("读不出附件“b.pdf”")):
        Attachment.from_file(tmp_path / "b.pdf")


def test_the_draft_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_eml(DRAFT, tmp_path / "报送.eml")
    assert (tmp_path / "报送.eml").read_bytes() == draft_bytes(DRAFT)
    with pytest.raises(UserError):
        write_eml(replace(DRAFT, recipient="x"), tmp_path / "报送.eml")
    assert (tmp_path / "报送.eml").read_bytes() == draft_bytes(DRAFT)
    assert names_in(tmp_path) == ["报送.eml"]
