"""Photos with captions on Word pages of their own (照片附页)."""

from collections.abc import Iterator

from exporters.docx_book import WordBook
from exporters.docx_page import Page
from exporters.docx_text import Block, Grid, Para, attribute, raw_cell, row, run
from models.report import Picture, PictureSheet

EMU = 635  # of a twip
CAPTION_ROOM = 700  # twips below each photo
HEADING_ROOM = 1000
SIDE_BY_SIDE = 2  # more photos on a page than this stand in two columns


def photo_blocks(sheet: PictureSheet, book: WordBook, page: Page) -> Iterator[Block]:
    """A heading on a new page and the photos in a table without rules."""
    columns = 2 if sheet.per_page > SIDE_BY_SIDE else 1
    lines = -(-sheet.per_page // columns)
    width = page.room // columns
    height = (page.height - page.top - page.bottom - HEADING_ROOM) // lines - CAPTION_ROOM
    yield Para("TableHeading", run(sheet.title), page_break_before=True)
    rows: list[str] = []
    for start in range(0, len(sheet.pictures), columns):
        cells = [
            raw_cell(width, _photo(picture, number, book, width - 200, height))
            for number, picture in enumerate(sheet.pictures[start : start + columns], start + 1)
        ]
        cells += [raw_cell(width, Para("Photo", "").xml())] * (columns - len(cells))
        rows.append(row(cells, whole=True))
    if rows:
        yield Grid([width] * columns, rows, style="TableNormal")


def _photo(picture: Picture, number: int, book: WordBook, width: int, height: int) -> str:
    """The photo as large as fits (twips), with its caption; words in its place when the file cannot be read."""
    found = _stored(picture, book)
    if found is None:
        shown = run("（照片文件打不开）", missing=True)
    else:
        relation, across, down = found
        scale = min(width / max(across, 1), height / max(down, 1))
        shown = _drawing(relation, number, round(across * scale) * EMU, round(down * scale) * EMU, picture.caption)
    return Para("Photo", shown).xml() + Para("PhotoCaption", run(picture.caption)).xml()


def _stored(picture: Picture, book: WordBook) -> tuple[str, int, int] | None:
    """Put the photo into the file: its relation and pixels; None where paper says the same (exporters/pdf/jpeg.py)."""
    from exporters.pdf.jpeg import read_jpeg

    try:
        return book.picture(str(picture.file)) if read_jpeg(picture.file) else None
    except Exception:  # python-docx trips over a damaged file in every way there is
        return None


def _drawing(relation: str, number: int, width: int, height: int, caption: str) -> str:
    name, words = f'id="{number}" name="照片{number}"', attribute(caption)
    uri = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr {name} descr={words}/><a:graphic><a:graphicData uri="{uri}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
