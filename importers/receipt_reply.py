"""The superior's reply to a submission: a small file, or an answering mail, that says what arrived.

The file (`回执_….json`, UTF-8, at most 64 KB) is one JSON object:

    {"format": "xuanjiao-ledger-receipt", "format_version": 1,
     "receipt_code": "7KQM-4HXT",            what follows from the files that arrived
     "digest": "<SHA-256 of the content>",   optional; compared when it is there
     "result": "received",                   or "returned"; received when it is missing
     "reason": "…",                          why it came back, at most 200 characters
     "from": "焦作市总工会宣教网络部", "on": "2025-10-12"}      both optional, shown and kept nowhere else

An answering mail (.eml, at most 30 MB) has such a file attached, or has exactly one receipt code in what its writer
added. Codes in the subject and in quoted lines are our own words coming back and confirm nothing; neither does a mail
that a server wrote (“退信”) nor one that was never sent. Nothing in either file is trusted or executed, and nothing is
written.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path
from typing import Any, cast

from importers.receipt_reply_text import own_words, words_of_html
from importers.strict_json import read_object
from models.errors import UserError
from models.ledger import Ledger
from models.receipt_code import is_code
from models.submission import Submission
from models.submitting import REASON_LIMIT, find_by_code, register_receipt, register_return

FORMAT, FORMAT_VERSION = "xuanjiao-ledger-receipt", 1
RECEIVED, RETURNED = "received", "returned"
SUFFIXES = (".json", ".eml")
MOST_JSON, MOST_MAIL = 64 << 10, 30 << 20
MOST_PARTS = 200
MOST_TEXT = 200_000  # characters of a mail that are looked at
MOST_LINES = 1_200_000  # of a mail of that size: base64 has a third
MOST_BOUNDARIES = 10_000
_LONGEST_HEADER = 3_000  # characters of one that are looked at; Python takes minutes over some
_SHOWN = 60
_CODE = re.compile(r"(?<![0-9A-Za-z])[2-9A-HJ-NP-Za-hj-np-z]{4}[ \-－—–‐‑−]?[2-9A-HJ-NP-Za-hj-np-z]{4}(?![0-9A-Za-z])")
_NAMED = re.compile(r"回执码[^0-9A-Za-z\n]{0,12}")
_BOUNDARY = re.compile(rb"[\r\n]--")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the superior says: `receipt_code` of what arrived, whether it was taken, and who said so when.

    `addressed_to` are the addresses that a mail was sent to, in small letters.
    """

    receipt_code: str
    result: str = RECEIVED
    reason: str = ""
    digest: str = ""
    sender: str = ""
    on: date | None = None
    addressed_to: tuple[str, ...] = ()


class _Bounded(policy.EmailPolicy):
    """The usual way of reading mails, which reads no header any further than a person would."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """The header as an object with all that is in its first characters."""
        return super().header_fetch_parse(name, value[:_LONGEST_HEADER])


def take_in(ledger: Ledger, name: str, reply: Reply, now: datetime, *, person: str = "") -> Submission:
    """Note what a reply says about the submission it is about, and return that one. `name` is the file's.

    Raises UserError when it is about none of ours, about other content, or a mail of our own.
    """
    submission = find_by_code(ledger, reply.receipt_code)
    if submission is None:
        raise UserError(f"“{_shown(name)}”里的回执码 {reply.receipt_code} 不是这个台账报送的，没有登记。")
    if reply.digest and reply.digest != submission.digest:
        raise UserError(
            f"“{_shown(name)}”说的内容和 {submission.number} 报送的不一样，没有登记。请打电话核对，必要时重新发送。"
        )
    if submission.recipient.strip().lower() in reply.addressed_to:
        raise UserError(f"“{_shown(name)}”是我们发给对方的邮件，不是对方的回复。请选对方发来的邮件。")
    if reply.result == RETURNED:
        register_return(ledger, submission, reply.reason, now, person=person)
    else:
        register_receipt(ledger, submission, reply.receipt_code, now, person=person)
    return submission


def read_reply(path: Path) -> Reply:
    """The reply in a file. Raises UserError, naming the file, for anything that confirms nothing."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(f"“{_shown(path.name)}”不是回执。请选上级发来的 .json 回执文件或 .eml 邮件。")
    content = _content(path, MOST_JSON if suffix == ".json" else MOST_MAIL)
    return _from_json(path.name, content) if suffix == ".json" else _from_mail(path.name, content)


def _content(path: Path, most: int) -> bytes:
    try:
        if not path.is_file():
            raise UserError(f"找不到“{_shown(path.name)}”。请检查文件还在不在。")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise UserError(f"“{_shown(path.name)}”打不开。请检查文件有没有被别的程序占用。", detail=repr(error)) from error
    if len(content) > most:
        raise UserError(f"“{_shown(path.name)}”太大，不像回执，没有读取。")
    return content


def _from_json(name: str, content: bytes) -> Reply:
    try:
        values = read_object(content)
    except ValueError as error:
        raise _no_reply(name, repr(error)) from error
    return _reply(name, values)


