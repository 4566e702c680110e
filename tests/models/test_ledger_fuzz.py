"""A clerk who does anything in any order: after every step the ledger says what a plain list of records would say."""

import copy
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models import activity_repository, drafts, history
from models.activity import HOSTING_ROLES, Activity, Role, Stage, Status
from models.activity_query import ActivityQuery
from models.activity_row import SEARCHED_FIELDS
from models.checks import is_complete
from models.checks.findings import CheckContext, Finding, Severity
from models.errors import UserError
from models.explanation_repository import list_explanations, save_explanation
from models.ledger import FILE_NAME, Ledger
from models.pinyin import initials, sort_key
from models.recording import delete, record, record_many
from models.search import index_text, normalise
from models.unit import Unit
from models.unit_repository import get_unit, save_unit
from tests.factories import NOW, a_clerk, a_ledger, an_activity

# Rare and awkward on purpose: no reading, outside the BMP, compatibility forms, accents, quotes, NUL, right-to-left.
PIECES = (
    *("劳模工匠", "大讲堂", "工间操", "职工书屋", "读书会", "重阳节", "银行行长", "会计", "“大思政课”", "《工会法》"),
    *("第3期", "3+13+N", "ABC", "Straße", "İzmir", "ﬁnal", "①", "㎡", "１２", "é", "e\u0301"),
    *("㮾𬭚𫖯", "喆堃", "🎉", "👨‍👩‍👧"),
    *("\x00", "\t", "'", '"', "%_", "\\", "<b>", "——", "…", "،", "שלום", "ｶﾞ", "が", "한글", "_", "--", "{", '":null'),
)
FINDING = Finding("S04", Severity.SOFT, "", "summary", "短了")


@dataclass
class Expected:
    """What the ledger must hold, kept in the plainest way."""

    records: dict[str, Activity] = field(default_factory=dict[str, Activity])
    in_bin: set[str] = field(default_factory=set[str])
    explanations: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict[tuple[str, str], tuple[str, str]])
    unit: Unit = field(default_factory=Unit)

    @property
    def listed(self) -> list[Activity]:
        return [each for uid, each in self.records.items() if uid not in self.in_bin]


Rows = list[list[tuple[Any, ...]]]


