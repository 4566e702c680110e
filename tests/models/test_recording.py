"""Saving a record: defaults, numbers, states, 定稿, 撤销 and 回收站, as a clerk relies on them."""

from datetime import date, datetime
from pathlib import Path

import pytest

from models import activity_repository, history
from models.activity import Activity, Role, Stage, Status
from models.activity_query import ActivityQuery
from models.errors import UserError
from models.recording import copy_as_new, delete, new_activity, record, record_many, suggested_status
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity


def found(ledger, **filters) -> list[str]:
    return [row.activity.title for row in activity_repository.page(ledger, ActivityQuery(**filters), 0, 100)]


def test_every_field_comes_back_as_it_was_typed(tmp_path: Path) -> None:
    typed = an_activity(
        title="㮾𬭚𫖯喆堃 <b>&=1+1 🎉",
        end=date(2025, 9, 26),
        focus=("Q1", "Q3"),
        carrier=("C1",),
        summary="长" * 2000,
        cost=123_456,
        satisfaction=97,
        ai_reviewed=True,
        start_time="08:30",
        role=Role.CO_HOST,
        partner_units="一家、二家",
    )
    with a_ledger(tmp_path) as ledger:
        saved = record(ledger, typed, a_clerk())
        again = activity_repository.get_activity(ledger, saved.uid)
    assert again == saved
    kept = ("uid", "number", "revision", "created_at", "modified_at", "modified_by", "notice_id", "form_version")
    assert saved.with_values(**{name: getattr(typed, name) for name in kept}) == typed


