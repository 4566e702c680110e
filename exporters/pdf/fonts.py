"""Which fonts print which part of a form.

A union office expects 小标宋、仿宋、黑体、楷体. The computer's own are used when they are there and may be
embedded; otherwise the bundled look-alikes (resources/fonts/README.md). Table text always uses the
bundled Noto Sans, so that lines break at the same place on every computer. Every chain ends with the
same fallbacks: all of GB18030-2022 level 1, then symbols, then emoji. Noto Sans has a real bold for the
characters of table heads; a 黑体 of the computer, and what that bold lacks, is thickened by the painter.
"""

import os
import threading
from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import resources
from exporters.pdf.faces import Face, FontChain

Role = Literal["title", "body", "heading", "subheading", "table", "page_number"]

_SYSTEM_FILES: dict[Role, tuple[tuple[str, str], ...]] = {
    "title": (
        ("fzxbsjw.ttf", "方正小标宋简体"),
        ("fzxbsk.ttf", "方正小标宋"),
        ("方正小标宋简体.ttf", "方正小标宋简体"),
        ("方正小标宋_gbk.ttf", "方正小标宋_GBK"),
    ),
    "body": (("simfang.ttf", "仿宋"), ("仿宋_gb2312.ttf", "仿宋_GB2312")),
    "heading": (("simhei.ttf", "黑体"),),
    "subheading": (("simkai.ttf", "楷体"), ("楷体_gb2312.ttf", "楷体_GB2312")),
    "table": (),
    "page_number": (("simsun.ttc", "宋体"), ("simsun.ttf", "宋体")),
}
_BUNDLED: dict[Role, tuple[str, str]] = {
    "title": ("NotoSerifSC-Bold.subset.ttf", "Noto Serif SC Bold"),
    "body": ("FandolFang-Regular.subset.ttf", "FandolFang"),
    "heading": ("NotoSansSC-Regular.subset.ttf", "Noto Sans SC"),
    "subheading": ("LedgerKai-Regular.subset.ttf", "Ledger Kai"),
    "table": ("NotoSansSC-Regular.subset.ttf", "Noto Sans SC"),
    "page_number": ("NotoSerifSC-Light.subset.ttf", "Noto Serif SC Light"),
}
_BOLD = {"NotoSansSC-Regular.subset.ttf": ("NotoSansSC-Bold.subset.ttf", "Noto Sans SC Bold")}
_FALLBACKS = (
    ("NotoSerifSC-Light.subset.ttf", "Noto Serif SC Light"),
    ("NotoSansSC-Extra.subset.ttf", "Noto Sans SC Extra"),
    ("NotoSans-Extra.subset.ttf", "Noto Sans"),
    ("LedgerKai-Regular.subset.ttf", "Ledger Kai"),
    ("NotoSansSymbols2-Extra.subset.ttf", "Noto Sans Symbols 2"),
    ("NotoEmoji-Extra.subset.ttf", "Noto Emoji"),
)
_SYSTEM_RARE = (("simsunb.ttf", "宋体-ExtB"), ("simsunextg.ttf", "宋体-ExtG"))  # rare surnames, on Windows only

_NARROW_MARKS = {"LedgerKai-Regular.subset.ttf": frozenset("“”‘’")}
"""Punctuation that a bundled font draws for Latin text, half as wide as the grid of a Chinese line has it."""

PRINTING = threading.RLock()
"""Held while text is measured or drawn: reportlab's fonts are not made for two threads at a time."""


class _ChineseFace(Face):
    """A face without its Latin punctuation, which another face of the chain draws as wide as an ideograph."""

    def has(self, character: str) -> bool:
        return character not in _NARROW_MARKS[self.file.name] and super().has(character)


class FontSet:
    """The font chains of all roles, given the folders in which the computer keeps its fonts."""

    def __init__(self, system_folders: tuple[Path, ...]) -> None:
        self._folders = system_folders
        self._faces: dict[Path, Face] = {}
        self._chains: dict[Role, FontChain] = {}

    def chain(self, role: Role) -> FontChain:
        if role not in self._chains:
            faces = tuple(self._role_faces(role))
            bold = _BOLD.get(faces[0].file.name)
            self._chains[role] = FontChain(faces, self._bundled_face(*bold, bold=True) if bold else None)
        return self._chains[role]

    def faces(self) -> tuple[Face, ...]:
        """Every face that some chain may use so far."""
        return tuple(self._faces.values())

    def _role_faces(self, role: Role) -> Iterator[Face]:
        seen: set[Path] = set()
        candidates = (
            *self._system_faces(_SYSTEM_FILES[role]),
            self._bundled_face(*_BUNDLED[role]),
            *(self._bundled_face(*fallback) for fallback in _FALLBACKS),
            *self._system_faces(_SYSTEM_RARE),
        )
        for face in candidates:
            if face.file not in seen:
                seen.add(face.file)
                yield face

    def _bundled_face(self, name: str, label: str, *, bold: bool = False) -> Face:
        file = resources.path("fonts") / name
        if name in _NARROW_MARKS and file not in self._faces:
            self._faces[file] = _ChineseFace(file, label, bold=bold)
        return self._face(file, label, bold=bold)

    def _face(self, file: Path, label: str, *, bold: bool = False) -> Face:
        return self._faces.setdefault(file, Face(file, label, bold=bold))

    def _system_faces(self, wanted: tuple[tuple[str, str], ...]) -> Iterator[Face]:
        for name, label in wanted:
            file = self._system_files.get(name)
            if file is None:
                continue
            face = self._face(file, f"{label}（本机）")
            if face.usable():  # else the bundled look-alike takes its place; the result names what was used
                yield face

    @cached_property
    def _system_files(self) -> dict[str, Path]:
        """Lower-case file name → path of the fonts installed on this computer."""
        found: dict[str, Path] = {}
        for folder in self._folders:
            for parent, _, names in os.walk(folder):
                for name in names:
                    found.setdefault(name.lower(), Path(parent, name))
        return found


def system_font_folders() -> tuple[Path, ...]:
    """Where Windows, UOS and 麒麟 keep fonts; folders that do not exist are harmless."""
    if os.name == "nt":
        return (
            Path(os.environ.get("WINDIR", "C:\\Windows"), "Fonts"),
            Path.home() / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts",
        )
    home = Path.home()
    return (home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


@cache
def font_set(system_folders: tuple[Path, ...] | None = None) -> FontSet:
    """The fonts of this computer, found once per process; an empty tuple means the bundled ones only."""
    return FontSet(system_font_folders() if system_folders is None else system_folders)
