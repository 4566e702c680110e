"""Behind every number on a form: the panel with its rule and its records, and the way to each of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from models import activity_repository
from models.publicity_repository import EXEMPLARS, WORKS
from tests.factories import a_ledger, a_sample_ledger, an_activity
from tests.ui.driver import settle
from tests.ui.pages.report_desk import THIRD_QUARTER, Desk
from ui import theme
from ui.context import Place
from ui.pages.report_figures import Figure
from ui.pages.report_sources import read_sources
from ui.widgets.base import application

OFFLINE = 8  # column of 线下人次 in 表2


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter."""
    yield Desk(qtbot, a_sample_ledger(tmp_path / "台账"), tmp_path)
    settle()


def total_of(desk: Desk, column: int) -> tuple[str, ...]:
    assert desk.page.shown
    total = desk.page.shown.report.tables[0].total
    assert total
    return total.cells[column].sources


def test_a_click_on_a_total_tells_its_rule_and_what_each_record_added(desk: Desk) -> None:
    page, preview = desk.page, desk.page.preview
    index = desk.place_of(total_of(desk, OFFLINE))
    preview._choose(index)
    area = preview._area_of(preview._places[index]).translated(-preview._left(), -preview._top())
    QTest.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=area.center().toPoint())
    settle()

    assert page.sources.isVisible()
    assert page.sources.heading.text() == "合计 · 线下人次"
    assert page.sources.figure.text() == "2390"
    assert "相加" in page.sources.rule.text()
    shares = [int(share.removesuffix(" 人次")) for _title, share in desk.listed()]
    assert sum(shares) == 2390 and all(shares)
    assert page.sources.count.text() == f"共 {len(shares)} 条"


def test_the_panel_is_worked_with_the_keyboard_alone(desk: Desk) -> None:
    page, sources = desk.page, total_of(desk, OFFLINE)
    desk.press_on_place(desk.place_of(sources))
    records = page.sources.list
    assert application().focusWidget() is records
    QTest.keyClick(records, Qt.Key.Key_Down)
    QTest.keyClick(records, Qt.Key.Key_Return)
    assert desk.went == [Place("activities", uid=sources[1])]
    QTest.keyClick(records, Qt.Key.Key_Escape)
    assert not page.sources.isVisible()
    assert page.preview.hasFocus(), "the keyboard is back on the page"


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_the_rule_has_the_same_room_at_both_sides(desk: Desk, scale: float) -> None:
    theme.apply(application(), theme.LIGHT, scale)
    desk.press_on_place(desk.place_of(total_of(desk, OFFLINE)))
    panel, rule = desk.page.sources, desk.page.sources.rule
    left = rule.mapTo(panel, QPoint(0, 0)).x()
    assert abs(panel.width() - (left + rule.width()) - left) <= 1
    theme.apply(application(), theme.LIGHT, 1.0)


def test_numbers_that_come_from_the_same_records_are_told_apart(desk: Desk) -> None:
    """场次, 人次 and 活动数 of a line of 表6 have the same sources; every number on paper must name itself."""
    desk.choose("表6")
    shown = desk.page.shown
    assert shown and shown.document
    wanted = [
        cell.text
        for table in shown.report.tables
        for row in (*table.rows, *((table.total,) if table.total else ()))
        for cell in row.cells
        if cell.sources and cell.sources != (row.uid,)
    ]
    figures = [shown.figure_at(place) for place in shown.document.places if place.sources and not place.uid]
    assert len(figures) > 20
    assert [figure.text for figure in figures] == wanted
    assert all(figure.label and figure.rule for figure in figures)


def test_nothing_is_claimed_about_shares_that_cannot_be_told(tmp_path: Path) -> None:
    """A number that no measure of its records adds up to stands without shares."""
    one, other = an_activity(people_offline=7), an_activity(title="另一场", people_offline=8)
    with a_ledger(tmp_path / "台账", one, other) as ledger:
        uids = tuple(each.uid for each in activity_repository.list_in_period(ledger, THIRD_QUARTER))

        def shares(label: str, text: str) -> list[str]:
            return [each.share for each in read_sources(ledger, Figure(uids, label, text))]

        assert shares("合计 · 线下人次", "15") == ["7 人次", "8 人次"]
        assert shares("合计 · 线下人次", "99") == ["", ""]
        assert shares("不知道是什么", "2") == ["1", "1"]


