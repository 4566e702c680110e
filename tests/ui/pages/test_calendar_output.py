"""What leaves the calendar and comes in: paper, calendar files, repetitions, marks on days."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from models.activity import Activity, Status
from models.calendar_query import list_between
from models.plan_item import PlanItem
from models.planning import save_item
from tests.factories import a_clerk, an_activity
from tests.ui.driver import a_window, answer_next_question, settle
from ui import operations
from ui.pages.calendar import CalendarPage
from ui.pages.calendar_exchange import CalendarExchange
from ui.pages.calendar_files import ask_where
from ui.pages.calendar_import import ImportDialog
from ui.pages.calendar_marks import keep_mark
from ui.pages.calendar_print import MONTH, PLAN, YEAR, CalendarPrint
from ui.pages.calendar_repeat import UNTIL, RepeatDialog

THURSDAY = date(2025, 10, 16)


def a_page(qtbot, folder: Path, *activities: Activity) -> CalendarPage:
    page = a_window(qtbot, folder, *activities, first="calendar").page("calendar")
    assert isinstance(page, CalendarPage)
    return page


def a_plan(title: str, day: date = THURSDAY, **values) -> Activity:
    return an_activity(title=title, start=day, **({"status": Status.PLANNED, "people_offline": None} | values))


def all_days(page: CalendarPage) -> list[tuple[date, str]]:
    entries = list_between(page.context.ledger, date(2025, 1, 1), date(2026, 12, 31))
    return [(each.start, each.title) for each in entries]


def in_next_dialog(act: Callable[[QDialog], None]) -> None:
    """Do something in the dialog that is about to open."""

    def run() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            try:
                act(dialog)
            finally:
                dialog.close()
        else:  # it waits for work in the background
            QTimer.singleShot(5, run)

    QTimer.singleShot(0, run)


def printed_text(page: CalendarPage, file: Path, sheet: str) -> str:
    from pypdf import PdfReader

    printing = CalendarPrint(page.context, page)
    printing.ask_file = lambda _start: file
    printing.save(THURSDAY, sheet)
    settle()
    return "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(file.read_bytes())).pages)


def test_the_month_is_printed_to_a_pdf_that_can_be_read(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会"))
    text = printed_text(page, tmp_path / "本月.pdf", MONTH)
    assert "2025年10月" in text and "读书会" in text


def test_the_plan_of_the_year_is_printed_too(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    save_item(page.context.ledger, PlanItem(title="秋季运动会", month="2025-10"), a_clerk())
    assert "秋季运动会" in printed_text(page, tmp_path / "计划.pdf", PLAN)


def test_the_year_is_printed_with_activities_and_plans(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会"))
    save_item(page.context.ledger, PlanItem(title="冬季借阅推广", month="2025-12"), a_clerk())
    text = printed_text(page, tmp_path / "年历.pdf", YEAR)
    assert "2025年宣传教育活动年历" in text and "16日 读书会" in text and "冬季借阅推广" in text


def test_the_menu_offers_what_is_in_view_first_and_does_it(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    printing = CalendarPrint(page.context, page)

    def words(*, year: bool) -> list[str]:
        return [action.text() for action in printing.menu(THURSDAY, year=year).actions() if action.text()]

    assert words(year=False) == [
        "打印2025年10月日历……",
        "2025年10月日历保存为 PDF……",
        "打印2025年年历……",
        "2025年年历保存为 PDF……",
    ]
    assert words(year=True)[::2] == ["打印2025年年历……", "打印2025年计划表（表8）……"]
    file = tmp_path / "年历.pdf"
    printing.ask_file = lambda start: file if "活动年历" in start.name else None
    printing.menu(THURSDAY, year=False).actions()[-1].trigger()
    settle()
    assert file.read_bytes().startswith(b"%PDF")


def test_a_repetition_shows_its_days_and_makes_them_in_one_step(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("工间操", date(2025, 9, 24)))
    (entry,) = list_between(page.context.ledger, date(2025, 9, 1), date(2025, 9, 30))
    seen: list[str] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, RepeatDialog)
        dialog.end.set_value(UNTIL)
        dialog.until.setText("10-22")
        seen.extend(dialog.days.item(row).text() for row in range(dialog.days.count()))
        dialog.make_button.click()

    in_next_dialog(choose)
    page.acts.repeat(entry.uid)
    assert len(seen) == 5 and "国庆节" in seen[1] and "休" in seen[1]
    days = [date(2025, 9, 24), date(2025, 10, 1), date(2025, 10, 8), date(2025, 10, 15), date(2025, 10, 22)]
    assert all_days(page) == [(day, "工间操") for day in days]
    operations.undo(page.context)
    assert all_days(page) == [(date(2025, 9, 24), "工间操")]


def test_a_rule_without_sense_is_explained_and_makes_nothing(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("工间操"))
    (entry,) = list_between(page.context.ledger, THURSDAY, THURSDAY)

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, RepeatDialog)
        dialog.end.set_value(UNTIL)
        dialog.until.setText("2025-9-1")
        assert not dialog.make_button.isEnabled() and "早于" in dialog.summary.text()
        dialog.reject()

    in_next_dialog(choose)
    page.acts.repeat(entry.uid)
    assert len(all_days(page)) == 1


def test_a_calendar_file_goes_out_and_comes_back(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path / "甲", a_plan("读书会", start_time="14:00"), a_plan("十一月的", date(2025, 11, 3)))
    file = tmp_path / "活动.ics"
    exchange = CalendarExchange(page.context, page)
    exchange.ask_save = lambda _start: file
    assert exchange.export("month", THURSDAY) == file
    text = file.read_text(encoding="utf-8")
    assert "读书会" in text and "十一月的" not in text

    other = a_page(qtbot, tmp_path / "乙")
    take = CalendarExchange(other.context, other)
    take.ask_open = lambda: file
    seen: list[str] = []

    def accept(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        seen.append(dialog.list.item(0).text())
        dialog.take_button.click()

    in_next_dialog(accept)
    take.ask_and_import()
    settle()
    assert "10月16日 周四" in seen[0] and "14:00" in seen[0]
    assert all_days(other) == [(THURSDAY, "读书会")]
    operations.undo(other.context)
    assert all_days(other) == []


def test_what_is_in_the_ledger_already_is_not_ticked(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path, a_plan("读书会"))
    exchange = CalendarExchange(page.context, page)
    exchange.ask_save = lambda _start: tmp_path / "活动.ics"
    exchange.ask_open = lambda: tmp_path / "活动.ics"
    assert exchange.export("month", THURSDAY)
    states: list[Qt.CheckState] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        states.append(dialog.list.item(0).checkState())
        assert not dialog.take_button.isEnabled()
        dialog.reject()

    in_next_dialog(look)
    exchange.ask_and_import()
    settle()
    assert states == [Qt.CheckState.Unchecked]


def test_a_file_that_is_no_calendar_is_refused_in_words(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path / "台账")
    (tmp_path / "坏.ics").write_text("不是日历", encoding="utf-8")
    complaints: list[str] = []
    page.context.went_wrong.connect(complaints.append)
    exchange = CalendarExchange(page.context, page)
    exchange.ask_open = lambda: tmp_path / "坏.ics"
    exchange.ask_and_import()
    settle()
    assert len(complaints) == 1 and "坏.ics" in complaints[0]


def test_a_day_is_marked_by_hand_and_unmarked(qtbot, tmp_path: Path) -> None:
    page = a_page(qtbot, tmp_path)
    keep_mark(page.context, THURSDAY, "off", "厂休")
    assert page.shown and (page.shown.faces[THURSDAY].badge, page.shown.faces[THURSDAY].corner) == ("off", "厂休")
    operations.undo(page.context)
    assert page.shown and page.shown.faces[THURSDAY].badge == ""


def test_a_name_without_ending_never_replaces_a_file_unasked(
    qtbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_page(qtbot, tmp_path / "台账")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path / "计划v1.2"), ""))
    ask = (page, "导出日历文件", tmp_path, "日历文件 (*.ics)", ".ics")
    there = tmp_path / "计划v1.2.ics"
    assert ask_where(*ask) == there
    there.write_text("别人的")
    answer_next_question("不替换")
    assert ask_where(*ask) is None
    answer_next_question("替换")
    assert ask_where(*ask) == there
