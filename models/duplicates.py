"""疑似重复: records that look like the same activity entered twice, and the clerk's word that they are not.

Two records look alike when their days are at most one apart and their names similar (as S11 has it), or when they
bear the same name in the same month and no third does. Records of one repetition, and cancelled ones, never do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from models import activity_list_repository
from models.activity import Activity
from models.activity_list_repository import TitleRow
from models.ledger import Ledger
from models.periods import Period
from models.recording import Clerk, quoted
from models.search import normalise
from models.small_record_repository import DISTINCT_PAIRS
from models.small_records import DistinctPair

SIMILAR = 0.8  # of difflib's ratio, from 0 to 1
MOST_PAIRS = 500  # as many as a person may look through
TWICE = 2  # a name that occurs more often in one month is a routine
SAME_NAME, NEAR = "同月同名", "日期相近，名称相似"

Likeness = tuple[int, int]  # how many characters, and which ones as bits


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two records that look alike, the one entered first on the left, and why."""

    left: Activity
    right: Activity
    reason: str


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What was found, the newest first; `more` is True when there were more than `MOST_PAIRS`."""

    pairs: tuple[Duplicate, ...]
    more: bool = False


def find_duplicates(
    ledger: Ledger, period: Period | None = None, go_on: Callable[[], bool] = lambda: True
) -> Duplicates:
    """Every pair that looks alike and was not called distinct. Fast enough for 100,000 records, but for a worker.

    `go_on` is asked now and then whether anybody still wants to know.
    """
    distinct = {(pair.first_uid, pair.second_uid) for pair in DISTINCT_PAIRS.list_all(ledger)}
    found: list[tuple[TitleRow, TitleRow, str]] = []
    for left, right, reason in _alike(activity_list_repository.list_titles(ledger, period), go_on):
        if _pair(left.uid, right.uid) not in distinct:
            found.append((left, right, reason))
    found.sort(key=lambda pair: pair[1].day, reverse=True)
    shown = found[:MOST_PAIRS]
    wanted = list({row.uid for left, right, _reason in shown for row in (left, right)})
    records = {each.uid: each for each in activity_list_repository.list_by_uids(ledger, wanted)}
    pairs = [_entered_first(records[left.uid], records[right.uid], reason) for left, right, reason in shown]
    return Duplicates(tuple(pairs), more=len(found) > len(shown))


def are_alike(first: str, second: str) -> bool:
    """Whether two names are similar, punctuation, width and case left aside."""
    one, other = normalise(first), normalise(second)
    return bool(one and other) and _similar(one, other)


def call_distinct(ledger: Ledger, one: Activity, other: Activity, clerk: Clerk) -> str:
    """Remember that two records are no duplicates, as a step of 撤销; returns what a toast says."""
    first, second = _pair(one.uid, other.uid)
    with ledger.transaction(f"{quoted(one)}和{quoted(other)}不是重复", at=clerk.now, person=clerk.person):
        DISTINCT_PAIRS.save(ledger, DistinctPair(first, second), now=clerk.now, person=clerk.person)
    return "已记下：这两条不是重复"


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _entered_first(one: Activity, other: Activity, reason: str) -> Duplicate:
    left, right = sorted((one, other), key=lambda activity: (activity.number, activity.uid))
    return Duplicate(left, right, reason)


def _alike(rows: list[TitleRow], go_on: Callable[[], bool]) -> Iterator[tuple[TitleRow, TitleRow, str]]:
    """Pairs of rows, earlier day first. One pass over the days, comparing each record with those of two days."""
    names = [normalise(row.title) for row in rows]
    near: set[tuple[str, str]] = set()
    for place, other in _neighbours(rows, names, go_on):
        near.add((rows[other].uid, rows[place].uid))
        yield rows[other], rows[place], SAME_NAME if names[place] == names[other] else NEAR
    months: dict[tuple[str, int, int], list[TitleRow]] = defaultdict(list)
    for row, name in zip(rows, names, strict=True):
        if name:
            day = date.fromordinal(row.day)
            months[(name, day.year, day.month)].append(row)
    for same in months.values():
        if len(same) == TWICE:
            earlier, later = same
            if (earlier.uid, later.uid) not in near and not _one_series(earlier, later):
                yield earlier, later, SAME_NAME


def _neighbours(rows: list[TitleRow], names: list[str], go_on: Callable[[], bool]) -> Iterator[tuple[int, int]]:
    """Places of (later, earlier) rows at most a day apart whose names are similar."""
    likeness = [_likeness(name) for name in names]
    begin = 0
    for place, row in enumerate(rows):
        while rows[begin].day < row.day - 1:
            begin += 1
        length, letters = likeness[place]
        if not length:
            continue
        if not place % 1000 and not go_on():
            return
        for other in range(begin, place):
            other_length, other_letters = likeness[other]
            # what only one name has is matched by nothing: with too many such characters the ratio cannot be reached
            spare = (length + other_length) * (1 - SIMILAR) + 1e-9
            if (letters ^ other_letters).bit_count() > spare or not other_length:
                continue
            if _similar(names[other], names[place]) and not _one_series(rows[other], row):
                yield place, other


def _likeness(name: str) -> Likeness:
    letters = 0
    for character in name:
        letters |= 1 << (ord(character) & 255)
    return len(name), letters


def _similar(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other)
    return matcher.real_quick_ratio() >= SIMILAR and matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


def _one_series(one: TitleRow, other: TitleRow) -> bool:
    return bool(one.series) and one.series == other.series
