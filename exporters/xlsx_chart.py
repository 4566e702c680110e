"""Bar charts drawn by Excel from the cells of a table. They stand beside the printed page, never instead of numbers."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false, reportOptionalMemberAccess=false
# openpyxl carries no types.

from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import quote_sheetname

from exporters.text import storable
from exporters.xlsx_book import FormattedSheet, column_letter
from models.report import Chart, Row, Table

WIDTH, BAR, MARGINS = 560, 17, 110  # pixels: of a chart, the height of a bar, of what stands round the bars
GAP, OFFSET = 12, 20  # pixels between two charts, and between them and the table
COLOURS = ("5B7FA6", "C9D5E3", "33506F", "93A9C1")  # one hue, told apart in print too
OUTLINE = "33506F"
FEW = 6
EMPTY_ROW = 13.0  # points: no row below the form is lower
_PIXEL, _POINT = 9525, 12700  # in Excel's units
FONT = "宋体"


class Charts:
    """The charts of a sheet, one below the other at the right of the columns before `column`."""

    def __init__(self, sheet: FormattedSheet, name: str, column: int) -> None:
        self._sheet = sheet
        self._name = quote_sheetname(name)
        self._column = column
        self._bottom = 0.0  # of the last one, in points

    def place(self, table: Table, header: int, columns: Sequence[int], heights: Sequence[float]) -> None:
        """Place the charts of `table`, whose header is row `header` (from 1), its columns the sheet's `columns`.

        `heights` are those of all rows of the sheet in points.
        """
        for chart in table.charts:
            rows = table.rows[: chart.rows] if chart.rows else table.rows
            if not rows:
                continue
            drawn = _bar_chart(chart, table, rows, _Place(self._name, header, columns))
            height = MARGINS + BAR * len(rows) * (len(chart.values) + 0.5)
            top = max(sum(heights[: header - 1]), self._bottom)
            self._sheet.add_chart(drawn, None)
            drawn.anchor = self._anchor(top, height, heights)
            self._bottom = top + (height + GAP) * 72 / 96

    def _anchor(self, top: float, height: float, heights: Sequence[float]) -> OneCellAnchor:
        row = 0
        while row < len(heights) and heights[row] <= top:
            top -= heights[row]
            row += 1
        if row == len(heights):
            row, top = row + int(-(-top // EMPTY_ROW)), 0.0
        corner = AnchorMarker(self._column, OFFSET * _PIXEL, row, int(top * _POINT))
        return OneCellAnchor(corner, XDRPositiveSize2D(WIDTH * _PIXEL, int(height) * _PIXEL))


class _Place:
    """Where a table stands: sheet, row of its header, the sheet's column of each of its own."""

    def __init__(self, sheet: str, header: int, columns: Sequence[int]) -> None:
        self._sheet, self._header, self._columns = sheet, header, columns

    def title(self, column: int) -> str:
        return f"{self._sheet}!{self._cell(column, 0)}"

    def values(self, column: int, count: int) -> str:
        return f"{self._sheet}!{self._cell(column, 1)}:{self._cell(column, count)}"

    def _cell(self, column: int, row: int) -> str:
        return f"${column_letter(self._columns[column])}${self._header + row}"


def _bar_chart(chart: Chart, table: Table, rows: Sequence[Row], place: _Place) -> BarChart:
    drawn = BarChart()
    drawn.type, drawn.grouping, drawn.gapWidth = "bar", "clustered", 50
    drawn.title = _title(chart.title, 1100, bold=True)
    drawn.series = [_series(chart, table, rows, place, number) for number in range(len(chart.values))]
    names, numbers = drawn.x_axis, drawn.y_axis
    names.delete = numbers.delete = False  # what openpyxl leaves unsaid means that there are no axes
    names.scaling.orientation = "maxMin"  # the first row of the table on top
    names.title = _title(table.columns[chart.labels].title)
    numbers.title = _title("、".join(table.columns[index].title for index in chart.values))
    numbers.scaling.min = 0
    if max((cell for row in rows for cell in _numbers(row, chart)), default=0) < FEW:
        numbers.majorUnit = 1  # nobody held half an activity
    numbers.number_format, numbers.majorGridlines.spPr = "0", GraphicalProperties(ln=LineProperties(solidFill="D8DBE0"))
    names.txPr = numbers.txPr = _text_look()
    names.tickLblPos = "low"
    numbers.crosses = "max"  # with the order turned round, this is at the bottom
    if len(chart.values) > 1:
        drawn.legend.position, drawn.legend.txPr = "b", _text_look()
    else:
        drawn.legend = None
    return drawn


def _series(chart: Chart, table: Table, rows: Sequence[Row], place: _Place, number: int) -> Series:
    """One value of each row. What the cells hold is noted beside their place, for programs that only show files."""
    column, count = chart.values[number], len(rows)
    title = storable(table.columns[column].title)
    names = [StrVal(index, storable(row.cells[chart.labels].text)) for index, row in enumerate(rows)]
    values = [NumVal(index, v=value) for index, row in enumerate(rows) for value in _numbers(row, chart, number)]
    series = Series(
        number,
        number,
        SeriesLabel(StrRef(place.title(column), StrData(1, [StrVal(0, title)]))),
        GraphicalProperties(solidFill=COLOURS[number % len(COLOURS)], ln=LineProperties(solidFill=OUTLINE, w=6350)),
        cat=AxDataSource(strRef=StrRef(place.values(chart.labels, count), StrData(count, names))),
        val=NumDataSource(NumRef(place.values(column, count), NumData("General", count, values))),
        invertIfNegative=False,
    )
    series.dLbls = DataLabelList(
        dLblPos="outEnd",
        showVal=True,
        showLegendKey=False,
        showCatName=False,
        showSerName=False,
        showPercent=False,
        txPr=_text_look(),
    )
    return series


def _numbers(row: Row, chart: Chart, only: int | None = None) -> Iterator[float]:
    """The values of a row that are numbers: all that the chart shows, or `only` one of them."""
    for column in chart.values if only is None else chart.values[only : only + 1]:
        cell = row.cells[column]
        if isinstance(cell.value, int | Decimal) and not cell.missing:
            yield float(cell.value)


def _title(text: str, size: int = 900, *, bold: bool = False) -> Title:
    look = _characters(size, bold=bold)
    run = RegularTextRun(rPr=look, t=storable(text))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=look), r=[run])
    return Title(tx=Text(rich=RichText(p=[paragraph])), overlay=False)


def _text_look() -> RichText:
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=_characters(900)), endParaRPr=CharacterProperties())])


def _characters(size: int, *, bold: bool = False) -> CharacterProperties:
    """`size` in hundredths of a point."""
    font = Font(typeface=FONT)
    return CharacterProperties(sz=size, b=bold, latin=font, ea=font)
