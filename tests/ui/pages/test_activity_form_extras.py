"""What hangs on an activity: 作品/报道 and 典型 typed below its answers, kept at once and never lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models import drafts, history
from models.notice import builtin_notice
from models.publicity_recording import EXEMPLAR_KIND, WORK_KIND
from models.publicity_repository import EXEMPLARS, WORKS
from tests.factories import NOW, an_activity
from tests.ui.driver import settle, type_chinese
from tests.ui.pages.activity_form_driver import a_desk, focused
from ui.pages.activity_form_extras import PICTURES, PUBLICITY
from ui.pages.sub_record_form import SubRecordForm


def open_form(desk, which: int = 0) -> SubRecordForm:
    desk.page.extras.open_group(PUBLICITY)
    settle()
    records = desk.page.extras._records[which]
    records.add_link.click()
    assert records.form is not None
    return records.form


def test_a_report_is_added_by_keyboard_and_can_be_undone(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    [activity] = desk.all()
    desk.page.edit(activity.uid)
    form = open_form(desk)
    assert focused() is form.boxes["title"]
    type_chinese(focused(), "书香飘进车间<b>&")
    form.boxes["kind"].set_value("news")
    form.boxes["day"].setText("9-25")  # pyright: ignore[reportAttributeAccessIssue]
    form.boxes["views"].setText("1200")  # pyright: ignore[reportAttributeAccessIssue]
    form.boxes["title"].setFocus()
    desk.press(Qt.Key.Key_Return)
    [work] = WORKS.list_all(desk.context.ledger)
    assert (work.title, work.kind, work.activity_uid, work.views) == ("书香飘进车间<b>&", "news", activity.uid, 1200)
    assert work.day is not None and (work.day.month, work.day.day) == (9, 25)
    assert "1 件作品、报道" in desk.page.extras.accordion.group(PUBLICITY).header.summary
    history.undo(desk.context.ledger, now=NOW)
    desk.context.changed.emit()
    assert WORKS.list_all(desk.context.ledger) == []
    assert desk.page.extras._records[0].records() == []


def test_a_new_activity_is_saved_before_something_hangs_on_it(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path)
    desk.page.new()
    desk.chinese("劳模宣讲")
    form = open_form(desk, 1)
    type_chinese(focused(), "王建国")
    form.boxes["kind"].set_value(EXEMPLAR_KIND.options(builtin_notice(), "kind")[0][0])
    form.commit()
    [activity] = desk.all()
    [exemplar] = EXEMPLARS.list_all(desk.context.ledger)
    assert (activity.title, exemplar.name, exemplar.activity_uid) == ("劳模宣讲", "王建国", activity.uid)


def test_what_cannot_be_read_is_said_and_stays(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    form = open_form(desk)
    form.boxes["day"].setText("后天的大后天")  # pyright: ignore[reportAttributeAccessIssue]
    assert form.commit() is False
    assert "日期" in form._problem.text()
    assert WORKS.list_all(desk.context.ledger) == []
    assert form.texts()["day"] == "后天的大后天"
    form.left.emit()


@pytest.mark.parametrize("leaving", ["another record", "closing the page"])
def test_a_half_typed_report_comes_back(qtbot, tmp_path: Path, leaving: str) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(), an_activity(title="道德讲堂"))
    one, other = desk.all()
    desk.page.edit(one.uid)
    open_form(desk)
    type_chinese(focused(), "写到一半的标题")
    if leaving == "another record":
        desk.page.edit(other.uid)
        assert desk.page.extras._records[0].form is None
    else:
        assert desk.page.keep_unsaved()
    assert [draft.kind for draft in drafts.list_drafts(desk.context.ledger)] == ["sub_record"]
    desk.page.edit(other.uid)
    desk.page.edit(one.uid)
    form = desk.page.extras._records[0].form
    assert form is not None
    assert form.texts()["title"] == "写到一半的标题"
    form.commit()
    assert [work.title for work in WORKS.list_all(desk.context.ledger)] == ["写到一半的标题"]
    assert drafts.list_drafts(desk.context.ledger) == []


def test_escape_puts_the_small_form_away_and_not_the_page(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    open_form(desk)
    desk.press(Qt.Key.Key_Escape)
    assert desk.page.extras._records[0].form is None
    assert desk.closed == []
    desk.press(Qt.Key.Key_Escape)
    assert desk.closed == [True]


def test_changing_and_removing_are_one_step_each(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    type_chinese(open_form(desk).boxes["title"], "初稿")
    records = desk.page.extras._records[0]
    assert records.form and records.form.commit()
    [work] = records.records()
    assert WORK_KIND.lacking(work) == ["类别"], "kept all the same, and said on its line"
    records.open_form(work)
    assert records.form
    records.form.boxes["title"].setText("定稿")  # pyright: ignore[reportAttributeAccessIssue]
    records.form.commit()
    assert [each.title for each in records.records()] == ["定稿"]
    records._delete(records.records()[0])
    assert records.records() == []
    steps = [history.undo(desk.context.ledger, now=NOW) for _ in range(2)]
    assert [step.label for step in steps if step] == ["删除作品或报道“定稿”", "修改作品或报道“定稿”"]
    assert [each.title for each in records.records()] == ["初稿"]


def test_photos_open_below_the_answers(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity())
    desk.page.edit(desk.all()[0].uid)
    assert "不要求传照片" in desk.page.extras.accordion.group(PICTURES).header.summary
    desk.page.extras.open_group(PICTURES)
    settle()
    assert desk.page.extras._photos is not None and desk.page.extras._photos.isVisible()


def test_a_change_to_one_repetition_can_be_carried_to_the_others(qtbot, tmp_path: Path) -> None:
    from datetime import date

    planned = [
        an_activity(title="工间操", start=date(2025, 10, day), status="planned", people_offline=None, series="s1")
        for day in (17, 24, 31)
    ]
    desk = a_desk(qtbot, tmp_path, *planned)
    middle = next(each for each in desk.all() if each.start == date(2025, 10, 24))
    desk.page.edit(middle.uid)
    desk.page.state.set("place", "厂区广场")
    desk.page.save()
    assert [each.place for each in desk.all()] == ["职工书屋", "厂区广场", "职工书屋"]
    strip = desk.page.notes.series
    assert strip is not None
    next(link for link in strip.links() if link.text() == "以后各次也改").click()
    assert {each.start.day: each.place for each in desk.all() if each.start} == {
        17: "职工书屋",
        24: "厂区广场",
        31: "厂区广场",
    }
    assert desk.page.notes.series is None
