"""批量修改: what the preview promises is what is written, in one step."""

from pathlib import Path

import pytest

from models import bulk, history
from models.activity_list_repository import each
from models.activity_query import ActivityQuery
from models.activity_repository import get_activity
from models.bulk import BulkChange, Doing
from models.errors import UserError
from models.fields import ACTIVITY_FIELDS
from models.recording import record
from tests.factories import NOW, a_clerk, a_ledger, an_activity


def test_one_answer_for_many_is_one_step(tmp_path: Path) -> None:
    made = [an_activity(title=f"第{number}场", leader="赵芳" if number == 2 else "") for number in range(4)]
    with a_ledger(tmp_path, *made) as ledger:
        change = BulkChange("leader", Doing.SET, "赵芳")
        lines = bulk.preview(list(each(ledger, ActivityQuery())), change, a_clerk())
        assert [(line.old, line.new, line.note) for line in lines if line.after is None] == [
            ("赵芳", "赵芳", "已经是这样")
        ]
        assert bulk.apply(ledger, lines, change, a_clerk()) == "已批量修改 3 条活动的责任人"
        assert {activity.leader for activity in each(ledger, ActivityQuery())} == {"赵芳"}
        assert history.undo(ledger, now=NOW).label == "批量修改 3 条活动的责任人"  # pyright: ignore
        assert sum(activity.leader == "赵芳" for activity in each(ledger, ActivityQuery())) == 1


def test_choices_are_added_and_taken_away_in_the_order_of_the_notice(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(focus=("Q3",)), an_activity(focus=("Q1", "Q3"))) as ledger:
        activities = list(each(ledger, ActivityQuery(descending=False)))
        added = bulk.preview(activities, BulkChange("focus", Doing.ADD, ("Q1",)), a_clerk())
        assert [line.after.focus if line.after else line.note for line in added] == [("Q1", "Q3"), "已经有了"]
        removed = bulk.preview(activities, BulkChange("focus", Doing.REMOVE, ("Q1",)), a_clerk())
        assert [line.after.focus if line.after else line.note for line in removed] == ["本来就没有", ("Q3",)]


def test_an_item_goes_only_to_records_of_its_form_and_goes_away_with_it(tmp_path: Path) -> None:
    notice = a_clerk().notice
    item = notice.items_of("F1")[0].code
    with a_ledger(tmp_path, an_activity(form="F1"), an_activity(form="F3")) as ledger:
        activities = list(each(ledger, ActivityQuery(sort="form", descending=False)))
        lines = bulk.preview(activities, BulkChange("item", Doing.SET, item), a_clerk())
        assert [line.after is None for line in lines] == [False, True]
        assert lines[1].note == "它的活动形式没有这个细分项目"
        moved = bulk.preview([activities[0].with_values(item=item)], BulkChange("form", Doing.SET, "F3"), a_clerk())[0]
        assert moved.after and moved.after.item == "" and "去掉" in moved.note


def test_a_final_record_that_becomes_incomplete_says_so(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        final = record(ledger, an_activity(), a_clerk(), finalise=True)
        change = BulkChange("focus", Doing.SET, ())
        lines = bulk.preview([final], change, a_clerk())
        assert lines[0].note == "不再是定稿"
        bulk.apply(ledger, lines, change, a_clerk())
        now = get_activity(ledger, final.uid)
        assert now and not now.finalised


def test_a_record_changed_since_the_preview_stops_all(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(), an_activity(title="另一场活动")) as ledger:
        change = BulkChange("place", Doing.SET, "礼堂")
        activities = list(each(ledger, ActivityQuery()))
        lines = bulk.preview(activities, change, a_clerk())
        record(ledger, activities[0].with_values(note="别处改的"), a_clerk())
        with pytest.raises(UserError, match="重新预览"):
            bulk.apply(ledger, lines, change, a_clerk())
        assert all(activity.place != "礼堂" for activity in each(ledger, ActivityQuery()))


@pytest.mark.parametrize("name", [spec.name for spec in ACTIVITY_FIELDS])
def test_every_field_can_be_emptied_in_a_preview(tmp_path: Path, name: str) -> None:
    from models.field_texts import empty_of

    (line,) = bulk.preview([an_activity()], BulkChange(name, Doing.SET, empty_of(name)), a_clerk())
    assert line.after is None or getattr(line.after, name) == empty_of(name)
