"""Connect to the mailbox's server and log in, to see whether that works. No mail is begun, so none can be sent."""

import logging
from collections.abc import Callable

from exporters.mail_secret import Secret
from exporters.smtp_connection import connect, log_in, say_goodbye
from exporters.smtp_faults import Phase, of_connection, stopped
from models.mail_account import MailAccount, check_account

log = logging.getLogger(__name__)


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
        say_goodbye(server)
        log.info("logging in at %s works", account.host)
    except OSError as error:  # smtplib's own are among them
        # Without the cause: a server may have repeated in it what it was told.
        raise of_connection(phase, error, account, secret) from None
    finally:
        if server is not None:
            server.close()


def _go_on_unless(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise stopped()