def test_reports_and_exemplars_lead_to_the_activity_they_belong_to(desk: Desk) -> None:
    desk.choose("表7")
    shown = desk.page.shown
    assert shown and shown.document
    figures = [place for place in shown.document.places if place.sources and not place.uid]
    desk.page.side.open(figures[0])
    settle()
    records = desk.page.sources.rows.records
    assert records
    placed = [record for record in records if record.place]
    assert placed and placed[0].place
    desk.page.sources.opened.emit(placed[0].place)
    owners = {each.activity_uid for table in (WORKS, EXEMPLARS) for each in table.list_all(desk.context.ledger)}
    assert desk.went[-1].page == "activities" and desk.went[-1].uid in owners - {""}


def test_a_line_of_the_case_list_opens_the_case(desk: Desk) -> None:
    desk.choose("表4")
    assert desk.page.shown
    uid = desk.page.shown.report.tables[0].rows[0].uid
    desk.page.preview.choose(uid)
    desk.press(Qt.Key.Key_Return)
    assert desk.went == [Place("cases", uid=uid)]


@pytest.mark.parametrize(("key", "page"), [("表1", "activities"), ("表3", "cases")])
def test_on_forms_about_one_record_a_field_leads_to_the_record_of_its_own_sheet(
    desk: Desk, key: str, page: str
) -> None:
    desk.choose(key)
    shown = desk.page.shown
    assert shown and shown.document
    titles = [place for place in shown.document.places if place.field == "title"]
    assert len(titles) == len(shown.report.sheets) > 1
    desk.page.side.open(titles[1])
    second = next(entry for block in shown.report.sheets[1].blocks[:1] for entry in block.entries())  # pyright: ignore[reportAttributeAccessIssue]
    assert desk.went == [Place(page, uid=second.value.sources[0], field="title")]
    assert "回到填写处" in shown.describe(titles[1])


def test_the_panel_follows_the_ledger(desk: Desk) -> None:
    desk.press_on_place(desk.place_of(total_of(desk, OFFLINE)))
    before = len(desk.listed())
    desk.record(an_activity(title="补记的一场", start=date(2025, 9, 30), people_offline=10))
    desk.qtbot.waitUntil(lambda: desk.page.sources.figure.text() == "2400", timeout=20_000)
    settle()
    assert len(desk.listed()) == before + 1
    assert ("补记的一场", "10 人次") in desk.listed()


def test_another_form_takes_the_panel_away(desk: Desk) -> None:
    desk.press_on_place(desk.place_of(total_of(desk, OFFLINE)))
    assert desk.page.sources.isVisible()
    desk.choose("表5")
    assert not desk.page.sources.isVisible()


def test_where_it_is_narrow_the_panel_takes_the_place_of_the_page(desk: Desk) -> None:
    desk.host.resize(1214, 660)
    theme.apply(application(), theme.LIGHT, 1.75)
    settle()
    assert desk.page.width() == 1214
    desk.press_on_place(desk.place_of(total_of(desk, OFFLINE)))
    assert desk.page.sources.isVisible() and not desk.page.canvas.isVisible()
    assert desk.page.sources.width() == desk.page.width()
    assert not desk.page.tools.isVisible(), "there is no page to turn or to enlarge"
    desk.page.find_words()
    assert desk.page.canvas.isVisible() and desk.page.tools.isVisible(), "finding needs the page again"
    desk.press_on_place(desk.place_of(total_of(desk, OFFLINE)))
    desk.qtbot.mouseClick(desk.page.sources.close_button, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert desk.page.canvas.isVisible() and not desk.page.sources.isVisible()
    theme.apply(application(), theme.LIGHT, 1.0)
