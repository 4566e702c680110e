"""The preview with its small pictures and the bar to find words, on real documents."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from exporters.pdf import PdfDocument, render_pdf
from exporters.pdf.fonts import font_set
from tests.exporters.samples import ledger_report
from tests.ui.widgets.hands import type_with_input_method
from ui import theme
from ui.widgets import pdf_pages
from ui.widgets.pdf_pages import LIMIT
from ui.widgets.pdf_preview import PAPER, PdfPreview
from ui.widgets.pdf_thumbnails import LIMIT as SMALL_LIMIT

Show = Callable[..., QWidget]
ROWS = 400  # on 25 pages


@pytest.fixture(scope="module")
def ledger() -> PdfDocument:
    return render_pdf(ledger_report(ROWS, 活动名称="到㮾如镇慰问𬭚厂职工"), fonts=font_set(()))


@pytest.fixture
def preview(show: Show, qtbot: QtBot, ledger: PdfDocument) -> PdfPreview:
    made = PdfPreview()
    show(made, width=1000)
    made.show_document(ledger)
    made.setFocus()
    return made


def settled(qtbot: QtBot, preview: PdfPreview) -> None:
    """Every page in sight has its picture."""
    qtbot.waitUntil(lambda: preview.pages.is_current(preview.page() - 1))


def look_for(qtbot: QtBot, preview: PdfPreview, words: str) -> None:
    """Ctrl+F, then type."""
    qtbot.keyClick(QApplication.focusWidget() or preview, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    box = QApplication.focusWidget()
    assert preview.find_bar is not None
    assert box is preview.find_bar.edit
    assert box is not None
    type_with_input_method(box, words)
    assert preview.finder is not None
    qtbot.waitUntil(preview.finder.done)


def count(preview: PdfPreview) -> str:
    assert preview.find_bar is not None
    return preview.find_bar.count.text()


def colours(preview: PdfPreview) -> set[str]:
    """Every colour that is on the screen."""
    shot = preview.viewport().grab().toImage()
    return {QColor(shot.pixel(x, y)).name().upper() for x in range(shot.width()) for y in range(0, shot.height(), 2)}


# ─── finding ───


def test_words_are_counted_over_all_pages_and_stepped_through(preview: PdfPreview, qtbot: QtBot) -> None:
    look_for(qtbot, preview, "劳模工匠大讲堂")
    assert count(preview) == f"1/{ROWS // 8}"
    assert preview.page() == 1
    for _ in range(3):
        qtbot.keyClick(preview, Qt.Key.Key_F3)
    assert count(preview) == f"4/{ROWS // 8}"
    assert preview.page() == 2
    for _ in range(4):
        qtbot.keyClick(preview, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert count(preview) == f"{ROWS // 8}/{ROWS // 8}", "before the first comes the last"
    assert preview.page() >= len(preview.pages.sizes()) - 1


def test_a_rare_character_and_a_broken_line_are_found_where_they_are(preview: PdfPreview, qtbot: QtBot) -> None:
    look_for(qtbot, preview, "慰问𬭚厂职工")
    assert count(preview) == "1/1"
    assert preview.finder is not None
    hit = preview.finder.hit()
    assert hit is not None
    place = next(each for each in preview._places if each.uid.endswith("000000000001"))
    for area in preview.finder.areas(hit):
        assert place.top <= area.center().y() <= place.top + place.height
        assert area.width() > 8


def test_hits_are_tinted_and_the_current_one_more_so(preview: PdfPreview, qtbot: QtBot) -> None:
    settled(qtbot, preview)
    tints = {PAPER.warn_ground, PAPER.warn_line}
    assert not tints & colours(preview)
    look_for(qtbot, preview, "工间操示范")
    assert tints <= colours(preview)


def test_finding_begins_at_the_page_that_is_looked_at(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.show_page(10)
    look_for(qtbot, preview, "劳模工匠大讲堂")
    assert preview.page() == 10
    assert not count(preview).startswith("1/")


def test_what_is_not_there_is_said(preview: PdfPreview, qtbot: QtBot) -> None:
    look_for(qtbot, preview, "没有的词")
    assert count(preview) == "没有找到"
    assert preview.find_bar is not None
    assert preview.find_bar.count.accessibleName() == "没有找到"
    assert preview.find_bar.edit.property("state") == "warn"
    assert not preview.find_bar.on.isEnabled()


def test_enter_goes_on_and_esc_closes_the_bar_and_leads_back(preview: PdfPreview, qtbot: QtBot) -> None:
    look_for(qtbot, preview, "工间操")
    box = QApplication.focusWidget()
    assert box is not None
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert count(preview).startswith("2/")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert count(preview).startswith("1/")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert preview.chosen_uid() == "", "an arrow in the box chooses no line below it"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert preview.find_bar is not None
    assert preview.find_bar.isHidden()
    assert QApplication.focusWidget() is preview
    assert PAPER.warn_line not in colours(preview)
    qtbot.keyClick(preview, Qt.Key.Key_F3)
    assert QApplication.focusWidget() is preview.find_bar.edit, "F3 without anything to find opens the bar"
    assert preview.find_bar.edit.selectedText() == "工间操"


def test_hits_follow_a_document_made_anew_without_moving_the_page(
    preview: PdfPreview, qtbot: QtBot, ledger: PdfDocument
) -> None:
    look_for(qtbot, preview, "乒乓球友谊赛")
    for _ in range(6):
        qtbot.keyClick(preview, Qt.Key.Key_F3)
    bar, before = preview.verticalScrollBar(), count(preview)
    bar.setValue(bar.value() + 40)
    scrolled = bar.value()
    preview.show_document(replace(ledger))
    assert preview.finder is not None
    qtbot.waitUntil(preview.finder.done)
    assert (count(preview), bar.value()) == (before, scrolled)
    preview.show_document(render_pdf(ledger_report(3), fonts=font_set(())))
    qtbot.waitUntil(preview.finder.done)
    assert count(preview) == "没有找到"
    preview.clear()
    assert preview.finder.hits == []


def test_a_changed_word_is_looked_for_at_once(preview: PdfPreview, qtbot: QtBot) -> None:
    look_for(qtbot, preview, "乒乓球")
    assert preview.find_bar is not None
    assert preview.finder is not None
    preview.find_bar.edit.clear()
    assert count(preview) == ""
    assert preview.finder.hits == []
    type_with_input_method(preview.find_bar.edit, "工间操")
    qtbot.waitUntil(preview.finder.done)
    assert count(preview) == f"1/{ROWS // 8}"


# ─── small pictures ───


def test_small_pictures_lead_to_pages_and_follow_them(preview: PdfPreview, qtbot: QtBot) -> None:
    wide = preview.viewport().width()
    preview.set_thumbnails_visible(True)
    small = preview.thumbnails
    assert small is not None
    assert preview.viewport().width() < wide
    assert small.model().rowCount() == len(preview.pages.sizes())
    preview.show_page(7)
    assert small.currentIndex().row() == 6
    small.setFocus()
    qtbot.keyClick(small, Qt.Key.Key_Down)
    assert preview.page() == 8
    qtbot.keyClick(small, Qt.Key.Key_End)
    assert preview.page() == len(preview.pages.sizes())
    qtbot.mouseClick(small.viewport(), Qt.MouseButton.LeftButton, pos=small.visualRect(small.currentIndex()).center())
    assert preview.page() == len(preview.pages.sizes())
    assert small.model().data(small.model().index(2, 0), Qt.ItemDataRole.AccessibleTextRole) == "第 3 页"
    small.setFocus()
    preview.set_thumbnails_visible(False)
    assert QApplication.focusWidget() is preview
    assert preview.viewport().width() == wide


def test_only_small_pictures_in_sight_are_made(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.set_thumbnails_visible(True)
    small = preview.thumbnails
    assert small is not None
    qtbot.waitUntil(lambda: small.pictures.is_current(0))
    settled(qtbot, preview)
    assert not any(small.pictures.is_current(number) for number in range(12, len(preview.pages.sizes())))


def test_the_width_of_small_pictures_is_told_and_taken_back(preview: PdfPreview, qtbot: QtBot) -> None:
    told = QSignalSpy(preview.thumbnails_changed)
    preview.set_thumbnail_width(200)
    preview.set_thumbnails_visible(True)
    assert preview.thumbnails is not None
    assert preview.thumbnails.width() == 200
    grip = preview._grip
    assert grip is not None
    qtbot.mousePress(grip, Qt.MouseButton.LeftButton, pos=QPoint(2, 50))
    qtbot.mouseMove(grip, QPoint(42, 50))
    qtbot.mouseRelease(grip, Qt.MouseButton.LeftButton, pos=QPoint(42, 50))
    assert preview.thumbnails.width() > 200
    assert [told.at(i)[0] for i in range(told.count())][-1] is True
    assert told.at(told.count() - 1)[1] == preview.thumbnail_width() == preview.thumbnails.width()


def test_a_document_with_fewer_pages_loses_small_pictures(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.set_thumbnails_visible(True)
    preview.show_page(20)
    preview.show_document(render_pdf(ledger_report(20), fonts=font_set(())))
    assert preview.thumbnails is not None
    assert preview.thumbnails.model().rowCount() == len(preview.pages.sizes()) == 2
    settled(qtbot, preview)
    preview.clear()
    assert preview.thumbnails.model().rowCount() == 0


# ─── zoom and place ───


def test_page_and_width_fit_at_every_size_of_the_window(preview: PdfPreview) -> None:
    preview.fit_width()
    assert preview.zoom_text() == "适合页宽"
    for width in (700, 1100):
        preview.window().resize(width, 500)
        QApplication.processEvents()
        frame = preview._sheet.frames[0]
        assert abs(preview.viewport().width() - frame.width() - 16) <= 1
        assert preview.horizontalScrollBar().maximum() == 0
    preview.fit_page()
    assert preview.zoom_text() == "适合整页"
    assert preview._sheet.frames[0].height() <= preview.viewport().height() - 16


def test_ctrl_and_the_wheel_zoom_at_the_pointer(preview: PdfPreview) -> None:
    while preview._share() < 1.5:  # both bars have room to scroll
        preview.zoom_in()
    preview.show_page(4)
    pointer = QPointF(preview.viewport().width() * 0.7, preview.viewport().height() * 0.6)

    def under_pointer() -> tuple[int, float, float]:
        at = pointer + QPointF(preview._left(), preview._top())
        page = preview._sheet.page_at(at.y())
        frame = preview._sheet.frames[page]
        return page, (at.x() - frame.left()) / frame.width(), (at.y() - frame.top()) / frame.height()

    before = under_pointer()
    for part in (40, 40, 40, 120, 120, 120):  # a touch pad sends a notch in parts
        turn_with_ctrl(preview, pointer, part)
    assert preview.zoom_text() == "400%"
    assert under_pointer() == pytest.approx(before, abs=0.02)
    for _ in range(20):
        turn_with_ctrl(preview, pointer, -120)
    assert preview.zoom_text() == "25%"
    for _ in range(20):
        turn_with_ctrl(preview, pointer, 120)
    assert preview.zoom_text() == "400%"


def turn_with_ctrl(preview: PdfPreview, at: QPointF, angle: int) -> None:
    event = QWheelEvent(
        at,
        QPointF(preview.viewport().mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(preview.viewport(), event)


def test_the_same_document_anew_stays_where_it_was_at_any_zoom(preview: PdfPreview, ledger: PdfDocument) -> None:
    for zoom in (preview.fit_page, preview.fit_width, preview.zoom_in):
        zoom()
        preview.verticalScrollBar().setValue(preview.verticalScrollBar().maximum() // 3)
        place = preview.verticalScrollBar().value(), preview.horizontalScrollBar().value()
        preview.show_document(replace(ledger))
        assert (preview.verticalScrollBar().value(), preview.horizontalScrollBar().value()) == place


def test_memory_stays_bounded_however_far_one_scrolls(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.set_thumbnails_visible(True)
    preview.fit_width()
    bar = preview.verticalScrollBar()
    for step in range(60):
        bar.setValue(bar.maximum() * step // 59)
        QApplication.processEvents()
    settled(qtbot, preview)
    in_sight = 3 * preview.viewport().width() * preview.viewport().height() * 4 * 2
    assert preview.pages.bytes() <= LIMIT + in_sight
    assert preview.thumbnails is not None
    assert preview.thumbnails.pictures.bytes() <= SMALL_LIMIT + in_sight
    assert bar.value() == bar.maximum()
    assert preview.pages.is_current(len(preview.pages.sizes()) - 1), "the last page did not wait for those passed by"


def test_pages_come_after_there_was_no_document(preview: PdfPreview, qtbot: QtBot, ledger: PdfDocument) -> None:
    """A renderer that was asked while it had no document must not keep the page blank for ever."""
    preview.repaint()
    preview.clear()
    preview.repaint()
    preview.show_document(ledger)
    settled(qtbot, preview)


def test_totals_are_reached_with_the_keyboard(preview: PdfPreview, qtbot: QtBot) -> None:
    preview.describe = lambda place: f"{len(place.sources)} 条"
    opened = QSignalSpy(preview.sum_opened)
    preview.show_page(len(preview.pages.sizes()))
    for _ in range(ROWS):
        qtbot.keyClick(preview, Qt.Key.Key_Down)
    assert preview.accessibleName() == f"{ROWS} 条"
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert len(opened.at(0)[0]) == ROWS


def test_the_look_follows_the_theme_but_paper_stays_white(preview: PdfPreview, qtbot: QtBot) -> None:
    look_for(qtbot, preview, "工间操示范")
    preview.set_thumbnails_visible(True)
    theme.apply(QApplication.instance(), theme.DARK, 1.75)  # type: ignore[arg-type]
    QApplication.processEvents()
    assert preview.find_bar is not None
    assert preview.thumbnails is not None
    assert preview.thumbnails.y() == preview.find_bar.height()
    assert preview.viewport().geometry().top() == preview.find_bar.height()
    settled(qtbot, preview)
    shown = colours(preview)
    assert "#FFFFFF" in shown
    assert PAPER.warn_line in shown


def test_leaving_the_window_leaves_nothing_behind(show: Show, qtbot: QtBot, ledger: PdfDocument) -> None:
    """Closed while pages are being rendered: no message, no crash (pytest-qt fails on either)."""
    for _ in range(3):
        made = PdfPreview()
        made.resize(900, 600)
        made.show_document(ledger)
        made.set_thumbnails_visible(True)
        made.show()
        made.repaint()
        made.close()
        made.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_long_document_is_measured_little_by_little(
    preview: PdfPreview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pages, "AT_FIRST", 1)
    pages = PdfWriter()
    for size in ((842, 595), (595, 842), (842, 595)):
        pages.add_blank_page(*size)
    file = BytesIO()
    pages.write(file)
    mixed = PdfDocument(file.getvalue(), 3, (), ())
    told = QSignalSpy(preview.pages.sizes_changed)
    preview.show_document(mixed)
    assert len(preview.pages.sizes()) == mixed.pages, "every page has its place from the beginning"
    qtbot.waitUntil(lambda: told.count() == 1)
    shapes = [size.width() > size.height() for size in preview.pages.sizes()]
    assert shapes == [True, False, True]
    frames = [frame.width() > frame.height() for frame in preview._sheet.frames]
    assert frames == shapes
    preview.clear()
    qtbot.wait(0)
    assert told.count() == 1


def test_lines_come_before_the_numbers_of_their_page_as_they_are_read(preview: PdfPreview, ledger: PdfDocument) -> None:
    expected = sorted(
        (place for place in ledger.places if place.uid or place.sources),
        key=lambda place: (place.page, not place.uid, place.top, place.left),
    )
    preview.show_document(replace(ledger, places=tuple(reversed(ledger.places))))
    assert preview._places == expected
