"""Anything in any order, over every kind of record: 撤销 and 重做 lead through the very same states, to the start."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import attachment_recording, bulk, find_replace, history, merging_records, photos, planning, scheduling
from models.activity import Activity, Status
from models.activity_query import ActivityQuery
from models.activity_repository import get_activity, page
from models.attachment import OF_ACTIVITY, OF_CASE, PHOTO, Attachment
from models.attachment_repository import ATTACHMENTS
from models.bin_repository import list_bin, purge_items, restore_items
from models.calendar_days import clear_day_mark, set_day_mark
from models.case_recording import delete_cases, record_case, set_fate
from models.case_repository import CASES
from models.duplicates import call_distinct, find_duplicates
from models.errors import UserError
from models.file_store import missing
from models.grid_paste import commit, plan, split_block
from models.grid_paste_columns import guess_columns
from models.history_versions import restore_version
from models.history_words import history_of
from models.ledger import Ledger
from models.persons import list_persons, remove_persons, save_person
from models.plan_item import MEETING, PlanItem
from models.plan_repository import PLAN_ITEMS
from models.publicity import Exemplar, Work
from models.publicity_recording import EXEMPLAR_KIND, WORK_KIND, delete_sub_record, save_sub_record
from models.publicity_repository import EXEMPLARS, WORKS
from models.recording import delete, record, record_many
from models.recurrence import Rule, apply_change, delete_series, repeat
from models.schema import LOGGED_TABLES
from models.search import normalise
from models.small_record_repository import DAY_MARKS
from models.small_records import Person
from models.unit_repository import get_unit, save_unit
from tests.factories import NOW, a_case, a_clerk, a_ledger, an_activity
from tests.models.full_ledger import NOTICE
from tests.models.photo_samples import a_picture, encoded
from tests.models.test_ledger_fuzz import PIECES
from tests.models.test_ledger_killed import assert_sound

State = dict[str, list[tuple[Any, ...]]]
TITLES = ("职工书屋读书会", "职工书屋读书分享会", "劳模大讲堂", "工间操比赛", "“大思政课”第3期")


class Everything:
    """A ledger, and each state that its steps have led to."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.ledger = a_ledger(folder)
        self.start = self.ledger.last_change()
        self.now = NOW
        self.states = [state_of(self.ledger)]
        self.at = 0
        self.done: dict[str, int] = {}
        picture = photos.prepare_photo(encoded(a_picture()), "现场.jpg", full=True)
        self.stored = photos.store_photo(folder, picture)

    # one thing after the other

    def step(self) -> None:
        """One thing a clerk does. Whatever it is made of, it must be one step of 撤销, or nothing at all."""
        self.now += timedelta(seconds=self.chance.randrange(3))
        way = self.chance.choice(WAYS)
        newest = self.ledger.last_change()
        before = self.states[self.at]
        with suppress(UserError):
            way(self)
        after = state_of(self.ledger)
        count = self.ledger.last_change() - newest
        if count:
            assert count == 1, f"{way.__name__} is {count} steps"
            del self.states[self.at + 1 :]
            self.states.append(after)
            self.at += 1
        else:
            assert after == before, f"{way.__name__} changed something without a step"
        self.done[way.__name__] = self.done.get(way.__name__, 0) + count

    def undo(self, times: int) -> None:
        for _ in range(times):
            assert bool(history.undo(self.ledger, now=self.now, since=self.start)) == (self.at > 0)
            self.go_to(max(0, self.at - 1))

    def redo(self, times: int) -> None:
        for _ in range(times):
            last = len(self.states) - 1
            assert bool(history.redo(self.ledger, now=self.now, since=self.start)) == (self.at < last)
            self.go_to(min(last, self.at + 1))

    def undo_several(self) -> None:
        """As the list behind the arrow of 撤销 does it."""
        steps = history.list_steps(self.ledger, self.start)
        assert len(steps) == self.at
        if steps:
            number = self.chance.randrange(min(5, len(steps)))
            undone = history.undo_back_to(self.ledger, steps[number], now=self.now, since=self.start)
            assert undone == steps[: number + 1]
            self.go_to(self.at - number - 1)

    def go_to(self, number: int) -> None:
        self.at = number
        assert_same(state_of(self.ledger), self.states[number])

    # what there is to choose from

    @property
    def clerk(self):
        return a_clerk(self.now)

    def some(self, records: Sequence[Any], most: int = 3) -> list[Any]:
        """A few of them; without any there is nothing to do."""
        if not records:
            raise UserError("Nothing there.")
        return self.chance.sample(list(records), self.chance.randrange(1, min(len(records), most) + 1))

    def activities(self, most: int = 3) -> list[Activity]:
        return self.some([row.activity for row in page(self.ledger, ActivityQuery(), 0, 1000)], most)

    def one_uid(self) -> str:
        """Mostly of a record that is there."""
        return self.activities(1)[0].uid if self.chance.random() < 0.9 else "0" * 32

    def text(self) -> str:
        return "".join(self.chance.choices(PIECES, k=self.chance.randrange(4)))

    def day(self) -> date:
        return date(2025, 8, 1) + timedelta(days=self.chance.randrange(100))

    def new_activity(self) -> Activity:
        status = Status.PLANNED if self.chance.random() < 0.3 else Status.DONE
        place = self.text()
        return an_activity(title=self.chance.choice(TITLES), start=self.day(), status=status, place=place)


