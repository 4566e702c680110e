"""Send one mail through the mailbox's own server, encrypted, with the certificate checked.

The point of no return is the lone dot that ends the mail (RFC 5321 4.1.1.4): a server that has not seen it must not
deliver. Whatever fails before it is certainly not sent; whatever fails after it, without an answer, may be.
"""

import contextlib
import logging
import re
import smtplib
import socket
from collections.abc import Callable

from exporters.eml import check_address
from exporters.mail_secret import Secret
from exporters.smtp_connection import GOODBYE, connect, log_in, say_goodbye, socket_of
from exporters.smtp_faults import Fault, MailError, Phase, of_connection, of_reply, stopped, too_large
from models.mail_account import MailAccount, check_account

log = logging.getLogger(__name__)

_CHUNK = 16 << 10

SendProgress = Callable[[int, int], object]
"""Called with (bytes handed over, bytes in all)."""


def send(
    message: bytes,
    account: MailAccount,
    secret: Secret,
    *,
    recipient: str,
    progress: SendProgress | None = None,
    cancelled: Callable[[], bool] | None = None,
    timeout: float = 30.0,
    answer_timeout: float = 300.0,
) -> None:
    """Send `message` (RFC 5322, CRLF line ends) to `recipient`; returns when the server has taken it.

    Each step may take `timeout` seconds, the server's last word `answer_timeout`. `cancelled` is asked until the mail
    is complete; after that nothing can be taken back. Raises MailError, whose `outcome` says whether it was sent, and
    UserError for an address that is none.
    """
    check_account(account)
    conversation = _Conversation(account, secret, check_address(recipient, "收件邮箱"), timeout, answer_timeout)
    conversation.hold(message, progress or (lambda _done, _total: None), cancelled or (lambda: False))
    log.info("a mail of %d bytes was taken by %s", len(message), account.host)


class _Conversation:
    """One connection with a mail server, from greeting to goodbye."""

    def __init__(
        self, account: MailAccount, secret: Secret, recipient: str, timeout: float, answer_timeout: float
    ) -> None:
        self._account, self._secret, self._recipient = account, secret, recipient
        self._timeout, self._answer_timeout = timeout, answer_timeout
        self._phase = Phase.CONNECT

    def hold(self, message: bytes, progress: SendProgress, cancelled: Callable[[], bool]) -> None:
        """All of it. Raises MailError."""
        stop = _Stop(cancelled)
        server: smtplib.SMTP | None = None
        try:
            stop.ask()
            server = connect(self._account, self._timeout)
            stop.ask()
            self._phase = Phase.LOGIN
            log_in(server, self._account, self._secret)
            stop.ask()
            self._address(server, len(message))
            self._transfer(server, _stuffed(message), progress, stop)
            self._await_answer(server)
            say_goodbye(server)
        except OSError as error:  # smtplib's own are among them
            # Without the cause: a server may have repeated in it what it was told.
            raise of_connection(self._phase, error, self._account, self._secret) from None
        finally:
            if server is not None:
                server.close()

    def _address(self, server: smtplib.SMTP, size: int) -> None:
        self._phase = Phase.ENVELOPE
        limit = server.esmtp_features.get("size", "")
        options = [f"size={size}"] if server.has_extn("size") else []
        if limit.isdecimal() and 0 < int(limit) < size:
            raise MailError(Fault.SIZE, too_large(size, int(limit)), detail=f"SIZE {limit} < {size}")
        self._expect(2, server.mail(self._account.address, options))
        self._expect(2, server.rcpt(self._recipient))

    def _transfer(self, server: smtplib.SMTP, message: bytes, progress: SendProgress, stop: "_Stop") -> None:
        """The mail without the dot that ends it: until then the server must forget what it got."""
        self._phase = Phase.DATA
        stop.ask()
        self._expect(3, server.docmd("DATA"))
        connection, total = socket_of(server), len(message)
        for start in range(0, total, _CHUNK):
            stop.ask()
            try:
                connection.sendall(message[start : start + _CHUNK])
            except OSError:
                self._hear_why(server, connection)
                raise
            progress(min(start + _CHUNK, total), total)
        stop.ask()

    def _hear_why(self, server: smtplib.SMTP, connection: socket.socket) -> None:
        """A server that stops listening in the middle has often said why before."""
        with contextlib.suppress(OSError):
            connection.settimeout(GOODBYE)
            code, reply = server.getreply()
            if code >= 400:
                raise of_reply(self._phase, code, reply, self._account, self._secret)

    def _await_answer(self, server: smtplib.SMTP) -> None:
        self._phase = Phase.ANSWER
        connection = socket_of(server)
        connection.settimeout(self._answer_timeout)
        connection.sendall(b".\r\n")
        code, reply = server.getreply()
        if code // 100 not in (2, 4, 5):
            raise smtplib.SMTPServerDisconnected(f"no answer to the mail: {code}")
        self._expect(2, (code, reply))

    def _expect(self, kind: int, answer: tuple[int, bytes]) -> None:
        code, reply = answer
        if code // 100 != kind:
            raise of_reply(self._phase, code, reply, self._account, self._secret)


class _Stop:
    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled

    def ask(self) -> None:
        """Raises MailError when the person wants to stop."""
        if self._cancelled():
            raise stopped()


def _stuffed(message: bytes) -> bytes:
    """With a second dot where a line begins with one (RFC 5321 4.5.2), and a line end at the end."""
    ended = message if message.endswith(b"\r\n") else message + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended)
