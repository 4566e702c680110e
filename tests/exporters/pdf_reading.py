"""Read an exported PDF back with a library that had no part in writing it."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader

from exporters.text import printable
from models.report import Report, Row, Table


def read(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def page_texts(data: bytes) -> list[str]:
    """The text of each page in drawing order, without spaces and line ends: those belong to the layout."""
    return [squeeze(page.extract_text()) for page in read(data).pages]


class Look(NamedTuple):
    """How a piece of text is drawn: the name of its font, whether its outline is thickened, its colour."""

    font: str
    thickened: bool
    colour: tuple[float, ...] = (0, 0, 0)


def looks(page: PageObject) -> list[Look]:
    """The looks of all pieces of text on a page, in drawing order."""
    fonts: Any = page["/Resources"]["/Font"]  # type: ignore[index]
    font, mode, colour = "", 0, (0.0, 0.0, 0.0)
    found: list[Look] = []
    contents: Any = page.get_contents()
    for operands, operator in contents.operations:
        if operator == b"Tf":
            font = str(fonts[operands[0]]["/BaseFont"]).partition("+")[2]
        elif operator == b"Tr":
            mode = int(operands[0])
        elif operator == b"rg":
            colour = tuple(map(float, operands))
        elif operator == b"Tj":
            found.append(Look(font, mode == 2, colour))
    return found


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", printable(text))


def expected_row(table: Table, row: Row) -> str:
    return squeeze("".join(row.cells[index].text for index in table.printed_columns()))


def expected_header(table: Table) -> str:
    return squeeze("".join(table.columns[index].title for index in table.printed_columns()))


def rows_on_pages(report: Report, texts: list[str]) -> list[list[int]]:
    """For each page the numbers (序号) of the lines of the report's only table that stand on it whole."""
    table = report.tables[0]
    wanted = [(number, expected_row(table, row)) for number, row in enumerate(table.rows, start=1)]
    return [[number for number, text in wanted if text in page] for page in texts]