# activities


def enter(all_: Everything) -> None:
    record(all_.ledger, all_.new_activity(), all_.clerk)


def enter_many(all_: Everything) -> None:
    record_many(all_.ledger, [all_.new_activity() for _ in range(3)], all_.clerk, "导入")


def edit(all_: Everything) -> None:
    [one] = all_.activities(1)
    record(all_.ledger, one.with_values(title=all_.text(), start=all_.day(), summary=all_.text()), all_.clerk)


def finalise(all_: Everything) -> None:
    record(all_.ledger, all_.activities(1)[0], all_.clerk, finalise=all_.chance.random() < 0.8)


def move(all_: Everything) -> None:
    scheduling.reschedule(all_.ledger, all_.activities(1)[0], all_.day(), all_.clerk)


def cancel(all_: Everything) -> None:
    [one] = all_.activities(1)
    way = scheduling.resume if one.status == Status.CANCELLED else scheduling.cancel
    way(all_.ledger, one, all_.clerk)


def throw_away(all_: Everything) -> None:
    delete(all_.ledger, all_.activities(), all_.clerk)


def repeat_it(all_: Everything) -> None:
    repeat(all_.ledger, all_.activities(1)[0], Rule(count=all_.chance.randrange(2, 6)), all_.clerk)


def change_series(all_: Everything) -> None:
    [one] = all_.some([row.activity for row in page(all_.ledger, ActivityQuery(), 0, 1000) if row.activity.series], 1)
    after = one.with_values(title=all_.text(), start=all_.day(), place=all_.text())
    apply_change(all_.ledger, one, after, all_.chance.choice(("this", "later", "all")), all_.clerk)


def throw_series_away(all_: Everything) -> None:
    [one] = all_.some([row.activity for row in page(all_.ledger, ActivityQuery(), 0, 1000) if row.activity.series], 1)
    delete_series(all_.ledger, one, all_.chance.choice(("this", "later", "all")), all_.clerk)


def change_many(all_: Everything) -> None:
    change = all_.chance.choice(
        (
            bulk.BulkChange("place", bulk.Doing.SET, all_.text()),
            bulk.BulkChange("focus", bulk.Doing.ADD, ("Q1",)),
            bulk.BulkChange("focus", bulk.Doing.REMOVE, ("Q3",)),
            bulk.BulkChange("form", bulk.Doing.SET, "F1"),
        )
    )
    bulk.apply(all_.ledger, bulk.preview(all_.activities(6), change, all_.clerk), change, all_.clerk)


