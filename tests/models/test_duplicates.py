"""查重 and merging."""

import random
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from models import activity_list_repository, activity_repository, duplicates, history, merging_records
from models.activity import Activity, Status
from models.activity_query import ActivityQuery
from models.attachment import OF_ACTIVITY, Attachment
from models.attachment_repository import ATTACHMENTS, list_attachments
from models.case import Case, Effect
from models.case_repository import CASES, save_case
from models.duplicates import NEAR, SAME_NAME, find_duplicates
from models.errors import UserError
from models.ledger import Ledger
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from models.recording import record, record_many
from models.search import normalise
from tests.factories import NOW, a_clerk, a_ledger, an_activity

NAME = "劳模工匠大讲堂：走近电仪匠人王建国"


def found_in(folder: Path, *activities: Activity) -> list[str]:
    with a_ledger(folder, *activities) as ledger:
        return [pair.reason for pair in find_duplicates(ledger).pairs]


def on(day: int, title: str = NAME, month: int = 9, **values: object) -> Activity:
    return an_activity(title=title, start=date(2025, month, day), **values)


@pytest.mark.parametrize(
    ("activities", "reasons"),
    [
        ((on(3), on(4, "劳模工匠大讲堂 走近电仪工匠王建国")), [NEAR]),
        ((on(3), on(3)), [SAME_NAME]),
        ((on(3), on(5, "劳模工匠大讲堂 走近电仪工匠王建国")), []),
        ((on(3), on(28)), [SAME_NAME]),
        ((on(30), on(2, month=10)), []),
        ((on(3), on(12), on(28)), []),
        ((on(3), on(3, "职工书屋读书分享会")), []),
        ((on(3), on(3, status=Status.CANCELLED)), []),
        ((on(3, series="s"), on(4, series="s")), []),
        ((on(3, ""), on(3, "")), []),
    ],
    ids=lambda value: str(len(value)),
)
def test_the_rule(tmp_path: Path, activities: tuple[Activity, ...], reasons: list[str]) -> None:
    assert found_in(tmp_path, *activities) == reasons


def test_the_fast_way_finds_what_the_slow_way_finds(tmp_path: Path) -> None:
    chance = random.Random(3)
    words = ("职工", "书屋", "读书", "分享会", "大讲堂", "安全", "宣讲", "劳模", "Ab", "第3期", "，")
    made = [
        an_activity(
            title="".join(chance.choices(words, k=chance.randrange(1, 7))),
            start=date(2025, 1, 1) + timedelta(days=chance.randrange(40)),
        )
        for _ in range(250)
    ]
    with a_ledger(tmp_path) as ledger:
        record_many(ledger, made, a_clerk(), "准备")
        everything = list(activity_list_repository.each(ledger, ActivityQuery(descending=False)))
        slow = {
            frozenset((one.uid, other.uid))
            for place, one in enumerate(everything)
            for other in everything[:place]
            if abs((one.start - other.start).days) <= 1 and _alike(other, one)  # pyright: ignore
        }
        fast = duplicates.find_duplicates(ledger)
        near = {
            frozenset((pair.left.uid, pair.right.uid))
            for pair in fast.pairs
            if abs((pair.left.start - pair.right.start).days) <= 1  # pyright: ignore
        }
        assert slow and near == slow and not fast.more


def _alike(one: Activity, other: Activity) -> bool:
    first, second = normalise(one.title), normalise(other.title)
    return bool(first and second) and (first == second or SequenceMatcher(None, first, second).ratio() >= 0.8)


def test_not_a_duplicate_is_remembered_until_it_is_taken_back(tmp_path: Path) -> None:
    with a_ledger(tmp_path, on(3), on(4)) as ledger:
        (pair,) = find_duplicates(ledger).pairs
        duplicates.call_distinct(ledger, pair.right, pair.left, a_clerk())
        assert find_duplicates(ledger).pairs == ()
        history.undo(ledger, now=NOW)
        assert len(find_duplicates(ledger).pairs) == 1


def furnished(folder: Path) -> tuple[Ledger, Activity, Activity]:
    """Two look-alikes; the second one has photos, a report, an exemplar, and is linked by a case."""
    ledger = a_ledger(folder, on(3, place="", people_offline=96), on(4, place="礼堂", people_offline=90))
    (pair,) = find_duplicates(ledger).pairs
    keep, drop = pair.left, pair.right
    with ledger.transaction("准备", at=NOW):
        for place, (owner, digest) in enumerate(((keep, "a"), (drop, "a"), (drop, "b"), (drop, "c"))):
            photo = Attachment(OF_ACTIVITY, owner.uid, position=place, digest=digest, suffix=".jpg")
            ATTACHMENTS.save(ledger, photo, now=NOW)
        WORKS.save(ledger, Work(title="日报", activity_uid=drop.uid), now=NOW)
        EXEMPLARS.save(ledger, Exemplar(name="王建国", activity_uid=drop.uid), now=NOW)
        effect = Effect("人次", "186", "人次", (keep.uid, drop.uid))
        save_case(ledger, Case(title="案例", activities=(drop.uid, keep.uid), effects=(effect,)), now=NOW)
    return ledger, keep, drop


def test_merging_moves_what_belongs_to_the_dropped_record_and_is_one_step(tmp_path: Path) -> None:
    ledger, keep, drop = furnished(tmp_path)
    with ledger:
        labels = [each.spec.name for each in merging_records.differences(keep, drop, a_clerk().notice)]
        assert labels == ["start", "people_offline", "place"]
        said = merging_records.merge(ledger, keep, drop, {"place"}, a_clerk())
        assert drop.number in said
        (left,) = activity_list_repository.each(ledger, ActivityQuery())
        assert (left.uid, left.place, left.people_offline) == (keep.uid, "礼堂", 96), "numbers are not added"
        assert [each.digest for each in list_attachments(ledger, keep.uid)] == ["a", "b", "c"]
        assert [work.activity_uid for work in WORKS.list_all(ledger)] == [keep.uid]
        assert [exemplar.activity_uid for exemplar in EXEMPLARS.list_all(ledger)] == [keep.uid]
        (case,) = CASES.list_all(ledger)
        assert case.activities == (keep.uid,) and case.effects[0].sources == (keep.uid,)
        assert [each.uid for each in activity_repository.list_deleted(ledger)] == [drop.uid]
        history.undo(ledger, now=NOW)
        assert len(list_attachments(ledger, drop.uid)) == 3
        assert CASES.list_all(ledger)[0].activities == (drop.uid, keep.uid)
        assert len(list(activity_list_repository.each(ledger, ActivityQuery()))) == 2


def test_a_merge_of_what_was_changed_meanwhile_is_refused_whole(tmp_path: Path) -> None:
    ledger, keep, drop = furnished(tmp_path)
    with ledger:
        record(ledger, drop.with_values(note="别处改的"), a_clerk())
        with pytest.raises(UserError):
            merging_records.merge(ledger, keep, drop, {"place"}, a_clerk())
        assert len(list(activity_list_repository.each(ledger, ActivityQuery()))) == 2
        assert len(list_attachments(ledger, drop.uid)) == 3
