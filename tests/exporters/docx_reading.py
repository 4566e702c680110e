"""Read an exported Word file back: with python-docx, as XML, and through LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from lxml import etree  # type: ignore[attr-defined] - it brings no types

import resources

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None, reason="LibreOffice or poppler is missing"
)
_FONTS = {
    "仿宋": "FandolFang R",
    "宋体": "Noto Serif SC Light",
    "黑体": "Noto Sans SC",
    "楷体": "Ledger Kai",
    "方正小标宋简体": "Noto Serif SC",
}


def opened(file: Path) -> WordDocument:
    return docx.Document(str(file))


def part(file: Path, name: str) -> Any:
    """A part of the package as lxml reads it."""
    with ZipFile(file) as archive:
        return etree.fromstring(archive.read(name))


def lines(document: WordDocument) -> list[str]:
    """The text of the body in its order: each paragraph, and each row of a table with | between its cells."""
    found: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, WordParagraph):
            found.append(block.text)
        else:
            found += ("|".join(row) for row in cells(block))
    return found


def cells(table: WordTable) -> list[list[str]]:
    """The texts of a table, a cell over several columns once."""
    return [
        ["\n".join(WordParagraph(p, None).text for p in tc.iterchildren(f"{W}p")) for tc in tr.iterchildren(f"{W}tc")]  # type: ignore[arg-type]
        for tr in table._tbl.iterchildren(f"{W}tr")
    ]


def convert(file: Path, folder: Path) -> Path:
    """The PDF that LibreOffice makes of it with the bundled fonts in place of those of an office."""
    folder.mkdir(exist_ok=True)
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{other}</family></prefer></alias>'
        for name, other in _FONTS.items()
    )
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><fontconfig><dir>{resources.path("fonts")}</dir>'
        f"<cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>",
        encoding="utf-8",
    )
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(file)],
        check=True, capture_output=True, env={**os.environ, "FONTCONFIG_FILE": str(config)}, timeout=180,
    )  # fmt: skip
    return folder / f"{file.stem}.pdf"
