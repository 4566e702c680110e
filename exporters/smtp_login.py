"""Connect to the mailbox's server and log in, to see whether that works. No mail is begun, so none can be sent."""

import contextlib
import logging
import smtplib
from collections.abc import Callable

from exporters.mail_secret import Secret
from exporters.smtp import tls_context
from exporters.smtp_faults import Phase, of_connection, stopped
from exporters.smtp_line import LimitedSMTP, LimitedSMTPoverTLS
from models.mail_account import MailAccount, Security, check_account

log = logging.getLogger(__name__)

_OWN_NAME = "[127.0.0.1]"  # smtplib would ask the network for it, and a computer's name may be Chinese
_GOODBYE = 2.0  # seconds that the server has to say goodbye


def try_login(
    account: MailAccount, secret: Secret, *, cancelled: Callable[[], bool] | None = None, timeout: float = 15.0
) -> None:
    """Connect, encrypted and with the certificate checked, log in once and leave.

    Each step may take `timeout` seconds; `cancelled` is asked between them, so that a 授权码 is not sent any more once
    somebody wants to stop. Raises MailError, with the words for a mail that was not sent.
    """
    check_account(account)
    asked = cancelled or (lambda: False)
    phase, server = Phase.CONNECT, None
    try:
        _go_on_unless(asked)
        server = connect(account, timeout)
        _go_on_unless(asked)
        phase = Phase.LOGIN
        log_in(server, account, secret)
        _say_goodbye(server)
        log.info("logging in at %s works", account.host)
    except OSError as error:  # smtplib's own are among them
        # Without the cause: a server may have repeated in it what it was told.
        raise of_connection(phase, error, account, secret) from None
    finally:
        if server is not None:
            server.close()


def connect(account: MailAccount, timeout: float) -> smtplib.SMTP:
    """An encrypted line to the account's server, greeted. Raises OSError, smtplib's and ssl's among them."""
    context = tls_context()
    if account.security == Security.TLS:
        server = LimitedSMTPoverTLS(account.host, account.port, _OWN_NAME, timeout=timeout, context=context)
        return _greeted(server)
    server = LimitedSMTP(account.host, account.port, _OWN_NAME, timeout=timeout)
    try:
        server.starttls(context=context)
    except OSError:
        server.close()
        raise
    return _greeted(server)


def log_in(server: smtplib.SMTP, account: MailAccount, secret: Secret) -> None:
    """With one try: every wrong one counts at NetEase, and smtplib would try each method. Raises OSError."""
    offered = server.esmtp_features.get("auth", "").upper().split()
    login, password = account.login, secret.reveal()
    answers = iter((login, password) if "PLAIN" not in offered else (f"\0{login}\0{password}",))

    def answer(_challenge: bytes | None = None) -> str:
        return next(answers, "")

    if "PLAIN" in offered:
        server.auth("PLAIN", answer)
    elif "LOGIN" in offered:
        server.auth("LOGIN", answer, initial_response_ok=False)
    else:
        raise smtplib.SMTPNotSupportedError("neither AUTH PLAIN nor AUTH LOGIN")


def _greeted(server: smtplib.SMTP) -> smtplib.SMTP:
    try:
        server.ehlo_or_helo_if_needed()
    except OSError:
        server.close()
        raise
    return server


def _go_on_unless(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise stopped()


def _say_goodbye(server: smtplib.SMTP) -> None:
    with contextlib.suppress(OSError):
        if server.sock is not None:
            server.sock.settimeout(_GOODBYE)
        server.docmd("QUIT")
