"""The manual as a document: reading docs/使用手册.md, dressing it in the theme, fitting its pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QPainter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
)

from resources import document
from ui import theme

FILE = "使用手册.md"
MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
HEADINGS = {1: (24, 0, 12), 2: (20, 36, 10), 3: (16, 20, 6)}  # level: size, air above, air below
LINE_HEIGHT = 120  # per cent
READABLE = 820  # widest column of text, pixels at 100 %
SIDE = 28  # left and right of the text

# Which chapter F1 opens on a page. Pages are named as in ui/main_window.py.
CHAPTERS = {
    "home": "首页",
    "calendar": "计划和日历",
    "activities": "找、改、批量改",  # the list: in the form F1 shows the notice
    "cases": "案例",
    "checks": "逻辑检查",
    "reports": "报表",
    "submit": "报送",
    "submissions": "报送记录",
    "history": "修改记录、撤销、回收站",
    "clauses": "条文对照",
    "settings": "设置",
    "recovery": "备份、恢复、换电脑",
    "first_run": "第一次打开",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the manual and the number of its block in the document."""

    text: str
    level: int
    block: int


def manual_text() -> str:
    """The whole manual as it ships, without the line breaks inside Chinese sentences (they would show as spaces)."""
    return re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", document(FILE).read_text(encoding="utf-8"))


def fill(manual: QTextDocument, text: str) -> None:
    """Put the manual into the document, in the colours and sizes of the present look."""
    manual.setDefaultFont(theme.font())
    manual.setMarkdown(text, MARKDOWN)
    cursor = QTextCursor(manual)
    cursor.beginEditBlock()
    for block in _blocks(manual):
        _dress(cursor, block)
    for table in manual.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            _dress_table(table)
    cursor.endEditBlock()


def fit(manual: QTextDocument, width: int) -> None:
    """Give the text a readable column in `width` pixels, and each picture the width of the column at most."""
    side = theme.px(SIDE)
    column = max(min(theme.px(READABLE), width - 2 * side), 1)
    frame = QTextFrameFormat(manual.rootFrame().frameFormat())
    frame.setLeftMargin(side)
    frame.setRightMargin(max(width - side - column, side))
    frame.setTopMargin(theme.px(20))
    frame.setBottomMargin(theme.px(40))
    manual.rootFrame().setFrameFormat(frame)
    cursor = QTextCursor(manual)
    cursor.beginEditBlock()
    for start, end, picture in list(_pictures(manual)):
        fitted = fitted_size(natural_size(file_of(picture.name())), column)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        wanted = QTextImageFormat(picture)
        wanted.setWidth(fitted.width())
        wanted.setHeight(fitted.height())
        wanted.setName(f"{file_of(picture.name())}?{fitted.width()}x{fitted.height()}")
        cursor.setCharFormat(wanted)
    cursor.endEditBlock()


@cache
def natural_size(file: str) -> QSize:
    """The size of a picture below docs/ in its own pixels; not valid when there is none."""
    return QImageReader(str(document(file))).size()


def fitted_size(natural: QSize, width: int) -> QSize:
    """The size of a picture in a column of `width` pixels: never larger than it is, never empty."""
    if not natural.isValid():
        return QSize(1, 1)
    shown = min(natural.width(), width)
    return QSize(shown, max(1, round(natural.height() * shown / natural.width())))


def picture(name: str, ratio: float) -> QImage:
    """The picture with the name `fit` gave it, smoothly scaled for a screen with `ratio` pixels to one.

    In the dark theme the picture taken in the dark is shown, where there is one.
    """
    file, _, size = name.partition("?")
    light = document(file)
    dark = light.with_name(f"{light.stem}-dark{light.suffix}")
    image = QImage(str(dark if theme.current().theme.dark and dark.is_file() else light))
    if image.isNull() or "x" not in size:
        return image
    image = image.convertToFormat(QImage.Format.Format_RGB32)  # the files have a palette, which cannot be painted on
    width, height = (round(int(part) * ratio) for part in size.split("x"))
    smooth = Qt.TransformationMode.SmoothTransformation
    image = image.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    painter = QPainter(image)
    painter.setPen(theme.color("line"))  # a screenshot has the page's own colour at its edge
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def file_of(name: str) -> str:
    """The file a picture's name means, below docs/; one that leads out of there is nothing."""
    file = PurePosixPath(name.partition("?")[0])
    return "" if file.is_absolute() or ".." in file.parts or ":" in str(file) else str(file)