def _reply(name: str, values: dict[str, Any]) -> Reply:
    version = values.get("format_version")
    if values.get("format") != FORMAT or not isinstance(version, int) or version < 1:
        raise _no_reply(name)
    if version > FORMAT_VERSION:
        raise UserError(f"“{_shown(name)}”是用更新版本的宣教台账生成的，这台电脑上的版本读不了。请先把程序升级。")
    texts = {key: values.get(key, "") for key in ("receipt_code", "digest", "reason", "from", "on")}
    result = values.get("result", RECEIVED)
    if not all(isinstance(text, str) for text in texts.values()) or result not in (RECEIVED, RETURNED):
        raise _no_reply(name)
    if not is_code(texts["receipt_code"]) or (texts["digest"] and not _SHA256.fullmatch(texts["digest"])):
        raise _no_reply(name)
    try:
        on = date.fromisoformat(texts["on"]) if texts["on"] else None
    except ValueError as error:
        raise _no_reply(name, repr(error)) from error
    reason, sender = _line(texts["reason"])[:REASON_LIMIT], _line(texts["from"])[:_SHOWN]
    return Reply(_line(texts["receipt_code"]), result, reason, texts["digest"], sender, on)


def _from_mail(name: str, content: bytes) -> Reply:
    try:
        lines = content.count(b"\n") + content.count(b"\r")
        if lines > MOST_LINES or len(_BOUNDARY.findall(content)) > MOST_BOUNDARIES:
            raise ValueError(f"{lines} lines or too many parts")
        message = cast("EmailMessage", BytesParser(policy=_Bounded()).parsebytes(content))
        parts = _parts(message)
        if _is_automatic(message, parts):
            raise UserError(f"“{_shown(name)}”是服务器的退信或自动回复，不是对方的确认。请打电话问对方收到没有。")
        attached = [part for part in parts if (part.get_filename() or "").lower().endswith(".json")]
        replies = [reply for part in attached if (reply := _attached(name, part)) is not None]
        codes = {} if replies else {_bare(code): code for code in _codes(own_words(_text(parts)))}
        sender, on = _line(str(message.get("From", "")))[:_SHOWN], _day(message)
        addressed = tuple(address.lower() for _, address in getaddresses([str(message.get("To", ""))]))
    except UserError:
        raise
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError, IndexError) as error:
        raise _no_mail(name, repr(error)) from error
    if len(replies) == 1:
        return replies[0]
    if replies or len(codes) > 1:
        raise UserError(f"“{_shown(name)}”里有几个回执码，不知道是哪一次的。请在那一次报送里输入对方念的回执码。")
    if not codes:
        raise UserError(
            f"在“{_shown(name)}”里没有找到对方写的回执码（引用的原文不算）。请打电话核对，再输入对方念的回执码。"
        )
    return Reply(next(iter(codes.values())), sender=sender, on=on, addressed_to=addressed)


def _parts(message: EmailMessage) -> list[EmailMessage]:
    found: list[EmailMessage] = []
    for part in message.walk():
        if len(found) == MOST_PARTS:
            break
        found.append(part)
    return found


def _is_automatic(message: EmailMessage, parts: list[EmailMessage]) -> bool:
    """A bounce, an answer by a program, or a draft of ours."""
    kinds = {part.get_content_type() for part in parts}
    said = _line(str(message.get("Auto-Submitted", ""))).lower()
    sender = str(message.get("From", "")).lower()
    return (
        bool(kinds & {"multipart/report", "message/delivery-status", "message/disposition-notification"})
        or said not in ("", "no")
        or any(word in sender for word in ("mailer-daemon", "postmaster@", "noreply@", "no-reply@"))
        or message.get("X-Failed-Recipients") is not None
        or message.get("X-Unsent") is not None
        or _line(str(message.get("Return-Path", "-"))) == "<>"
    )


def _attached(name: str, part: EmailMessage) -> Reply | None:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or len(content) > MOST_JSON:
        return None
    try:
        return _from_json(name, content)
    except UserError:
        return None  # some other .json


def _text(parts: list[EmailMessage]) -> str:
    """The mail's own text; the HTML one only if there is no other."""
    bodies = {"text/plain": "", "text/html": ""}
    for part in parts:
        kind = part.get_content_type()
        if kind in bodies and not part.get_filename() and not bodies[kind]:
            bodies[kind] = _decoded(part)[:MOST_TEXT]
    return bodies["text/plain"] if bodies["text/plain"].strip() else words_of_html(bodies["text/html"])


def _decoded(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    charset = str(part.get_content_charset() or "utf-8")
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _codes(text: str) -> list[str]:
    """The receipt codes in a text: those named so, else whatever has the shape of one."""
    text = unicodedata.normalize("NFKC", text)
    named = [match for label in _NAMED.finditer(text) if (match := _CODE.match(text, label.end()))]
    matches = named or [match for match in _CODE.finditer(text) if any(sign in match[0] for sign in "-－—–‐‑−")]
    return [match[0] for match in matches if is_code(match[0])]


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, OverflowError):
        return None


def _line(text: str) -> str:
    """One line of printable text."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _shown(name: str) -> str:
    return _line(name)[:_SHOWN]


def _no_reply(name: str, detail: str = "") -> UserError:
    return UserError(f"“{_shown(name)}”不是宣教台账的回执，或已损坏，没有登记。请打电话核对回执码。", detail=detail)


def _no_mail(name: str, detail: str) -> UserError:
    return UserError(f"“{_shown(name)}”读不懂，不是完整的邮件。请打电话核对回执码。", detail=detail)
