"""Make a fresh machine ready for the program: system libraries, uv, and the locked Python packages. Called by `run`.

Needs nothing but Python 3.8 – no pip, no venv, no uv – and changes nothing outside this folder except for the system
libraries that Qt needs, which it installs only as root or where sudo asks no password. Running it again is harmless.
Ends with 0 when everything is there and 3, after a sentence, when something could not be had.
"""

from __future__ import annotations

import argparse
import os
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import one_at_a_time
import pip_settings
import system_libraries
import uv_tool

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# What each environment has beside the program's own packages; a later one holds everything the ones before it hold.
GROUPS = {"program": [], "test": ["test"], "dev": ["dev"]}
STAMPS = {
    "program": ["program"],
    "test": ["program", "test"],
    "dev": ["program", "test", "dev"],
    "offscreen": ["offscreen"],
    "window": ["offscreen", "window"],
    "wayland": ["offscreen", "wayland"],
}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    say(text)
    raise SystemExit(3)


def provide_packages(missing: dict[str, str], purpose: str) -> None:
    """Install Debian packages (file → package), or name the command to type and stop."""
    if not missing:
        return
    packages = list(dict.fromkeys(missing.values()))
    say(f"{purpose}：{'、'.join(packages)}")
    if system_libraries.find_privilege() is not None and shutil.which("apt-get"):
        say("正在安装这些系统组件……")
        complaint = system_libraries.install(packages)
        if not complaint:
            return
        say(f"系统组件没有装上：\n{complaint}")
    command = " ".join(system_libraries.build_install_command(packages))
    if shutil.which("apt-get"):
        stop(f"请让管理员运行下面这一行，然后再启动一次：\n\n    sudo apt-get update && sudo {command}\n")
    stop(f"请用本机的软件管理工具安装提供这些文件的软件包，然后再启动一次：\n\n    {' '.join(missing)}\n")


def provide_certificates(environment: dict[str, str]) -> None:
    """Without any root certificate no download can be trusted."""
    given = environment.get("SSL_CERT_FILE") or environment.get("SSL_CERT_DIR")
    if not given and not pip_settings.has_system_certificates():
        file = ssl.get_default_verify_paths().openssl_cafile
        provide_packages({file: "ca-certificates"}, "这台电脑缺少下载时核对网站身份用的根证书")


def provide_libraries(mode: str) -> None:
    purpose = f"这台电脑缺少{'界面' if mode == 'offscreen' else '打开窗口'}所需的系统组件"
    provide_packages(system_libraries.list_missing(mode), purpose)
    still = system_libraries.list_missing(mode)
    if still:
        stop(f"{purpose}，安装以后仍然打不开这些文件：{' '.join(still)}")


def works(python: Path) -> bool:
    """Whether the environment's Python still starts: the system's may have been replaced under it."""
    return python.exists() and subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode == 0


def provide_environment(uv: str, environment: dict[str, str], groups: list[str]) -> None:
    """Make .venv hold exactly what uv.lock says, each file checked against its recorded digest.

    `uv sync` would do for the public index, but where a machine has an index of its own it refuses the lock file
    (--locked) or goes past that index (--frozen). Exporting the lock and installing by digest does for both, and cannot
    change the lock.
    """
    if not works(PYTHON):
        python = sys.executable
        if not (3, 11) <= sys.version_info[:2] <= (3, 15):
            python = ">=3.11,<3.16"
            found = ".".join(map(str, sys.version_info[:2]))
            say(f"这里的 Python 是 {found}，程序要用 3.11 到 3.15，正在另找或下载一个（不改动系统）……")
        say("正在建立运行环境，大约下载 100 MB……")
        call([uv, "venv", "--quiet", "--clear", "--no-project", "--python", python, str(VENV)], environment)
    requirements = TOOLS / "requirements.txt"
    export = [uv, "export", "--quiet", "--frozen", "--no-emit-project", "--project", str(ROOT), "--no-default-groups"]
    export += [f"--group={group}" for group in groups]
    call([*export, "--output-file", str(requirements)], environment)
    say("正在安装程序所需的组件……")
    sync = [uv, "pip", "sync", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode"]
    # The digests decide what is right, so every configured index may be asked for it.
    where = ["--no-index"] if pip_settings.forbids_index(environment) else ["--index-strategy", "unsafe-best-match"]
    call([*sync, *where, str(requirements)], environment)


def is_ready(name: str, key: str) -> bool:
    """Whether the stamp of an environment or a set of libraries is the current one."""
    stamp = VENV / f".ready-{name}"
    return bool(key) and stamp.exists() and stamp.read_text(encoding="utf-8").strip() == key


def write_stamps(venv: Path, key: str, environment: str, libraries: str) -> None:
    """Note in .venv what is ready, for `run` to read; a larger environment makes the smaller ones ready too."""
    for name in [*STAMPS[environment], *STAMPS[libraries]]:
        (venv / f".ready-{name}").write_text(key + "\n", encoding="utf-8")


def call(command: list[str], environment: dict[str, str]) -> None:
    if subprocess.run(command, env=environment, cwd=ROOT, stdout=sys.stderr, check=False).returncode != 0:
        stop("没有准备好，原因见上面的提示。网络恢复或问题解决以后，再运行一次就会接着做。")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--key", default="", help="what the stamps are to hold; without it none is written")
    parser.add_argument("environment", choices=GROUPS)
    parser.add_argument("libraries", choices=system_libraries.NEEDED)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    if not os.access(ROOT, os.W_OK):
        stop(f"不能写入程序所在的文件夹：{ROOT}\n请把整个文件夹复制到自己的目录（例如“文档”）里，再从那里启动。")
    TOOLS.mkdir(exist_ok=True)
    with one_at_a_time.hold(TOOLS / "lock", lambda: say("另一次启动正在做准备，请等它做完……")):
        prepare(arguments.key, arguments.environment, arguments.libraries)
    say("准备好了。")


def prepare(key: str, environment: str, libraries: str) -> None:
    """Provide what is not stamped as ready yet, and stamp it."""
    if not is_ready(libraries, key):
        provide_libraries(libraries)
    if not (is_ready(environment, key) and works(PYTHON)):
        variables = pip_settings.build_uv_environment(os.environ)
        provide_certificates(variables)
        try:
            uv = uv_tool.provide_uv(TOOLS, ROOT / "uv.lock", variables, say)
        except uv_tool.UvUnavailableError as error:
            stop(f"没有拿到安装工具 uv：{error}")
        for name in GROUPS:
            (VENV / f".ready-{name}").unlink(missing_ok=True)
        provide_environment(uv, variables, GROUPS[environment])
    if key:
        write_stamps(VENV, key, environment, libraries)


if __name__ == "__main__":
    main()
