"""Names of photos and files: the clerk's own, made safe to store and to write anywhere, and those for copies."""

import os
import re
import unicodedata
from pathlib import Path

from models.attachment import PHOTO, Attachment

LONGEST = 120  # characters; every file system takes 255 bytes, and Chinese characters have three each
UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # categories of characters that no name has: they can disguise it
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")


def safe_name(name: str, otherwise: str = "未命名") -> str:
    """A file name without folders and without anything that a file system or a reader's eye could trip over.

    Control characters and direction marks (which let `gpj.exe` pass for `exe.jpg`) are dropped, characters that
    Windows forbids become “_”, names of its devices get one in front, bytes that are no text become “�”.
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = unicodedata.normalize("NFC", text)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in UNSEEN)
    text = _FORBIDDEN.sub("_", text).strip().rstrip(". ")
    if _DEVICES.fullmatch(text):
        text = f"_{text}"
    return _shortened(text) or otherwise


def shown_name(path: Path | str) -> str:
    """How sentences name a file that was given by its path."""
    return safe_name(os.path.basename(os.fspath(path).rstrip("/\\")) or os.fspath(path))


def stored_suffix(name: str) -> str:
    """The type of a file for its name in the store: `.pdf`; empty when it has none worth keeping."""
    suffix = os.path.splitext(name)[1]
    return suffix.lower() if _SUFFIX.fullmatch(suffix) else ""


def copy_name(attachment: Attachment) -> str:
    """What a copy given away is called: a photo by its caption, a file by the clerk's own name of it."""
    if attachment.kind != PHOTO:
        return safe_name(attachment.file_name)
    stem = safe_name(attachment.caption, "") or safe_name(os.path.splitext(attachment.file_name)[0], "照片")
    return f"{stem}{attachment.suffix}"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    stem, suffix = os.path.splitext(text)
    suffix = suffix if len(suffix) <= 12 else ""
    return f"{stem[: LONGEST - len(suffix) - 1].rstrip('. ')}…{suffix}"
