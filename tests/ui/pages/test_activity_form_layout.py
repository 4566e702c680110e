"""The form in windows of every size: strip beside or over it, one column at 175 %, messages in sight."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication

from tests.factories import an_activity
from tests.ui.driver import settle
from tests.ui.pages.activity_form_driver import Desk, a_desk, focused
from ui import theme

LARGE = 1.75


@pytest.fixture(autouse=True)
def plain_look(qapp: QApplication):
    yield
    theme.apply(qapp, theme.LIGHT, 1.0)


def in_sight(desk: Desk, name: str) -> bool:
    """Whether the whole row of a field, its message included, is inside the scrolled area."""
    viewport = desk.page.middle.area.viewport()
    row = desk.row(name)
    return viewport.rect().contains(QRect(row.mapTo(viewport, QPoint(0, 0)), row.size()))


@pytest.mark.parametrize(
    ("size", "scale", "layout"),
    [
        ((1238, 640), 1.0, "wide"),
        ((896, 490), 1.0, "middle"),
        ((1214, 640), LARGE, "narrow"),
        ((872, 470), LARGE, "narrow"),
    ],
)
def test_nothing_is_wider_than_the_window(
    qtbot, tmp_path: Path, size: tuple[int, int], scale: float, layout: str
) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(), size=size, scale=scale)
    desk.page.edit(desk.all()[0].uid)
    desk.page.groups.fold.setChecked(True)
    desk.page.groups.accordion.set_all_open(True)
    desk.page.finalise()
    settle()
    assert desk.page._layout == layout and desk.page.width() == size[0]
    body = desk.page.middle.area.widget()
    assert body and body.width() <= desk.page.middle.area.viewport().width()
    for part in (desk.page.header, desk.page.footer):
        assert part.minimumSizeHint().width() <= size[0]


@pytest.mark.parametrize(("size", "scale"), [((1214, 640), LARGE), ((872, 470), LARGE), ((896, 490), 1.0)])
def test_the_field_with_the_keyboard_is_in_sight_with_its_message(
    qtbot, tmp_path: Path, size: tuple[int, int], scale: float
) -> None:
    desk = a_desk(qtbot, tmp_path, size=size, scale=scale)
    desk.page.new()
    desk.page.finalise()
    for _ in range(5):
        desk.press(Qt.Key.Key_F8)
        settle()
        assert in_sight(desk, desk.focus_name()), desk.focus_name()


def test_in_one_column_labels_are_above_and_many_radios_a_combo_box(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, size=(1214, 640), scale=LARGE)
    desk.page.new()
    assert desk.editor("form").widget.is_compact()  # type: ignore[attr-defined]
    row = desk.row("title")
    assert row.label.geometry().bottom() < row.field.geometry().top()
    assert desk.page.groups.fold.isVisible() and not desk.page.groups.accordion.isVisible()
    assert desk.page.footer.save_button.text() == "保存草稿"
    assert desk.page.footer.next_link.text() == "还要改 4 处"


def test_optional_groups_open_behind_one_line(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(), size=(1214, 640), scale=LARGE)
    desk.page.edit(desk.all()[0].uid)
    assert desk.page.groups.fold.summary == "已填 1 组，点开再看"
    desk.page.groups.fold.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.page.groups.accordion.isVisible()
    desk.press(Qt.Key.Key_Tab)
    assert focused() is desk.page.groups.accordion.group("item").header
    desk.press(Qt.Key.Key_Return)
    desk.press(Qt.Key.Key_Tab)
    assert desk.focus_name() == "item"


def test_changing_the_text_size_rearranges_the_open_form(qtbot, tmp_path: Path, qapp: QApplication) -> None:
    desk = a_desk(qtbot, tmp_path, size=(1214, 640))
    desk.page.new()
    desk.page.state.set("form", "F2")
    theme.apply(qapp, theme.LIGHT, LARGE)
    settle()
    assert desk.page._layout == "narrow"
    assert desk.editor("form").widget.value() == "F2"  # type: ignore[attr-defined]
    theme.apply(qapp, theme.LIGHT, 1.0)
    settle()
    assert desk.page._layout == "wide" and not desk.editor("form").widget.is_compact()  # type: ignore[attr-defined]


def test_groups_are_built_when_they_are_opened(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    assert desk.page.groups.sections() == []
    header = desk.page.groups.accordion.group("text").header
    header.setFocus()
    desk.press(Qt.Key.Key_Space)
    assert len(desk.page.groups.sections()) == 1
    other = desk.page.groups.accordion.group("place").header
    desk.click(other)
    assert not header.isChecked() and other.isChecked()
    desk.page.groups.all_link.click()
    assert all(group.is_open() for group in desk.page.groups.accordion.groups())
    assert desk.page.groups.all_link.text() == "全部收起"


def test_a_group_tells_what_is_in_it(qtbot, tmp_path: Path) -> None:
    record = an_activity(item="F3-06", quantity=30, place="职工书屋", mode="offline", start_time="14:30")
    desk = a_desk(qtbot, tmp_path, record)
    desk.page.edit(desk.all()[0].uid)
    group = desk.page.groups.accordion.group
    assert group("item").header.summary == "F3-06 职工书屋 ・ 30 人次"
    assert group("place").header.summary == "主办 ・ 1 场 ・ 线下 ・ 14:30 ・ 职工书屋"
    assert group("text").header.summary == "未填，建议写 60—200 字"
    assert (group("item").header.filled, group("text").header.filled) == (True, False)


def test_f1_goes_to_the_clause_of_the_field_and_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.go("focus")
    strip = desk.page.strip
    assert strip.isVisible()
    text = strip.text()
    assert "突出先进性　大力弘扬劳模精神、劳动精神、工匠精神。" in text
    assert "总工办发〔2025〕7号" in text and "怎么选" in text
    desk.press(Qt.Key.Key_F1)
    assert focused() is strip.reader
    desk.press(Qt.Key.Key_F1)
    assert desk.focus_name() == "focus"


def test_in_a_smaller_window_the_clause_is_a_drawer(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, size=(896, 490))
    desk.page.new()
    desk.go("people_offline")
    assert not desk.page.strip.isVisible() and desk.page.header.clause_button.isVisible()
    desk.press(Qt.Key.Key_F1)
    assert desk.page.strip.isVisible() and "浏览量、播放量不算人次" in desk.page.strip.text()
    desk.press(Qt.Key.Key_Escape)
    assert not desk.page.strip.isVisible() and desk.focus_name() == "people_offline"
    assert desk.closed == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.closed == [True]


def test_the_strip_follows_what_is_chosen(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.go("form")
    desk.page.state.set("form", "F5")
    assert "第四届全民阅读大会职工阅读论坛" in desk.page.strip.text()
    desk.go("item")
    desk.page.state.set("item", "F5-06")
    assert "填送出的福字、春联幅数。" in desk.page.strip.text()


def test_the_whole_notice_can_be_read_in_the_strip(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.page.strip.all_link.click()
    text = desk.page.strip.text()
    for clause in desk.context.notice.clauses.values():
        assert clause.text in text
    desk.page.strip.all_link.click()
    assert desk.page.strip.text().startswith("活动名称")


def test_every_field_of_the_form_has_its_clause(qtbot, tmp_path: Path) -> None:
    from models.fields import ACTIVITY_FIELDS
    from ui.pages.clause_strip import advice_for

    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    for spec in ACTIVITY_FIELDS:
        assert advice_for(spec.name, desk.page.state.values, desk.context.notice).quotes, spec.name
