"""Data that ships with the program: notice packs, fonts, icons, styles; and where the manual lies."""

import sys
from pathlib import Path


def path(name: str) -> Path:
    """Where the shipped file or folder `name` (such as "notices/jzgh-2025-33.toml") lies.

    Works from a checkout and from a frozen build, where PyInstaller unpacks the data below
    `sys._MEIPASS`. Nothing is checked: a missing file is a broken build, and opening it says so.
    """
    return _root() / "resources" / name


def document(name: str) -> Path:
    """Where the shipped document `name` (such as "使用手册.md" or "screenshots/home.png") lies: below docs/.

    A frozen build takes 使用手册.md and screenshots/*.png along under the same folder name.
    """
    return _root() / "docs" / name


def _root() -> Path:
    frozen_root = getattr(sys, "_MEIPASS", None)
    return Path(frozen_root) if frozen_root else Path(__file__).resolve().parent.parent
