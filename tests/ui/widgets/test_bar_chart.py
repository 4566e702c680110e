"""Charts: an axis that holds every value, and the same numbers for those who cannot see them."""

import pytest
from PySide6.QtGui import QColor, QImage

from ui import theme
from ui.widgets.bar_chart import GRID_LINES, BarList, ColumnChart, ColumnValue, axis_top


@pytest.mark.parametrize("largest", [0, 1, 2, 3, 4, 7, 10, 99, 100, 101, 1763, 1800, 25_000, 999_999, 1_000_000_000])
def test_the_axis_is_round_and_holds_the_largest_value(largest: int) -> None:
    top = axis_top(largest)
    assert top >= max(largest, 1)
    assert top % GRID_LINES == 0
    assert top <= max(2 * largest, GRID_LINES * 2)


def test_a_column_is_as_high_as_its_share_of_the_axis(qtbot) -> None:
    chart = ColumnChart("各月人次", "线下", "线上")
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.show_values([ColumnValue("1", 300), ColumnValue("2", 150), ColumnValue("3", 0)])
    image = chart.grab().toImage()
    heights = sorted(_columns_of(image, theme.color("chart")), reverse=True)
    assert heights[0] == pytest.approx(2 * heights[1], abs=3)
    assert len(heights) == 2, "a month without anybody has no column"


def test_a_chart_says_its_numbers_to_a_screen_reader(qtbot) -> None:
    chart, bars = ColumnChart("各月人次", "线下", "线上"), BarList("本年活动分类")
    for each in (chart, bars):
        qtbot.addWidget(each)
    chart.show_values([ColumnValue("7", 126, 40)])
    bars.show_values([("<b>&一", 14), ("二", 0)])
    assert chart.accessibleDescription() == "7月 线下 126，线上 40"
    assert bars.accessibleDescription() == "<b>&一 14；二 0"
    bars.resize(300, 60)
    assert not bars.grab().isNull()


def _columns_of(image: QImage, color: QColor) -> list[int]:
    """The heights of the filled columns, one for each run of neighbouring pixel columns in the colour."""
    heights: list[int] = []
    inside = False
    for x in range(image.width()):
        height = sum(1 for y in range(image.height()) if image.pixelColor(x, y) == color)
        if height > 5 and not inside:
            heights.append(height)
        inside = height > 5
    return heights
