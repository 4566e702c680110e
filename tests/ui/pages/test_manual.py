"""使用手册 in the program: it opens where one was, is searched and read by keyboard, and stays in the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from resources import document
from tests.factories import a_ledger
from tests.ui.driver import a_context, a_window, answer_next_question, settle
from ui import theme
from ui.context import Place
from ui.main_window import PAGES, Page
from ui.pages.manual import ManualPage
from ui.pages.manual_text import CHAPTERS, HEADINGS, file_of, picture, slug
from ui.widgets.base import application, tab_stops

PAGES_WITH_CHAPTER = [name for name in PAGES if name != "manual"]


class Desk:
    """The page on a real ledger."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        theme.apply(application(), theme.LIGHT, 1.0)
        self.qtbot = qtbot
        self.ledger = a_ledger(folder)
        self.page = ManualPage(a_context(self.ledger))
        self.closed: list[bool] = []
        self.page.closed.connect(lambda: self.closed.append(True))
        qtbot.addWidget(self.page, before_close_func=lambda _page: self.ledger.close())
        self.page.resize(1238, 740)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitExposed(self.page)
        settle()

    def open(self, field: str = "", came_from: str = "") -> None:
        self.page.show_place(Place("manual", field=field), came_from=came_from)
        settle()

    def at_the_top(self) -> str:
        """The line of text that is read first now."""
        view = self.page.view
        return view.document().findBlockByNumber(view._first_visible()).text()

    def in_the_contents(self) -> str:
        current = self.page.contents.currentItem()
        return current.text(0) if current else ""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = self.page.focusWidget()
        assert focused, "nothing has the keyboard"
        self.qtbot.keyClick(focused, key, modifiers)
        settle()


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    yield Desk(qtbot, tmp_path / "台账")
    theme.apply(application(), theme.LIGHT, 1.0)


@pytest.mark.parametrize("page", PAGES_WITH_CHAPTER)
def test_it_opens_at_the_chapter_of_the_page_one_was_on(desk: Desk, page: str) -> None:
    desk.open(came_from=page)
    assert desk.at_the_top() == CHAPTERS[page]
    assert desk.in_the_contents() == CHAPTERS[page]


def test_escape_leads_back_to_the_page_one_was_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PAGES, "manual", Page(ManualPage, None))
    window = a_window(qtbot, tmp_path / "台账", first="cases")
    window.show_place(Place("manual"))
    settle()
    page = window.page("manual")
    assert isinstance(page, ManualPage)
    assert page.contents.currentItem().text(0) == "案例"  # pyright: ignore[reportOptionalMemberAccess]
    assert window.focusWidget() is page.view
    qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    settle()
    assert window.current_page() == "cases"


def test_a_place_can_name_a_section(desk: Desk) -> None:
    desk.open("放进手机日历", came_from="home")
    assert desk.at_the_top() == "放进手机日历"
    current = desk.page.contents.currentItem()
    chapter = current.parent() if current else None
    assert chapter and chapter.text(0) == "计划和日历"


def test_opened_again_it_stays_where_one_was_reading(desk: Desk) -> None:
    desk.open("放进手机日历")
    desk.open(came_from="manual")
    assert desk.at_the_top() == "放进手机日历"


def test_every_page_has_a_chapter_and_every_chapter_exists(desk: Desk) -> None:
    assert set(PAGES_WITH_CHAPTER) <= set(CHAPTERS)
    assert [name for name in CHAPTERS.values() if desk.page.view.heading_of(name) < 0] == []


def test_the_contents_lead_everywhere_by_keyboard(desk: Desk) -> None:
    desk.open()
    contents = desk.page.contents
    contents.setFocus()
    for _ in range(3):
        desk.press(Qt.Key.Key_Down)
    assert desk.in_the_contents() == desk.at_the_top() != ""
    assert desk.page.focusWidget() is contents
    desk.press(Qt.Key.Key_Return)
    assert desk.page.focusWidget() is desk.page.view


def test_reading_on_moves_the_mark_in_the_contents(desk: Desk) -> None:
    desk.open(came_from="home")
    before = desk.in_the_contents()
    for _ in range(3):
        desk.press(Qt.Key.Key_PageDown)
    assert desk.in_the_contents() != before
    assert desk.page.view.verticalScrollBar().value() > 0


