"""The 授权码: in the system's own key store, or in memory until the program ends. Nowhere else, not even in a message.

The key store is reached through the library keyring. Some of what it finds is none: on a computer without one it
“stores” into nothing, or into a plain file. Those are not used; the code is then kept in memory only, and a
sentence says so.
"""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, cast

from models.errors import UserError
from models.mail_account import MailAccount

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

log = logging.getLogger(__name__)

SERVICE = "xuanjiao-ledger"
_RECOMMENDED = 1  # the least priority of a backend that keeps secrets well, by keyring's own reckoning
_PLAIN_FILES = "keyrings.alt"

_IN_KEYRING = "授权码已存入系统的密码保管（钥匙串），台账和备份里都没有它。"
_IN_MEMORY = "授权码只在本次打开程序期间有效，关闭后要重新填写。台账和备份里都没有它。"
_NO_KEYRING = "这台电脑没有可以放心使用的密码保管（钥匙串），"
_KEYRING_REFUSED = "系统的密码保管（钥匙串）没有打开或拒绝保存，"


class Secret:
    """A 授权码 that shows itself to nobody but who calls `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    @classmethod
    def typed(cls, text: str) -> "Secret":
        """What a person typed or pasted. Raises UserError, which does not quote it, when it cannot be one."""
        cleaned = text.strip()
        if not cleaned:
            raise UserError("授权码没有填。请填写邮箱的授权码，它不是登录密码。")
        if not cleaned.isascii() or not cleaned.isprintable():
            raise UserError("授权码里有中文、全角字符或看不见的字符。请从邮箱网页重新复制，再粘贴一次。")
        return cls(cleaned)

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def __repr__(self) -> str:
        return "<授权码>"

    __str__ = __repr__

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where a 授权码 is kept, and the sentence that tells the clerk."""

    in_keyring: bool
    sentence: str


class SecretStore:
    """The 授权码 of this program, one per login and server: a ledger from elsewhere that names another server gets
    none of them. The system may ask the person to unlock its key store; call from a worker thread.
    """

    def __init__(self) -> None:
        self._memory: dict[str, Secret] = {}

    def place(self) -> Keeping:
        """Where a 授权码 would be kept on this computer."""
        if _backend() is not None:
            return Keeping(True, _IN_KEYRING)
        return Keeping(False, _NO_KEYRING + _IN_MEMORY)

    def keep(self, account: MailAccount, secret: Secret, *, remember: bool = True) -> Keeping:
        """Keep the 授权码, in the system's key store if `remember` and if there is one; tells where it is now."""
        self.forget(account)
        name = _name(account)
        if remember:
            backend = _backend()
            if backend is not None and _stored(backend, name, secret):
                return Keeping(True, _IN_KEYRING)
            self._memory[name] = secret
            return Keeping(False, (_KEYRING_REFUSED if backend else _NO_KEYRING) + _IN_MEMORY)
        self._memory[name] = secret
        return Keeping(False, _IN_MEMORY)

    def find(self, account: MailAccount) -> Secret | None:
        """The 授权码 kept for exactly this login and server, None when the person has to type it."""
        name = _name(account)
        if found := self._memory.get(name):
            return found
        backend = _backend()
        return _read(backend, name) if backend is not None else None

    def forget(self, account: MailAccount) -> None:
        """Keep it no longer, neither in memory nor in the key store."""
        name = _name(account)
        self._memory.pop(name, None)
        backend = _backend()
        if backend is not None and _read(backend, name) is not None:
            _guarded("delete", lambda: backend.delete_password(SERVICE, name))


def _name(account: MailAccount) -> str:
    return f"{account.login} {account.host.lower()}:{account.port}"


def _backend() -> "KeyringBackend | None":
    """The system's key store, None when there is none that can be trusted with a password."""
    import keyring

    found = _guarded("open", keyring.get_keyring)
    # A chain would try one after the other and might end in the plain file.
    candidates = [found, *cast("list[Any]", list(getattr(found, "backends", ())))] if found is not None else []
    return next((each for each in candidates if _trusted(each)), None)


def _trusted(backend: "KeyringBackend") -> bool:
    from keyring.backends import chainer, fail, null

    if isinstance(backend, chainer.ChainerBackend | fail.Keyring | null.Keyring):
        return False
    if type(backend).__module__.startswith(_PLAIN_FILES):
        return False
    priority = _guarded("judge", lambda: float(cast("Any", backend).priority))
    return priority is not None and priority >= _RECOMMENDED


def _stored(backend: "KeyringBackend", name: str, secret: Secret) -> bool:
    """Whether the key store took it and gives it back."""
    keyring = cast("Any", backend)  # its types are lost in a wrapper of the library's own
    _guarded("store", lambda: keyring.set_password(SERVICE, name, secret.reveal()))
    found = _read(backend, name)
    return found is not None and found.reveal() == secret.reveal()


def _read(backend: "KeyringBackend", name: str) -> Secret | None:
    text = _guarded("read", lambda: backend.get_password(SERVICE, name))
    return Secret(text) if text else None


def _guarded(doing: str, call: Any) -> Any:
    """What `call` answers, None when the key store fails: it is another program, reached through four libraries with
    errors of their own (D-Bus, Windows, …). Only the kind of the error is logged; its text might quote what was sent.
    """
    try:
        return call()
    except Exception as error:
        log.warning("the system's key store failed to %s: %s", doing, type(error).__name__)
        return None
