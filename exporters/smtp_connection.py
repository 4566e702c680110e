"""An encrypted line to a mailbox's server, with the certificate checked, and logging in with one try."""

import contextlib
import smtplib
import socket
import ssl
from pathlib import Path

from exporters.mail_secret import Secret
from exporters.smtp_line import LimitedSMTP, LimitedSMTPoverTLS
from models.mail_account import MailAccount, Security

GOODBYE = 2.0  # seconds that the server has for a last word that changes nothing any more
_OWN_NAME = "[127.0.0.1]"  # smtplib would ask the network for it, and a computer's name may be Chinese
# Where Linux systems keep their authorities: a bundled Python does not know of this one's.
_AUTHORITIES = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")


def connect(account: MailAccount, timeout: float) -> smtplib.SMTP:
    """An encrypted line to the account's server, greeted. Raises OSError, smtplib's and ssl's among them."""
    context = tls_context()
    if account.security == Security.TLS:
        server = LimitedSMTPoverTLS(account.host, account.port, _OWN_NAME, timeout=timeout, context=context)
    else:
        server = LimitedSMTP(account.host, account.port, _OWN_NAME, timeout=timeout)
    try:
        if account.security == Security.STARTTLS:
            server.starttls(context=context)
        server.ehlo_or_helo_if_needed()
    except OSError:
        server.close()
        raise
    return server


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


def say_goodbye(server: smtplib.SMTP) -> None:
    """What was wanted is done; whatever happens now does not matter any more."""
    with contextlib.suppress(OSError):
        socket_of(server).settimeout(GOODBYE)
        server.docmd("QUIT")


def socket_of(server: smtplib.SMTP) -> socket.socket:
    """What the line runs over. Raises SMTPServerDisconnected when there is none any more."""
    if server.sock is None:
        raise smtplib.SMTPServerDisconnected("Connection closed")
    return server.sock


def tls_context() -> ssl.SSLContext:
    """TLS 1.2 or newer, certificate and host name checked against the system's authorities."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    known = ssl.get_default_verify_paths()
    if not (known.cafile or known.capath or context.cert_store_stats()["x509_ca"]):
        for bundle in filter(Path.is_file, map(Path, _AUTHORITIES)):
            context.load_verify_locations(bundle)
    return context
