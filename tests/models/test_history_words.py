"""修改记录 in words, versions brought back, many steps undone at once, 回收站 of every kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from models import activity_repository, history, recording
from models.activity_query import ActivityQuery
from models.bin_repository import list_bin, purge_items, restore_items
from models.case import Case, Effect
from models.case_repository import CASES, save_case
from models.history_versions import restore_version
from models.history_words import EMPTY, FieldChange, history_of, title_of
from models.ledger import Ledger
from models.notice import builtin_notice
from models.plan_item import PlanItem
from models.plan_repository import PLAN_ITEMS
from models.publicity import Work
from models.publicity_repository import WORKS
from models.recording import record
from models.unit_repository import get_unit, save_unit
from tests.factories import NOW, a_clerk, a_ledger, an_activity

NOTICE = builtin_notice()


@pytest.fixture
def ledger(tmp_path: Path):
    with a_ledger(tmp_path / "台账") as made:
        yield made


def later(minutes: int) -> recording.Clerk:
    return a_clerk(NOW + timedelta(minutes=minutes))


def test_every_change_is_told_in_words(ledger: Ledger) -> None:
    first = record(ledger, an_activity(place="职工书屋"), a_clerk())
    changed = first.with_values(start=date(2025, 9, 25), form="F1", focus=("Q1", "Q3"), people_offline=80, cost=12_050)
    record(ledger, changed, later(5))
    activity_repository_delete(ledger, first.uid)
    latest, second, made = history_of(ledger, first.uid, NOTICE)
    assert (made.note, second.change.person, second.change.at) == ("新建", "赵芳", NOW + timedelta(minutes=5))
    told = {each.label: (each.old, each.new) for each in second.fields}
    assert told["活动日期"] == ("2025年9月24日", "2025年9月25日")
    assert told["活动形式"] == (NOTICE.label("form", "F3"), NOTICE.label("form", "F1"))
    assert told["宣传教育重点"][1] == "、".join(NOTICE.label("focus", code) for code in ("Q1", "Q3"))
    assert told["线下参加人次"] == ("76 人次", "80 人次")
    assert told["经费"] == (EMPTY, "120.50 元")
    assert latest.note == "移到回收站" and latest.fields == ()
    assert title_of([latest, second, made]) == "职工书屋读书分享会"


def activity_repository_delete(ledger: Ledger, uid: str) -> None:
    one = activity_repository.get_activity(ledger, uid)
    assert one
    recording.delete(ledger, [one], later(9))


def test_an_earlier_version_comes_back_and_can_be_undone(ledger: Ledger) -> None:
    first = record(ledger, an_activity(title="读书会"), a_clerk())
    record(ledger, first.with_values(title="改坏了", people_offline=None), later(1))
    entries = history_of(ledger, first.uid, NOTICE)
    assert [each.restorable for each in entries] == [False, True]
    restore_version(ledger, entries[1].change, later(2))
    back = activity_repository.get_activity(ledger, first.uid)
    assert back and (back.title, back.people_offline, back.revision) == ("读书会", 76, 3)
    assert activity_repository.get_stage(ledger, first.uid) == "done"
    assert activity_repository.count(ledger, ActivityQuery(text="读书会")) == 1
    step = history.undo(ledger, now=NOW)
    assert step and step.label == "恢复成10月10日 09:00 的版本"
    again = activity_repository.get_activity(ledger, first.uid)
    assert again and again.title == "改坏了"


def test_a_version_brings_a_deleted_record_out_of_the_bin(ledger: Ledger) -> None:
    first = record(ledger, an_activity(title="读书会"), a_clerk())
    activity_repository_delete(ledger, first.uid)
    entries = history_of(ledger, first.uid, NOTICE)
    assert [each.restorable for each in entries] == [False, True]
    restore_version(ledger, entries[1].change, later(20))
    assert activity_repository.count(ledger, ActivityQuery(text="读书会")) == 1 and not list_bin(ledger)


def test_cases_units_and_sub_records_have_their_history_too(ledger: Ledger) -> None:
    with ledger.transaction("新建案例", at=NOW, person="赵芳"):
        case = save_case(ledger, Case(title="班前十分钟", effects=(Effect("参与", "30", "人次"),)), now=NOW)
    from dataclasses import replace

    with ledger.transaction("修改案例", at=NOW, person="李喆"):
        save_case(ledger, replace(case, title="班前微思政课", publish_ok=True, effects=()), now=NOW)
        save_unit(ledger, replace(get_unit(ledger), workers=900), now=NOW)
    change = history_of(ledger, case.uid, NOTICE)[0]
    assert set(change.fields) == {
        FieldChange("案例名称", "班前十分钟", "班前微思政课"),
        FieldChange("量化成效", "参与 30人次", EMPTY),
        FieldChange("同意发布、汇编", "否", "是"),
    }
    restore_version(ledger, history_of(ledger, case.uid, NOTICE)[1].change, later(3))
    back = CASES.get(ledger, case.uid)
    assert back and (back.title, back.effects, back.revision) == ("班前十分钟", case.effects, 3)
    [unit, *_] = history_of(ledger, get_unit(ledger).uid, NOTICE)
    assert unit.fields == (FieldChange("职工人数", "860 人", "900 人"),)
    restore_version(ledger, history_of(ledger, get_unit(ledger).uid, NOTICE)[1].change, later(4))
    assert get_unit(ledger).workers == 860


def test_several_steps_are_undone_at_once_and_redone_one_by_one(ledger: Ledger) -> None:
    since = ledger.last_change()
    for number in range(4):
        record(ledger, an_activity(title=f"第{number}次"), a_clerk())
    steps = history.list_steps(ledger, since)
    assert [step.label for step in steps] == [f"新建活动“第{number}次”" for number in (3, 2, 1, 0)]
    undone = history.undo_back_to(ledger, steps[2], now=NOW, since=since)
    assert [step.label for step in undone] == [step.label for step in steps[:3]]
    assert activity_repository.count(ledger, ActivityQuery()) == 1
    assert [step.label for step in history.list_steps(ledger, since)] == ["新建活动“第0次”"]
    for _ in range(3):
        assert history.redo(ledger, now=NOW, since=since)
    assert activity_repository.count(ledger, ActivityQuery()) == 4


def test_the_bin_holds_every_kind_and_gives_each_back(ledger: Ledger) -> None:
    activity = record(ledger, an_activity(title="读书会"), a_clerk())
    with ledger.transaction("准备", at=NOW):
        case = save_case(ledger, Case(title="案例", activities=("x", activity.uid, "y")), now=NOW)
        work = WORKS.save(ledger, Work(title="报道", activity_uid=activity.uid), now=NOW)
        plan = PLAN_ITEMS.save(ledger, PlanItem(title="计划", month="2025-11", activity_uid=activity.uid), now=NOW)
    recording.delete(ledger, [activity], later(1))
    with ledger.transaction("删除", at=NOW):
        for table, each in ((CASES, case), (WORKS, work), (PLAN_ITEMS, plan)):
            table.delete(ledger, [each.uid], now=NOW)
    items = list_bin(ledger)
    assert {(item.kind, item.title) for item in items} == {
        ("activity", "读书会"), ("case_record", "案例"), ("work", "报道"), ("plan_item", "计划"),
    }  # fmt: skip
    assert items[0].deleted_at == datetime(2025, 10, 10, 9, 1)
    with ledger.transaction("恢复", at=NOW):
        restore_items(ledger, items)
    assert list_bin(ledger) == [] and CASES.count(ledger) == WORKS.count(ledger) == PLAN_ITEMS.count(ledger) == 1
    assert activity_repository.count(ledger, ActivityQuery(text="读书会")) == 1


def test_deleting_for_good_leaves_nothing_that_refers_to_it_and_can_be_undone(ledger: Ledger) -> None:
    activity = record(ledger, an_activity(title="读书会"), a_clerk())
    with ledger.transaction("准备", at=NOW):
        case = save_case(ledger, Case(title="案例", activities=("x", activity.uid, "y")), now=NOW)
        work = WORKS.save(ledger, Work(title="报道", activity_uid=activity.uid), now=NOW)
    recording.delete(ledger, [activity], later(1))
    [item] = list_bin(ledger)
    with ledger.transaction("永久删除", at=NOW):
        purge_items(ledger, [item])
    assert activity_repository.get_activity(ledger, activity.uid) is None and list_bin(ledger) == []
    kept_case = CASES.get(ledger, case.uid)
    assert kept_case and kept_case.activities == ("x", "y")
    assert WORKS.get(ledger, work.uid) is None, "else 表7 would count it again"
    assert history_of(ledger, activity.uid, NOTICE)[0].note == "永久删除"
    history.undo(ledger, now=NOW)
    assert [each.uid for each in list_bin(ledger)] == [activity.uid]
    assert WORKS.get(ledger, work.uid) == work
    with ledger.transaction("恢复", at=NOW):
        restore_items(ledger, list_bin(ledger))
    assert activity_repository.count(ledger, ActivityQuery(text="读书会")) == 1


def test_a_record_that_is_not_in_the_bin_is_never_deleted_for_good(ledger: Ledger) -> None:
    activity = record(ledger, an_activity(), a_clerk())
    recording.delete(ledger, [activity], later(1))
    items = list_bin(ledger)
    with ledger.transaction("恢复", at=NOW):
        restore_items(ledger, items)
        purge_items(ledger, items)
    assert activity_repository.count(ledger, ActivityQuery()) == 1