def test_records_are_numbered_by_the_year_they_took_place_in(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        numbers = [
            record(ledger, an_activity(start=day), a_clerk()).number
            for day in (date(2025, 1, 2), date(2025, 3, 4), date(2024, 5, 6))
        ]
    assert numbers == ["HD-2025-0001", "HD-2025-0002", "HD-2024-0001"]


def test_a_half_filled_record_can_be_saved_and_is_a_draft(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        saved = record(ledger, Activity(title="只有名称"), a_clerk())
        assert activity_repository.get_stage(ledger, saved.uid) == Stage.DRAFT
        with pytest.raises(UserError, match="不能定稿"):
            record(ledger, saved, a_clerk(), finalise=True)
        assert activity_repository.get_stage(ledger, saved.uid) == Stage.DRAFT


@pytest.mark.parametrize(
    ("values", "stage"),
    [
        ({}, Stage.DONE),
        ({"people_offline": None}, Stage.DRAFT),
        ({"status": Status.PLANNED, "start": date(2025, 12, 1), "people_offline": None}, Stage.PLANNED),
        ({"status": Status.CANCELLED, "people_offline": None}, Stage.CANCELLED),
    ],
)
def test_the_chip_shows_the_furthest_state(tmp_path: Path, values: dict, stage: str) -> None:
    with a_ledger(tmp_path) as ledger:
        saved = record(ledger, an_activity(**values), a_clerk())
        assert activity_repository.get_stage(ledger, saved.uid) == stage


def test_a_final_record_that_loses_a_required_answer_is_a_draft_again(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        final = record(ledger, an_activity(), a_clerk(), finalise=True)
        assert activity_repository.get_stage(ledger, final.uid) == Stage.FINAL
        changed = record(ledger, final.with_values(people_offline=None), a_clerk())
        assert not changed.finalised
        assert activity_repository.get_stage(ledger, final.uid) == Stage.DRAFT


def test_a_new_record_starts_from_what_was_used_last(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(form="F5", focus=("Q2", "Q3"))) as ledger:
        fresh = new_activity(ledger, a_clerk())
    assert (fresh.start, fresh.form, fresh.focus, fresh.leader) == (TODAY, "F5", ("Q2", "Q3"), "赵芳")


def test_a_copy_takes_over_the_description_and_no_numbers_of_people(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        original = record(ledger, an_activity(summary="照旧", people_online=5, quantity=3), a_clerk(), finalise=True)
    copy = copy_as_new(original, TODAY)
    assert (copy.title, copy.summary, copy.start) == (original.title, "照旧", TODAY)
    assert (copy.people_offline, copy.people_online, copy.quantity, copy.uid, copy.number, copy.finalised) == (
        None,
        None,
        None,
        "",
        "",
        False,
    )


def test_the_status_follows_the_day() -> None:
    assert suggested_status(date(2025, 10, 11), TODAY) == Status.PLANNED
    assert suggested_status(TODAY, TODAY) == Status.DONE


class TestUndo:
    def test_a_change_is_taken_back_and_done_again_by_name(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            saved = record(ledger, an_activity(title="读书会"), a_clerk())
            record(ledger, saved.with_values(start=date(2025, 9, 20)), a_clerk())
            undone = history.undo(ledger, now=NOW)
            assert undone and undone.label == "修改活动“读书会”的活动日期"
            assert activity_repository.get_activity(ledger, saved.uid).start == saved.start  # pyright: ignore
            assert history.redo(ledger, now=NOW) == undone
            assert activity_repository.get_activity(ledger, saved.uid).start == date(2025, 9, 20)  # pyright: ignore

    def test_several_steps_go_back_one_by_one_down_to_the_start(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            start = ledger.last_change()
            for title in ("一", "二", "三"):
                record(ledger, an_activity(title=title * 2), a_clerk())
            labels = []
            while step := history.undo(ledger, now=NOW, since=start):
                labels.append(step.label)
            assert labels == [f"新建活动“{title * 2}”" for title in "三二一"]
            assert found(ledger) == []
            while history.redo(ledger, now=NOW, since=start):
                pass
            assert sorted(found(ledger)) == ["一一", "三三", "二二"]

    def test_something_new_ends_what_could_be_redone(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            record(ledger, an_activity(title="第一"), a_clerk())
            history.undo(ledger, now=NOW)
            record(ledger, an_activity(title="第二"), a_clerk())
            assert history.next_redo(ledger) is None
            assert found(ledger) == ["第二"]

    def test_search_follows(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            saved = record(ledger, an_activity(title="旧名字"), a_clerk())
            record(ledger, saved.with_values(title="新名字"), a_clerk())
            assert (found(ledger, text="旧名"), found(ledger, text="新名")) == ([], ["新名字"])
            history.undo(ledger, now=NOW)
            assert (found(ledger, text="旧名"), found(ledger, text="新名")) == (["旧名字"], [])

    def test_many_records_saved_at_once_are_one_step(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            record_many(ledger, [an_activity(title=f"第{n}期") for n in range(5)], a_clerk(), "粘贴 5 条活动")
            step = history.undo(ledger, now=NOW)
            assert step and step.label == "粘贴 5 条活动"
            assert found(ledger) == []

    def test_every_change_stays_in_the_log(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            saved = record(ledger, an_activity(people_offline=10), a_clerk())
            record(ledger, saved.with_values(people_offline=20), a_clerk(datetime(2025, 10, 10, 9, 5)))
            history.undo(ledger, now=NOW)
            changes = history.changes_of(ledger, saved.uid)
        assert [change.new and change.new["people_offline"] for change in changes] == [10, 20, 10]
        assert [change.person for change in changes[1:]] == ["赵芳", "赵芳"]
        assert changes[1].old and changes[1].old["people_offline"] == 10


class TestTrash:
    def test_a_deleted_record_is_in_no_list_and_comes_back(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(title="留下的")) as ledger:
            gone = record(ledger, an_activity(title="删掉的"), a_clerk())
            assert delete(ledger, [gone], a_clerk()) == "“删掉的”已移到回收站"
            assert (found(ledger), found(ledger, text="删掉")) == (["留下的"], [])
            assert [each.title for each in activity_repository.list_deleted(ledger)] == ["删掉的"]
            with ledger.transaction("恢复", at=NOW):
                activity_repository.restore_activities(ledger, [gone.uid])
            assert found(ledger, text="删掉") == ["删掉的"]

    def test_deleting_can_be_undone(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            gone = record(ledger, an_activity(title="误删"), a_clerk())
            delete(ledger, [gone], a_clerk())
            history.undo(ledger, now=NOW)
            assert found(ledger, text="误删") == ["误删"]
