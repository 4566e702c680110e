"""The yearly plan: its lines, making one an activity in one click, and 计划 → 已完成."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from models import history
from models.activity import Stage, Status
from models.activity_repository import get_stage
from models.calendar_query import entries_of
from models.errors import UserError
from models.plan_item import MEETING, PlanItem
from models.plan_repository import PLAN_ITEMS
from models.planning import (
    PLAN_STATE_LABELS,
    PlanState,
    cancel_item,
    complete,
    delete_items,
    plan_of_year,
    save_item,
    state_of,
    to_activity,
)
from models.recording import delete, record
from models.scheduling import cancel
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity


def a_plan(**values: Any) -> PlanItem:
    usual: dict[str, Any] = {"title": "劳模工匠大讲堂", "month": "2025-11", "form": "F1", "leader": "李敏"}
    return PlanItem(**(usual | values))


def test_a_line_of_the_plan_is_saved_changed_and_deleted(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        item = save_item(ledger, a_plan(title="  劳模工匠\n大讲堂 "), a_clerk())
        assert item.title == "劳模工匠 大讲堂"
        save_item(ledger, a_plan(uid=item.uid, day=date(2025, 12, 5)), a_clerk())
        (row,) = plan_of_year(ledger, 2025, TODAY)
        assert (row.item.month, row.state) == ("2025-12", PlanState.PENDING)  # the day decides the month
        step = history.next_undo(ledger)
        assert step and step.label == "修改计划“劳模工匠大讲堂”"
        assert delete_items(ledger, [row.item], a_clerk()) == "计划“劳模工匠大讲堂”已移到回收站"
        assert plan_of_year(ledger, 2025, TODAY) == []
        history.undo(ledger, now=NOW)
        assert len(plan_of_year(ledger, 2025, TODAY)) == 1


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (a_plan(title=" "), "请填写计划内容"),
        (a_plan(month=""), "请填写计划月份"),
        (a_plan(month="2025-13"), "请填写计划月份"),
        (PlanItem(MEETING, topic="研究宣教工作"), "请填写研究部署的日期"),
        (PlanItem(MEETING, day=TODAY), "请填写议题"),
    ],
)
def test_what_a_line_cannot_do_without(tmp_path: Path, item: PlanItem, said: str) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError, match=said):
        save_item(ledger, item, a_clerk())


def test_a_plan_becomes_an_activity_in_one_click(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        item = save_item(ledger, a_plan(), a_clerk())
        activity = to_activity(ledger, item, a_clerk())
        assert (activity.title, activity.form, activity.leader) == ("劳模工匠大讲堂", "F1", "李敏")
        assert activity.start == date(2025, 11, 3)  # the first is a Saturday
        assert get_stage(ledger, activity.uid) == Stage.PLANNED
        (row,) = plan_of_year(ledger, 2025, TODAY)
        assert row.activity and row.activity.uid == activity.uid
        with pytest.raises(UserError, match="已经有对应的活动"):
            to_activity(ledger, row.item, a_clerk())
        history.undo(ledger, now=NOW)  # the activity and the link, in one step
        (row,) = plan_of_year(ledger, 2025, TODAY)
        assert row.activity is None and row.item.activity_uid == ""


def test_an_activity_that_was_deleted_can_be_made_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        first = to_activity(ledger, save_item(ledger, a_plan(), a_clerk()), a_clerk())
        delete(ledger, [first], a_clerk())
        (row,) = plan_of_year(ledger, 2025, TODAY)
        assert row.activity is None
        assert to_activity(ledger, row.item, a_clerk()).uid != first.uid


@pytest.mark.parametrize(
    ("item", "day", "expected"),
    [
        (a_plan(month="2025-10"), None, TODAY),  # this month: from today on; 10-10 is a working Friday
        (a_plan(month="2025-09"), None, date(2025, 9, 30)),  # over: its last working day
        (a_plan(day=date(2025, 11, 20)), None, date(2025, 11, 20)),
        (a_plan(day=date(2025, 11, 20)), date(2025, 11, 21), date(2025, 11, 21)),
    ],
)
def test_which_day_it_gets(tmp_path: Path, item: PlanItem, day: date | None, expected: date) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = to_activity(ledger, save_item(ledger, item, a_clerk()), a_clerk(), day)
        assert (activity.start, activity.status) == (expected, Status.PLANNED)


def test_cancelled_lines_and_meetings_become_no_activity(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        item = cancel_item(ledger, save_item(ledger, a_plan(), a_clerk()), a_clerk())
        with pytest.raises(UserError, match="已经取消"):
            to_activity(ledger, item, a_clerk())
        to_activity(ledger, cancel_item(ledger, item, a_clerk(), cancelled=False), a_clerk())
        meeting = save_item(ledger, PlanItem(MEETING, day=TODAY, topic="研究宣教工作"), a_clerk())
        with pytest.raises(UserError, match="研究部署不能转成活动"):
            to_activity(ledger, meeting, a_clerk())


def test_the_focus_used_last_is_taken_over_for_the_same_form_only(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(form="F1", focus=("Q1",))) as ledger:
        assert to_activity(ledger, save_item(ledger, a_plan(), a_clerk()), a_clerk()).focus == ("Q1",)
        other = save_item(ledger, a_plan(form="F5", title="工间操"), a_clerk())
        assert to_activity(ledger, other, a_clerk()).focus == ()


def test_from_planned_to_done_with_the_figures_asked(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan = record(ledger, an_activity(status=Status.PLANNED, people_offline=None), a_clerk())
        done = complete(ledger, plan, a_clerk(), people_offline=120, people_online=0)
        assert (done.status, done.people_offline, done.people_online, done.finalised) == (Status.DONE, 120, 0, False)
        assert get_stage(ledger, plan.uid) == Stage.DONE
        step = history.next_undo(ledger)
        assert step and step.label == "登记活动“职工书屋读书分享会”的结果"
        history.undo(ledger, now=NOW)
        assert get_stage(ledger, plan.uid) == Stage.PLANNED
        complete(ledger, plan, a_clerk())  # the figures are not known yet: saved all the same
        assert get_stage(ledger, plan.uid) == Stage.DRAFT


def test_what_is_still_to_come_is_not_done(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan = record(ledger, an_activity(start=TODAY, end=date(2025, 10, 12), status=Status.PLANNED), a_clerk())
        with pytest.raises(UserError, match="到10月12日才结束"):
            complete(ledger, plan, a_clerk(), people_offline=5)
        with pytest.raises(UserError, match="线上参与人次应在 0 到 1000000 之间"):
            complete(ledger, plan, a_clerk(datetime(2025, 10, 13, 8)), people_online=1_000_001)
        assert complete(ledger, plan, a_clerk(datetime(2025, 10, 12, 8)), people_offline=5).status == Status.DONE


def test_how_far_each_line_is(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        clerk = a_clerk()

        def made(title: str, month: str, **values: Any) -> PlanItem:
            return save_item(ledger, a_plan(title=title, month=month, **values), clerk)

        complete(ledger, to_activity(ledger, made("办完", "2025-09"), clerk), clerk, people_offline=9)
        to_activity(ledger, made("误了", "2025-08"), clerk)
        to_activity(ledger, made("将办", "2025-12"), clerk)
        cancel(ledger, to_activity(ledger, made("不办", "2025-12"), clerk), clerk)
        made("没动", "2025-09")
        made("本月", "2025-10")
        cancel_item(ledger, made("取消", "2025-09"), clerk)
        made("有日子", "2025-10", day=date(2025, 10, 9))
        made("明年", "2026-01")
        rows = {row.item.title: PLAN_STATE_LABELS[row.state] for row in plan_of_year(ledger, 2025, TODAY)}
    assert rows == {
        "误了": "已过期",
        "没动": "已过期",
        "办完": "已完成",
        "取消": "取消",
        "本月": "未到期",
        "有日子": "已过期",
        "将办": "未到期",
        "不办": "取消",
    }


def test_a_meeting_is_done_on_its_day(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for day in (9, 10, 11):
            save_item(ledger, PlanItem(MEETING, day=date(2025, 10, day), topic="研究宣教工作"), a_clerk())
        rows = plan_of_year(ledger, 2025, TODAY, kind=MEETING)
        assert [row.state for row in rows] == [PlanState.DONE, PlanState.DONE, PlanState.PENDING]
        assert plan_of_year(ledger, 2025, TODAY) == []
        assert len(PLAN_ITEMS.list_all(ledger)) == 3
        assert state_of(rows[0].item, entries_of(ledger, []), TODAY) == PlanState.DONE
