"""Forms, messages under fields, and the optional groups."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.widgets.conftest import Show
from tests.ui.widgets.hands import press
from ui import theme
from ui.widgets.accordion import Accordion
from ui.widgets.choices import RadioGroup, TickGroup
from ui.widgets.edits import CounterLineEdit, Edit
from ui.widgets.form import FieldForm, Inline
from ui.widgets.labels import TextLabel
from ui.widgets.number_edit import NumberEdit
from ui.widgets.strips import MessageStrip
from ui.widgets.text_edit import CounterTextEdit

FORMS = [(str(index), f"形式{index}") for index in range(6)]


class ActivityForm(FieldForm):
    """Four fields as the activity form has them."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.focus_ticks = CounterLineEdit(60), TickGroup([("a", "突出政治性"), ("b", "突出先进性")])
        self.offline, self.online = NumberEdit(), NumberEdit()
        people = Inline(
            [TextLabel("线下"), self.offline, TextLabel("人次", "hint")],
            [TextLabel("线上"), self.online, TextLabel("人次", "hint")],
        )
        self.add("name", "活动名称", self.name, required=True)
        self.add("focus", "宣传教育重点", self.focus_ticks, required=True)
        self.add("people", "参加人次", people, required=True)
        self.add("brief", "简述", CounterTextEdit(200), hint="写清做法。")


def test_required_fields_say_so_to_a_screen_reader_too(show: Show) -> None:
    form = ActivityForm()
    show(form)
    assert form.name.accessibleName() == "活动名称，必填"
    assert form.row("name").label.accessibleName() == "活动名称，必填"
    assert form.row("brief").field.accessibleName() == "简述"
    assert form.row("brief").field.accessibleDescription() == "写清做法。"


def test_labels_share_a_column_as_wide_as_the_longest(show: Show) -> None:
    form = ActivityForm()
    show(form)
    assert len({each.field.mapTo(form, each.field.rect().topLeft()).x() for each in form.rows()}) == 1
    assert form.row("focus").label.width() >= form.row("focus").label.sizeHint().width()


def test_in_a_narrow_window_labels_stand_above_their_fields(show: Show) -> None:
    form = ActivityForm()
    forms = RadioGroup(FORMS)
    form.add("form", "活动形式", forms, required=True)
    show(form)
    form.set_compact(True)
    QApplication.processEvents()
    for each in form.rows():
        assert each.label.geometry().bottom() <= each.field.geometry().top()
    assert forms.is_compact()
    form.set_compact(False)
    QApplication.processEvents()
    assert form.row("name").label.geometry().right() < form.name.geometry().left()
    assert not forms.is_compact()


def test_enter_goes_to_the_next_field_but_makes_a_line_in_a_text(qtbot: QtBot, show: Show) -> None:
    form = ActivityForm()
    show(form)
    form.name.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert form.current_row() is form.row("focus")
    form.offline.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert form.online.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    brief = form.row("brief").field
    assert isinstance(brief, CounterTextEdit)
    assert brief.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert brief.value() == "\n"


def test_the_page_hears_which_field_was_entered_and_which_was_left(show: Show) -> None:
    form = ActivityForm()
    outside = Edit()
    show(form, outside)
    outside.setFocus()
    heard: list[tuple[str, str]] = []
    form.row_entered.connect(lambda row: heard.append(("entered", row.name)))
    form.row_left.connect(lambda row: heard.append(("left", row.name)))
    form.offline.setFocus()
    form.online.setFocus()  # the same row
    outside.setFocus()
    assert heard == [("entered", "people"), ("left", "people")]
    assert form.current_row() is None


def test_an_error_stands_under_its_field_and_goes_again(qtbot: QtBot, show: Show) -> None:
    form = ActivityForm()
    show(form)
    row = form.row("focus")
    plain = row.height()
    row.set_problem("error", "宣传教育重点一项都没有选。")
    QApplication.processEvents()
    strip = row.strip()
    assert strip is not None
    assert strip.isVisible()
    assert strip.mapTo(row, strip.rect().topLeft()).y() >= row.field.geometry().bottom()
    assert row.field.property("state") == "error"
    row.set_problem("")
    assert (row.strip(), row.problem()) == (None, ("", ""))
    qtbot.waitUntil(lambda: row.height() == plain)
    assert row.field.property("state") == ""


def test_a_warning_offers_its_ways_out_as_links(qtbot: QtBot, show: Show) -> None:
    form = ActivityForm()
    show(form)
    row = form.row("people")
    form.offline.set_value(1260)
    row.set_problem(
        "warn",
        "上次同类活动线下 96 人次，这次是它的 13 倍，是否多输了一个 0？",
        [("改为 126", lambda: form.offline.set_value(126)), ("数字无误，写说明", lambda: None)],
        field=form.offline,
    )
    assert (form.offline.property("state"), form.online.property("state")) == ("warn", None)
    strip = row.strip()
    assert strip is not None
    first, second = strip.links()
    QApplication.processEvents()
    form.online.setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert first.hasFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert second.hasFocus()
    first.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert form.offline.value() == 126


