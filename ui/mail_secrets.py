"""The one place in this program where the 授权码 is asked for: one store until the program ends, whatever is opened."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporters.mail_secret import SecretStore


@cache
def secret_store() -> "SecretStore":
    """The program's own store. A code kept only in memory is in here and has to be found by every page."""
    from exporters.mail_secret import SecretStore

    return SecretStore()
