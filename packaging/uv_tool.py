"""Find uv, or fetch it into .tools/ with nothing but Python: pip's wheel from the configured index, and uv through that pip."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from pathlib import Path
from typing import Callable

import pip_settings

OLDEST_UV = (0, 8)
WHEEL = re.compile(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl")
TIMEOUT = 60  # seconds for one answer


class Unavailable(Exception):
    """uv could not be had; the text says why, in Chinese, for a person."""


def provide_uv(root: Path, environment: dict[str, str], say: Callable[[str], None]) -> str:
    """Path of a usable uv: the machine's own, else the private one, which is installed when it is not there yet."""
    tools = root / ".tools"
    private = tools / "uv" / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    for candidate in (shutil.which("uv"), str(private)):
        if candidate and is_usable(candidate):
            return candidate
    say("正在取得安装工具 uv（只放在本文件夹的 .tools 里，不改动系统）……")
    tools.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=tools) as folder:
        if importlib.util.find_spec("pip"):
            pip = [sys.executable, "-m", "pip"]
        else:
            # A wheel is a zip file, and pip runs from inside it: nothing has to be installed to install something.
            pip = [sys.executable, str(fetch_pip(root, Path(folder), environment) / "pip")]
        options = ["--quiet", "--upgrade", "--only-binary", ":all:", "--disable-pip-version-check"]
        own = {**environment, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore"}
        command = [*pip, "install", *options, "--target", str(tools / "uv"), f"uv>={OLDEST_UV[0]}.{OLDEST_UV[1]},<1"]
        if subprocess.run(command, env=own, stdout=sys.stderr, check=False).returncode != 0:
            raise Unavailable("pip 没有装上它，原因见上面的提示。")
    if not is_usable(str(private)):
        raise Unavailable(f"装好的 {private} 不能运行。")
    return str(private)


def is_usable(uv: str) -> bool:
    """Whether this uv starts and is new enough to read the lock file."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    found = re.match(r"uv (\d+)\.(\d+)", answer)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_UV


def fetch_pip(root: Path, folder: Path, environment: dict[str, str]) -> Path:
    """Put pip's newest wheel that this Python can run into folder, and return its path."""
    pip = pip_settings.read_pip_settings(environment)
    for place in pip.get("find-links", "").split():
        wheels = [file for file in Path(place).expanduser().glob("pip-*.whl") if WHEEL.fullmatch(file.name)]
        if wheels:
            return max(wheels, key=lambda file: parse_version(file.name))
    index = environment.get("UV_DEFAULT_INDEX") or environment.get("UV_INDEX_URL") or read_default_index(root)
    page = index.rstrip("/") + "/pip/"
    try:
        download, address = open_address(page, environment)
        link = choose_wheel(download.decode("utf-8"), address)
        wheel = folder / urllib.parse.urlsplit(link).path.rpartition("/")[2]
        content, _ = open_address(link, environment)
    except (OSError, ValueError) as error:
        raise Unavailable(f"没有连上软件包索引 {hide_password(page)}（{error}）。请检查网络，或按单位的规定设置 pip 的索引和证书。") from error
    digest = urllib.parse.parse_qs(urllib.parse.urlsplit(link).fragment).get("sha256")
    if digest and hashlib.sha256(content).hexdigest() != digest[0]:
        raise Unavailable(f"下载的 {wheel.name} 与索引上的校验值不一致，没有使用。")
    wheel.write_bytes(content)
    return wheel


def read_default_index(root: Path) -> str:
    """The index that uv.lock was made from: named there and nowhere else."""
    found = re.search(r'registry = "([^"]+)"', (root / "uv.lock").read_text(encoding="utf-8"))
    if not found:
        raise Unavailable("uv.lock 不完整，请重新取得本文件夹。")
    return found[1]


def open_address(address: str, environment: dict[str, str]) -> tuple[bytes, str]:
    """Content of an address and where it was found after redirects; a name and password in the address are used."""
    import ssl  # noqa: PLC0415 - a Python built without it can still use find-links

    parts = urllib.parse.urlsplit(address)
    request = urllib.request.Request(urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    if parts.username:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    context = ssl.create_default_context(cafile=environment.get("SSL_CERT_FILE") or None)
    proxies = {name: environment[f"{name.upper()}_PROXY"] for name in ("http", "https") if environment.get(f"{name.upper()}_PROXY")}
    opener = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=context), urllib.request.ProxyHandler({**urllib.request.getproxies(), **proxies})
    )
    with opener.open(request, timeout=TIMEOUT) as answer:
        return answer.read(), answer.geturl()


def hide_password(address: str) -> str:
    parts = urllib.parse.urlsplit(address)
    return urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


class _Links(HTMLParser):
    """Links of a simple index page with the oldest Python each one wants."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and values.get("href") and "data-yanked" not in values:
            self.found.append((values["href"] or "", values.get("data-requires-python") or ""))


def choose_wheel(page: str, address: str) -> str:
    """Address of the newest pip on a simple index page that this Python can run. Raises ValueError when there is none."""
    parser = _Links()
    parser.feed(page)
    usable: list[tuple[tuple[int, ...], str]] = []
    for link, python in parser.found:
        name = urllib.parse.unquote(urllib.parse.urlsplit(link).path).rpartition("/")[2]
        oldest = re.search(r">=\s*3\.(\d+)", python)
        if WHEEL.fullmatch(name) and (not oldest or sys.version_info >= (3, int(oldest[1]))):
            usable.append((parse_version(name), urllib.parse.urljoin(address, link)))
    if not usable:
        raise ValueError("那里没有 pip")
    return max(usable)[1]


def parse_version(name: str) -> tuple[int, ...]:
    """Release number of a wheel that WHEEL matches."""
    found = WHEEL.fullmatch(name)
    return tuple(int(part) for part in found[1].split(".")) if found else ()
