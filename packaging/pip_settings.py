"""What this machine's owner has told pip – its index, certificate, proxy – told to uv, which does not read it.

pip itself may not be here yet, so its files are read directly, in pip's own order. Nothing of this reaches the
repository: it is passed to uv through the environment of one call.
"""

from __future__ import annotations

import configparser
import os
import ssl
import sys
from collections.abc import Mapping
from pathlib import Path


def list_config_files(environment: Mapping[str, str]) -> list[Path]:
    """pip's configuration files from the weakest to the strongest; they need not exist."""
    chosen = environment.get("PIP_CONFIG_FILE")
    if chosen == os.devnull:
        return []
    home = Path(environment.get("HOME") or environment.get("USERPROFILE") or "~").expanduser()
    if sys.platform == "win32":
        files = [
            Path(environment.get("PROGRAMDATA", "C:/ProgramData")) / "pip" / "pip.ini",
            home / "pip" / "pip.ini",
            Path(environment.get("APPDATA", str(home))) / "pip" / "pip.ini",
        ]
    else:
        shared = environment.get("XDG_CONFIG_DIRS") or "/etc/xdg"
        own = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
        files = [Path(folder) / "pip" / "pip.conf" for folder in shared.split(os.pathsep)]
        if sys.platform == "darwin":
            files.append(Path("/Library/Application Support/pip/pip.conf"))
            files.append(home / "Library" / "Application Support" / "pip" / "pip.conf")
        files += [Path("/etc/pip.conf"), home / ".pip" / "pip.conf", own / "pip" / "pip.conf"]
    return [*files, Path(chosen)] if chosen else files


def read_pip_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """pip's settings that concern downloads, by their long option name ("index-url"); the environment wins."""
    names = ("index-url", "extra-index-url", "find-links", "no-index", "cert", "proxy", "trusted-host")
    settings: dict[str, str] = {}
    for section in ("global", "install"):
        for file in list_config_files(environment):
            parser = configparser.RawConfigParser()
            if not file.is_file():
                continue
            parser.read(file, encoding="utf-8")
            for name in names:
                value = parser.get(section, name, fallback="")
                if value:
                    settings[name] = value
    for name in names:
        value = environment.get("PIP_" + name.upper().replace("-", "_"), "")
        if value:
            settings[name] = value
    return settings


def has_system_certificates() -> bool:
    """Whether this machine keeps root certificates of its own; a bare Debian does not."""
    paths = ssl.get_default_verify_paths()
    in_folder = paths.capath is not None and any(Path(paths.capath).iterdir())
    return not sys.platform.startswith("linux") or paths.cafile is not None or in_folder


def build_uv_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that make uv download as pip would here; whatever was already set for uv itself stays."""
    pip = read_pip_settings(environment)
    wanted = {
        "UV_DEFAULT_INDEX": pip.get("index-url", ""),
        "UV_INDEX": " ".join(pip.get("extra-index-url", "").split()),
        "UV_FIND_LINKS": ",".join(pip.get("find-links", "").split()),
        "UV_INSECURE_HOST": " ".join(pip.get("trusted-host", "").split()),
        # Like pip and the browser, trust what this machine trusts, where it has a store at all.
        "UV_SYSTEM_CERTS": "1" if has_system_certificates() else "",
        "SSL_CERT_FILE": pip.get("cert", ""),
        "HTTP_PROXY": pip.get("proxy", ""),
        "HTTPS_PROXY": pip.get("proxy", ""),
    }
    older_names = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}
    added = {
        name: value
        for name, value in wanted.items()
        if value and not any(environment.get(known) for known in (name, name.lower(), older_names.get(name, name)))
    }
    return {**environment, **added}


def forbids_index(environment: Mapping[str, str]) -> bool:
    """Whether pip may use folders of wheels only; uv has an option for that (--no-index) but no variable."""
    return read_pip_settings(environment).get("no-index", "").lower() in ("1", "true", "yes", "on")