def headings(manual: QTextDocument) -> list[Heading]:
    """Every heading from the second level on: the first is the manual's own name."""
    return [
        Heading(block.text(), level, block.blockNumber())
        for block in _blocks(manual)
        if (level := block.blockFormat().headingLevel()) >= 2
    ]


def slug(text: str) -> str:
    """A heading or a link's target as GitHub spells it, so that links work there and here."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", text.strip().lower()))


def _blocks(manual: QTextDocument) -> Iterator[QTextBlock]:
    block = manual.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    """The runs of text of a paragraph that have one format each."""
    step = block.begin()
    while not step.atEnd():
        yield step.fragment()
        step += 1


def _pictures(manual: QTextDocument) -> Iterator[tuple[int, int, QTextImageFormat]]:
    """Where each picture stands in the text (from, to) and its format."""
    for block in _blocks(manual):
        for fragment in _fragments(block):
            if fragment.charFormat().isImageFormat():
                start = fragment.position()
                yield start, start + fragment.length(), fragment.charFormat().toImageFormat()


def _dress(cursor: QTextCursor, block: QTextBlock) -> None:
    """Sizes, weights and air of one paragraph."""
    if (points := block.textList()) and points.format().style() == QTextListFormat.Style.ListCircle:
        form = points.format()
        form.setStyle(QTextListFormat.Style.ListDisc)
        points.setFormat(form)
    level = block.blockFormat().headingLevel()
    size, above, below = HEADINGS.get(level, (theme.BODY, 0, 4 if block.textList() else 10))
    air = QTextBlockFormat()
    if level or not cursor.currentTable():
        air.setTopMargin(theme.px(above))
        air.setBottomMargin(theme.px(below))
    if not any(each.charFormat().isImageFormat() for each in _fragments(block)):
        air.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    cursor.setPosition(block.position())
    cursor.mergeBlockFormat(air)
    runs = [(each.position(), each.position() + each.length(), each.charFormat()) for each in _fragments(block)]
    for start, end, was in runs:
        if was.isImageFormat():
            continue
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_letters(was, size, bold=bool(level) or was.fontWeight() >= 600))


def _letters(was: QTextCharFormat, size: int, *, bold: bool) -> QTextCharFormat:
    """A run of text in our typeface, keeping only what it is: bold, code or a link."""
    letters = QTextCharFormat()
    letters.setFont(theme.font(size, bold))
    letters.setForeground(theme.color("text"))
    if was.fontFixedPitch():
        letters.setBackground(theme.color("neutral_ground"))
    if was.isAnchor():
        letters.setAnchor(True)
        letters.setAnchorHref(was.anchorHref())
        letters.setForeground(theme.color("focus"))
        letters.setFontUnderline(True)
    return letters


def _dress_table(table: QTextTable) -> None:
    wanted = table.format()
    wanted.setBorder(1)
    wanted.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    wanted.setBorderBrush(theme.color("line"))
    wanted.setBorderCollapse(True)
    wanted.setCellPadding(theme.px(6))
    wanted.setCellSpacing(0)
    wanted.setTopMargin(theme.px(4))
    wanted.setBottomMargin(theme.px(12))
    wanted.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.columns() == 2:
        lengths = [QTextLength(QTextLength.Type.PercentageLength, share) for share in (34, 66)]
        wanted.setColumnWidthConstraints(lengths)
    table.setFormat(wanted)
    for line in range(table.rows()):
        for number in range(table.columns()):
            cell = table.cellAt(line, number)
            ground = cell.format()
            ground.setProperty(QTextFormat.Property.BackgroundBrush, theme.color("raised" if line == 0 else "surface"))
            cell.setFormat(ground)
