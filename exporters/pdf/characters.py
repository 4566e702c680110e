"""Find, before anything is printed, the characters that no font can print."""

from collections.abc import Iterator
from dataclasses import dataclass

from exporters.pdf.fonts import PRINTING, FontSet, Role
from exporters.progress import ProgressMeter
from exporters.text import printable
from exporters.wording import info_items, signature_items
from models.errors import UserError
from models.report import (
    Document,
    FieldGrid,
    MonthGrid,
    ParagraphStyle,
    PictureSheet,
    Prose,
    Report,
    Row,
    SealBox,
    Table,
    YearGrid,
)

_Text = tuple[Role, str, str]  # the role of its font, where it stands, what it says

NAMED = 5  # characters told one by one in a message
PLACES_NAMED = 3
DOCUMENT_ROLES: dict[ParagraphStyle, Role] = {
    "title": "title",
    "address": "body",
    "heading1": "heading",
    "heading2": "subheading",
    "heading3": "body",
    "body": "body",
    "attachment": "body",
    "closing": "body",
}


@dataclass(frozen=True, slots=True)
class MissingCharacter:
    """A character that no font has, and where it occurs, in words a clerk can follow."""

    character: str
    places: tuple[str, ...]

    @property
    def text(self) -> str:
        """e.g. “𰻝”（U+30EDD）: the code, because the screen may not be able to show it either."""
        return f"“{self.character}”（U+{ord(self.character):04X}）"


def find_missing(report: Report, fonts: FontSet, meter: ProgressMeter | None = None) -> list[MissingCharacter]:
    """The characters of `report` that cannot be printed, in the order in which they occur."""
    found: dict[str, dict[str, None]] = {}
    with PRINTING:
        for role, place, text in _printed_texts(report):
            missing = fonts.chain(role).missing(printable(text))
            for character in sorted(missing, key=text.find):
                found.setdefault(character, {})[place] = None
            if meter is not None:
                meter.beat()
    return [MissingCharacter(character, tuple(places)) for character, places in found.items()]


def roles_of(report: Report) -> set[Role]:
    """The roles of fonts that the form has text for."""
    return {role for role, _, text in _printed_texts(report) if text}


def require_printable(report: Report, fonts: FontSet, meter: ProgressMeter | None = None) -> None:
    """Raise a UserError that lists the characters and where they are, if some cannot be printed."""
    missing = find_missing(report, fonts, meter)
    if not missing:
        return
    listed = "；".join(f"{one.text}在{_join(one.places)}" for one in missing[:NAMED])
    more = f"；另有 {len(missing) - NAMED} 个" if len(missing) > NAMED else ""
    raise UserError(
        f"“{report.title}”有 {len(missing)} 个字符没有字体能打印：{listed}{more}。请换成能打印的字，再导出一次。"
    )


def _join(places: tuple[str, ...]) -> str:
    more = f"等 {len(places)} 处" if len(places) > PLACES_NAMED else ""
    return "、".join(places[:PLACES_NAMED]) + more


def _printed_texts(report: Report) -> Iterator[_Text]:
    """(role, place, text) of everything that goes on paper."""
    for number, sheet in enumerate(report.sheets, start=1):
        within = f"第{number}张（{sheet.period_text}）的" if report.following else ""
        for role, place, text in _sheet_texts(sheet):
            yield role, f"{within}{place}", text


def _sheet_texts(sheet: Report) -> Iterator[_Text]:
    yield "title", "标题", sheet.title
    for item in (*info_items(sheet), *signature_items(sheet.signature)):
        yield "table", item.partition("：")[0], item
    yield "table", "依据", f"{sheet.basis}{sheet.receipt_code}{sheet.form_version}"
    for number, block in enumerate(sheet.blocks, start=1):
        if isinstance(block, Table):
            yield from _table_texts(block, number, alone=len(sheet.blocks) == 1)
        else:
            yield from _block_texts(block)


def _block_texts(
    block: FieldGrid | Prose | SealBox | PictureSheet | Document | MonthGrid | YearGrid,
) -> Iterator[_Text]:
    match block:
        case FieldGrid():
            yield "heading", "表头的标题", block.title
            for entry in block.entries():
                yield "table", "表头", entry.label
                yield "table", f"“{entry.label}”", entry.value.text
        case Prose():
            yield "heading", f"标题“{block.heading}”", block.heading
            for text in block.printed:
                yield "body", f"“{block.heading}”", text
        case SealBox():
            yield "heading", "意见栏的标题", block.title
            yield "table", "意见栏", block.text
        case PictureSheet():
            yield "heading", "照片附页的标题", block.title
            for order, picture in enumerate(block.pictures, start=1):
                yield "table", f"第{order}张照片的说明", picture.caption
        case Document():
            yield from _document_texts(block)
        case MonthGrid() | YearGrid():
            yield from _month_texts(block) if isinstance(block, MonthGrid) else _year_texts(block)


def _document_texts(document: Document) -> Iterator[_Text]:
    for paragraph in document.paragraphs:
        yield DOCUMENT_ROLES[paragraph.style], f"“{paragraph.text[:10]}”一段", paragraph.text


def _table_texts(table: Table, number: int, *, alone: bool) -> Iterator[_Text]:
    within = ""
    if not alone:
        within = f"“{table.title}”" if table.title else f"第{number}张表"
    yield "heading", f"第{number}张表的标题", table.title
    for column in table.columns:
        yield "table", f"{within}表头", column.title
    for note in table.notes:
        yield "table", f"{within}表下的说明", note
    yield "table", within, table.empty_text
    for index, row in enumerate(table.rows, start=1):
        yield from _row_texts(table, row, f"{within}第{index}行")
    if table.total is not None:
        yield from _row_texts(table, table.total, f"{within}合计行")


def _month_texts(month: MonthGrid) -> Iterator[_Text]:
    yield "heading", "日历的标题", month.title
    for note in month.notes:
        yield "table", "日历下的说明", note
    for day in month.days():
        yield "table", day.label, f"{day.corner}{day.badge}"
        for entry in day.entries:
            text = f"{entry.mark}{entry.time}{entry.title}{entry.place}{entry.state}"
            yield "table", f"{day.label}“{entry.title}”", text


def _year_texts(year: YearGrid) -> Iterator[_Text]:
    yield "heading", "年历的标题", year.title
    for note in year.notes:
        yield "table", "年历下的说明", note
    for month in year.months:
        yield "heading", "年历的月份", month.label
        yield "table", month.label, month.corner
        for entry in month.entries:
            text = f"{entry.mark}{entry.when}{entry.title}{entry.place}{entry.state}"
            yield "table", f"{month.label}“{entry.title}”", text


def _row_texts(table: Table, row: Row, place: str) -> Iterator[_Text]:
    for index in table.printed_columns():
        yield "table", f"{place}“{table.columns[index].title}”", row.cells[index].text
