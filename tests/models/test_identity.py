"""Identities sort by the moment they were made, also within a millisecond and after the clock was set back."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from models.identity import new_uid

MANY = 5_000


def test_identities_are_valid_and_made_later_sort_later() -> None:
    uids = [new_uid() for _ in range(MANY)]
    assert uids == sorted(set(uids))
    for uid in uids[:: MANY // 50]:
        parsed = uuid.UUID(uid)
        assert str(parsed) == uid and parsed.version == 7 and parsed.variant == uuid.RFC_4122
        assert abs((parsed.int >> 80) / 1000 - time.time()) < 60


def test_a_clock_set_back_makes_no_earlier_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_uid()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000_000_000_000)
    later = [new_uid() for _ in range(10)]
    assert [before, *later] == sorted({before, *later})


def test_threads_never_share_an_identity() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = [uid for part in pool.map(lambda _: [new_uid() for _ in range(MANY // 4)], range(4)) for uid in part]
    assert len(set(found)) == len(found)