def replace_text(all_: Everything) -> None:
    wanted = all_.chance.choice(("职工", "会", "b", all_.text()))
    hits = all_.some(find_replace.find(all_.ledger, wanted).hits, 5)
    find_replace.apply(all_.ledger, hits, wanted, all_.text(), all_.clerk)


def paste(all_: Everything) -> None:
    number = all_.activities(1)[0].number
    block = split_block(f"活动名称\t活动日期\t记录编号\n{all_.text()}甲\t9月3日\t\n乙\t10月8日\t{number}\n丙\t约\t\n")
    _head, fields = guess_columns(block, all_.clerk)
    rows = plan(all_.ledger, block[1:], fields, all_.clerk)
    commit(all_.ledger, all_.some([row for row in rows if row.activity]), all_.clerk)


def merge(all_: Everything) -> None:
    keep, drop, *_ = [*all_.activities(2), *all_.activities(1)]
    if keep.uid == drop.uid:
        raise UserError("The same one.")
    merging_records.merge(all_.ledger, keep, drop, all_.chance.sample(("title", "start", "focus"), 2), all_.clerk)


def not_the_same(all_: Everything) -> None:
    [pair] = all_.some(find_duplicates(all_.ledger).pairs, 1)
    call_distinct(all_.ledger, pair.left, pair.right, all_.clerk)


def back_to_a_version(all_: Everything) -> None:
    uid = all_.chance.choice((all_.one_uid(), *[case.uid for case in CASES.list_all(all_.ledger)]))
    [entry] = all_.some([entry for entry in history_of(all_.ledger, uid, NOTICE) if entry.restorable], 1)
    restore_version(all_.ledger, entry.change, all_.clerk)


# everything else


def a_case_more(all_: Everything) -> None:
    uids = tuple(one.uid for one in all_.activities())
    record_case(all_.ledger, a_case(title=all_.text() or "案例", activities=uids), all_.clerk)


def edit_case(all_: Everything) -> None:
    [case] = all_.some(CASES.list_all(all_.ledger), 1)
    record_case(all_.ledger, replace(case, practice=all_.text()), all_.clerk)


def fate(all_: Everything) -> None:
    [case] = all_.some(CASES.list_all(all_.ledger), 1)
    set_fate(all_.ledger, case, all_.chance.choice(("", "adopted", "returned")), all_.clerk, "写得不错")


def finalise_case(all_: Everything) -> None:
    record_case(all_.ledger, all_.some(CASES.list_all(all_.ledger), 1)[0], all_.clerk, finalise=True)


def throw_cases_away(all_: Everything) -> None:
    delete_cases(all_.ledger, all_.some(CASES.list_all(all_.ledger)), all_.clerk)


def add_photos(all_: Everything) -> None:
    if all_.chance.random() < 0.3 and (cases := CASES.list_all(all_.ledger)):
        photos.attach(all_.ledger, OF_CASE, all_.chance.choice(cases).uid, [all_.stored] * 2, all_.clerk)
    else:
        photos.attach(all_.ledger, OF_ACTIVITY, all_.one_uid(), [all_.stored] * 2, all_.clerk)


def describe_photo(all_: Everything) -> None:
    one: Attachment = all_.some(ATTACHMENTS.list_all(all_.ledger), 1)[0]
    attachment_recording.describe(all_.ledger, one.uid, all_.clerk, caption=all_.text(), consent=True)


def order_photos(all_: Everything) -> None:
    [one] = all_.some(ATTACHMENTS.list_all(all_.ledger), 1)
    uids = [each.uid for each in ATTACHMENTS.list_where(all_.ledger, owner_uid=one.owner_uid)]
    all_.chance.shuffle(uids)
    attachment_recording.reorder(all_.ledger, one.owner_uid, PHOTO, uids, all_.clerk)


def remove_photos(all_: Everything) -> None:
    attachment_recording.remove(all_.ledger, all_.some(ATTACHMENTS.list_all(all_.ledger)), all_.clerk)


