"""Mail servers on this computer for tests: a whole one (aiosmtpd, TLS, AUTH) and one that misbehaves by script."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from exporters.mail_secret import Secret
from models.mail_account import MailAccount, Security

CODE = "QWERTYUIOPASDFGH"
SECRET = Secret(CODE)
SENDER = "gonghui@126.com"
RECIPIENT = "jzghxjwlb@126.com"
BODY_READ = 64 << 10


class Authority:
    """A certificate authority of this test run. `trust` is its file for SSL_CERT_FILE."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.file = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(self.file)

    def context(self, name: str = "localhost", not_after: datetime | None = None) -> ssl.SSLContext:
        """What a server with a certificate for `name` needs."""
        begin = datetime(2020, 1, 1, tzinfo=UTC) if not_after else None
        certificate = self._authority.issue_cert(name, not_after=not_after, not_before=begin)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context


@dataclass
class Post:
    """What arrived, and the answers to give: `answers` are taken one by one for each mail, then 250."""

    answers: list[str] = field(default_factory=list)
    recipient_answer: str = "250 OK"
    refusal: str = ""  # of any login
    mails: list[Envelope] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    tried: int = 0  # mails that came as far as their end
    hang_up: bool = False  # instead of answering to a mail

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.tried += 1
        if self.hang_up:
            _drop(server)
            return "250 never heard"
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.mails.append(envelope)
        return answer

    def authenticate(self, _server: SMTP, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        login, password = data.login.decode(), data.password.decode()
        self.logins.append((login, password))
        if self.refusal:
            return AuthResult(success=False, handled=False, message=self.refusal)
        return AuthResult(success=password == CODE, handled=False)


@contextmanager
def mail_server(post: Post, context: ssl.SSLContext, *, starttls: bool = False, **options: Any) -> Iterator[int]:
    """A real server on the loopback; yields its port."""
    options = {"hostname": "test", "authenticator": post.authenticate, **options}
    if starttls:
        options |= {"tls_context": context, "require_starttls": True, "auth_required": True}
    else:
        options |= {"auth_require_tls": False}  # the whole line is encrypted
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    made: list[SMTP] = []

    def make() -> SMTP:
        made.append(SMTP(post, loop=loop, **options))
        return made[-1]

    async def listen() -> asyncio.Server:
        return await loop.create_server(make, "127.0.0.1", 0, ssl=None if starttls else context)

    server = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_close(server, made), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _drop(connection: SMTP) -> None:
    """Break the line without a word."""
    if isinstance(connection.transport, asyncio.Transport):
        with contextlib.suppress(AttributeError):  # of Python 3.11.2, where a line already closed cannot be broken
            connection.transport.abort()


async def _close(server: asyncio.Server, connections: list[SMTP]) -> None:
    """Also what a connection that was just dropped still has to do."""
    server.close()
    for connection in connections:
        _drop(connection)
    own = asyncio.current_task()
    waiting = [task for task in asyncio.all_tasks() if task is not own]
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def account_at(port: int, *, starttls: bool = False, host: str = "localhost") -> MailAccount:
    """An account at a server on this computer."""
    return MailAccount(SENDER, host, port, Security.STARTTLS if starttls else Security.TLS)


class Line:
    """The server's end of a connection, for scripts."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.file = connection.makefile("rb")

    def say(self, text: str) -> None:
        self.connection.sendall(text.encode() + b"\r\n")

    def hear(self) -> str:
        return self.file.readline().decode().strip()

    def welcome(self) -> None:
        """Everything up to the mail itself, as an ordinary server does it."""
        self.say("220 test")
        self.hear()
        self.say("250-test\r\n250 AUTH PLAIN")
        for answer in ("235 welcome", "250 OK", "250 OK", "354 go on"):
            self.hear()
            self.say(answer)

    def break_off(self) -> None:
        """Close so that the other end gets a reset."""
        self.file.close()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def read_mail(self) -> bytes:
        """The mail up to the dot that ends it."""
        lines = list(iter(self.file.readline, b".\r\n"))
        return b"".join(lines)

    def wait(self) -> None:
        """Say nothing until the other end gives up."""
        try:
            while self.file.readline():
                pass
        except OSError:  # a reset is a way of giving up
            return


@contextmanager
def scripted_server(context: ssl.SSLContext | None, script: Callable[[Line], None]) -> Iterator[int]:
    """A server that follows `script` for its one connection (encrypted unless there is no context); yields its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)
    faults: list[BaseException] = []

    def serve() -> None:
        try:
            plain, _ = listener.accept()
            with plain, context.wrap_socket(plain, server_side=True) if context else plain as connection:
                line = Line(connection)
                with line.file:
                    script(line)
        except OSError:  # the other end has gone: that is what most scripts are about
            return
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(10)
        assert not thread.is_alive() and not faults, faults
