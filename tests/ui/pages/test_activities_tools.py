"""Many records at once, on the real window: saved filters, 批量修改, 查找替换, the clipboard, columns, 查重."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from models.activity import Activity
from models.activity_list_repository import each
from models.activity_query import ActivityQuery
from models.ledger import Ledger
from tests.factories import a_ledger, an_activity
from tests.ui.driver import a_context, a_window, answer_next_question, settle, type_chinese
from ui.context import Place
from ui.main_window import MainWindow
from ui.pages.activities import ActivitiesPage
from ui.pages.bulk_edit import BulkEditPage
from ui.pages.bulk_frame import PreviewTable
from ui.pages.duplicates_page import DuplicatesPage
from ui.pages.find_replace_page import FindReplacePage
from ui.pages.ledger_grid_cells import Column
from ui.pages.ledger_grid_columns import USUAL
from ui.pages.paste_page import PastePage
from ui.widgets.base import tab_stops

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier


def october(title: str, day: int = 5, **values) -> Activity:
    return an_activity(title=title, start=date(2025, 10, day), **values)


def list_of(window: MainWindow) -> ActivitiesPage:
    window.show_place(Place("activities"))
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    settle()
    page.grid.setFocus()
    return page


def everything(ledger: Ledger) -> list[Activity]:
    return list(each(ledger, ActivityQuery(sort="title", descending=False)))


def cells(table: PreviewTable) -> list[list[str]]:
    return [list(line.cells) for line in table.preview.lines]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


def names(page: ActivitiesPage) -> list[str]:
    return [page.grid.rows.index(row, Column.TITLE).data() for row in range(page.grid.rows.rowCount())]


class TestBulkEdit:
    def test_two_selected_rows_by_keyboard_alone_and_back_with_ctrl_z(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲", 3), october("乙", 2, leader="赵芳"), october("丙", 1))
        page = list_of(window)
        assert not page.bulk_button.isEnabled()
        qtbot.keyClick(page.grid, Qt.Key.Key_A, CTRL)
        assert page.bulk_button.isEnabled()
        qtbot.keyClick(page.grid, Qt.Key.Key_B, CTRL)
        tool = page.currentWidget()
        assert isinstance(tool, BulkEditPage) and tool.field.hasFocus()
        assert not tool.act_button.isEnabled()
        tool.field.set_value("leader")
        assert tool.value
        qtbot.keyClick(tool.field, Qt.Key.Key_Tab)
        type_chinese(focused(), "赵芳")
        tool.preview()
        shown = [(line[1], line[2], line[3], line[4]) for line in cells(tool.table)]
        assert shown == [
            ("甲", "（空）", "赵芳", ""),
            ("乙", "赵芳", "不变", "已经是这样"),
            ("丙", "（空）", "赵芳", ""),
        ]
        assert tool.act_button.text() == "修改 2 条"
        qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)
        assert page.currentIndex() == 0
        assert window.toast.text() == "已批量修改 2 条活动的责任人"
        assert [each.leader for each in everything(window.context.ledger)] == ["赵芳"] * 3
        qtbot.keyClick(page.grid, Qt.Key.Key_Z, CTRL)
        assert sorted(each.leader for each in everything(window.context.ledger)) == ["", "", "赵芳"]

    def test_a_choice_is_added_to_several(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲", focus=("Q3",)), october("乙", focus=("Q1",)))
        page = list_of(window)
        page.grid.selectAll()
        page.tools.edit_in_bulk()
        tool = page.currentWidget()
        assert isinstance(tool, BulkEditPage)
        tool.field.set_value("focus")
        assert tool.doing.isVisible()
        tool.doing.set_value("添加")
        tool.preview()
        assert not tool.act_button.isEnabled(), "nothing to add yet"
        assert tool.value
        tool.value.box.set_value(["Q1"])
        tool.preview()
        qtbot.mouseClick(tool.act_button, Qt.MouseButton.LeftButton)
        assert {each.title: each.focus for each in everything(window.context.ledger)} == {
            "甲": ("Q1", "Q3"),
            "乙": ("Q1",),
        }

    def test_emptying_a_field_is_asked_for_and_never_just_a_box_left_empty(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲", leader="赵芳"), october("乙", leader="钱明"))
        page = list_of(window)
        page.grid.selectAll()
        page.tools.edit_in_bulk()
        tool = page.currentWidget()
        assert isinstance(tool, BulkEditPage)
        tool.field.set_value("leader")
        tool.preview()
        assert tool.emptying and tool.value and not tool.act_button.isEnabled()
        assert tool.summary.text() == "请填要改成什么，或勾选“清空这一项”"
        tool.emptying.setFocus()
        qtbot.keyClick(tool.emptying, Qt.Key.Key_Space)
        tool.preview()
        assert tool.act_button.text() == "修改 2 条" and not tool.value.isEnabled()
        qtbot.keyClick(tool.emptying, Qt.Key.Key_Return, CTRL)
        assert [each.leader for each in everything(window.context.ledger)] == ["", ""]

    def test_a_value_that_cannot_be_read_is_said_and_nothing_is_written(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲"), october("乙"))
        page = list_of(window)
        page.grid.selectAll()
        page.tools.edit_in_bulk()
        tool = page.currentWidget()
        assert isinstance(tool, BulkEditPage) and isinstance(tool.field.value(), str | None)
        tool.field.set_value("start")
        assert tool.value
        tool.value.box.setText("9-31")
        tool.preview()
        assert not tool.act_button.isEnabled()
        assert tool.form.row("value").problem()[0] == "error"
        qtbot.keyClick(tool.value.box, Qt.Key.Key_Escape)
        assert page.currentIndex() == 0

    @pytest.mark.parametrize("name", ["cost", "start_time", "ai_reviewed", "summary", "item", "satisfaction", "tags"])
    def test_every_kind_of_field_has_a_box(self, qtbot, tmp_path: Path, name: str) -> None:
        page = list_of(a_window(qtbot, tmp_path, october("甲"), october("乙")))
        page.grid.selectAll()
        page.tools.edit_in_bulk()
        tool = page.currentWidget()
        assert isinstance(tool, BulkEditPage)
        tool.field.set_value(name)
        assert tool.value and tool.value.box.accessibleName()
        assert tool.value.problem() == ""

    def test_tab_ends_at_the_button_that_writes(self, qtbot, tmp_path: Path) -> None:
        page = list_of(a_window(qtbot, tmp_path, october("甲"), october("乙")))
        page.grid.selectAll()
        page.tools.edit_in_bulk()
        tool = page.currentWidget()
        assert isinstance(tool, BulkEditPage)
        tool.field.set_value("leader")
        stops = [each for each in tab_stops(tool) if each.isVisible()]
        assert stops[-3:] == [tool.table, tool.cancel_button, tool.act_button]


class TestFindReplace:
    def test_ctrl_h_shows_every_place_and_replaces_the_ticked_ones(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("App推广", 3, place="app室"), october("工间操", 2))
        page = list_of(window)
        qtbot.keyClick(page.grid, Qt.Key.Key_H, CTRL)
        tool = page.currentWidget()
        assert isinstance(tool, FindReplacePage) and tool.what.hasFocus()
        qtbot.keyClicks(tool.what, "APP")
        tool.search()
        settle()
        type_chinese(tool.by, "软件")
        assert [line[2:] for line in cells(tool.table)] == [
            ["活动名称", "App推广", "软件推广"],
            ["地点", "app室", "软件室"],
        ]
        tool.table.setFocus()
        qtbot.keyClick(tool.table, Qt.Key.Key_Down)
        qtbot.keyClick(tool.table, Qt.Key.Key_Space)
        assert tool.act_button.text() == "替换 1 处"
        qtbot.keyClick(tool.table, Qt.Key.Key_Return, CTRL)
        assert window.toast.text().startswith("已在 1 条活动里把“APP”替换为“软件”")
        assert {each.title: each.place for each in everything(window.context.ledger)}["软件推广"] == "app室"
        qtbot.keyClick(page.grid, Qt.Key.Key_Z, CTRL)
        assert "App推广" in names(page)

    def test_the_fields_looked_through_are_chosen(self, qtbot, tmp_path: Path) -> None:
        page = list_of(a_window(qtbot, tmp_path, october("书屋", place="书屋")))
        page.tools.find_and_replace()
        tool = page.currentWidget()
        assert isinstance(tool, FindReplacePage)
        tool.what.setText("书屋")
        tool.fields.set_value(["place"])
        tool.search()
        settle()
        assert [line[2] for line in cells(tool.table)] == ["地点"]


BLOCK = (
    "活动名称\t时间\t地点\t参加人数\t活动形式\t重点\r\n"
    '"大思政课"进车间\t10月3日\t三车间\t约120人\t形式一\t政治性\r\n'
    "读书会\t2025.10.5\t书屋\t1.2万\t文体\t群众性\r\n"
    "=1+1\t10-6\t操场\t30人次\t网络阵地\t先进性\r\n"
)


class TestClipboard:
    def paste(self, qtbot, page: ActivitiesPage, text: str) -> PastePage:
        QGuiApplication.clipboard().setText(text)
        qtbot.keyClick(page.grid, Qt.Key.Key_V, CTRL)
        settle()
        tool = page.currentWidget()
        assert isinstance(tool, PastePage)
        return tool

    def test_a_block_from_excel_is_shown_mended_and_written_as_one_step(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("原有的"))
        page = list_of(window)
        tool = self.paste(qtbot, page, BLOCK)
        assert tool.head_tick.isChecked()
        assert [box.value() for box in tool.boxes] == ["title", "start", "place", "people_offline", "form", "focus"]
        assert [line[1] for line in cells(tool.table)] == ["新增"] * 3
        assert "约120人" in cells(tool.table)[0][6] and tool.rows[0].problems == 1
        assert "1 格看不懂" in tool.summary.text()
        index = tool.table.preview.index(0, 6)
        assert tool.table.preview.setData(index, "120")  # as F2 does
        settle()
        assert cells(tool.table)[0][6] == "120" and "看不懂" not in tool.summary.text()
        tool.table.setFocus()
        qtbot.keyClick(tool.table, Qt.Key.Key_Down)
        qtbot.keyClick(tool.table, Qt.Key.Key_Down)
        qtbot.keyClick(tool.table, Qt.Key.Key_Space)
        qtbot.keyClick(tool.table, Qt.Key.Key_Return, CTRL)
        assert window.toast.text() == "已粘贴：新增 2 条活动"
        made = {each.title: each for each in everything(window.context.ledger)}
        assert sorted(made) == sorted(["原有的", '"大思政课"进车间', "读书会"])
        assert made["读书会"].people_offline == 12000 and made['"大思政课"进车间'].form == "F1"
        qtbot.keyClick(page.grid, Qt.Key.Key_Z, CTRL)
        assert names(page) == ["原有的"]

    def test_rows_outside_the_listed_period_are_not_lost_from_sight(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("原有的"))
        page = list_of(window)
        self.paste(qtbot, page, "活动名称\t活动日期\n春游\t2025.4.2\n秋游\t2025.10.2\n")
        qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)
        assert names(page) == ["原有的", "秋游"]
        assert window.toast.text().startswith("已粘贴：新增 2 条活动，其中 1 条不在2025年第四季度里")

    def test_a_formula_is_only_text(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path)
        page = list_of(window)
        page.body.setCurrentIndex(0)
        tool = self.paste(qtbot, page, BLOCK)
        tool.act()
        assert "=1+1" in {each.title for each in everything(window.context.ledger)}

    def test_a_column_goes_elsewhere_by_its_box(self, qtbot, tmp_path: Path) -> None:
        page = list_of(a_window(qtbot, tmp_path, october("原有的")))
        tool = self.paste(qtbot, page, BLOCK)
        tool.boxes[2].set_value("leader")
        tool.boxes[0].set_value("place")
        settle()
        assert [box.value() for box in tool.boxes][:3] == ["place", "start", "leader"]
        tool.boxes[1].set_value("leader")
        settle()
        assert tool.boxes[2].value() == "none", "a field is given to one column only"
        assert "活动名称" in tool.summary.text()

    def test_the_same_block_twice_is_not_taken_twice(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("原有的"))
        page = list_of(window)
        self.paste(qtbot, page, BLOCK).act()
        again = self.paste(qtbot, page, BLOCK)
        assert not again.act_button.isEnabled()
        assert {line[2] for line in cells(again.table)} == {"台账里已有同名同日的活动"}

    def test_an_empty_clipboard_is_said(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("原有的"))
        page = list_of(window)
        QGuiApplication.clipboard().clear()
        qtbot.keyClick(page.grid, Qt.Key.Key_V, CTRL)
        assert page.currentIndex() == 0 and "剪贴板里没有文字" in window.strips.message

    def test_copied_lines_are_a_table_for_excel_and_come_back_unchanged(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("=1+1 <b>", 3, people_online=5), october("第二条", 2))
        page = list_of(window)
        page.grid.columns.toggle(Column.NUMBER)
        page.grid.columns.toggle(Column.FOCUS)
        qtbot.keyClick(page.grid, Qt.Key.Key_A, CTRL)
        qtbot.keyClick(page.grid, Qt.Key.Key_C, CTRL)
        assert window.toast.text() == "已复制 2 条，可以粘贴到 Excel 或 WPS"
        data = QGuiApplication.clipboard().mimeData()
        first, second, *_ = data.text().split("\n")
        assert first.split("\t") == ["活动名称", "日期", "活动形式", "线下", "线上", "状态", "编号"]
        assert second.split("\t")[:2] == ["=1+1 <b>", "2025-10-03"]
        assert "mso-number-format:'\\@'\">=1+1 &lt;b&gt;</td>" in data.html()
        tool = self.paste(qtbot, page, data.text())
        assert {line[2] for line in cells(tool.table)} == {"和台账里一样"}


class TestColumns:
    def test_columns_are_chosen_moved_and_widened_by_keys_and_stay(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path / "a", october("甲", leader="赵芳"))
        page = list_of(window)
        columns = page.grid.columns
        assert columns.visible() == list(USUAL)
        columns.toggle(Column.LEADER)
        assert columns.visible()[-1] == Column.LEADER
        page.grid.setCurrentIndex(page.grid.rows.index(0, Column.LEADER))
        before = page.grid.columnWidth(Column.LEADER)
        qtbot.keyClick(page.grid, Qt.Key.Key_Left, CTRL_SHIFT)
        qtbot.keyClick(page.grid, Qt.Key.Key_Left, CTRL_SHIFT)
        qtbot.keyClick(page.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
        assert columns.visible()[-3] == Column.LEADER
        assert page.grid.columnWidth(Column.LEADER) > before
        assert page.grid.rows.index(0, Column.LEADER).data() == "赵芳"
        page.keep_unsaved()

        again = ActivitiesPage(a_context(window.context.ledger))
        qtbot.addWidget(again)
        assert again.grid.columns.layout == columns.layout
        assert again.grid.columns.layout.widths[Column.LEADER] > 0
        columns.reset()
        assert columns.visible() == list(USUAL)

    def test_the_button_opens_a_menu_that_says_all(self, qtbot, tmp_path: Path) -> None:
        page = list_of(a_window(qtbot, tmp_path, october("甲")))
        menu = QMenu()
        qtbot.addWidget(menu)
        page.grid.columns.fill_menu(menu)
        by_words = {action.text(): action for action in menu.actions()}
        assert by_words["地点"].isCheckable() and not by_words["地点"].isChecked()
        by_words["地点"].trigger()
        assert Column.PLACE in page.grid.columns.visible()
        assert {"照片", "编号", "责任人", "恢复默认的列"} <= set(by_words)

    def test_the_mark_and_the_name_stay_in_front(self, qtbot, tmp_path: Path) -> None:
        page = list_of(a_window(qtbot, tmp_path, october("甲")))
        page.grid.columns.move(Column.TITLE, -1)
        page.grid.columns.move(Column.CHECK, 1)
        assert page.grid.columns.visible()[:2] == [Column.CHECK, Column.TITLE]


class TestSavedFilters:
    def test_a_filter_gets_a_name_and_is_there_next_time(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲", form="F1"), october("乙", form="F5"), an_activity(form="F1"))
        page = list_of(window)
        saved = page.filters.saved
        page.filters.form.set_value("F1")
        saved.save_button.click()
        assert saved.name_edit.hasFocus()
        type_chinese(saved.name_edit, "大思政课")
        qtbot.keyClick(saved.name_edit, Qt.Key.Key_Return)
        settle()
        pill = saved.pill("大思政课")
        assert pill.isChecked() and pill._after_words() == "1" and not saved.naming.isVisible()
        page.filters.clear()
        assert not pill.isChecked() and len(names(page)) == 2
        qtbot.mouseClick(pill, Qt.MouseButton.LeftButton)
        assert names(page) == ["甲"] and pill.isChecked()

        again = ActivitiesPage(a_context(window.context.ledger))
        qtbot.addWidget(again)
        assert again.filters.form.value() == "F1" and again.filters.saved.pill("大思政课").isChecked()

    def test_names_change_and_filters_go(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲"))
        saved = list_of(window).filters.saved
        saved.ask_name()
        saved.name_edit.setText("旧名")
        saved.save()
        saved.ask_name("旧名")
        saved.name_edit.setText("新名")
        saved.save()
        assert [each.name for each in saved.filters()] == ["新名"]
        answer_next_question("不删除")
        saved.delete("新名")
        assert saved.filters()
        answer_next_question("删除")
        saved.delete("新名")
        assert saved.filters() == [] and not saved.menu_button.isVisible()

    def test_a_name_too_long_is_said_and_stays_to_be_mended(self, qtbot, tmp_path: Path) -> None:
        window = a_window(qtbot, tmp_path, october("甲"))
        saved = list_of(window).filters.saved
        saved.ask_name()
        saved.name_edit.setText("长" * 13)
        saved.save()
        assert saved.naming.isVisible() and "最多 12 个字" in window.strips.message
        qtbot.keyClick(saved.name_edit, Qt.Key.Key_Escape)
        assert not saved.naming.isVisible() and saved.filters() == []


class TestDuplicates:
    def window(self, qtbot, folder: Path) -> tuple[MainWindow, ActivitiesPage, DuplicatesPage]:
        window = a_window(
            qtbot,
            folder,
            october("劳模工匠大讲堂：走近王建国", 3, people_offline=96, place=""),
            october("劳模工匠大讲堂 走近王建国", 4, people_offline=90, place="礼堂"),
            october("工间操", 4),
        )
        page = list_of(window)
        window.show_place(Place("activities", action="duplicates"))
        settle()
        tool = page.currentWidget()
        assert isinstance(tool, DuplicatesPage)
        return window, page, tool

    def test_a_pair_is_merged_field_by_field_and_can_be_taken_apart_again(self, qtbot, tmp_path: Path) -> None:
        window, _page, tool = self.window(qtbot, tmp_path)
        assert len(cells(tool.table)) == 1
        assert {each.spec.name for each in tool.compare.differences} == {"title", "start", "people_offline", "place"}
        assert tool.compare.radios[("place", "right")].isChecked(), "the answer that is filled in is suggested"
        people = tool.compare.radios[("people_offline", "left")]
        people.setFocus()
        qtbot.keyClick(people, Qt.Key.Key_Space)
        for name in ("title", "start"):
            tool.compare.radios[(name, "left")].setChecked(True)
        qtbot.keyClick(people, Qt.Key.Key_Return, CTRL)
        settle()
        assert tool.empty.isVisible() and not tool.act_button.isEnabled()
        merged = next(each for each in everything(window.context.ledger) if "王建国" in each.title)
        assert (merged.people_offline, merged.place, merged.start) == (96, "礼堂", date(2025, 10, 3))
        assert len(everything(window.context.ledger)) == 2
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
        settle()
        assert len(everything(window.context.ledger)) == 3 and len(cells(tool.table)) == 1

    def test_what_is_no_duplicate_is_not_shown_again(self, qtbot, tmp_path: Path) -> None:
        _window, page, tool = self.window(qtbot, tmp_path)
        qtbot.mouseClick(tool.distinct_button, Qt.MouseButton.LeftButton)
        settle()
        assert tool.empty.isVisible()
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
        assert page.currentIndex() == 0
        page.tools.find_duplicates()
        settle()
        assert cells(tool.table) == []


def test_a_new_record_begins_on_the_day_it_was_asked_for(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, october("甲"))
    page = list_of(window)
    window.show_place(Place("activities", action="new:2025-10-16"))
    form = page.form()
    assert form.state.value("start") == date(2025, 10, 16)
    form.focus_field("title")
    type_chinese(focused(), "填到一半")
    window.show_place(Place("activities", action="new:2025-10-18"))
    assert form.state.value("start") == date(2025, 10, 18) and form.state.value("title") == ""
    kept = {each.title: each.start for each in everything(window.context.ledger)}
    assert kept["填到一半"] == date(2025, 10, 16), "what was begun is not lost"
    form.back()


def test_a_case_is_hatched_from_the_selected_records(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, *(october(f"第{number}场", number + 1) for number in range(7)))
    page = list_of(window)
    wanted: list[Place] = []
    window.context.go_to.disconnect(window.show_place)
    window.context.go_to.connect(wanted.append)
    page.grid.selectAll()
    page.hatch_case()
    uids = [each.uid for each in page.grid.selected()]
    assert len(uids) == 7
    assert wanted == [Place("cases", action=f"hatch:{' '.join(uids[:5])}")]


def test_every_tool_names_its_controls_and_keeps_the_keyboard(qtbot, tmp_path: Path) -> None:
    page = list_of(a_window(qtbot, tmp_path, october("甲", 2), october("甲", 3)))
    QGuiApplication.clipboard().setText(BLOCK)
    page.grid.selectAll()
    for open_tool in (
        page.tools.edit_in_bulk,
        page.tools.find_and_replace,
        page.tools.paste,
        page.tools.find_duplicates,
    ):
        page.grid.selectAll()
        open_tool()
        settle()
        tool = page.currentWidget()
        assert tool is not None and tool.isAncestorOf(focused())
        from ui.widgets.base import tab_stops

        nameless = [stop for stop in tab_stops(tool) if stop.isVisible() and not stop.accessibleName()]
        assert nameless == []
        qtbot.keyClick(focused(), Qt.Key.Key_Escape)
        assert page.currentIndex() == 0 and page.grid.hasFocus()


def test_an_old_ledger_without_settings_has_the_usual_columns(qtbot, tmp_path: Path) -> None:
    from models.settings import save_setting
    from ui.pages.ledger_grid_columns import KEY, Layout, load_layout

    with a_ledger(tmp_path) as ledger:
        assert load_layout(ledger) == Layout()
        for strange in (
            None,
            [],
            {"order": 5, "shown": "x", "widths": []},
            {"order": ["NONE"], "widths": {"DATE": -3}},
        ):
            save_setting(ledger, KEY, strange)
            kept = load_layout(ledger)
            assert kept.order == Layout().order and kept.widths == {}
            assert {Column.CHECK, Column.TITLE} <= kept.shown


def test_photos_stand_in_the_list_and_beside_it(qtbot, tmp_path: Path) -> None:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage

    from models import file_store
    from models.attachment import OF_ACTIVITY, Attachment
    from models.attachment_repository import ATTACHMENTS
    from tests.factories import NOW
    from ui.pages.activity_detail_photos import PhotoLine
    from ui.pages.ledger_grid_model import CellRole

    window = a_window(qtbot, tmp_path, october("有照片", 3), october("没有", 2))
    page, ledger = list_of(window), window.context.ledger
    picture, buffer = QImage(80, 60, QImage.Format.Format_RGB32), QBuffer()
    picture.fill(Qt.GlobalColor.darkGreen)
    assert picture.save(buffer, "JPG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    digest = file_store.store(ledger.folder, bytes(buffer.data().data()), ".jpg")
    owner = next(activity for activity in everything(ledger) if activity.title == "有照片")
    with ledger.transaction("添加照片", at=NOW):
        for place, each_digest in enumerate((digest, "0" * 64)):  # the second one's file is missing
            photo = Attachment(
                OF_ACTIVITY, owner.uid, position=place, digest=each_digest, suffix=".jpg", caption="宣讲"
            )
            ATTACHMENTS.save(ledger, photo, now=NOW)
    window.context.changed.emit()
    settle()
    page.grid.viewport().grab()
    settle()
    index = page.grid.rows.index(0, Column.PHOTOS)
    assert index.data(CellRole.PHOTOS) == 2
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "2 张照片"
    (line,) = page.detail().findChildren(PhotoLine)
    line.grab()
    settle()
    assert line.accessibleName() == "照片 2 张：宣讲、宣讲"
    green = line.grab().toImage().pixelColor(10, 10)
    assert green.green() > green.red() + 40
