"""The account that mail is sent with: suggested from the address, checked, kept without its 授权码."""

from __future__ import annotations

import dataclasses
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import UserError
from models.mail_account import (
    KEY,
    PROVIDERS,
    MailAccount,
    Security,
    check_account,
    forget_account,
    load_account,
    save_account,
    security_for,
    suggest_account,
)
from models.settings import save_setting
from tests.factories import a_ledger

OWN = MailAccount("xuanjiao@example.com", "mail.example.com", 587, Security.STARTTLS, "EXAMPLE\\xuanjiao")


@pytest.mark.parametrize(
    ("address", "host", "port", "name"),
    [
        ("gonghui@126.com", "smtp.126.com", 465, "126邮箱"),
        (" GongHui@163.COM ", "smtp.163.com", 465, "163邮箱"),
        ("12345@qq.com", "smtp.qq.com", 465, "QQ邮箱"),
        ("a@foxmail.com", "smtp.qq.com", 465, "QQ邮箱"),
        ("13900000000@139.com", "smtp.139.com", 465, "139邮箱"),
        ("a@sina.com", "smtp.sina.com", 465, "新浪邮箱"),
    ],
)
def test_the_server_of_a_known_service_is_filled_in(address: str, host: str, port: int, name: str) -> None:
    account = check_account(suggest_account(address))
    assert (account.host, account.port, account.security) == (host, port, Security.TLS)
    assert account.provider is not None and account.provider.name == name
    assert account.login == account.address == address.strip()


def test_a_server_of_ones_own_can_be_entered() -> None:
    assert suggest_account("a@chem.example.cn").host == "smtp.chem.example.cn"
    assert check_account(OWN).provider is None and OWN.login == "EXAMPLE\\xuanjiao" and "询问" in OWN.steps
    assert [security_for(port) for port in (465, 994, 587)] == [Security.TLS, Security.TLS, Security.STARTTLS]
    assert {provider.key for provider in PROVIDERS} == {"126", "163", "qq", "139", "sina"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"address": "gonghui"}, "发件邮箱"),
        ({"address": "a@b.cn\r\nX: y"}, "发件邮箱"),
        ({"host": ""}, "发信服务器"),
        ({"host": "https://mail.cn"}, "发信服务器"),
        ({"host": "mail.cn\nx"}, "发信服务器"),
        ({"host": "-mail.cn"}, "发信服务器"),
        ({"port": 0}, "端口"),
        ({"port": 70000}, "端口"),
        ({"port": 25}, "不加密"),
        ({"security": "none"}, "加密方式"),
        ({"user": "张静"}, "登录名"),
        ({"user": "a\r\nb"}, "登录名"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(change: dict[str, object], words: str) -> None:
    with pytest.raises(UserError, match=words):
        check_account(replace(OWN, **change))  # pyright: ignore[reportArgumentType]


def test_the_account_is_kept_in_the_ledger_and_can_be_taken_out(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        assert load_account(ledger) is None
        save_account(ledger, OWN)
        assert load_account(ledger) == OWN
        with pytest.raises(UserError):
            save_account(ledger, replace(OWN, host=""))
        forget_account(ledger)
        assert load_account(ledger) is None


def test_there_is_no_room_for_a_secret_in_it() -> None:
    assert [field.name for field in dataclasses.fields(MailAccount)] == ["address", "host", "port", "security", "user"]


@pytest.mark.parametrize(
    "stored",
    [
        [],
        "x",
        {"address": 1},
        {"address": "a@b.cn", "host": "h.cn", "port": "465", "security": "tls"},
        {"address": "a@b.cn", "host": "h.cn", "port": True, "security": "tls"},
        {"address": "a@b.cn", "host": "h.cn", "port": 465, "security": "none"},
        {"address": "a@b.cn", "host": "h cn", "port": 465, "security": "tls", "user": ""},
    ],
)
def test_an_account_written_by_another_program_is_as_good_as_none(tmp_path: Path, stored: object) -> None:
    with a_ledger(tmp_path / "台账") as ledger:
        save_setting(ledger, KEY, stored)
        assert load_account(ledger) is None
