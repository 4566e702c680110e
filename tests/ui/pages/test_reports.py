"""The 报表 page: a quarter's 表2 is looked through, mended, printed, exported and made into a mail draft."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models import activity_repository, periods
from models.activity import Status
from models.periods import parse_period
from models.preferences import load_preferences
from models.reports import BUILDERS, CALENDAR_SHEETS
from models.reports.blank_forms import BLANKS
from tests.factories import TODAY, a_ledger, a_sample_ledger, an_activity
from tests.ui.driver import answer_next_question, settle
from tests.ui.pages.report_desk import THIRD_QUARTER, Desk
from ui import theme
from ui.context import Context, Place
from ui.pages.reports import ReportsPage
from ui.widgets.base import application, tab_stops

CONTROL = Qt.KeyboardModifier.ControlModifier
SAMPLE_PDF = "表2_活动台账_焦作市云台示例化工有限公司工会_2025Q3_v1.pdf"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "送出"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, out: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter."""
    yield Desk(qtbot, a_sample_ledger(tmp_path / "台账"), out)
    settle()


def is_drawn(desk: Desk) -> bool:
    return desk.page.preview.pages.is_current(0)


def visible_words(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "　".join([*labels, *(each.text() for each in widget.findChildren(QAbstractButton) if each.isVisible())])


def test_the_page_shows_what_will_be_printed_and_what_is_missing(desk: Desk) -> None:
    page = desk.page
    assert page.period.box.currentText() == "2025年第三季度"
    assert page.tools.heading.text() == "表2 主题宣传教育活动台账"
    assert page.tools.page_label.text().startswith("第 1 / ")
    assert page.tools.zoom.text() == "适合整页"
    assert "报送前要补" in page.checks.text()
    assert page.shown and len(page.shown.checks.hard) > 0
    desk.qtbot.waitUntil(lambda: is_drawn(desk), timeout=20_000)
    picture = page.preview.viewport().grab().toImage()
    middle = {picture.pixelColor(x, picture.height() // 2).lightness() for x in range(picture.width())}
    assert min(middle) < 60 and max(middle) == 255, "black print on white paper"


def test_every_form_there_is_is_offered_and_no_other(desk: Desk) -> None:
    offered = [*BUILDERS, *CALENDAR_SHEETS, *(f"空白{code}" for code in BLANKS)]
    assert [desk.page.form_box.itemData(index) for index in range(desk.page.form_box.count())] == offered
    for key in offered:
        desk.choose(key)
        assert desk.page.shown and desk.page.shown.document and not desk.page.shown.problem, key
        assert desk.page.preview.isVisible() and desk.page.pdf_button.isEnabled(), key


def test_what_is_changed_elsewhere_appears_by_itself_at_the_same_place(desk: Desk) -> None:
    preview = desk.page.preview
    desk.press(Qt.Key.Key_Plus, CONTROL)
    desk.press(Qt.Key.Key_Plus, CONTROL)
    [first, *_] = desk.page.shown.report.tables[0].rows  # pyright: ignore[reportOptionalMemberAccess]
    preview.choose(first.uid)
    preview.show_page(2)
    zoom, scrolled = preview.zoom_text(), preview.verticalScrollBar().value()

    activity = activity_repository.get_activity(desk.context.ledger, first.uid)
    assert activity
    desk.record(activity.with_values(title="改过的名称"))
    desk.qtbot.waitUntil(lambda: "改过的名称" in desk.titles(), timeout=20_000)

    assert (preview.zoom_text(), preview.verticalScrollBar().value()) == (zoom, scrolled)
    assert preview.chosen_uid() == first.uid


def test_a_preview_that_is_overtaken_is_never_shown(desk: Desk) -> None:
    for period in (periods.month(2025, 1), periods.month(2025, 2), periods.quarter(2025, 2)):
        desk.context.set_period(period)
    settle()
    assert desk.page.shown and desk.page.shown.report.period_code == "2025Q2"
    assert desk.page.period.box.currentText() == "2025年第二季度"


def test_a_page_that_is_left_before_the_preview_is_ready_makes_it_when_it_is_come_back_to(desk: Desk) -> None:
    desk.context.set_period(periods.quarter(2025, 2))
    desk.page.hide()
    settle()
    assert desk.page.shown and desk.page.shown.report.period_code == "2025Q3"
    desk.page.show()
    settle()
    assert desk.page.shown.report.period_code == "2025Q2"


def test_the_period_before_and_after_are_one_press_away(desk: Desk) -> None:
    desk.click(desk.page.period.earlier)
    assert desk.context.period == periods.quarter(2025, 2)
    desk.click(desk.page.period.later)
    desk.click(desk.page.period.later)
    assert desk.context.period == periods.quarter(2025, 4)


def test_any_two_days_can_be_a_period(desk: Desk) -> None:
    desk.page.period.open_range()
    popup = application().activePopupWidget()
    assert popup is not None
    popup.start.setText("2025-8-20")  # pyright: ignore[reportAttributeAccessIssue]
    popup.end.setText("2025-8-1")  # pyright: ignore[reportAttributeAccessIssue]
    desk.qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert "对调" in popup.problem.text()  # pyright: ignore[reportAttributeAccessIssue]
    popup.end.setText("2025-8-31")  # pyright: ignore[reportAttributeAccessIssue]
    desk.qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert desk.context.period == periods.span(date(2025, 8, 20), date(2025, 8, 31))
    settle()


def test_a_period_without_records_is_marked(desk: Desk) -> None:
    assert desk.page.period.box.currentText() == "2025年第三季度"
    desk.context.set_period(periods.quarter(2026, 2))
    assert desk.page.period.box.currentText() == "2026年第二季度（无记录）"
    settle()


def test_a_line_is_opened_with_the_keyboard(desk: Desk) -> None:
    second = desk.page.shown.report.tables[0].rows[1]  # pyright: ignore[reportOptionalMemberAccess]
    desk.page.preview.setFocus()
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Down)
    assert desk.page.preview.chosen_uid() == second.uid
    desk.press(Qt.Key.Key_Return)
    assert desk.went == [Place("activities", uid=second.uid)]


def test_a_line_is_opened_with_a_double_click_and_named_in_its_tip(desk: Desk) -> None:
    preview = desk.page.preview
    row = desk.page.shown.report.tables[0].rows[2]  # pyright: ignore[reportOptionalMemberAccess]
    place = next(each for each in preview._places if each.uid == row.uid)
    area = preview._area_of(place).translated(-preview._left(), -preview._top())
    middle = QPoint(int(area.left() + 30), int(area.center().y()))
    none = Qt.MouseButton.NoButton
    where = QPointF(middle), QPointF(preview.viewport().mapToGlobal(middle))
    # to the widget itself: QTest moves the one cursor of the screen, on which another test's window may lie
    move = QMouseEvent(QEvent.Type.MouseMove, *where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(preview.viewport(), move)
    assert preview.viewport().toolTip().startswith(f"第 3 行　{row.cells[1].text}")
    desk.qtbot.mouseDClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert desk.went == [Place("activities", uid=row.uid)]


def test_zoom_and_pages_follow_the_keys(desk: Desk) -> None:
    page = desk.page
    desk.press(Qt.Key.Key_PageDown)
    assert page.tools.page_label.text().startswith("第 2 / ")
    desk.press(Qt.Key.Key_End)
    assert page.tools.page_label.text() == f"第 {page.shown.document.pages} / {page.shown.document.pages} 页"  # pyright: ignore[reportOptionalMemberAccess]
    desk.press(Qt.Key.Key_Equal, CONTROL)
    larger = int(page.tools.zoom.text().rstrip("%"))
    desk.press(Qt.Key.Key_Minus, CONTROL)
    assert int(page.tools.zoom.text().rstrip("%")) < larger
    desk.press(Qt.Key.Key_0, CONTROL)
    assert page.tools.zoom.text() == "适合整页"


def test_mending_starts_at_the_first_problem(desk: Desk) -> None:
    first = desk.page.shown.checks.hard[0]  # pyright: ignore[reportOptionalMemberAccess]
    desk.click(desk.page.checks.mend)
    desk.click(desk.page.checks.show_all)
    assert desk.went == [Place("activities", uid=first.uid, field=first.field), Place("checks")]


def test_the_folder_is_asked_for_once_and_each_file_is_whole(desk: Desk, out: Path) -> None:
    desk.click(desk.page.pdf_button)
    desk.click(desk.page.excel_button)
    assert desk.asked == 1
    assert sorted(path.suffix for path in out.iterdir()) == [".pdf", ".xlsx"]
    assert len(PdfReader(out / SAMPLE_PDF).pages) == desk.page.shown.document.pages  # pyright: ignore[reportOptionalMemberAccess]
    assert load_workbook(out / SAMPLE_PDF.replace(".pdf", ".xlsx")).worksheets
    assert desk.page.done.isVisible() and ".xlsx" in desk.page.done.text()
    desk.click(next(each for each in desk.page.done.links() if each.text() == "打开文件夹"))
    assert desk.opened == [out]
    assert desk.wrong == []


def test_leaving_the_folder_question_unanswered_exports_nothing(desk: Desk, out: Path) -> None:
    desk.page.output.ask_folder = lambda _start: None
    desk.click(desk.page.pdf_button)
    assert list(out.iterdir()) == [] and not desk.page.done.isVisible()


def test_a_file_somebody_has_worked_on_is_not_replaced_without_asking(desk: Desk, out: Path) -> None:
    desk.click(desk.page.pdf_button)
    desk.click(desk.page.pdf_button)  # our own file may be replaced
    (out / SAMPLE_PDF).write_bytes(b"edited by hand")
    answer_next_question("不替换")
    desk.click(desk.page.pdf_button)
    assert (out / SAMPLE_PDF).read_bytes() == b"edited by hand"
    answer_next_question("替换")
    desk.click(desk.page.pdf_button)
    assert (out / SAMPLE_PDF).read_bytes().startswith(b"%PDF")


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(desk: Desk, out: Path) -> None:
    (out / SAMPLE_PDF).mkdir()
    answer_next_question("替换")
    desk.click(desk.page.pdf_button)
    assert len(desk.wrong) == 1 and "没有保存" in desk.wrong[0]
    assert not desk.page.progress.isVisible()


def test_the_mail_draft_can_also_be_copied_into_webmail(desk: Desk, out: Path) -> None:
    desk.page.draft_letter()
    desk.wait_for_work()
    [draft] = out.glob("*.eml")
    assert desk.opened == [draft]
    card = desk.page.messages_of.letter_card
    assert card is not None and card.isVisible()
    clipboard = QGuiApplication.clipboard()
    for name, words in (("收件人", "jzghxjwlb@126.com"), ("主题", "【活动台账】"), ("正文", "市总工会宣教网络部：")):
        desk.click(card.copy_buttons[name])
        assert clipboard.text().startswith(words)
    assert "\n" in clipboard.text(), "the body keeps its lines"
    assert desk.well == ["已复制收件人", "已复制主题", "已复制正文"]
    assert {path.suffix for path in out.iterdir() if path.name.isascii()} == {".pdf", ".xlsx"}
    desk.context.set_period(periods.quarter(2025, 2))
    settle()
    assert desk.page.messages_of.letter_card is None, "a draft of another period is not left in sight"


def test_a_mail_draft_takes_the_place_of_what_was_said_about_an_earlier_export(desk: Desk) -> None:
    desk.click(desk.page.pdf_button)
    assert desk.page.done.isVisible()
    desk.page.draft_letter()
    desk.wait_for_work()
    assert desk.page.messages_of.letter_card is not None and desk.page.messages_of.letter_card.isVisible()
    assert not desk.page.done.isVisible()


def test_a_period_without_activities_says_so_and_offers_the_next_step(desk: Desk) -> None:
    desk.context.set_period(periods.quarter(2026, 2))
    settle()
    assert desk.page.empty.isVisible()
    assert "2026年第二季度还没有已完成的活动" in visible_words(desk.page.empty)
    assert not any(button.isEnabled() for button in desk.page.outputs)
    desk.click(desk.page.empty.button)
    assert desk.went == [Place("activities", action="new")]


def test_plans_and_cancelled_activities_alone_make_no_form(qtbot: QtBot, tmp_path: Path, out: Path) -> None:
    planned = an_activity(status=Status.PLANNED, people_offline=None)
    desk = Desk(qtbot, a_ledger(tmp_path / "台账", planned, an_activity(title="没办成", status=Status.CANCELLED)), out)
    assert desk.page.empty.isVisible()


def test_a_character_that_nobody_can_print_leads_to_its_record(qtbot: QtBot, tmp_path: Path, out: Path) -> None:
    ledger = a_ledger(tmp_path / "台账", an_activity(title="好的"), an_activity(title="坏字\ue5e5"))
    desk = Desk(qtbot, ledger, out)
    page = desk.page
    assert page.problem.isVisible() and "第" in page.problem.text() and "U+E5E5" in page.problem.text()
    desk.click(page.problem.links()[0])
    [bad] = [each for each in activity_repository.list_in_period(ledger, THIRD_QUARTER) if each.title == "坏字\ue5e5"]
    assert desk.went == [Place("activities", uid=bad.uid)]

    desk.record(bad.with_values(title="好了"))
    qtbot.waitUntil(page.problem.isHidden, timeout=20_000)
    assert page.shown and page.shown.document


def test_a_correct_period_says_so(qtbot: QtBot, tmp_path: Path, out: Path) -> None:
    summary = "职工围绕安全生产交流读书体会，十二名职工登台分享，班组长当场答疑。" * 2
    desk = Desk(qtbot, a_ledger(tmp_path / "台账", an_activity(summary=summary)), out)
    assert desk.page.checks.text() == "逻辑正确，可以报送。"
    assert not desk.page.checks.mend.isVisible()


@pytest.mark.parametrize(("size", "scale"), [((1238, 740), 1.0), ((1214, 660), 1.75), ((896, 500), 1.0)])
def test_the_page_fits_and_everything_on_it_has_a_name(
    qtbot: QtBot, tmp_path: Path, out: Path, size: tuple[int, int], scale: float
) -> None:
    desk = Desk(qtbot, a_sample_ledger(tmp_path / "台账"), out, size)
    theme.apply(application(), theme.DARK, scale)
    settle()
    page = desk.page
    page.draft_letter()
    desk.wait_for_work()
    assert page.messages_of.letter_card is not None and page.messages_of.letter_card.isVisible()
    layout = page.layout()
    assert layout and page.width() == size[0], "the page does not burst its window"
    assert layout.minimumSize().width() <= size[0], "nothing but the preview may scroll sideways"
    assert layout.minimumSize().height() <= size[1]
    assert page.pdf_button.isVisible() and page.pdf_button.geometry().right() < page.width()
    for button in page.findChildren(QAbstractButton):
        assert button.isHidden() or button.text() or button.accessibleName(), button
    assert page.forms.isVisible() == (size[0] / scale >= 1100)
    box = page.period.box
    room = box.width() - theme.px(32) - 12  # the arrow, border and padding
    assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room, "which quarter it is must be readable"
    theme.apply(application(), theme.LIGHT, 1.0)


def test_the_preview_keeps_what_is_at_its_top_when_it_is_resized(desk: Desk) -> None:
    preview = desk.page.preview
    preview.show_page(2)
    assert preview.page() == 2
    desk.host.resize(900, 600)
    settle()
    assert preview.page() == 2


def test_pointing_beside_the_lines_tints_nothing(desk: Desk) -> None:
    assert desk.page.preview._place_at(QPointF(2, 2)) == -1


def test_the_day_of_filling_in_is_the_day_of_the_window(desk: Desk) -> None:
    assert desk.page.shown and desk.page.shown.report.signature.filled_on == TODAY


def test_small_pictures_are_there_again_and_as_wide(desk: Desk, home: Path) -> None:
    page = desk.page
    assert not page.preview.thumbnails_visible()
    desk.click(page.tools.thumbnails)
    page.preview.drag_grip(230)
    page.keep_unsaved()
    kept = load_preferences()
    assert kept.thumbnails and kept.thumbnail_width == 230
    again = ReportsPage(Context(desk.context.ledger, desk.context.notice, kept, desk.context.clock))
    desk.qtbot.addWidget(again)
    assert again.tools.thumbnails.isChecked() and again.preview.thumbnails_visible()
    assert again.preview.thumbnail_width() == 230


@pytest.mark.parametrize(("width", "scale"), [(1238, 1.0), (896, 1.0), (1214, 1.75), (872, 1.25)])
def test_a_period_without_records_can_be_read_in_full(desk: Desk, width: int, scale: float) -> None:
    theme.apply(application(), theme.LIGHT, scale)
    desk.host.resize(width, 600)
    desk.context.set_period(parse_period("2024Q4"))
    settle()
    box = desk.page.period.box
    assert box.currentText() == "2024年第四季度（无记录）"
    room = box.width() - theme.px(32) - 12
    assert box.fontMetrics().horizontalAdvance(box.currentText()) <= room
    assert desk.page.period.rect().contains(box.geometry()), "nor is its arrow covered"
    widest = max(box.fontMetrics().horizontalAdvance(box.itemText(index)) for index in range(box.count()))
    assert box.view().minimumWidth() > widest
    theme.apply(application(), theme.LIGHT, 1.0)


def test_everything_in_the_panel_for_several_forms_is_reached_by_tab_and_has_a_name(desk: Desk) -> None:
    desk.click(desk.page.several_button)
    stops = [each for each in tab_stops(desk.page) if each.isVisible() and each.isEnabled()]
    batch = desk.page.batch
    assert [each for each in stops if each in batch.ticks.values()] == list(batch.ticks.values()), "in reading order"
    for each in (*batch.formats.values(), batch.folder_button, batch.print_button, batch.export_button):
        assert each in stops
    for each in stops:
        assert each.accessibleName() or getattr(each, "text", str)(), each
