"""The few libraries that Qt expects from a Linux system and no wheel brings along.

Qt's own message names xcb-cursor whichever of them is missing, so each is loaded here and named exactly.
Needs nothing but Python 3.8: it runs before anything is installed.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# Library file → Debian and Ubuntu package. UOS and Kylin use the same names; where Debian renamed one to …t64, apt
# still takes the old name.
OFFSCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
}
WINDOW = {
    **OFFSCREEN,
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND = {
    **OFFSCREEN,
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
NEEDED = {"offscreen": OFFSCREEN, "window": WINDOW, "wayland": WAYLAND}


def list_missing(mode: str) -> dict[str, str]:
    """Library → package of all that cannot be loaded here; mode is a key of NEEDED. Empty off Linux."""
    if not sys.platform.startswith("linux"):
        return {}
    missing: dict[str, str] = {}
    for library, package in NEEDED[mode].items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing[library] = package
    return missing


def build_install_command(packages: list[str]) -> list[str]:
    """The apt line that a person would type, without sudo."""
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def find_privilege() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo where it asks no password; None where we may not install."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None


def install(packages: list[str]) -> str:
    """Install Debian packages where this user may (see find_privilege). Returns "" or what apt said went wrong."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]
    command = [*(find_privilege() or []), *quiet, *build_install_command(packages)]
    # A fresh system has no package lists yet; one that has them is spared fetching them again.
    if run([*command, "--simulate"]):
        complaint = run([*command[: command.index("install")], "update"])
        if complaint:
            return complaint
    return run(command)


def run(command: list[str]) -> str:
    """What a failed command said, or "" when it went well."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr.strip() or done.stdout.strip() or str(done.returncode))
