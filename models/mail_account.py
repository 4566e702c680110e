"""The mail account that this program itself may send with. The 授权码 is not part of it and is never stored here."""

import re
from dataclasses import asdict, dataclass
from typing import Any, cast

from models.errors import UserError
from models.ledger import Ledger
from models.notice_reader import EMAIL
from models.settings import get_setting, save_setting

KEY = "mail_account"
_HOST = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*"
)
_LOGIN = re.compile(r"[\x21-\x7e]{1,254}")


class Security:
    """How the connection is encrypted. There is no third way: without encryption nothing is sent."""

    TLS = "tls"  # from the first byte: ports 465, 994
    STARTTLS = "starttls"  # after a greeting: port 587


@dataclass(frozen=True, slots=True)
class Provider:
    """A mail service: its servers, its ports with encryption from the first byte, and how to get a 授权码 there."""

    key: str
    name: str
    hosts: tuple[tuple[str, str], ...]  # domain of the address → server
    ports: tuple[int, ...]
    steps: str

    def host_of(self, domain: str) -> str:
        """The server for addresses of `domain`, empty when it is another service's."""
        return dict(self.hosts).get(domain, "")


_NETEASE = (
    "用浏览器登录{name}，点“设置”里的“POP3/SMTP/IMAP”，开启“IMAP/SMTP服务”，按提示用手机发短信，"
    "记下显示的授权码（只显示一次）。免费邮箱同时最多有两个授权码，满了要先删掉一个不用的。"
)

PROVIDERS = (
    Provider("126", "126邮箱", (("126.com", "smtp.126.com"),), (465, 994), _NETEASE.format(name="126邮箱")),
    Provider("163", "163邮箱", (("163.com", "smtp.163.com"),), (465, 994), _NETEASE.format(name="163邮箱")),
    Provider(
        "qq",
        "QQ邮箱",
        (("qq.com", "smtp.qq.com"), ("vip.qq.com", "smtp.qq.com"), ("foxmail.com", "smtp.qq.com")),
        (465,),
        "用浏览器登录QQ邮箱，在“设置”的“账号”（新版是“账号与安全”）里开启“IMAP/SMTP服务”，按提示用手机发短信，"
        "记下16位授权码。改过QQ密码以后，授权码要重新获取。",
    ),
    Provider(
        "139",
        "139邮箱",
        (("139.com", "smtp.139.com"),),
        (465,),
        "用浏览器登录139邮箱，在“设置”的“账户”里找到“授权码管理”，开启“IMAP/SMTP服务”，按短信提示记下授权码。",
    ),
    Provider(
        "sina",
        "新浪邮箱",
        (("sina.com", "smtp.sina.com"), ("sina.cn", "smtp.sina.com")),
        (465,),
        "用浏览器登录新浪邮箱，在“设置”的“客户端pop/imap/smtp”里把“IMAP4服务/SMTP服务”开启，按短信提示记下16位授权码。",
    ),
)
OWN_STEPS = "请向管理本单位邮箱的人询问：能不能用客户端发信，密码是登录密码还是另外的授权码。"


@dataclass(frozen=True, slots=True)
class MailAccount:
    """Whose mailbox sends, through which server. `user` is the login name, empty when it is the address."""

    address: str
    host: str
    port: int = 465
    security: str = Security.TLS
    user: str = ""

    @property
    def login(self) -> str:
        """The name to log in with."""
        return self.user or self.address

    @property
    def provider(self) -> Provider | None:
        """The mail service that this server belongs to, None for a server of one's own."""
        return next((each for each in PROVIDERS if self.host.lower() in dict(each.hosts).values()), None)

    @property
    def steps(self) -> str:
        """How to get the 授权码 for it, in sentences."""
        return self.provider.steps if self.provider else OWN_STEPS


def suggest_account(address: str) -> MailAccount:
    """The account that an address most probably has: a known service's, otherwise a server named after the domain."""
    typed = address.strip()
    domain = typed.rpartition("@")[2].lower()
    for provider in PROVIDERS:
        if host := provider.host_of(domain):
            return MailAccount(typed, host, provider.ports[0])
    return MailAccount(typed, f"smtp.{domain}" if domain else "")


def security_for(port: int) -> str:
    """What a port usually speaks."""
    return Security.STARTTLS if port == 587 else Security.TLS


def check_account(account: MailAccount) -> MailAccount:
    """The account if mail can be sent with it, else a UserError that names the field."""
    if not EMAIL.fullmatch(account.address):
        raise UserError("“发件邮箱”写得不对。请写完整的邮箱地址，如 gonghui@126.com。")
    if not _HOST.fullmatch(account.host):
        raise UserError("“发信服务器”写得不对。请写服务器的名字，如 smtp.126.com。")
    if not 1 <= account.port <= 65535:
        raise UserError("“端口”应是 1 到 65535 之间的数，多数邮箱用 465。")
    if account.port == 25:
        raise UserError("“端口”25 发信不加密，本程序不用它。请改用 465 或 587。")
    if account.security not in (Security.TLS, Security.STARTTLS):
        raise UserError("“加密方式”只能是 SSL/TLS 或 STARTTLS。")
    if account.user and not _LOGIN.fullmatch(account.user):
        raise UserError("“登录名”只能用英文字母、数字和符号。请改正，或留空（用邮箱地址登录）。")
    return account


def load_account(ledger: Ledger) -> MailAccount | None:
    """The account kept in the ledger, None when there is none or what is there cannot be used."""
    stored = get_setting(ledger, KEY)
    if not isinstance(stored, dict):
        return None
    values = cast("dict[str, Any]", stored)
    texts = [values.get(name, "") for name in ("address", "host", "security", "user")]
    port = values.get("port")
    if not all(isinstance(text, str) for text in texts) or type(port) is not int:
        return None
    address, host, security, user = texts
    try:
        return check_account(MailAccount(address, host, port, security, user))
    except UserError:
        return None  # written by another program: as if there were none, the clerk enters it anew


def save_account(ledger: Ledger, account: MailAccount) -> None:
    """Keep the account (never its 授权码) in the ledger. Raises UserError as `check_account`."""
    save_setting(ledger, KEY, asdict(check_account(account)))


def forget_account(ledger: Ledger) -> None:
    """Send with no account of this program's any more."""
    save_setting(ledger, KEY, None)
