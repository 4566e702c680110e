"""Find uv, or fetch it into .tools/ with nothing but Python."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pip_wheel

OLDEST_UV = (0, 8)  # the first that reads this revision of the lock file


class UvUnavailableError(Exception):
    """uv could not be had; the text says why, in Chinese, for a person."""


def provide_uv(tools: Path, lock: Path, environment: dict[str, str], say: Callable[[str], None]) -> str:
    """Path of a usable uv: the machine's own, else the private one, which is installed when it is not there yet."""
    private = tools / "uv" / "bin" / ("uv.exe" if os.name == "nt" else "uv")
    for candidate in (shutil.which("uv"), str(private)):
        if candidate and is_usable(candidate):
            return candidate
    say("正在取得安装工具 uv（只放在本文件夹的 .tools 里，不改动系统）……")
    install(tools, lock, environment)
    if not is_usable(str(private)):
        raise UvUnavailableError(f"装好的 {private} 不能运行。")
    return str(private)


def is_usable(uv: str) -> bool:
    """Whether this uv starts and is new enough to read the lock file."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return False
    found = re.match(r"uv (\d+)\.(\d+)", answer)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_UV


def install(tools: Path, lock: Path, environment: dict[str, str]) -> None:
    """Put uv into tools/uv with the machine's pip, or with a pip fetched for this one use."""
    with tempfile.TemporaryDirectory(dir=tools) as folder:
        if importlib.util.find_spec("pip"):
            pip = [sys.executable, "-m", "pip"]
        else:
            # A wheel is a zip file, and pip runs from inside it: nothing has to be installed to install something.
            pip = [sys.executable, str(fetch_pip(Path(folder), lock, environment) / "pip")]
        # --target leaves the system's Python alone, so Debian's "externally managed" does not apply.
        options = ["--quiet", "--upgrade", "--only-binary", ":all:", "--target", str(tools / "uv")]
        settings = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_ROOT_USER_ACTION": "ignore"}
        settings["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
        command = [*pip, "install", *options, f"uv>={OLDEST_UV[0]}.{OLDEST_UV[1]},<1"]
        if subprocess.run(command, env={**environment, **settings}, stdout=sys.stderr, check=False).returncode != 0:
            raise UvUnavailableError("pip 没有装上它，原因见上面的提示。")


def fetch_pip(folder: Path, lock: Path, environment: dict[str, str]) -> Path:
    """pip's wheel from the configured index, or else from the index that uv.lock was made from."""
    wheel = pip_wheel.find_local(environment)
    if wheel:
        return wheel
    named = re.search(r'registry = "([^"]+)"', lock.read_text(encoding="utf-8"))
    index = environment.get("UV_DEFAULT_INDEX") or environment.get("UV_INDEX_URL") or (named[1] if named else "")
    try:
        return pip_wheel.download(index, folder, environment)
    except (OSError, ValueError) as error:
        place = pip_wheel.split_password(index)[0]
        raise UvUnavailableError(
            f"软件包索引 {place} 没有给出 pip（{error}）。请检查网络，或按单位的规定设置 pip 的索引、证书和代理。"
        ) from error