def test_words_are_found_one_after_the_other_and_round_the_end(desk: Desk) -> None:
    desk.open()
    desk.press(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert desk.page.focusWidget() is desk.page.search
    desk.page.search.setText("回收站")
    count = desk.page.view.toPlainText().count("回收站")
    assert desk.page.count.text() == f"1 / {count}"
    desk.press(Qt.Key.Key_F3)
    assert desk.page.count.text() == f"2 / {count}"
    hit = desk.page.view.current_hit()
    assert hit and hit.selectedText() == "回收站"
    assert desk.page.view.viewport().rect().intersects(desk.page.view.cursorRect(hit))
    desk.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    desk.press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert desk.page.count.text() == f"{count} / {count}"
    desk.press(Qt.Key.Key_Return)
    assert desk.page.count.text() == f"1 / {count}"


def test_words_that_are_not_there_say_so(desk: Desk) -> None:
    desk.open()
    desk.page.search.setText("区块链")
    assert desk.page.count.text() == "没有找到"
    desk.page.search.clear()
    assert desk.page.count.text() == ""


def test_escape_empties_the_search_first_then_goes_back(desk: Desk) -> None:
    desk.open()
    desk.page.search.setFocus()
    desk.page.search.setText("打印")
    desk.press(Qt.Key.Key_Escape)
    assert (desk.page.search.text(), desk.closed) == ("", [])
    desk.press(Qt.Key.Key_Escape)
    assert desk.closed == [True]


@pytest.mark.parametrize("scale", theme.SCALES)
@pytest.mark.parametrize("look", [theme.LIGHT, theme.DARK])
def test_text_follows_the_look_and_the_reader_stays_where_he_was(desk: Desk, look: theme.Theme, scale: float) -> None:
    desk.open("放进手机日历")
    theme.apply(application(), look, scale)
    settle()
    assert desk.at_the_top() == "放进手机日历"
    body = desk.page.view.document().begin().next()
    while body.blockFormat().headingLevel() or not body.text():
        body = body.next()
    letters = body.begin().fragment().charFormat()
    assert letters.foreground().color() == theme.color("text")
    assert letters.font().pixelSize() == theme.px(theme.BODY)
    heading = desk.page.view.document().findBlockByNumber(desk.page.view.headings[0].block)
    assert heading.begin().fragment().charFormat().font().pixelSize() == theme.px(HEADINGS[2][0])


@pytest.mark.parametrize(("width", "scale"), [(1238, 1.0), (900, 1.0), (1240, 1.75), (700, 1.75)])
def test_nothing_is_wider_than_the_window(desk: Desk, width: int, scale: float) -> None:
    theme.apply(application(), theme.LIGHT, scale)
    desk.page.resize(width, 700)
    settle()
    view = desk.page.view
    assert view.document().size().width() <= view.viewport().width()
    assert view.viewport().width() > desk.page.contents.width()
    shown = [picture_format.width() for *_at, picture_format in _pictures(view.document())]
    assert shown and max(shown) <= view.viewport().width()


def test_a_narrower_window_keeps_the_place(desk: Desk) -> None:
    desk.open("放进手机日历")
    desk.page.resize(820, 600)
    settle()
    assert desk.at_the_top() == "放进手机日历"


def test_pictures_are_scaled_and_dark_in_the_dark(desk: Desk) -> None:
    light = picture("screenshots/home.png?683x384", 1.0)
    assert (light.width(), light.height()) == (683, 384)
    assert picture("screenshots/home.png?683x384", 2.0).width() == 1366
    theme.apply(application(), theme.DARK, 1.0)
    dark = picture("screenshots/home.png?683x384", 1.0)
    assert dark.pixelColor(300, 20).lightness() < 80 < light.pixelColor(300, 20).lightness()


@pytest.mark.parametrize("name", ["../README.md", "/etc/passwd", "https://example.com/a.png", "C:/a.png"])
def test_pictures_come_from_the_manual_only(desk: Desk, name: str) -> None:
    assert file_of(name) == ""
    assert desk.page.view.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name)) is None


def test_an_address_outside_is_opened_only_when_the_reader_says_so(desk: Desk) -> None:
    class Browser(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.opened: list[str] = []

        @Slot(QUrl)
        def open(self, url: QUrl) -> None:
            self.opened.append(url.toString())

    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "open")  # pyright: ignore[reportArgumentType]
    try:
        for answer, opened in (("不打开", []), ("打开", ["https://example.com/"])):
            answer_next_question(answer)
            desk.page.view.anchorClicked.emit(QUrl("https://example.com/"))
            assert browser.opened == opened
    finally:
        QDesktopServices.unsetUrlHandler("https")


def test_a_link_inside_leads_to_its_heading(desk: Desk) -> None:
    desk.open()
    desk.page.view.anchorClicked.emit(QUrl("#" + slug("备份、恢复、换电脑")))
    settle()
    assert desk.at_the_top() == "备份、恢复、换电脑"


def test_everything_has_a_name_and_can_be_reached(desk: Desk) -> None:
    stops = tab_stops(desk.page)
    assert {desk.page.search, desk.page.close_button, desk.page.contents, desk.page.view} <= set(stops)
    nameless = [
        each for each in stops if not each.accessibleName() and not (isinstance(each, QAbstractButton) and each.text())
    ]
    assert nameless == []


def test_the_manual_is_found_in_a_frozen_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert document("使用手册.md").is_file()
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert document("使用手册.md") == tmp_path / "docs" / "使用手册.md"


def _pictures(manual: QTextDocument):
    from ui.pages.manual_text import _pictures as pictures

    return list(pictures(manual))
