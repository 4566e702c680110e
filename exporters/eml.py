"""A mail draft as an .eml file, to be opened, looked through and sent in the clerk's own mail program.

`X-Unsent: 1` makes Outlook and Thunderbird open it as a draft. There is no Date and no Message-ID on
purpose: RFC 5322 wants them of a sent message, and the program that sends it adds its own. A date of
the export would show the superior a mail “sent” days before it was.

What this program sends itself (`message_bytes`) has both, and no `X-Unsent`.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from exporters.atomic import write_bytes
from models.errors import UserError

POLICY = SMTP.clone(max_line_length=76)  # RFC 2047 allows 76 where words are encoded

_MIME_TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
_OTHER_TYPE = "application/octet-stream"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
_LONGEST_ADDRESS = 254
_ATTACHMENT_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}")
_LONG_TYPE = re.compile(rb"^Content-Type: (?=[^\r\n]{65})", re.MULTILINE)  # the type of .xlsx alone has 65
_LONGEST_ID = 62  # so that “Message-ID: ” and it make a line that need not be folded
_HEADER_BREAK = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to send along. `name` must be ASCII: QQ and 126 webmail show Chinese ones as tcmime.bin."""

    name: str
    data: bytes
    mime: str

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> "Attachment":
        """The file as it is now, under its own name; UserError when it cannot be read."""
        file = Path(path)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise UserError(
                f"读不出附件“{file.name}”，邮件草稿没有生成。请检查文件是否还在。", detail=repr(error)
            ) from error
        return cls(file.name, data, _MIME_TYPES.get(file.suffix.lower(), _OTHER_TYPE))


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail nobody has sent yet. `sender` may be empty: the mail program then fills in its account."""

    recipient: str
    sender: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


def write_eml(draft: Draft, path: str | os.PathLike[str]) -> None:
    """Write the draft to `path`, completely or not at all.

    The same draft gives the same bytes. Raises UserError for an address, subject or attachment name
    that must not go into a mail, and when the disk refuses.
    """
    write_bytes(path, draft_bytes(draft))


def draft_bytes(draft: Draft) -> bytes:
    """The draft as RFC 5322 text: CRLF line ends, no line longer than 78 octets. Errors as `write_eml`."""
    message = EmailMessage(POLICY)
    message["X-Unsent"] = "1"
    return _filled(message, draft)


def message_bytes(draft: Draft, sent_at: datetime, key: str) -> bytes:
    """The mail as this program sends it at `sent_at` (local time if it names no zone), from `draft.sender`.

    The Message-ID follows from `key` and the sender, so that the same mail sent once more is recognised as such.
    Text and errors as `draft_bytes`.
    """
    sender = check_address(draft.sender, "发件邮箱")
    message = EmailMessage(POLICY)
    message["Date"] = format_datetime(sent_at.astimezone())
    message["Message-ID"] = message_id(key, sender)
    return _filled(message, draft)


def message_id(key: str, sender: str) -> str:
    """The identity of a mail: the same for the same key and sender, different for every other."""
    local = hashlib.sha256(f"{key}\n{sender.lower()}".encode()).hexdigest()[:32]
    name = f"<{local}@{sender.rpartition('@')[2].lower()}>"
    return name if len(name) <= _LONGEST_ID else f"<{local}@xuanjiao-ledger.invalid>"


def _filled(message: EmailMessage, draft: Draft) -> bytes:
    message["To"] = check_address(draft.recipient, "收件邮箱")
    if draft.sender:
        message["From"] = check_address(draft.sender, "发件邮箱")
    message["Subject"] = _check_subject(draft.subject)
    message.set_content(_clean_body(draft.body), charset="utf-8", cte="base64")
    for attachment in draft.attachments:
        _attach(message, attachment)
    if draft.attachments:
        message.set_boundary(_boundary(draft))
    return _LONG_TYPE.sub(b"Content-Type:\r\n ", message.as_bytes())


def check_address(address: str, field: str) -> str:
    """`address` if a mail can be sent to it as it stands, else a UserError that names `field` (rule H13)."""
    stripped = address.strip(" ")
    if not stripped:
        raise UserError(f"“{field}”没有填。请填写后再生成邮件草稿。")
    local = stripped.partition("@")[0]
    if not _ADDRESS.fullmatch(stripped) or len(stripped) > _LONGEST_ADDRESS or len(local) > 64:
        shown = _HEADER_BREAK.sub("", stripped)[:60]
        raise UserError(f"“{field}”写成了“{shown}”，不是一个邮箱地址。请改正后再生成邮件草稿。")
    return stripped


def _check_subject(subject: str) -> str:
    if not subject.strip():
        raise UserError("邮件主题是空的。请填写后再生成邮件草稿。")
    if _HEADER_BREAK.search(subject):
        raise UserError("邮件主题里有换行或看不见的控制字符。请删去后再生成邮件草稿。")
    return _encodable(subject)


def _clean_body(body: str) -> str:
    """The body with plain line ends and without the characters that some mail programs stop reading at."""
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    return _encodable("".join(character for character in text if character in "\n\t" or character >= " "))


def _encodable(text: str) -> str:
    """Halves of surrogate pairs, from damaged data, become question marks instead of stopping the export."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    if not _ATTACHMENT_NAME.fullmatch(attachment.name):
        shown = _HEADER_BREAK.sub("", attachment.name)[:60]
        raise UserError(f"附件名“{shown}”只能用英文字母、数字和 . _ -，不然对方的网页邮箱会显示成乱码。请改名后再试。")
    kind, _, subtype = attachment.mime.partition("/")
    message.add_attachment(
        attachment.data,
        maintype=kind,
        subtype=subtype,
        filename=attachment.name,
        params={"name": attachment.name},  # where older programs look for it
    )


def _boundary(draft: Draft) -> str:
    """A boundary that depends on the draft alone. Base64, which all parts are in, holds no “=_”."""
    return f"=_xuanjiao-{len(draft.attachments)}-{sum(len(one.data) for one in draft.attachments)}_="
