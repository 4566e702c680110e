"""Photos with captions on pages of their own (照片附页)."""

from collections.abc import Iterator, Sequence

from exporters.pdf.gridtable import RULE
from exporters.pdf.jpeg import Jpeg, read_jpeg
from exporters.pdf.linebreak import wrap_balanced
from exporters.pdf.pages import Harm, Piece
from exporters.pdf.paint import Painter, TextStyle
from exporters.pdf.result import Place
from exporters.text import printable
from models.report import Picture, PictureSheet

GAP = 10.0  # above a photo
FOOT = 8.0  # below its caption
CAPTION_GAP = 5.0
CAPTION_LINES = 4  # kept below the photo; what runs on longer follows as ordinary lines
BOX_SHARE = 0.6  # of the room for a photo: the box in place of one that is gone
GONE, BROKEN = "照片文件不在", "照片文件已损坏"


class PictureDrawing:
    """A photo in its frame and the caption below, `height` points high together. The file is read on drawing."""

    def __init__(self, picture: Picture, caption: Sequence[str], style: TextStyle, room: float, height: float) -> None:
        self.height = height
        self._picture = picture
        self._caption = caption
        self._style = style
        self._room = room

    def draw(self, painter: Painter, page: int, left: float, top: float) -> Sequence[Place]:
        caption_height = len(self._caption) * self._style.leading + CAPTION_GAP + FOOT
        most = self.height - GAP - caption_height
        jpeg, problem = _read(self._picture)
        width, height = _fitted(jpeg, self._room, most)
        x, y = left + (self._room - width) / 2, top + GAP + (most - height) / 2
        if jpeg is not None:
            painter.picture(jpeg, x, y, width, height)
        else:
            text_left = left + (self._room - self._style.width(problem)) / 2
            painter.text(self._style, text_left, y + height / 2 + self._style.size / 2, problem)
        right, bottom = x + width, y + height
        frame = ((x, y, right, y), (x, bottom, right, bottom), (x, y, x, bottom), (right, y, right, bottom))
        painter.rules(frame, RULE)
        baseline = y + height + CAPTION_GAP + self._style.baseline()
        for line in self._caption:
            painter.text(self._style, left + (self._room - self._style.width(line)) / 2, baseline, line)
            baseline += self._style.leading
        return ()


def picture_pieces(sheet: PictureSheet, style: TextStyle, room: float, page_height: float) -> Iterator[Piece]:
    """The photos, `per_page` on a page `page_height` points high, without their heading."""
    slot = page_height / max(sheet.per_page, 1)
    for number, picture in enumerate(sheet.pictures, 1):
        text = f"图{number}　{picture.caption}".rstrip()
        lines = wrap_balanced(printable(text), style.chain.widths, room / style.size * 1000)
        drawing = PictureDrawing(picture, lines[:CAPTION_LINES], style, room, slot)
        yield Piece("drawn", slot, Harm.TORN if number == 1 else Harm.NONE, item=drawing)
        for index, line in enumerate(lines[CAPTION_LINES:]):
            yield Piece("note", style.leading, Harm.NONE if index else Harm.TORN, text=line)


def _read(picture: Picture) -> tuple[Jpeg | None, str]:
    try:
        found = read_jpeg(picture.file)
    except OSError:
        return None, GONE
    return found, BROKEN


def _fitted(jpeg: Jpeg | None, width: float, height: float) -> tuple[float, float]:
    """The size of the frame: as large as fits with nothing cut off and nothing distorted."""
    if jpeg is None:
        return width * BOX_SHARE, height * BOX_SHARE
    scale = min(width / jpeg.width, height / jpeg.height)
    return jpeg.width * scale, jpeg.height * scale