def test_the_next_problem_is_found_round_the_form(show: Show) -> None:
    form = ActivityForm()
    show(form)
    assert not form.focus_next_problem()
    form.row("focus").set_problem("error", "没有选。")
    form.row("people").set_problem("error", "没有填。", field=form.online)
    assert [each.name for each in form.problem_rows("error")] == ["focus", "people"]
    form.focus_next_problem()
    assert form.current_row() is form.row("focus")
    form.focus_next_problem()
    assert form.online.hasFocus()
    form.focus_next_problem()
    assert form.current_row() is form.row("focus")


def test_the_focused_field_is_scrolled_into_view_with_its_message(show: Show) -> None:
    form, area = FieldForm(), QScrollArea()
    for index in range(30):
        form.add(str(index), f"字段{index}", Edit())
    area.setWidget(form)
    area.setWidgetResizable(True)
    show(area)
    last = form.row("29")
    last.set_problem("error", "没有填。")
    QApplication.processEvents()
    last.focus_field()
    strip = last.strip()
    assert strip is not None
    bottom = strip.mapTo(area.viewport(), strip.rect().bottomLeft()).y()
    assert 0 < bottom <= area.viewport().height()


def test_a_second_field_of_the_same_name_is_a_mistake_of_the_program() -> None:
    form = FieldForm()
    form.add("name", "名称", Edit())
    with pytest.raises(ValueError, match="name"):
        form.add("name", "名称", Edit())


def test_the_form_follows_the_text_size(qapp: QApplication, show: Show) -> None:
    form = ActivityForm()
    show(form)
    before = form.row("name").label.width(), form.name.height()
    theme.apply(qapp, theme.LIGHT, 1.75)
    qapp.processEvents()
    assert form.row("name").label.width() > before[0] * 1.5
    assert form.name.height() > before[1] * 1.5


def test_a_message_wraps_and_puts_its_links_below_when_it_is_narrow(show: Show) -> None:
    strip = MessageStrip("warn", "线下满 200 人次，“安全措施”没有填，报送前请补上。", [("去填写", lambda: None)])
    show(strip, width=900)
    wide = strip.height()
    show(strip, width=260)
    link = strip.links()[0]
    assert strip.height() > wide
    assert link.geometry().bottom() <= strip.height()
    assert link.geometry().right() <= strip.width()


def test_a_message_can_change_its_mind(show: Show) -> None:
    strip = MessageStrip("warn", "原来的话", [("去填写", lambda: None)])
    show(strip)
    strip.set_message("ok", "已经填好")
    assert (strip.text(), strip.links(), strip.accessibleName()) == ("已经填好", [], "完成：已经填好")


class Groups(Accordion):
    """Three optional groups; `built` counts what was really made."""

    def __init__(self) -> None:
        super().__init__()
        self.built: list[str] = []
        for name, summary in (("时间地点", "职工培训中心"), ("简述", ""), ("照片", "")):
            self.add(name, name, lambda name=name: self.make(name), summary, filled=bool(summary))

    def make(self, name: str) -> QWidget:
        self.built.append(name)
        return Edit()


def test_a_group_says_what_is_in_it_without_being_opened(show: Show) -> None:
    groups = Groups()
    show(groups)
    assert groups.group("时间地点").header.accessibleName() == "时间地点，职工培训中心，已收起"
    assert groups.group("简述").header.accessibleName() == "简述，未填，已收起"
    groups.group("简述").set_summary("86 字", filled=True)
    assert groups.group("简述").header.accessibleName() == "简述，86 字，已收起"
    assert groups.built == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_enter_or_space_opens_a_group_and_closes_the_others(qtbot: QtBot, show: Show, key: Qt.Key) -> None:
    groups = Groups()
    show(groups)
    first, second = groups.group("时间地点"), groups.group("简述")
    first.header.setFocus()
    press(qtbot, key)
    assert first.is_open()
    assert first.content().isVisible()
    second.header.setFocus()
    press(qtbot, key)
    assert (first.is_open(), second.is_open()) == (False, True)
    assert not first.content().isVisible()
    press(qtbot, key)
    assert not second.is_open()
    assert groups.built == ["时间地点", "简述"]


def test_a_group_is_built_once_and_keeps_what_was_typed(show: Show) -> None:
    groups = Groups()
    show(groups)
    group = groups.group("照片")
    group.set_open(True)
    content = group.content()
    assert isinstance(content, Edit)
    content.setText("写了一半")
    group.set_open(False)
    group.set_open(True)
    assert groups.built == ["照片"]
    assert content.text() == "写了一半"


def test_tab_goes_from_a_group_into_it_and_on_to_the_next(qtbot: QtBot, show: Show) -> None:
    groups, after = Groups(), Edit()
    show(groups, after)
    first = groups.group("时间地点")
    first.set_open(True)
    first.header.setFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert first.content().hasFocus()
    press(qtbot, Qt.Key.Key_Tab)
    assert groups.group("简述").header.hasFocus()


def test_all_groups_can_be_opened_at_once(show: Show) -> None:
    groups = Groups()
    show(groups)
    groups.set_all_open(True)
    assert all(group.is_open() for group in groups.groups())
    groups.set_all_open(False)
    assert not any(group.is_open() for group in groups.groups())
