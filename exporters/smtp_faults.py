"""What can go wrong between this program and a mail server, said as what happened and what to do."""

import base64
import itertools
import re
import smtplib
import socket
import ssl
from enum import StrEnum

from exporters.mail_secret import Secret
from models.errors import UserError
from models.mail_account import MailAccount


class Fault(StrEnum):
    """What kind of fault it was."""

    LOGIN = "login"
    SPAM = "spam"
    SIZE = "size"
    ADDRESS = "address"
    REFUSED = "refused"
    BUSY = "busy"
    OFFLINE = "offline"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"
    ENCRYPTION = "encryption"
    LOST = "lost"
    UNCLEAR = "unclear"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What a fault means for the mail."""

    NOT_SENT = "not sent"  # certainly; something has to be changed first
    LATER = "later"  # certainly not sent; the same may succeed later
    UNKNOWN = "unknown"  # it may have been sent: only a person can find out


class Phase(StrEnum):
    """How far the conversation with the server had come."""

    CONNECT = "connect"
    LOGIN = "login"
    ENVELOPE = "envelope"
    DATA = "data"
    ANSWER = "answer"  # the mail is over there, what the server makes of it is not known yet


_LATER = frozenset((Fault.BUSY, Fault.OFFLINE, Fault.TIMEOUT, Fault.LOST))
_SPAM_MARKS = ("DT:SPM", "SPAM", "JUNK", "垃圾")
_SIZE_MARKS = ("SIZE", "TOO LARGE", "TOO BIG", "过大")
_QUOTA_MARKS = ("QUOTA", "MAILBOX FULL", "STORAGE", "已满")
_LOGIN_CODES = frozenset((530, 534, 535, 538, 550, 553))
_ROOM_FOR_FILES = 0.72  # of a mail: the rest is what base64 adds, and the letter
_WEBMAIL = "也可以改用“网页邮箱”的方式发送"
_PIECE = 4  # characters of the 授权码 that no sentence holds in a row
_DATE_FAULTS = frozenset((9, 10))  # X509_V_ERR_CERT_NOT_YET_VALID, X509_V_ERR_CERT_HAS_EXPIRED


class MailError(UserError):
    """A mail that this program did not manage to send. `outcome` says whether it can have been sent nevertheless,
    `code` is the server's answer (0 without one); `detail` holds its words, with nothing secret in them.
    """

    def __init__(self, fault: Fault, message: str, *, code: int = 0, detail: str = "") -> None:
        super().__init__(message, detail=detail)
        self.fault, self.code = fault, code

    @property
    def outcome(self) -> Outcome:
        """Whether it was sent, may be tried again, or nobody knows."""
        if self.fault is Fault.UNCLEAR:
            return Outcome.UNKNOWN
        return Outcome.LATER if self.fault in _LATER else Outcome.NOT_SENT


def of_reply(phase: Phase, code: int, reply: bytes | str, account: MailAccount, secret: Secret) -> MailError:
    """The server said no, with `code` and its own words."""
    words = _words(reply, account, secret)
    fault, message = _judge(phase, code, words.upper(), account)
    quoted = f"服务器的答复是：{code} {words}".rstrip() + "。" if fault in (Fault.REFUSED, Fault.ADDRESS) else ""
    return MailError(fault, message + quoted, code=code, detail=f"{phase}: {code} {words}")


def _judge(phase: Phase, code: int, words: str, account: MailAccount) -> tuple[Fault, str]:
    if 400 <= code < 500:
        return Fault.BUSY, "邮件服务器正忙，要求过一会儿再来，邮件没有发出。请过十分钟，在“待发送”里再发一次。"
    if phase is Phase.LOGIN and code in _LOGIN_CODES:
        return Fault.LOGIN, (
            f"邮箱没有让本程序登录，邮件没有发出。这里要填的是授权码，不是邮箱的登录密码；授权码也可能已失效。{account.steps}"
        )
    if any(mark in words for mark in _SPAM_MARKS):
        return Fault.SPAM, (
            "邮箱把这封邮件当成了垃圾邮件，没有发出。请登录网页邮箱，用“网页邮箱”的方式发送；"
            "或改一改主题和正文的写法，过一会儿再试。"
        )
    if any(mark in words for mark in _QUOTA_MARKS):
        return Fault.REFUSED, f"收件人的邮箱可能已满，邮件没有发出。请打电话告诉对方。{_WEBMAIL}。"
    if phase is not Phase.LOGIN and (code == 552 or any(mark in words for mark in _SIZE_MARKS)):
        return Fault.SIZE, too_large(0, 0)
    if phase is Phase.ENVELOPE and code in (550, 551, 553):
        return Fault.ADDRESS, "邮箱不接受这个收件人或发件人，邮件没有发出。请核对收件邮箱和发件邮箱。"
    return Fault.REFUSED, f"邮箱拒绝了这封邮件，没有发出。请过一会儿再试，{_WEBMAIL}。"


def too_large(size: int, limit: int) -> str:
    """The sentence for a mail above the server's limit; both in bytes, 0 when the server did not name one."""
    known = f"（{size / 2**20:.0f} MB，最多 {limit / 2**20:.0f} MB）" if limit else ""
    most = int(limit * _ROOM_FOR_FILES) // 2**20
    wanted = f"改成 {most} MB 以内" if most else "改小一些"
    return f"这封邮件太大{known}，邮箱不收，没有发出。请点“改附件大小”，{wanted}，分成几封再发。"


