"""The activity form: a record is typed, mended, finalised, copied and thrown away with the keyboard alone."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from models import activity_repository, history
from models.activity import Role, Stage, Status
from models.fields import ACTIVITY_FIELDS, REQUIRED_LIMIT
from models.recording import delete
from tests.factories import NOW, TODAY, an_activity
from tests.ui.driver import a_window, settle, type_chinese
from tests.ui.pages.activity_form_driver import CTRL, a_desk, fill_required, focused
from ui.pages.activities import ActivitiesPage
from ui.pages.activity_form import ActivityFormPage
from ui.widgets.strips import MessageStrip


def test_a_new_activity_needs_five_answers_and_no_mouse(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    assert desk.focus_name() == "title"
    fill_required(desk)
    desk.press(Qt.Key.Key_Return, CTRL)
    [record] = desk.all()
    assert (record.title, record.start, record.end) == ("听老师傅讲安全", date(2025, 10, 9), None)
    assert (record.form, record.focus, record.people_offline) == ("F1", ("Q1",), 96)
    assert record.finalised and record.leader == "赵芳"
    assert desk.saved == [record.uid]
    assert desk.well == [("“听老师傅讲安全”已定稿", True)]
    assert desk.draft_keys() == []


def test_the_form_asks_for_no_more_than_five_things() -> None:
    assert sum(spec.required for spec in ACTIVITY_FIELDS) == REQUIRED_LIMIT


def test_required_boxes_say_so_to_a_screen_reader(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    for name in ("title", "start", "form", "focus", "people_offline"):
        assert desk.editor(name).widget.accessibleName().endswith("必填"), name
    assert not desk.editor("people_online").widget.accessibleName().endswith("必填")


def test_every_box_has_a_name_and_can_be_reached_with_tab(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.page.groups.accordion.set_all_open(True)
    settle()
    reached = []
    desk.go("title")
    start = focused()
    for _ in range(400):
        desk.press(Qt.Key.Key_Tab)
        if focused() is start:
            break
        assert focused().accessibleName() or focused().text(), focused()  # type: ignore[attr-defined]
        if (name := desk.focus_name()) and name not in reached:
            reached.append(name)
    shown = desk.page.state.visible() - {"title"}
    assert set(reached) == shown
    order = [spec.name for spec in ACTIVITY_FIELDS if spec.name in shown]
    assert reached == order


def test_enter_goes_from_field_to_field_and_past_links(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.new()
    names = []
    for _ in range(7):
        names.append(desk.focus_name())
        desk.press(Qt.Key.Key_Return)
    assert names == ["title", "start", "end", "form", "focus", "people_offline", "people_online"]
    assert focused() is desk.page.groups.accordion.group("item").header


def test_enter_goes_through_a_group_and_on_to_the_next(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    desk.go("leader")
    desk.press(Qt.Key.Key_Return)
    assert focused() is desk.page.groups.accordion.group("more").header
    desk.go("note")
    desk.press(Qt.Key.Key_Return)
    assert focused() is desk.page.footer.save_button


def test_enter_in_a_longer_text_is_a_new_line(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    desk.go("summary")
    desk.chinese("一")
    desk.press(Qt.Key.Key_Return)
    desk.chinese("二")
    assert desk.page.state.value("summary") == "一\n二"


def test_places_used_before_are_completed(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(place="职工培训中心二楼"))
    desk.page.new()
    desk.go("place")
    desk.chinese("培训")
    popup = focused().completer().popup()  # type: ignore[attr-defined]
    assert popup.model().index(0, 0).data() == "职工培训中心二楼"


def test_a_suggestion_fills_the_name(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    assert desk.page.required.suggestions.links == []
    desk.page.state.set("form", "F5")
    settle()
    links = desk.page.required.suggestions.links
    assert [link.text() for link in links] == list(desk.context.notice.form("F5").suggestions)  # type: ignore
    links[1].setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.page.state.value("title") == "职工主题阅读交流会"
    assert desk.focus_name() == "title"


def test_today_and_yesterday_are_one_key_away(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.click_widget(desk.page.required.yesterday)
    assert desk.page.state.value("start") == date(2025, 10, 9)
    desk.click_widget(desk.page.required.today)
    assert desk.page.state.value("start") == TODAY
    assert desk.editor("start").widget.text() == "2025年10月10日"  # type: ignore[attr-defined]


def test_dates_are_typed_as_people_write_them(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.go("start")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.chinese("昨天")
    desk.press(Qt.Key.Key_Tab)
    assert desk.editor("start").widget.text() == "2025年10月9日"  # type: ignore[attr-defined]


def test_saving_a_half_filled_form_never_fails(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("只有名称")
    desk.press(Qt.Key.Key_S, CTRL)
    [record] = desk.all()
    assert activity_repository.get_stage(desk.ledger, record.uid) == Stage.DRAFT
    assert desk.page.header.title.text() == "编辑活动"
    assert desk.page.footer.kept.text() == "已保存"
    assert desk.draft_keys() == []
    assert desk.closed == desk.saved == []


def test_nothing_typed_means_nothing_saved(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_Escape)
    assert desk.all() == [] and desk.draft_keys() == []
    assert desk.closed == [True]


def test_a_day_to_come_makes_it_a_plan_until_the_clerk_says_otherwise(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.go("start")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("12-1")
    assert desk.page.state.value("status") == Status.PLANNED
    desk.page.undo()
    assert desk.page.state.value("status") == Status.DONE
    desk.page.redo()
    desk.page.state.set("status", Status.CANCELLED)
    desk.go("start")
    focused().selectAll()  # type: ignore[attr-defined]
    desk.keys("10-1")
    assert desk.page.state.value("status") == Status.CANCELLED


def test_a_plan_whose_day_has_passed_offers_to_register_the_result(qtbot, tmp_path: Path) -> None:
    plan = an_activity(title="读书会", start=date(2025, 10, 6), status=Status.PLANNED, people_offline=None)
    desk = a_desk(qtbot, tmp_path, plan)
    desk.page.edit(desk.all()[0].uid)
    overdue = desk.page.notes.overdue
    assert overdue and overdue.isVisible()
    overdue.links()[0].click()
    assert desk.page.state.value("status") == Status.DONE
    assert desk.focus_name() == "people_offline"
    assert desk.page.notes.overdue is None
    desk.keys("58")
    desk.press(Qt.Key.Key_Return, CTRL)
    assert desk.all()[0].status == Status.DONE and desk.all()[0].people_offline == 58


def test_undo_takes_back_a_field_at_a_time_and_redo_does_it_again(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("听老师")
    desk.chinese("傅讲")
    desk.press(Qt.Key.Key_Return)
    desk.go("people_offline")
    desk.keys("96")
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.page.state.value("people_offline") is None
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.page.state.value("title") == ""
    assert desk.focus_name() == "title"
    assert not desk.page.header.undo_button.isEnabled()
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.editor("title").widget.text() == "听老师傅讲"  # type: ignore[attr-defined]
    desk.press(Qt.Key.Key_Y, CTRL)
    assert desk.page.state.value("people_offline") == 96


def test_undo_in_the_form_never_reaches_the_ledger(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity(title="别动我"))
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    context = window.context
    context.session_start = 0  # everything in the ledger could be undone from the list
    page.new_activity()
    settle()
    type_chinese(focused(), "新的")
    for _ in range(3):
        qtbot.keyClick(focused(), Qt.Key.Key_Z, CTRL)
    form = page.form()
    assert isinstance(form, ActivityFormPage)
    assert form.state.value("title") == ""
    next_step = history.next_undo(context.ledger)
    assert next_step and "别动我" in next_step.label
    assert (
        activity_repository.page(context.ledger, page.grid.rows.query.__class__(), 0, 9)[0].activity.title == "别动我"
    )
    form.session.leave()


def test_the_list_says_what_was_begun_and_never_saved(qtbot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, an_activity(title="旧的", start=date(2025, 10, 8)))
    page = window.page("activities")
    assert isinstance(page, ActivitiesPage)
    qtbot.keyClick(page.grid, Qt.Key.Key_N, CTRL)
    settle()
    assert page.currentWidget() is page.form()
    type_chinese(focused(), "填到一半")
    qtbot.keyClick(focused(), Qt.Key.Key_Escape)
    settle()
    assert page.currentWidget() is not page.form()
    said = [strip.text() for strip in page.draft_strip.findChildren(MessageStrip) if not strip.isHidden()]
    assert len(said) == 1 and said[0].startswith("“填到一半”还没有保存")


def test_copying_starts_a_new_record_without_its_numbers(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="安全课", place="礼堂"))
    desk.page.edit(desk.all()[0].uid)
    desk.press(Qt.Key.Key_D, CTRL)
    state = desk.page.state
    assert not state.stored and desk.page.header.title.text() == "新建活动"
    assert (state.value("title"), state.value("place")) == ("安全课", "礼堂")
    assert state.value("people_offline") is None and state.value("start") == TODAY
    desk.go("people_offline")
    desk.keys("40")
    desk.press(Qt.Key.Key_S, CTRL)
    assert sorted(record.people_offline or 0 for record in desk.all()) == [40, 76]


def test_ctrl_n_keeps_the_new_record_that_was_begun(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("第一条")
    desk.press(Qt.Key.Key_N, CTRL)
    assert [record.title for record in desk.all()] == ["第一条"]
    assert desk.page.state.value("title") == "" and not desk.page.state.stored
    assert desk.well == [("“第一条”已存为草稿", True)]


def menu_of(desk) -> QMenu:
    menu = QMenu(desk.page)
    desk.page.header.menu_wanted.emit(menu)
    return menu


def entry(menu: QMenu, words: str):
    return next(action for action in menu.actions() if action.text().startswith(words))


def test_the_menu_moves_a_record_to_the_bin_with_what_was_typed(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="不要了"))
    desk.page.edit(desk.all()[0].uid)
    desk.go("place")
    desk.chinese("二楼")
    entry(menu_of(desk), "移到回收站").trigger()
    assert desk.all() == [] and desk.draft_keys() == []
    assert desk.well[-1] == ("“不要了”已移到回收站", True) and desk.closed == [True]
    assert activity_repository.list_deleted(desk.ledger)[0].place == "职工书屋二楼"


def test_a_new_record_cannot_be_moved_to_the_bin(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    menu = menu_of(desk)
    assert not entry(menu, "移到回收站").isEnabled()
    assert not any(action.text() == "退回草稿" for action in menu.actions())


def test_a_finalised_record_is_saved_or_taken_back(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    fill_required(desk)
    desk.press(Qt.Key.Key_Return, CTRL)
    uid = desk.all()[0].uid
    desk.page.edit(uid)
    assert desk.page.footer.save_button.text() == "保存"
    assert desk.page.checks.stage == Stage.FINAL
    desk.go("place")
    desk.chinese("礼堂")
    desk.press(Qt.Key.Key_S, CTRL)
    assert activity_repository.get_stage(desk.ledger, uid) == Stage.FINAL
    entry(menu_of(desk), "退回草稿").trigger()
    assert activity_repository.get_stage(desk.ledger, uid) == Stage.DONE
    assert desk.page.footer.save_button.text() == "保存草稿"


@pytest.mark.parametrize(
    ("field", "value", "appears"),
    [
        ("form", "F9", "form_other"),
        ("carrier", ("skills_contest",), "contest_people"),
        ("carrier", ("other",), "carrier_other"),
        ("role", Role.CO_HOST, "partner_units"),
        ("mode", "online", "online_views"),
        ("people_online", 30, "online_platform"),
        ("ai_use", ("content",), "ai_tool"),
        ("evaluation", ("data",), "satisfaction"),
        ("item", "F3-03", "quantity"),
    ],
)
def test_a_question_appears_only_when_it_makes_sense(qtbot, tmp_path: Path, field: str, value, appears: str) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    assert desk.row(appears).isHidden()
    desk.page.state.set(field, value)
    assert not desk.row(appears).isHidden()
    desk.page.undo()
    assert desk.row(appears).isHidden()


def test_items_follow_the_form_and_units_the_item(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.page.state.set("form", "F1")
    box = desk.editor("item").widget
    assert [box.itemData(place) for place in range(1, 3)] == ["F1-01", "F1-02"]  # type: ignore[attr-defined]
    assert all(box.itemData(place) != "F2-03" for place in range(box.count()))  # type: ignore[attr-defined]
    desk.page.state.set("item", "F1-07")
    section = desk.page.groups.section_with("quantity")
    assert section._quantity_unit.text() == "堂"
    desk.page.state.set("form", "F2")
    assert box.value() is None and desk.row("quantity").isHidden() is False  # type: ignore[attr-defined]


def test_an_answer_made_meaningless_is_kept_while_the_form_is_open_and_not_saved(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    uid = desk.all()[0].uid
    desk.page.edit(uid)
    desk.page.state.set("role", Role.CO_HOST)
    desk.go("partner_units")
    desk.chinese("示例一中")
    desk.page.state.set("role", Role.HOST)
    assert desk.row("partner_units").isHidden()
    desk.page.state.set("role", Role.CO_HOST)
    assert desk.editor("partner_units").widget.text() == "示例一中"  # type: ignore[attr-defined]
    desk.page.state.set("role", Role.HOST)
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.all()[0].partner_units == ""


def test_what_an_import_put_in_against_the_rules_is_shown_and_kept(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(role=Role.HOST, partner_units="示例一中", item="F1-07"))
    uid = desk.all()[0].uid
    desk.page.edit(uid)
    assert not desk.row("partner_units").isHidden()
    desk.go("place")
    desk.chinese("三楼")
    desk.press(Qt.Key.Key_S, CTRL)
    record = desk.all()[0]
    assert (record.partner_units, record.item, record.place) == ("示例一中", "F1-07", "职工书屋三楼")


def test_a_change_made_elsewhere_is_followed_without_losing_typing(qtbot, tmp_path: Path) -> None:
    from models.recording import record as store

    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会"))
    before = desk.all()[0]
    desk.page.edit(before.uid)
    desk.go("place")
    desk.chinese("三楼")
    store(desk.ledger, before.with_values(leader="钱明"), desk.context.clerk())
    desk.context.changed.emit()
    assert desk.page.state.value("leader") == "钱明"
    assert desk.page.state.value("place") == "职工书屋三楼"
    desk.press(Qt.Key.Key_S, CTRL)
    assert (desk.all()[0].leader, desk.all()[0].place) == ("钱明", "职工书屋三楼")


def test_a_record_that_is_gone_is_said_to_be_gone(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.edit("0190-nowhere")
    assert desk.wrong and "不在台账里" in desk.wrong[0]
    assert desk.closed == [True]


def test_a_record_in_the_bin_is_not_opened(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="删掉的"))
    [record] = desk.all()
    delete(desk.ledger, [record], desk.context.clerk())
    desk.page.edit(record.uid)
    assert desk.wrong and "回收站" in desk.wrong[0] and desk.closed == [True]


def test_typing_into_a_record_whose_creation_was_undone_is_not_lost(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="读书会"))
    [before] = desk.all()
    desk.page.edit(before.uid)
    desk.go("place")
    desk.chinese("三楼")
    desk.press(Qt.Key.Key_Escape)
    history.undo(desk.ledger, now=NOW)
    assert desk.all() == []
    desk.page.restore_draft(desk.draft_keys()[0])
    [again] = desk.all()
    assert (again.title, again.place) == ("读书会", "职工书屋三楼")
    assert desk.draft_keys() == [] and desk.page.state.base == again


@pytest.mark.parametrize("field", ["item", "role", "focus", "ai_reviewed", "summary", "title"])
def test_the_keys_work_wherever_the_keyboard_is(qtbot, tmp_path: Path, field: str) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(ai_use=("content",)))
    desk.page.edit(desk.all()[0].uid)
    desk.page.state.set("leader", "钱明")
    desk.go(field)
    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.page.state.value("leader") == "赵芳" or desk.page.state.value("leader") == ""
    desk.press(Qt.Key.Key_Y, CTRL)
    desk.go(field)
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.all()[0].leader == "钱明"


def test_tab_goes_from_the_form_to_the_strip_and_the_bars(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.page.extras.accordion.groups()[-1].header.setFocus()
    been = []
    for _ in range(5):
        desk.press(Qt.Key.Key_Tab)
        been.append(focused())
    page = desk.page
    footer = page.footer
    assert been[:2] == [page.strip.reader, page.strip.all_link]
    assert been[2:] == [footer.next_link, footer.save_button, footer.final_button]


def test_enter_presses_the_button_that_has_the_keyboard(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("读书会")
    desk.page.footer.save_button.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert [record.title for record in desk.all()] == ["读书会"]
    desk.page.header.back_button.setFocus()
    desk.press(Qt.Key.Key_Enter)
    assert desk.closed == [True]


def test_markup_in_a_record_is_shown_as_it_is(qtbot, tmp_path: Path) -> None:
    nasty = "<b>&amp;{}%s\U0001f1e8\U0001f1f3"
    desk = a_desk(qtbot, tmp_path, an_activity(title=nasty, place=nasty))
    desk.page.edit(desk.all()[0].uid)
    assert desk.editor("title").widget.text() == nasty  # type: ignore[attr-defined]
    assert nasty in desk.page.groups.accordion.group("place").header.summary
    assert QApplication.focusWidget() is not None
