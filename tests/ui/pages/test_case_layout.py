"""The editor in windows of every size: side by side, then tabs, never wider than its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.driver import settle
from tests.ui.pages.case_driver import Desk, a_case, a_desk, summer
from ui import theme
from ui.pages.case_panes import LINKS, PREVIEW, TEXT
from ui.widgets.base import tab_stops


@pytest.fixture
def large_type() -> Iterator[None]:
    """175 % for windows that are open; put back at the end."""
    yield
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, theme.LIGHT, 1.0)


def opened(qtbot, folder: Path, size: tuple[int, int], scale: float = 1.0) -> Desk:
    desk = a_desk(qtbot, folder, a_case(), activities=(summer("领学领读", 1),), size=size)
    theme.set_scale(scale)
    settle()
    desk.page.open_case(desk.cases()[0].uid)
    settle()
    return desk


def seen(desk: Desk) -> list[str]:
    return [name for name, pane in desk.editor.panes.panes.items() if pane.isVisible()]


def test_wide_windows_show_all_three(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path, (1366, 768))
    assert seen(desk) == [LINKS, TEXT, PREVIEW] and not desk.editor.panes.tabs.isVisible()
    assert desk.editor.panes.panes[LINKS].width() == 248
    assert desk.editor.text.width() >= 480 and 380 <= desk.editor.preview.width() <= 460


def test_in_the_middle_the_preview_becomes_a_tab(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path, (1024, 600))
    assert seen(desk) == [LINKS, TEXT]
    tabs = desk.editor.panes.tabs
    assert [tabs.tabText(each) for each in range(tabs.count())] == ["正文", "打印预览"]
    tabs.setFocus()
    desk.press(Qt.Key.Key_Right)
    assert seen(desk) == [LINKS, PREVIEW]
    desk.editor.focus_field("title")
    assert seen(desk) == [LINKS, TEXT] and tabs.currentIndex() == 0


def test_at_175_percent_every_part_is_a_tab(qtbot, tmp_path: Path, large_type: None) -> None:
    desk = opened(qtbot, tmp_path, (1366, 768), 1.75)
    assert seen(desk) == [TEXT]
    desk.editor.focus_field("author")
    assert seen(desk) == [LINKS] and desk.editor.links.boxes["author"].hasFocus()
    desk.press(Qt.Key.Key_F6)
    assert seen(desk) == [TEXT]
    assert desk.window.width() == 1366
    for pane in (desk.editor.text, desk.editor.links):
        sheet = pane.widget()
        assert sheet and sheet.minimumSizeHint().width() <= pane.width()


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.0), ((1024, 600), 1.0), ((1366, 768), 1.75)])
def test_nothing_reaches_over_the_edge(
    qtbot, tmp_path: Path, large_type: None, size: tuple[int, int], scale: float
) -> None:
    desk = opened(qtbot, tmp_path, size, scale)
    for bar in (desk.editor.header, desk.editor.footer):
        assert bar.minimumSizeHint().width() <= desk.editor.width()
    assert desk.editor.width() <= desk.window.width()


def test_growing_text_keeps_the_line_being_written_in_sight(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path, (1024, 600))
    desk.editor.focus_field("practice")
    edit = desk.editor.text.parts["practice"].edit
    tall = edit.height()
    for _ in range(12):
        desk.press(Qt.Key.Key_Return)
        desk.chinese("再写一行")
        settle()
    assert edit.height() > tall and not edit.verticalScrollBar().isVisible()
    cursor = edit.viewport().mapTo(desk.editor.text.viewport(), edit.cursorRect().center())
    assert desk.editor.text.viewport().rect().contains(cursor)


def test_tab_goes_through_the_editor_as_one_reads_it(qtbot, tmp_path: Path) -> None:
    desk = opened(qtbot, tmp_path, (1366, 768))
    editor = desk.editor
    editor.link([desk.uid_of("领学领读")])
    editor.links.effects.pull_link.click()
    editor.preview.draw()
    settle()
    parts = [editor.header, editor.links, editor.text, editor.preview, editor.footer]
    stops = [stop for stop in tab_stops(editor) if stop.isVisible() and stop.isEnabled()]
    where = [next(i for i, part in enumerate(parts) if part.isAncestorOf(stop)) for stop in stops]
    assert where == sorted(where), [(stop.accessibleName(), at) for stop, at in zip(stops, where, strict=True)]
    names = [stop.accessibleName() for stop in stops if editor.links.isAncestorOf(stop)]
    assert names[:4] == ["选择关联活动", "打开活动：领学领读", "不再关联：领学领读", "从活动取数"]
    assert names[4:7] == ["第 1 个指标", "第 1 个指标的数值", "第 1 个指标的单位"]