def a_work(all_: Everything) -> None:
    old = all_.some([Work(title="报道", activity_uid=all_.one_uid()), *WORKS.list_all(all_.ledger)], 1)[0]
    save_sub_record(all_.ledger, WORK_KIND, replace(old, media=all_.text(), day=all_.day()), all_.clerk)


def an_exemplar(all_: Everything) -> None:
    old = all_.some([Exemplar(name="李娜", activity_uid=all_.one_uid()), *EXEMPLARS.list_all(all_.ledger)], 1)[0]
    save_sub_record(all_.ledger, EXEMPLAR_KIND, replace(old, method=all_.text(), times=3), all_.clerk)


def no_work(all_: Everything) -> None:
    delete_sub_record(all_.ledger, WORK_KIND, all_.some(WORKS.list_all(all_.ledger), 1)[0], all_.clerk)


def no_exemplar(all_: Everything) -> None:
    delete_sub_record(all_.ledger, EXEMPLAR_KIND, all_.some(EXEMPLARS.list_all(all_.ledger), 1)[0], all_.clerk)


def a_plan(all_: Everything) -> None:
    new = PlanItem(title="读书月", month="2025-11"), PlanItem(MEETING, title="研究部署", day=all_.day(), host="赵芳")
    item = all_.some([*new, *PLAN_ITEMS.list_all(all_.ledger)], 1)[0]
    planning.save_item(all_.ledger, replace(item, leader=all_.text()), all_.clerk)


def plan_done(all_: Everything) -> None:
    planning.to_activity(all_.ledger, all_.some(PLAN_ITEMS.list_all(all_.ledger), 1)[0], all_.clerk, all_.day())


def plan_off(all_: Everything) -> None:
    [item] = all_.some(PLAN_ITEMS.list_all(all_.ledger), 1)
    planning.cancel_item(all_.ledger, item, all_.clerk, cancelled=not item.cancelled)


def no_plans(all_: Everything) -> None:
    planning.delete_items(all_.ledger, all_.some(PLAN_ITEMS.list_all(all_.ledger)), all_.clerk)


def mark_day(all_: Everything) -> None:
    set_day_mark(all_.ledger, all_.day(), all_.chance.choice(("off", "work", "none")), all_.clerk, all_.text())


def unmark_day(all_: Everything) -> None:
    [mark] = all_.some(DAY_MARKS.list_all(all_.ledger), 1)
    clear_day_mark(all_.ledger, mark.day or all_.day(), all_.clerk)


def a_person(all_: Everything) -> None:
    person = all_.some([Person(f"人{all_.chance.randrange(50)}"), *list_persons(all_.ledger)], 1)[0]
    save_person(all_.ledger, replace(person, reviews=not person.reviews), now=all_.now)


def no_person(all_: Everything) -> None:
    remove_persons(all_.ledger, all_.some(list_persons(all_.ledger)), now=all_.now)


def unit_card(all_: Everything) -> None:
    with all_.ledger.transaction("填写单位档案", at=all_.now):
        save_unit(all_.ledger, replace(get_unit(all_.ledger), contact=all_.text()), now=all_.now)


def out_of_the_bin(all_: Everything) -> None:
    items = all_.some(list_bin(all_.ledger))
    with all_.ledger.transaction("恢复", at=all_.now):
        restore_items(all_.ledger, items)


def for_good(all_: Everything) -> None:
    items = all_.some(list_bin(all_.ledger))
    with all_.ledger.transaction("彻底删除", at=all_.now):
        purge_items(all_.ledger, items)


def in_the_middle(all_: Everything) -> None:
    """Something fails half-way: nothing of it stays."""
    undone = history.next_redo(all_.ledger, all_.start)
    with suppress(ZeroDivisionError), all_.ledger.transaction("半路出错", at=all_.now):
        for way in (enter, a_case_more, add_photos, mark_day, throw_away):
            way(all_)
        raise ZeroDivisionError
    assert history.next_redo(all_.ledger, all_.start) == undone


def open_again(all_: Everything) -> None:
    all_.ledger.close()
    all_.ledger = Ledger.open(all_.folder)


