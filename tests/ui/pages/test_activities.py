"""The 活动 page on the real window: finding, sorting, looking, deleting, going on where one stopped."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from models import activity_repository, drafts
from models.activity import Activity, Role, Status
from models.activity_query import ActivityQuery
from models.periods import quarter
from models.recording import record, record_many
from tests.factories import NOW, a_clerk, an_activity
from tests.ui.driver import a_window, answer_next_question, settle, type_chinese
from ui import theme
from ui.main_window import MainWindow
from ui.pages.activities import ActivitiesPage
from ui.pages.ledger_grid_columns import USUAL
from ui.pages.ledger_grid_model import KEPT_PAGES, PAGE_ROWS, Attention, CellRole, Column


def page_of(window: MainWindow) -> ActivitiesPage:
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    return page


def shown(page: ActivitiesPage, column: Column = Column.TITLE) -> list[str]:
    rows = page.grid.rows
    return [rows.index(row, column).data() for row in range(rows.rowCount())]


def october(title: str, day: int = 5, **values) -> Activity:
    return an_activity(title=title, start=date(2025, 10, day), **values)


def test_the_list_begins_with_the_current_period_newest_first(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, october("早的", 2), october("晚的", 8), an_activity(title="上季度"))
    page = page_of(window)
    assert shown(page) == ["晚的", "早的"]
    assert page.subtitle.text() == "2025年第四季度（10月1日—12月31日）"


def test_a_period_without_records_gives_way_to_everything(qtbot, tmp_path: Path) -> None:
    page = page_of(a_window(qtbot, tmp_path, an_activity(title="上季度")))
    assert shown(page) == ["上季度"]
    assert page.filters.pills["all"].isChecked()


def test_typing_in_the_search_box_narrows_the_list_with_every_character(qtbot, tmp_path: Path) -> None:
    window = a_window(
        qtbot, tmp_path, october("职工读书会"), october("安全宣讲", summary="读懂规程"), october("工间操")
    )
    page = page_of(window)
    qtbot.keyClick(page.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.filters.search.hasFocus()
    type_chinese(page.filters.search, "读")
    assert sorted(shown(page)) == ["安全宣讲", "职工读书会"]
    type_chinese(page.filters.search, "书")
    assert shown(page) == ["职工读书会"]
    qtbot.keyClick(page.filters.search, Qt.Key.Key_Escape)
    assert len(shown(page)) == 3
    qtbot.keyClicks(page.filters.search, "gjc")
    assert shown(page) == ["工间操"]


def test_finding_nothing_says_so_and_offers_to_clear(qtbot, tmp_path: Path) -> None:
    page = page_of(a_window(qtbot, tmp_path, october("工间操")))
    type_chinese(page.filters.search, "没有这个")
    assert page.empty.isVisible() and page.empty.button.text() == "清除筛选"
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert shown(page) == ["工间操"]
    assert page.grid.isVisible()


def test_an_empty_ledger_offers_to_begin(qtbot, tmp_path: Path) -> None:
    page = page_of(a_window(qtbot, tmp_path))
    assert page.empty.isVisible()
    assert page.empty.button.text() == "新建活动"


def test_filters_add_up(qtbot, tmp_path: Path) -> None:
    page = page_of(
        a_window(
            qtbot,
            tmp_path,
            october("甲一", form="F1", focus=("Q1",)),
            october("乙二", form="F1", focus=("Q2",)),
            october("丙三", form="F5", focus=("Q1",)),
        )
    )
    page.filters.form.set_value("F1")
    page.filters.focus.set_value("Q1")
    assert shown(page) == ["甲一"]
    page.filters.clear()
    assert len(shown(page)) == 3


def test_the_pills_count_and_filter(qtbot, tmp_path: Path) -> None:
    window = a_window(
        qtbot, tmp_path, october("缺人次", people_offline=None), october("齐全"), an_activity(title="上季度")
    )
    page = page_of(window)
    settle()
    counts = {name: pill._after_words() for name, pill in page.filters.pills.items()}
    assert counts == {"all": "3", "period": "2", "people": "1", "unfinished": "2"}
    qtbot.mouseClick(page.filters.pills["people"], Qt.MouseButton.LeftButton)
    assert shown(page) == ["缺人次"]
    qtbot.mouseClick(page.filters.pills["people"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.filters.pills["all"], Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 3


def test_clicking_a_head_sorts_and_clicking_again_turns_it_round(qtbot, tmp_path: Path) -> None:
    window = a_window(
        qtbot,
        tmp_path,
        october("读书会", people_offline=5),
        october("安全宣讲", people_offline=90),
        october("中秋晚会", people_offline=30),
    )
    page = page_of(window)
    header = page.grid.horizontalHeader()

    def click(column: Column) -> None:
        x = header.sectionViewportPosition(column) + 20
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2))

    click(Column.TITLE)
    assert shown(page) == ["安全宣讲", "读书会", "中秋晚会"]
    assert page.grid.rows.headerData(Column.TITLE, Qt.Orientation.Horizontal) == "活动名称 ↑"
    click(Column.OFFLINE)
    assert shown(page) == ["安全宣讲", "中秋晚会", "读书会"]
    click(Column.OFFLINE)
    assert shown(page) == ["读书会", "中秋晚会", "安全宣讲"]


def test_the_current_record_stays_current_through_sorting_and_changes(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, *(october(f"第{number}期", 1 + number % 9) for number in range(20)))
    page = page_of(window)
    page.grid.setCurrentIndex(page.grid.rows.index(7, Column.TITLE))
    kept = page.grid.current()
    assert kept
    page.grid.sort_by("title", descending=True)
    assert page.grid.current() == kept
    record(window.context.ledger, october("新来的", 9), a_clerk())
    window.context.changed.emit()
    assert page.grid.current() == kept


def test_the_foot_counts_by_the_counting_rules(qtbot, tmp_path: Path) -> None:
    window = a_window(
        qtbot,
        tmp_path,
        october("主办", sessions=3, people_offline=10),
        october("参加", sessions=2, people_offline=5, role=Role.TAKE_PART),
        october("计划", 20, status=Status.PLANNED, people_offline=None),
    )
    page = page_of(window)
    assert page.count_label.text() == "共 3 项，已选 1 项"
    assert page.sum_label.text() == "合计　场次 3，另协办、组织参加 2　线下 15　线上 0"
    page.grid.selectAll()
    assert page.count_label.text() == "共 3 项，已选 3 项"


def test_deleting_offers_to_take_it_back(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, october("误删的"), october("另一条"))
    page = page_of(window)
    page.grid.setFocus()
    page.grid._select(shown(page).index("误删的"))
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    assert shown(page) == ["另一条"]
    assert window.toast.text() == "“误删的”已移到回收站"
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sorted(shown(page)) == ["另一条", "误删的"]
    assert window.toast.text() == "已撤销：删除“误删的”"
    qtbot.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert shown(page) == ["另一条"]


def test_missing_answers_stand_out_in_the_line(qtbot, tmp_path: Path) -> None:
    page = page_of(a_window(qtbot, tmp_path, october("缺人次", people_offline=None)))
    index = page.grid.rows.index(0, Column.OFFLINE)
    assert (index.data(), index.data(CellRole.TONE)) == ("未填", "error")
    assert page.grid.rows.index(0, Column.CHECK).data(CellRole.CHECK) is Attention.HARD
    assert page.grid.rows.index(0, Column.CHECK).data(Qt.ItemDataRole.AccessibleTextRole)


def test_typed_text_is_never_taken_for_mark_up(qtbot, tmp_path: Path) -> None:
    nasty = "<b>粗</b> &amp; <img src=x> =1+1 {} %s 㮾𬭚 🎉"
    page = page_of(a_window(qtbot, tmp_path, october(nasty, place=nasty, summary=nasty)))
    page.grid._select(0)
    assert shown(page) == [nasty]
    labels = page.detail().findChildren(QLabel)
    assert sum(label.text() == nasty for label in labels) >= 3
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_a_hundred_thousand_lines_are_read_by_the_page(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    many = [october(f"第{number:04}期", start_time="") for number in range(PAGE_ROWS * (KEPT_PAGES + 3))]
    spread = [replace(each, start=date(2025, 10, 1) - timedelta(days=number)) for number, each in enumerate(many)]
    record_many(window.context.ledger, spread, a_clerk(), "准备")
    page = page_of(window)
    page.filters.show_period(None)
    window.context.changed.emit()
    settle()
    rows = page.grid.rows
    assert rows.rowCount() == len(many)
    assert len(rows._pages) == 1
    page.grid.scrollToBottom()
    page.grid.viewport().grab()
    assert rows.index(len(many) - 1, Column.TITLE).data() == spread[-1].title
    assert len(rows._pages) <= 3
    for line in range(0, len(many), PAGE_ROWS):
        assert rows.index(line, Column.TITLE).data() == spread[line].title
    assert len(rows._pages) <= KEPT_PAGES


def test_a_record_far_down_is_found_again_before_the_count_has_come(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path)
    made = [october(f"第{number:03}期", start_time="") for number in range(300)]
    record_many(window.context.ledger, made, a_clerk(), "准备")
    page = page_of(window)
    page.reload()
    settle()
    page.grid._select(250)
    wanted = page.grid.current()
    page.grid.show_query(page.filters.query(page.grid.rows.query))
    assert page.grid.current() == wanted
    settle()
    assert page.grid.rows.rowCount() == 300


def test_what_was_typed_and_never_saved_is_offered(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, october("已存的"))
    page = page_of(window)
    drafts.save_draft(window.context.ledger, drafts.NEW_ACTIVITY, "activity", "", {"title": "填到一半"}, NOW)
    page.reload()
    assert page.draft_strip.isVisible()
    assert any("填到一半" in label.text() for label in page.draft_strip.findChildren(QLabel))
    [_go_on, give_up] = page.draft_strip.stops
    answer_next_question("不放弃")
    qtbot.keyClick(give_up, Qt.Key.Key_Space)
    assert drafts.list_drafts(window.context.ledger)
    answer_next_question("放弃")
    qtbot.keyClick(give_up, Qt.Key.Key_Space)
    assert drafts.list_drafts(window.context.ledger) == []
    page.reload()
    assert not page.draft_strip.isVisible()


@pytest.mark.parametrize(("width", "hidden"), [(1366, set()), (760, {Column.PHOTOS, Column.FOCUS, Column.FORM})])
def test_a_narrow_window_drops_columns_from_the_least_important_on(
    qtbot, tmp_path: Path, width: int, hidden: set
) -> None:
    page = page_of(a_window(qtbot, tmp_path, october("一"), size=(1366, 768)))
    page.grid.resize(760 if width == 1366 else 560, 400)
    assert {column for column in USUAL if page.grid.isColumnHidden(column)} == hidden


def test_everything_grows_with_the_text(qtbot, tmp_path: Path, qapp) -> None:
    page = page_of(a_window(qtbot, tmp_path, october("一")))
    before = page.grid.rowHeight(0)
    theme.apply(qapp, theme.LIGHT, 1.75)
    assert page.grid.rowHeight(0) > before * 1.4
    assert page.grid.font().pixelSize() == theme.font(14).pixelSize() > 14 * 1.7
    theme.apply(qapp, theme.LIGHT, 1.0)


def test_the_period_is_one_for_the_whole_window(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, october("第四季度的"), an_activity(title="第三季度的"))
    window.context.set_period(quarter(2025, 3))
    assert shown(page_of(window)) == ["第三季度的"]


def test_a_damaged_ledger_is_said_in_the_window(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, october("一"))
    window.context.went_wrong.emit("磁盘已满，没能保存。")
    assert window.strips.isVisible() and window.strips.message == "磁盘已满，没能保存。"
    assert activity_repository.count(window.context.ledger, ActivityQuery()) == 1
