"""The superior's reply sets 已收; our own words coming back, a server's, or a stranger's do not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from importers.receipt_reply import MOST_JSON, MOST_MAIL, RETURNED, Reply, read_reply, take_in
from models.errors import UserError
from models.ledger import Ledger
from models.submission import Submission, SubmissionState
from models.submission_repository import get_submission, list_submissions
from tests.factories import NOW
from tests.models.submitted import LETTER, a_ready_ledger, submitted

CODE = "7KQM-4HXT"
LATER = NOW + timedelta(days=2)
QUOTED = f"""
------------------ 原始邮件 ------------------
发件人: "示例工会" <unit@qq.com>;
主题: 【活动台账】示例 回执码 {CODE}

　　回执码：{CODE}
"""


def a_file(folder: Path, values: Any, name: str = "回执.json") -> Path:
    path = folder / name
    path.write_bytes(values if isinstance(values, bytes) else json.dumps(values, ensure_ascii=False).encode())
    return path


def receipt(**values: Any) -> dict[str, Any]:
    return {"format": "xuanjiao-ledger-receipt", "format_version": 1, "receipt_code": CODE, **values}


def a_mail(folder: Path, text: str, *, html: str = "", attached: Any = None, **headers: str) -> Path:
    message = EmailMessage()
    usual = {"From": "宣教网络部 <jzghxjwlb@126.com>", "To": "unit@qq.com", "Subject": f"回复：回执码 {CODE}"}
    for name, value in {**usual, "Date": "Sun, 12 Oct 2025 09:00:00 +0800", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    if attached is not None:
        message.add_attachment(
            json.dumps(attached).encode(), maintype="application", subtype="json", filename="回执.json"
        )
    return a_file(folder, message.as_bytes(), "回复.eml")


def test_a_reply_file_says_what_arrived(tmp_path: Path) -> None:
    whole = receipt(digest="ab" * 32, on="2025-10-12", **{"from": "市总\n宣教网络部"})
    expected = Reply(CODE, digest="ab" * 32, sender="市总 宣教网络部", on=date(2025, 10, 12))
    assert read_reply(a_file(tmp_path, whole)) == expected
    with_mark = b"\xef\xbb\xbf" + json.dumps(receipt(result="returned", reason="缺\u202e盖章")).encode()
    assert read_reply(a_file(tmp_path, with_mark)) == Reply(CODE, RETURNED, "缺 盖章")


@pytest.mark.parametrize(
    "values",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 60_000,
        b'{"a":' * 9_000,
        b"null",
        [],
        {},
        receipt(format="other"),
        receipt(format_version="1"),
        receipt(format_version=True - 1),
        receipt(receipt_code="7KQM"),
        receipt(receipt_code=["7KQM-4HXT"]),
        receipt(receipt_code="7KQM-4HX0"),
        receipt(digest="AB" * 32),
        receipt(result="maybe"),
        receipt(reason={"a": 1}),
        receipt(on="yesterday"),
        receipt(**{"from": 7}),
    ],
)
def test_a_file_that_is_no_reply_is_a_sentence(tmp_path: Path, values: Any) -> None:
    with pytest.raises(UserError, match=r"“回执\.json”不是宣教台账的回执"):
        read_reply(a_file(tmp_path, values))


def test_files_of_other_kinds_sizes_and_versions_are_refused_by_name(tmp_path: Path) -> None:
    for path, sentence in (
        (a_file(tmp_path, b"MZ", "回执\u202e.exe"), "“回执 .exe”不是回执"),
        (a_file(tmp_path, b" " * (MOST_JSON + 1), "大.json"), "“大.json”太大"),
        (tmp_path / "没有.json", "找不到“没有.json”"),
        (a_file(tmp_path, receipt(format_version=2)), "更新版本"),
    ):
        with pytest.raises(UserError, match=sentence):
            read_reply(path)
    huge = tmp_path / "大.eml"
    with huge.open("wb") as file:
        file.truncate(MOST_MAIL + 1)
    with pytest.raises(UserError, match="太大"):
        read_reply(huge)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"已收到，回执码 {CODE}。" + QUOTED, ""),
        (f"收到了：{CODE.lower()}\n> 回执码：2345-6789\n> 别的", ""),
        ("回执码：7KQM 4HXT，谢谢" + QUOTED, ""),
        ("回执码７ＫＱＭ－４ｈｘｔ", ""),
        (f"{CODE}\n\n在 2025年10月10日 09:00，示例工会 写道：\n  回执码：2345-6789", ""),
        ("", f"<p>收到，<b>回执码</b>：{CODE}</p><blockquote>回执码：2345-6789</blockquote>"),
        ("", f"<div>回执码：{CODE}<br></div><style>a{{}}</style><div>---原始邮件---</div><p>2345-6789</p>"),
    ],
)
def test_a_mail_counts_by_what_its_writer_added(tmp_path: Path, text: str, html: str) -> None:
    reply = read_reply(a_mail(tmp_path, text, html=html))
    assert reply.receipt_code.upper().replace(" ", "-") == CODE
    assert reply.on == date(2025, 10, 12) and "jzghxjwlb@126.com" in reply.sender


def test_a_mail_may_carry_the_file(tmp_path: Path) -> None:
    reply = read_reply(a_mail(tmp_path, "见附件" + QUOTED, attached=receipt(receipt_code="2345-6789")))
    assert reply.receipt_code == "2345-6789"


@pytest.mark.parametrize(
    ("headers", "text", "sentence"),
    [
        ({}, "收到。" + QUOTED, "没有找到对方写的回执码"),
        ({}, "", "没有找到"),
        ({}, f"{CODE} 和 2345-6789", "几个回执码"),
        ({"Auto_Submitted": "auto-replied"}, f"回执码 {CODE}", "自动回复"),
        ({"From": "Mail Delivery <MAILER-DAEMON@126.com>"}, f"回执码 {CODE}", "退信"),
        ({"X_Failed_Recipients": "a@b.cn"}, f"回执码 {CODE}", "退信"),
        ({"Return_Path": "<>"}, f"回执码 {CODE}", "退信"),
        ({"X_Unsent": "1"}, f"回执码 {CODE}", "不是对方的确认"),
    ],
)
def test_a_mail_that_confirms_nothing_says_why(
    tmp_path: Path, headers: dict[str, str], text: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        read_reply(a_mail(tmp_path, text, **headers))


@pytest.mark.parametrize("seed", range(60))
def test_a_mail_spoiled_anywhere_is_read_or_a_sentence(tmp_path: Path, seed: int) -> None:
    import random

    chance = random.Random(seed)
    whole = a_mail(tmp_path, f"回执码 {CODE}", html="<p>a</p>", attached=receipt()).read_bytes()
    data = bytearray(whole)
    for _ in range(chance.randrange(1, 40)):
        place = chance.randrange(len(data))
        data[place : place + chance.randrange(4)] = chance.randbytes(chance.randrange(6))
    try:
        assert read_reply(a_file(tmp_path, bytes(data), "坏.eml")).receipt_code
    except UserError as error:
        assert "坏.eml" in error.message


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ready_ledger(tmp_path / "台账") as opened:
        yield opened


def state(ledger: Ledger, submission: Submission) -> str:
    found = get_submission(ledger, submission.uid)
    assert found is not None
    return found.state


def test_taking_it_in_sets_received_or_returned(ledger: Ledger) -> None:
    kept = submitted(ledger)
    assert take_in(ledger, "a.json", Reply(kept.receipt_code, digest=kept.digest), LATER, person="赵芳") == kept
    assert state(ledger, kept) == SubmissionState.RECEIVED
    take_in(ledger, "a.json", Reply(kept.receipt_code, RETURNED, "缺盖章页"), LATER)
    assert state(ledger, kept) == SubmissionState.RETURNED
    assert list_submissions(ledger)[0].events[-1].text == "缺盖章页"


def test_what_is_about_something_else_changes_nothing(ledger: Ledger) -> None:
    kept = submitted(ledger)
    for reply, sentence in (
        (Reply("2345-6789"), "不是这个台账报送的"),
        (Reply(kept.receipt_code, digest="00" * 32), "和 BS-2025-001 报送的不一样"),
        (Reply(kept.receipt_code, addressed_to=(LETTER.recipient,)), "是我们发给对方的邮件"),
    ):
        with pytest.raises(UserError, match=sentence):
            take_in(ledger, "a.eml", reply, LATER)
    assert state(ledger, kept) == SubmissionState.SENT