def of_connection(phase: Phase, error: OSError, account: MailAccount, secret: Secret) -> MailError:
    """The conversation broke off, or did not begin."""
    detail = f"{phase}: {_words(str(error), account, secret)} ({type(error).__name__})"
    if isinstance(error, smtplib.SMTPResponseException) and error.smtp_code > 0:
        return of_reply(phase, error.smtp_code, error.smtp_error, account, secret)
    if phase is Phase.ANSWER:
        return MailError(Fault.UNCLEAR, UNCLEAR, detail=detail)
    fault, message = _judge_connection(phase, error, account)
    return MailError(fault, message, detail=detail)


UNCLEAR = (
    "邮件已经传给服务器，可是没等到它的答复，不知道发出没有。本程序不会自己再发。"
    "请看邮箱的“已发送”，或打电话问对方收到没有，再到报送记录里说明。"
)


def _judge_connection(phase: Phase, error: OSError, account: MailAccount) -> tuple[Fault, str]:
    server = f"“{account.host}”"
    match error:
        case ssl.SSLCertVerificationError():
            return Fault.CERTIFICATE, _certificate(error, server)
        case ssl.SSLError() if phase is Phase.CONNECT and not isinstance(error, ssl.SSLEOFError):
            return Fault.ENCRYPTION, (
                f"和{server}建立不了加密连接，邮件没有发出，授权码也没有传出去。"
                "请核对端口和加密方式：465 用 SSL/TLS，587 用 STARTTLS。"
            )
        case smtplib.SMTPNotSupportedError():
            return Fault.ENCRYPTION, (
                f"{server}不支持加密或登录，邮件没有发出，授权码也没有传出去。请核对端口和加密方式，{_WEBMAIL}。"
            )
        case socket.gaierror():
            return Fault.OFFLINE, (
                f"找不到服务器{server}，多半是没有联网，邮件没有发出。请检查网络和服务器名称，联网后在“待发送”里再发一次。"
            )
        case _ if _timed_out(error):
            return Fault.TIMEOUT, (
                f"等了很久，{server}没有回应，邮件没有发出。请检查网络，在“待发送”里再发一次；单位的网络可能不许直接发邮件，{_WEBMAIL}。"
            )
        case smtplib.SMTPServerDisconnected() | ConnectionResetError() | BrokenPipeError() | ssl.SSLEOFError():
            return Fault.LOST, _lost(server)
        case _ if phase is not Phase.CONNECT:
            return Fault.LOST, _lost(server)
        case _:
            return Fault.OFFLINE, (
                f"连不上{server}，邮件没有发出。请检查网络，在“待发送”里再发一次；单位的网络可能不许直接发邮件，{_WEBMAIL}。"
            )


def _lost(server: str) -> str:
    return f"和{server}的连接中途断了，邮件没有发完，对方不会收到。请过一会儿，在“待发送”里再发一次。"


def _certificate(error: ssl.SSLCertVerificationError, server: str) -> str:
    if error.verify_code in _DATE_FAULTS:
        advice = "请先看这台电脑的日期对不对；日期没有错，就是服务器的证书过期了，请过几天再试"
    else:
        advice = "请核对服务器名称；名称没有错，可能是杀毒软件或单位的网络在中间查看邮件，请问问管电脑的人"
    return f"{server}的安全证书没有通过检查，邮件没有发出，授权码也没有传出去。{advice}，{_WEBMAIL}。"


def _timed_out(error: BaseException) -> bool:
    """Also when smtplib says “closed” because of it."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def stopped() -> MailError:
    """A person stopped it before the mail was complete."""
    return MailError(Fault.CANCELLED, "已停止发送，这封邮件没有发出。")


def _words(reply: bytes | str, account: MailAccount, secret: Secret) -> str:
    """What the server said, in one line, without the 授权码 in case it repeats what it was told."""
    text = _without(secret, account, reply if isinstance(reply, str) else _decoded(reply))
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:160]


def _without(secret: Secret, account: MailAccount, text: str) -> str:
    """The text with stars for every piece of the 授权码, plain or as it was sent: a server may cut what it repeats,
    spread it over lines, or put it into capitals.
    """
    hidden = secret.reveal()
    encoded = (base64.b64encode(told.encode()).decode() for told in (hidden, f"\0{account.login}\0{hidden}"))
    pieces = {form[start : start + _PIECE] for form in (hidden, *encoded) for start in _starts(form)}
    pattern = "|".join(re.escape(piece) for piece in sorted(pieces) if piece)
    if not pattern:
        return text
    told = [False] * len(text)
    for match in re.finditer(f"(?=({pattern}))", text, re.IGNORECASE):  # they overlap
        told[match.start(1) : match.end(1)] = [True] * len(match[1])
    runs = itertools.groupby(zip(text, told, strict=True), key=lambda pair: pair[1])
    return "".join("***" if own else "".join(each for each, _ in run) for own, run in runs)


def _starts(form: str) -> range:
    return range(max(1, len(form) - _PIECE + 1))


def _decoded(reply: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):  # QQ once answered in GBK
        try:
            return reply.decode(encoding)
        except UnicodeDecodeError:
            continue
    return reply.decode("ascii", "replace")
