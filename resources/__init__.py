"""Data that ships with the program: notice packs, fonts, icons, styles."""

import sys
from pathlib import Path


def path(name: str) -> Path:
    """Where the shipped file or folder `name` (such as "notices/jzgh-2025-33.toml") lies.

    Works from a checkout and from a frozen build, where PyInstaller unpacks the data below
    `sys._MEIPASS`. Nothing is checked: a missing file is a broken build, and opening it says so.
    """
    frozen_root = getattr(sys, "_MEIPASS", None)
    here = Path(frozen_root) / "resources" if frozen_root else Path(__file__).resolve().parent
    return here / name
