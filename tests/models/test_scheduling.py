"""Moving an activity by drag or by 改期, and cancelling it; each one step of 撤销."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import history
from models.activity import Activity, Stage, Status
from models.activity_repository import get_activity, get_stage
from models.errors import UserError
from models.ledger import Ledger
from models.recording import record
from models.scheduling import cancel, confirmation, needs_confirmation, reschedule, resume
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity


def a_plan(ledger: Ledger, **values: Any) -> Activity:
    usual: dict[str, Any] = {
        "title": "工匠进车间面对面",
        "start": date(2025, 10, 16),
        "status": Status.PLANNED,
        "people_offline": None,
    }
    return record(ledger, an_activity(**(usual | values)), a_clerk())


def test_dragging_a_plan_to_the_next_day(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan = a_plan(ledger, end=date(2025, 10, 18), start_time="14:00")
        moved = reschedule(ledger, plan, date(2025, 10, 17), a_clerk())
        assert (moved.start, moved.end, moved.start_time) == (date(2025, 10, 17), date(2025, 10, 19), "14:00")
        step = history.next_undo(ledger)
        assert step and step.label == "把活动“工匠进车间面对面”改到10月17日"
        history.undo(ledger, now=NOW)
        back = get_activity(ledger, plan.uid)
        assert back and (back.start, back.end) == (date(2025, 10, 16), date(2025, 10, 18))


def test_dropping_it_where_it_was_does_nothing(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan = a_plan(ledger)
        before = ledger.last_change()
        assert reschedule(ledger, plan, date(2025, 10, 16), a_clerk()) is plan
        assert ledger.last_change() == before


def test_a_plan_moved_to_a_past_day_stays_a_plan(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        moved = reschedule(ledger, a_plan(ledger), date(2025, 10, 1), a_clerk())
        assert get_stage(ledger, moved.uid) == Stage.PLANNED


def test_what_took_place_is_asked_about_first(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        done = record(ledger, an_activity(), a_clerk(), finalise=True)
        assert needs_confirmation(done)
        assert confirmation(done, date(2025, 9, 25), TODAY) == (
            "活动“职工书屋读书分享会”已经定稿，改到9月25日会影响统计。要改吗？"
        )
        assert "这一天还没有到" in confirmation(done, date(2026, 1, 5), TODAY)
        assert not needs_confirmation(a_plan(ledger))
        assert confirmation(a_plan(ledger), TODAY, TODAY) == ""


def test_an_undated_record_gets_its_day(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        moved = reschedule(ledger, record(ledger, an_activity(start=None), a_clerk()), date(2026, 1, 5), a_clerk())
        assert (moved.start, moved.end) == (date(2026, 1, 5), None)


@pytest.mark.parametrize("day", [date(1989, 12, 31), date(2100, 12, 31), date.max])
def test_days_out_of_all_bounds_are_refused(tmp_path: Path, day: date) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError, match="1990 年到 2100 年"):
        reschedule(ledger, a_plan(ledger, end=date(2025, 10, 20)), day, a_clerk())


def test_cancelling_and_taking_that_back(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        plan = a_plan(ledger)
        cancelled = cancel(ledger, plan, a_clerk())
        assert get_stage(ledger, plan.uid) == Stage.CANCELLED
        step = history.next_undo(ledger)
        assert step and step.label == "取消活动“工匠进车间面对面”"
        assert cancel(ledger, cancelled, a_clerk()) is cancelled
        assert resume(ledger, cancelled, a_clerk()).status == Status.PLANNED
        history.undo(ledger, now=NOW)
        history.undo(ledger, now=NOW)
        assert get_stage(ledger, plan.uid) == Stage.PLANNED
