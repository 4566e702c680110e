"""The painted month: where things are, what fits, what it says, and that painting is quick."""

from datetime import date, timedelta
from time import perf_counter

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest

from ui import theme
from ui.widgets.calendar_faces import STYLES, DayFace, EventFace
from ui.widgets.month_grid import MonthGrid
from ui.widgets.month_grid_layout import lay_out, weeks_of

DAY, TODAY = date(2025, 10, 16), date(2025, 10, 10)
WIDE = QSize(910, 636)


def events(count: int, day: date = DAY) -> dict[date, list[EventFace]]:
    return {day: [EventFace(str(number), f"活动{number}") for number in range(count)]}


def a_grid(held: dict[date, list[EventFace]] | None = None) -> MonthGrid:
    grid = MonthGrid(DAY, TODAY)
    first, weeks = weeks_of(DAY)
    faces = {first + timedelta(days=index): DayFace(first + timedelta(days=index)) for index in range(7 * weeks)}
    grid.resize(WIDE)
    grid.show_days(first, weeks, 10, faces, held or {})
    return grid


def test_a_month_takes_as_many_weeks_as_it_needs() -> None:
    assert weeks_of(date(2025, 10, 20)) == (date(2025, 9, 29), 5)
    assert weeks_of(date(2027, 2, 1)) == (date(2027, 2, 1), 4)
    assert weeks_of(date(2025, 11, 1)) == (date(2025, 10, 27), 5)
    assert weeks_of(date(2026, 8, 31)) == (date(2026, 7, 27), 6)


def test_every_cell_is_found_again_under_its_middle_and_corners() -> None:
    places = lay_out(QSize(911, 637), date(2025, 9, 29), 5, {})
    for index in range(35):
        day = date(2025, 9, 29) + timedelta(days=index)
        cell = places.cell(day)
        assert [places.day_at(point) for point in (cell.center(), cell.topLeft(), cell.bottomRight())] == [day] * 3
    assert places.day_at(QPoint(10, 5)) is None  # the line of weekdays


def test_nothing_is_hidden_without_a_word() -> None:
    for count in range(1, 12):
        places = lay_out(WIDE, date(2025, 9, 29), 5, events(count))
        more = sum(each.count for each in places.more)
        assert len(places.events) + more == count
        cell = places.cell(DAY)
        assert all(cell.contains(each.rect.center()) for each in (*places.events, *places.more))
        assert not places.more or more > 1


def test_narrow_cells_show_only_how_many() -> None:
    places = lay_out(QSize(500, 636), date(2025, 9, 29), 5, events(3))
    assert places.narrow and not places.events and [each.count for each in places.more] == [3]


def test_tab_speaks_each_event_and_the_day(qtbot) -> None:
    grid = a_grid({DAY: [EventFace("a", "读书会", "plan", "14:00", "二车间")]})
    qtbot.addWidget(grid)
    grid.show()
    grid.setFocus()
    assert grid.spoken().startswith("2025年10月16日 星期四，1 项：读书会（14:00，二车间，计划）")
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    assert grid.accessibleName() == "读书会（14:00，二车间，计划），2025年10月16日 星期四第 1 项，共 1 项"


def test_the_look_of_dragging_and_of_every_kind(qtbot) -> None:
    kinds = {
        date(2025, 10, 1) + timedelta(days=number): [EventFace(kind, "活动", kind)]
        for number, kind in enumerate(STYLES)
    }
    grid = a_grid(kinds | events(1))
    qtbot.addWidget(grid)
    grid.show()
    target = grid.places().cell(date(2025, 10, 17))
    before = grid.grab().toImage()
    start = grid.places().event_at(grid.places().cell(DAY).topLeft() + QPoint(30, 42))
    assert start
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=start.rect.center())
    QTest.mouseMove(grid, start.rect.center() + QPoint(30, 0))
    QTest.mouseMove(grid, target.center())
    drag = grid.drag()
    assert drag and (drag.origin, drag.target) == (DAY, date(2025, 10, 17))
    after = grid.grab().toImage()
    corner = target.topLeft() + QPoint(8, target.height() - 12)
    assert before.pixelColor(corner) == theme.color("surface")
    assert after.pixelColor(corner) == theme.color("info_ground")
    qtbot.keyClick(grid, Qt.Key.Key_Escape)
    assert grid.drag() is None


def test_a_full_month_is_painted_fast_enough_to_scroll(qtbot) -> None:
    first = date(2025, 9, 29)
    full = {first + timedelta(days=index): events(14)[DAY] for index in range(35)}
    grid = a_grid(full)
    qtbot.addWidget(grid)
    grid.show()
    grid.grab()
    times = []
    for _ in range(5):
        begin = perf_counter()
        grid.grab()
        times.append(perf_counter() - begin)
    assert min(times) < 0.05
