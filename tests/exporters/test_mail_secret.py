"""The 授权码 goes into the system's key store or into memory, and is found for its own server only."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from dataclasses import replace

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import KeyringLocked, PasswordSetError

from exporters.mail_secret import SERVICE, Secret, SecretStore
from models.errors import UserError
from models.mail_account import MailAccount
from tests.exporters.key_stores import Vault

ACCOUNT = MailAccount("gonghui@126.com", "smtp.126.com")
CODE = "QWERTYUIOPASDFGH"
SECRET = Secret(CODE)


class PlainFile(Vault):
    """What keyrings.alt offers: not recommended, says its own priority."""

    priority = 0.5  # pyright: ignore[reportAssignmentType]


class Locked(Vault):
    """The person pressed 取消 when the system asked for the password of the key store."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(f"cannot store {password}")


class Broken(Vault):
    """Errors that keyring does not know of come through."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"D-Bus fell over with {password}")


class Chain(ChainerBackend):
    """Several stores, one after the other."""

    backends: list[KeyringBackend] = []  # noqa: RUF012 # pyright: ignore[reportIncompatibleMethodOverride, reportIncompatibleVariableOverride]


for own in (Vault, PlainFile, Locked, Broken, Chain):  # each registers itself; nobody else shall find them
    KeyringBackend._classes.discard(own)  # pyright: ignore[reportAttributeAccessIssue]


@pytest.fixture(autouse=True)
def leave_no_trace() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_code_is_kept_by_the_system_and_found_after_a_restart() -> None:
    keyring.set_keyring(vault := Vault())
    kept = SecretStore().keep(ACCOUNT, SECRET)
    assert kept.in_keyring and "台账和备份里都没有它" in kept.sentence
    assert list(vault.kept) == [(SERVICE, "gonghui@126.com smtp.126.com:465")]
    found = SecretStore().find(ACCOUNT)
    assert found is not None and found.reveal() == CODE
    SecretStore().forget(ACCOUNT)
    assert vault.kept == {} and SecretStore().find(ACCOUNT) is None


def test_a_ledger_that_names_another_server_gets_no_code() -> None:
    keyring.set_keyring(Vault())
    store = SecretStore()
    store.keep(ACCOUNT, SECRET)
    assert store.find(replace(ACCOUNT, host="smtp.evil.cn")) is None
    assert store.find(replace(ACCOUNT, port=587)) is None
    assert store.find(replace(ACCOUNT, user="other")) is None


@pytest.mark.parametrize("backend", [NoKeyring(), NullKeyring(), PlainFile(), Locked(), Broken()])
def test_without_a_store_worth_the_name_it_stays_in_memory(
    backend: KeyringBackend, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keyring.set_keyring(backend)
    store = SecretStore()
    kept = store.keep(ACCOUNT, SECRET)
    assert not kept.in_keyring and "关闭后要重新填写" in kept.sentence
    found = store.find(ACCOUNT)
    assert found is not None and found.reveal() == CODE
    assert SecretStore().find(ACCOUNT) is None, "gone with the program"
    assert not getattr(backend, "kept", {}) and CODE not in caplog.text
    store.forget(ACCOUNT)
    assert store.find(ACCOUNT) is None


def test_the_place_is_told_before_anything_is_typed() -> None:
    keyring.set_keyring(Vault())
    assert SecretStore().place().in_keyring
    keyring.set_keyring(NoKeyring())
    place = SecretStore().place()
    assert not place.in_keyring and "没有可以放心使用的密码保管" in place.sentence


def test_of_a_chain_the_safe_store_is_taken_and_the_plain_file_never() -> None:
    vault, plain = Vault(), PlainFile()
    Chain.backends = [plain, vault]
    keyring.set_keyring(Chain())
    assert SecretStore().keep(ACCOUNT, SECRET).in_keyring
    assert len(vault.kept) == 1 and plain.kept == {}
    Chain.backends = [plain]
    assert not SecretStore().keep(ACCOUNT, SECRET).in_keyring and plain.kept == {}


def test_who_does_not_want_it_remembered_leaves_nothing_behind() -> None:
    keyring.set_keyring(vault := Vault())
    store = SecretStore()
    store.keep(ACCOUNT, SECRET)
    kept = store.keep(ACCOUNT, Secret("NEW"), remember=False)
    assert not kept.in_keyring and vault.kept == {}
    found = store.find(ACCOUNT)
    assert found is not None and found.reveal() == "NEW"


def test_a_code_does_not_show_itself() -> None:
    assert CODE not in f"{SECRET} {SECRET!r} {SECRET!s} {[SECRET]} {vars(SecretStore())}"
    with pytest.raises(TypeError):
        pickle.dumps(SECRET)
    assert not hasattr(SECRET, "__dict__")


@pytest.mark.parametrize("typed", ["", "   ", "授权码", "ＡＢＣＤ", "ab\ncd", "a\x00b", "abc\u200b"])
def test_what_cannot_be_a_code_is_said_without_repeating_it(typed: str) -> None:
    with pytest.raises(UserError, match="授权码") as caught:
        Secret.typed(typed)
    assert not typed.strip() or typed.strip() == "授权码" or typed not in caught.value.message


def test_a_pasted_code_loses_the_spaces_around_it() -> None:
    assert Secret.typed(f" {CODE}\r\n").reveal() == CODE