class Clerkship:
    """A ledger, what it should hold, and every state it can be taken back or forward to."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.ledger = a_ledger(folder)
        self.start = self.ledger.last_change()
        self.now = NOW
        self.expected = Expected(unit=get_unit(self.ledger))
        self.states: list[tuple[Expected, Rows]] = [(copy.deepcopy(self.expected), rows_of(self.ledger))]
        self.at = 0  # which of the states the ledger is in
        self.undone: list[Activity] = []

    def step(self) -> None:
        self.now += timedelta(seconds=self.random.randrange(3))
        ways: dict[Callable[[], None], int] = {
            self.create: 6, self.edit: 8, self.finalise: 3, self.delete: 3, self.restore: 2, self.undo: 4,
            self.redo: 3, self.explain: 2, self.fill_card: 1, self.reopen: 1, self.paste: 1, self.fail: 1,
            self.type_draft: 1, self.save_what_was_undone: 1,
        }  # fmt: skip
        [way] = self.random.choices([*ways], [*ways.values()])
        way()

    # what a clerk does

    def create(self) -> None:
        with self.one_step():
            self.keep(record(self.ledger, self.some_activity(), self.clerk()))

    def edit(self) -> None:
        if one := self.any_record():
            other = self.some_activity()
            names = self.random.sample(("title", "start", "end", "summary", "people_offline", "status", "place"), 2)
            changed = one.with_values(**{name: getattr(other, name) for name in names})
            with self.one_step():
                saved = self.keep(record(self.ledger, changed, self.clerk()))
            assert (saved.revision, saved.number) == (one.revision + 1, one.number)

    def finalise(self) -> None:
        if one := self.any_record():
            wanted = self.random.random() < 0.7
            if wanted and not complete(one, self.now):
                with pytest.raises(UserError, match="不能定稿"):
                    record(self.ledger, one, self.clerk(), finalise=True)
                return
            with self.one_step():
                assert self.keep(record(self.ledger, one, self.clerk(), finalise=wanted)).finalised == wanted

    def delete(self) -> None:
        if chosen := self.some_records():  # also what lies in 回收站 already
            with self.one_step():
                delete(self.ledger, chosen, self.clerk())
                self.expected.in_bin.update(each.uid for each in chosen)

    def restore(self) -> None:
        if chosen := [each.uid for each in self.some_records()]:  # also what was never deleted
            with self.one_step():
                with self.ledger.transaction("恢复", at=self.now):
                    activity_repository.restore_activities(self.ledger, chosen)
                self.expected.in_bin.difference_update(chosen)

    def undo(self) -> None:
        for _ in range(self.random.randrange(1, 5)):
            before = self.expected.records
            assert bool(history.undo(self.ledger, now=self.now, since=self.start)) == (self.at > 0)
            self.go_to(max(0, self.at - 1))
            self.undone += [each for uid, each in before.items() if uid not in self.expected.records]

    def redo(self) -> None:
        for _ in range(self.random.randrange(1, 5)):
            last = len(self.states) - 1
            assert bool(history.redo(self.ledger, now=self.now, since=self.start)) == (self.at < last)
            self.go_to(min(last, self.at + 1))

    def explain(self) -> None:
        if one := self.any_record():
            finding = replace(FINDING, uid=one.uid, fingerprint=one.summary)
            text = self.random.choice(("确实如此", "", "  ", "“另有说明”"))
            with self.one_step():
                with self.ledger.transaction("填写说明", at=self.now):
                    save_explanation(self.ledger, finding, text, now=self.now)
                self.expected.explanations.pop((one.uid, "S04"), None)
                if text.strip():
                    self.expected.explanations[one.uid, "S04"] = (one.summary, text)

    def fill_card(self) -> None:
        card = replace(self.expected.unit, contact=self.some_text(), workers=self.random.choice((None, 0, 860)))
        with self.one_step(), self.ledger.transaction("填写单位档案", at=self.now):
            self.expected.unit = save_unit(self.ledger, card, now=self.now)

    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.folder)

    def paste(self) -> None:
        fresh = [self.some_activity() for _ in range(3)]
        known = [one.with_values(title=self.some_text()) for one in self.some_records()[:2]]
        with self.one_step():
            assert record_many(self.ledger, fresh + known, self.clerk(), "粘贴") == len(fresh + known)
            uids = [*self.expected.records]
            for row in self.ledger.query("SELECT uid FROM activity"):
                if row[0] not in uids or row[0] in [one.uid for one in known]:
                    saved = activity_repository.get_activity(self.ledger, row[0])
                    assert saved
                    self.keep(saved)
            assert len(self.expected.records) == len(uids) + len(fresh)

    def fail(self) -> None:
        """Something goes wrong in the middle of a change: it is as if nothing had been begun."""
        one, before = self.any_record(), rows_of(self.ledger)
        undone = history.next_redo(self.ledger, self.start)
        with pytest.raises(ZeroDivisionError), self.ledger.transaction("半路出错", at=self.now):
            record(self.ledger, self.some_activity(), self.clerk())
            if one:
                record(self.ledger, one.with_values(title="不该留下"), self.clerk())
                activity_repository.delete_activities(self.ledger, [one.uid], now=self.now)
            raise ZeroDivisionError
        assert rows_of(self.ledger) == before
        assert history.next_redo(self.ledger, self.start) == undone

    def type_draft(self) -> None:
        """A draft is no step and no record."""
        before, values = rows_of(self.ledger), {"title": self.some_text()}
        drafts.save_draft(self.ledger, drafts.NEW_ACTIVITY, "activity", "", values, self.now)
        kept = drafts.get_draft(self.ledger, drafts.NEW_ACTIVITY)
        assert kept and kept.values == values
        assert rows_of(self.ledger) == before

    def save_what_was_undone(self) -> None:
        """Its form was still open: saving it makes the record anew, under its own number."""
        if self.undone and (one := self.random.choice(self.undone)).uid not in self.expected.records:
            with self.one_step():
                saved = self.keep(record(self.ledger, one, self.clerk()))
            assert (saved.uid, saved.number, saved.revision) == (one.uid, one.number, 1)

    # what it is made of

    @contextmanager
    def one_step(self) -> Iterator[None]:
        yield
        del self.states[self.at + 1 :]
        self.states.append((copy.deepcopy(self.expected), rows_of(self.ledger)))
        self.at += 1

    def go_to(self, number: int) -> None:
        """The ledger was taken to this state: every row is again what it was then."""
        self.at = number
        expected, rows = self.states[number]
        self.expected = copy.deepcopy(expected)
        assert rows_of(self.ledger) == rows

    def keep(self, saved: Activity) -> Activity:
        self.expected.records[saved.uid] = saved
        return saved

    def clerk(self):
        return a_clerk(self.now)

    def any_record(self) -> Activity | None:
        return self.random.choice([*self.expected.records.values()]) if self.expected.records else None

    def some_records(self) -> list[Activity]:
        everything = [*self.expected.records.values()]
        return self.random.sample(everything, min(len(everything), self.random.randrange(1, 4)))

    def some_text(self) -> str:
        return "".join(self.random.choices(PIECES, k=self.random.randrange(5))).strip()

    def some_activity(self) -> Activity:
        start = self.random.choice((None, date(2024, 12, 31), *[date(2025, 1, 1) + self.some_days() for _ in range(6)]))
        return an_activity(
            title=self.some_text(),
            start=start,
            end=start and start + self.some_days(),
            people_offline=self.random.choice((None, 0, 5, 300)),
            people_online=self.random.choice((None, 80)),
            sessions=self.random.choice((None, 1, 3)),
            role=self.random.choice((Role.HOST, Role.CO_HOST, Role.ASSIST)),
            status=self.random.choice((Status.DONE, Status.DONE, Status.PLANNED, Status.CANCELLED)),
            summary=self.some_text(),
            place=self.some_text(),
        )

    def some_days(self) -> timedelta:
        return timedelta(days=self.random.randrange(300))

    # what must hold after every step

    def compare(self) -> None:
        ledger, listed = self.ledger, self.expected.listed
        rows = activity_repository.page(ledger, ActivityQuery(), 0, 10_000)
        assert {row.activity.uid: row.activity for row in rows} == {each.uid: each for each in listed}
        assert [row.activity.start or date.max for row in rows] == sorted(
            (each.start or date.max for each in listed), reverse=True
        )
        assert {each.uid for each in activity_repository.list_deleted(ledger)} == self.expected.in_bin
        assert list_explanations(ledger) == self.expected.explanations
        assert get_unit(ledger) == self.expected.unit
        numbers = [each.number for each in self.expected.records.values()]
        assert len({*numbers}) == len(numbers)
        for query in (ActivityQuery(), ActivityQuery(text=self.some_query())):
            self.compare_list(query, [each for each in listed if found_by(query.text, each)])

    def compare_list(self, query: ActivityQuery, wanted: list[Activity]) -> None:
        rows = activity_repository.page(self.ledger, query, 0, 10_000)
        assert {row.activity.uid for row in rows} == {each.uid for each in wanted}, repr(query.text)
        assert len(rows) == len(wanted)
        counted = [row.activity for row in rows if row.stage not in (Stage.PLANNED, Stage.CANCELLED)]
        hosted = [each.sessions or 0 for each in counted if each.role in HOSTING_ROLES]
        sums = activity_repository.totals(self.ledger, query)
        assert sums == activity_repository.Totals(
            len(wanted),
            sum(hosted),
            sum(each.sessions or 0 for each in counted) - sum(hosted),
            sum(each.people_offline or 0 for each in counted),
            sum(each.people_online or 0 for each in counted),
        )

    def some_query(self) -> str:
        """A piece of a text that is, was or never stood in the ledger, or of its initials."""
        ever = [each for records, _rows in self.states for each in records.records.values()]
        if not ever or self.random.random() < 0.1:
            return self.some_text()
        one = self.random.choice(ever)
        text = self.random.choice((one.title, one.summary, one.place, one.number, initials(one.title)))
        start = self.random.randrange(len(text) + 1)
        return text[start : start + self.random.randrange(1, 5)]

    def compare_file(self) -> None:
        """The file is sound, and the search index holds the postings of the listed records and no other."""
        with closing(sqlite3.connect(self.folder / FILE_NAME)) as other:
            assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            other.execute("INSERT INTO activity_search(activity_search) VALUES ('integrity-check')")
            other.rollback()
            assert postings_of(other) == postings_due(other)
            for uid, stage in other.execute("SELECT uid, stage FROM activity"):
                assert stage == stage_due(self.expected.records[uid], self.now)


def rows_of(ledger: Ledger) -> Rows:
    return [ledger.query(f"SELECT * FROM {table} ORDER BY uid") for table in ("unit", "activity", "explanation")]


def postings_of(connection: sqlite3.Connection) -> Counter[tuple[int, int, str]]:
    """Every (row, place, token) that the full-text index really holds."""
    connection.execute("CREATE VIRTUAL TABLE temp.postings USING fts5vocab('main', 'activity_search', 'instance')")
    return Counter(connection.execute("SELECT doc, offset, term FROM temp.postings").fetchall())


def postings_due(connection: sqlite3.Connection) -> Counter[tuple[int, int, str]]:
    names = ", ".join(SEARCHED_FIELDS)
    rows = connection.execute(f"SELECT sort_id, title, {names} FROM activity WHERE deleted_at IS NULL")
    return Counter(
        (sort_id, place, token)
        for sort_id, title, *texts in rows
        for place, token in enumerate(index_text(texts, sort_key(title)).split())
    )


def complete(activity: Activity, now: datetime) -> bool:
    return is_complete(activity, CheckContext(a_clerk().notice, Unit(), now.date()))


def stage_due(activity: Activity, now: datetime) -> str:
    if activity.status == Status.CANCELLED:
        return Stage.CANCELLED
    if activity.finalised:
        return Stage.FINAL
    if activity.status == Status.PLANNED and activity.title and activity.start:
        return Stage.PLANNED
    return Stage.DONE if activity.status == Status.DONE and complete(activity, now) else Stage.DRAFT


def found_by(query: str, activity: Activity) -> bool:
    texts = [normalise(getattr(activity, name)) for name in SEARCHED_FIELDS] + [initials(activity.title)]
    words = [word for part in query.split() if (word := normalise(part))]
    return not query.strip() or (bool(words) and all(any(word in text for text in texts) for word in words))


def live_through(folder: Path, seed: int, steps: int, every: int) -> None:
    clerkship = Clerkship(folder, seed)
    for number in range(steps):
        clerkship.step()
        clerkship.compare()
        if number % every == 0:
            clerkship.compare_file()
    while history.undo(clerkship.ledger, now=clerkship.now, since=clerkship.start):
        clerkship.go_to(clerkship.at - 1)
    assert clerkship.at == 0
    clerkship.compare()
    clerkship.compare_file()
    while history.redo(clerkship.ledger, now=clerkship.now, since=clerkship.start):
        clerkship.go_to(clerkship.at + 1)
    assert clerkship.at == len(clerkship.states) - 1
    clerkship.compare()
    clerkship.compare_file()
    clerkship.ledger.close()


def test_pasted_over_and_no_longer_whole_a_record_is_not_final_any_more(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        final = record(ledger, an_activity(), a_clerk(), finalise=True)
        record_many(ledger, [final.with_values(people_offline=None)], a_clerk(), "粘贴")
        kept = activity_repository.get_activity(ledger, final.uid)
        assert kept and not kept.finalised


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_done_in_whatever_order_the_ledger_holds_it(tmp_path: Path, seed: int) -> None:
    live_through(tmp_path, seed, steps=120, every=20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 112))
def test_the_same_for_longer(tmp_path: Path, seed: int) -> None:
    live_through(tmp_path, seed, steps=350, every=25)
