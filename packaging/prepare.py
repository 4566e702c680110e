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

import pip_settings
import system_libraries
import uv_tool

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
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


def provide_environment(uv: str, environment: dict[str, str], groups: list[str]) -> None:
    """Make .venv hold exactly what uv.lock says, each file checked against its recorded digest.

    `uv sync` would do for the public index, but it refuses the lock file (--locked) or ignores the setting (--frozen) where
    a machine has an index of its own. Exporting the lock and installing by digest works for both and cannot change the lock.
    """
    if not PYTHON.exists() or subprocess.run([str(PYTHON), "-c", ""], capture_output=True, check=False).returncode != 0:
        python = sys.executable if sys.version_info >= (3, 11) else ">=3.11"
        say("正在建立运行环境，大约下载 100 MB……")
        call([uv, "venv", "--quiet", "--clear", "--no-project", "--python", python, str(VENV)], environment)
    requirements = ROOT / ".tools" / "requirements.txt"
    requirements.parent.mkdir(exist_ok=True)
    export = [uv, "export", "--quiet", "--frozen", "--no-emit-project", "--project", str(ROOT), "--no-default-groups"]
    export += [f"--group={group}" for group in groups]
    call([*export, "--output-file", str(requirements)], environment)
    say("正在安装程序所需的组件……")
    sync = [uv, "pip", "sync", "--python", str(PYTHON), "--require-hashes", "--compile-bytecode"]
    # The digests decide what is right, so every configured index may be asked for it.
    call([*sync, "--index-strategy", "unsafe-best-match", str(requirements)], environment)


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
    environment = pip_settings.build_uv_environment(os.environ)
    provide_libraries(arguments.libraries)
    provide_certificates(environment)
    try:
        uv = uv_tool.provide_uv(ROOT, environment, say)
    except uv_tool.Unavailable as error:
        stop(f"没有拿到安装工具 uv：{error}")
    for stamp in VENV.glob(".ready-*"):
        stamp.unlink()
    provide_environment(uv, environment, GROUPS[arguments.environment])
    if arguments.key:
        for name in [*STAMPS[arguments.environment], *STAMPS[arguments.libraries]]:
            (VENV / f".ready-{name}").write_text(arguments.key + "\n", encoding="utf-8")
    say("准备好了。")


if __name__ == "__main__":
    main()
