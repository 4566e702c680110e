"""pip's wheel from a package index by its plain "simple" page: a bare Debian has no pip to fetch one with."""

from __future__ import annotations

import base64
import hashlib
import re
import ssl
import sys
import urllib.parse
import urllib.request
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pip_settings

WHEEL = re.compile(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl")
TIMEOUT = 60  # seconds without an answer


def find_local(environment: Mapping[str, str]) -> Path | None:
    """The newest wheel in the folders that pip is told to look into (find-links), if there is one."""
    folders = pip_settings.read_pip_settings(environment).get("find-links", "").split()
    wheels = [file for folder in folders for file in Path(folder).expanduser().glob("pip-*.whl")]
    return max(
        (file for file in wheels if WHEEL.fullmatch(file.name)), key=lambda file: version(file.name), default=None
    )


def download(index: str, folder: Path, environment: Mapping[str, str]) -> Path:
    """Put the newest wheel of an index that this Python can run into folder.

    Raises OSError when the index does not answer and ValueError when it has no such wheel or a damaged one.
    """
    plain, credentials = split_password(index)
    page, address = open_address(plain.rstrip("/") + "/pip/", credentials, environment)
    link = choose(page.decode("utf-8"), address)
    parts = urllib.parse.urlsplit(link)
    # The files may lie on another host, which the password is not for.
    same_host = parts.netloc == urllib.parse.urlsplit(plain).netloc
    content, _ = open_address(link, credentials if same_host else "", environment)
    digest = urllib.parse.parse_qs(parts.fragment).get("sha256")
    if digest and hashlib.sha256(content).hexdigest() != digest[0]:
        raise ValueError("下载的文件与索引上的校验值不一致")
    wheel = folder / urllib.parse.unquote(parts.path).rpartition("/")[2]
    wheel.write_bytes(content)
    return wheel


def choose(page: str, address: str) -> str:
    """Address of the newest wheel on an index page that this Python can run; ValueError when there is none."""
    parser = _Links()
    parser.feed(page)
    usable: list[tuple[tuple[int, ...], str]] = []
    for link, python in parser.found:
        name = urllib.parse.unquote(urllib.parse.urlsplit(link).path).rpartition("/")[2]
        oldest = re.search(r">=\s*3\.(\d+)", python)
        if WHEEL.fullmatch(name) and (not oldest or sys.version_info >= (3, int(oldest[1]))):
            usable.append((version(name), urllib.parse.urljoin(address, link)))
    if not usable:
        raise ValueError("页面上没有可用的版本")
    return max(usable)[1]


def version(name: str) -> tuple[int, ...]:
    """Release number of a file that WHEEL matches, to compare by."""
    found = WHEEL.fullmatch(name)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def open_address(address: str, credentials: str, environment: Mapping[str, str]) -> tuple[bytes, str]:
    """Content of an address and where redirects led, by this machine's proxy and certificate.

    credentials is "name:password" or "".
    """
    request = urllib.request.Request(address)
    if credentials:
        request.add_header("Authorization", "Basic " + base64.b64encode(credentials.encode()).decode())
    proxies = urllib.request.getproxies()
    for scheme in ("http", "https"):
        proxies.setdefault(scheme, environment.get(f"{scheme.upper()}_PROXY", ""))
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=environment.get("SSL_CERT_FILE"))),
        urllib.request.ProxyHandler({scheme: proxy for scheme, proxy in proxies.items() if proxy}),
    )
    with opener.open(request, timeout=TIMEOUT) as answer:
        return answer.read(), answer.geturl()


def split_password(address: str) -> tuple[str, str]:
    """An address without the name and password in it, and those as "name:password" ("" when there are none)."""
    parts = urllib.parse.urlsplit(address)
    given, _, host = parts.netloc.rpartition("@")
    return urllib.parse.urlunsplit(parts._replace(netloc=host)), urllib.parse.unquote(given)


class _Links(HTMLParser):
    """The links of a page, each with the Python it asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "data-yanked" not in values:
            self.found.append((values["href"] or "", values.get("data-requires-python") or ""))
