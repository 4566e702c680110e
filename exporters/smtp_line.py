"""The line to a mail server, kept to its limits: smtplib's own limit is one for each byte that it waits for.

A server that says a letter every 20 seconds, or a reply without end, would otherwise be listened to for days.
"""

import smtplib
import socket
import time
from typing import TYPE_CHECKING, Any

_LONGEST_LINE = 8 << 10  # RFC 5321 4.5.3.1.5 allows 512
_LONGEST_REPLY = 64 << 10
_CHUNK = 4 << 10


class _Incoming:
    """What the server says, line by line. Each reply has the socket's timeout for all of it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._heard = b""
        self._deadline, self._room = 0.0, 0

    def begin(self) -> None:
        """From here on it is another reply."""
        self._deadline = time.monotonic() + (self._connection.gettimeout() or 0.0)
        self._room = _LONGEST_REPLY

    def readline(self, _limit: int = -1) -> bytes:
        """The next line with its end; empty when the server hung up before that. Raises TimeoutError in time, and
        ConnectionError for more than any reply has.
        """
        while b"\n" not in self._heard:
            if len(self._heard) > _LONGEST_LINE:
                raise ConnectionError("a line without end")
            more = self._hear()
            if not more:
                return b""
            self._heard += more
        line, end, self._heard = self._heard.partition(b"\n")
        self._room -= len(line)
        if self._room < 0 or len(line) > _LONGEST_LINE:
            raise ConnectionError("a reply without end")
        return line + end

    def _hear(self) -> bytes:
        usual, left = self._connection.gettimeout(), self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the reply took too long")
        self._connection.settimeout(left)
        try:
            return self._connection.recv(_CHUNK)
        finally:
            self._connection.settimeout(usual)

    def close(self) -> None:
        """Nothing is held that would have to be closed; the socket is smtplib's."""


class _Limited(smtplib.SMTP if TYPE_CHECKING else object):
    def getreply(self) -> tuple[int, bytes]:
        """As smtplib's, of which the time limit is one for the whole reply. Raises SMTPServerDisconnected."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("Connection closed")
        incoming: Any = self.file
        if incoming is None:  # smtplib forgets it when the line is encrypted, and with it what came before
            incoming = self.file = _Incoming(self.sock)
        incoming.begin()
        return super().getreply()

    def auth(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        """As smtplib's, which does not expect a question that is no base64."""
        try:
            return super().auth(*arguments, **options)
        except ValueError:  # not chained: it may hold what was to be said
            raise smtplib.SMTPException("the server's question cannot be understood") from None


class LimitedSMTP(_Limited, smtplib.SMTP):
    """A line that is encrypted later (STARTTLS)."""


class LimitedSMTPoverTLS(_Limited, smtplib.SMTP_SSL):
    """A line that is encrypted from the first byte."""