WAYS: list[Callable[[Everything], None]] = [
    *(enter, enter, enter_many, edit, finalise, move, cancel, throw_away, repeat_it, change_series, throw_series_away),
    *(change_many, replace_text, paste, merge, merge, not_the_same, back_to_a_version, a_case_more, edit_case, fate),
    *(finalise_case, throw_cases_away, add_photos, describe_photo, order_photos, remove_photos, a_work, an_exemplar),
    *(no_work, no_exemplar, a_plan, plan_done, plan_off, no_plans, mark_day, unmark_day, a_person, no_person),
    *(unit_card, out_of_the_bin, out_of_the_bin, for_good, in_the_middle, open_again),
]


def state_of(ledger: Ledger) -> State:
    """Every row of every table that 撤销 reaches."""
    return {table: ledger.query(f"SELECT * FROM {table} ORDER BY uid") for table in LOGGED_TABLES}


def assert_same(state: State, wanted: State) -> None:
    for table, rows in wanted.items():
        assert state[table] == rows, table


def assert_found(ledger: Ledger) -> None:
    """Every listed record is found by its title, and no other is."""
    for uid, title, gone in ledger.query("SELECT uid, title, deleted_at IS NOT NULL FROM activity"):
        if normalise(title):
            found = {row.activity.uid for row in page(ledger, ActivityQuery(title), 0, 1000)}
            assert (uid in found) != gone, title


def live_through(folder: Path, seed: int, steps: int) -> Everything:
    all_ = Everything(folder, seed)
    for number in range(steps):
        kind = all_.chance.random()
        if kind < 0.75:
            all_.step()
        elif kind < 0.87:
            all_.undo(all_.chance.randrange(1, 4))
        elif kind < 0.95:
            all_.redo(all_.chance.randrange(1, 4))
        else:
            all_.undo_several()
        if number % 25 == 0:
            assert_found(all_.ledger)
            assert_sound(folder)
            assert missing(all_.ledger) == []
    last = len(all_.states) - 1
    all_.undo(all_.at)
    assert all_.at == 0
    assert_found(all_.ledger)
    assert_sound(folder)
    all_.redo(last)
    assert_found(all_.ledger)
    assert_sound(folder)
    all_.undo(last)
    all_.ledger.close()
    return all_


def test_everything_can_be_taken_back_to_the_start(tmp_path: Path) -> None:
    all_ = live_through(tmp_path, 1, 150)
    assert sum(all_.done.values()) > 10


@pytest.mark.slow
def test_the_same_again_and_again(tmp_path: Path) -> None:
    done: dict[str, int] = {}
    for seed in range(12):
        for name, count in live_through(tmp_path / str(seed), 100 + seed, 300).done.items():
            done[name] = done.get(name, 0) + count
    lazy = {way.__name__ for way in WAYS if not done.get(way.__name__)} - {"in_the_middle", "open_again"}
    assert len(lazy) < 3, "each of them does something now and then"  # uids are random, and so is what is chosen


def test_a_record_thrown_away_for_good_comes_back_with_all_that_belonged_to_it(tmp_path: Path) -> None:
    all_ = Everything(tmp_path, 3)
    one = record(all_.ledger, an_activity(), all_.clerk)
    photos.attach(all_.ledger, OF_ACTIVITY, one.uid, [all_.stored], all_.clerk)
    save_sub_record(all_.ledger, WORK_KIND, Work(title="报道", activity_uid=one.uid), all_.clerk)
    case = record_case(all_.ledger, a_case(activities=(one.uid,)), all_.clerk)
    delete(all_.ledger, [one], all_.clerk)
    before = state_of(all_.ledger)
    for_good(all_)
    assert get_activity(all_.ledger, one.uid) is None
    changed = CASES.get(all_.ledger, case.uid)
    assert changed and changed.activities == ()
    assert ATTACHMENTS.list_all(all_.ledger) == []
    assert WORKS.list_all(all_.ledger) == []
    history.undo(all_.ledger, now=NOW)
    assert_same(state_of(all_.ledger), before)
    all_.ledger.close()
