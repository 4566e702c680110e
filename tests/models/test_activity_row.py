"""A record read from the ledger is the record that was saved, and cannot be changed by the way."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from models.activity import Activity
from models.activity_row import changed, from_row, to_values
from tests.factories import an_activity


def test_what_is_read_is_what_was_written() -> None:
    for activity in (Activity(), an_activity(focus=("Q1", "Q2"), end=date(2025, 8, 2), ai_reviewed=True, cost=120)):
        read = from_row(to_values(activity))
        assert type(read) is Activity
        assert (read, hash(read), repr(read)) == (activity, hash(activity), repr(activity))
        assert pickle.loads(pickle.dumps(read)) == copy.copy(read) == activity
        assert read.with_values(title="另一个").title == "另一个"


def test_a_record_that_was_read_or_changed_is_frozen() -> None:
    for activity in (from_row(to_values(an_activity())), changed(an_activity(), title="改过")):
        for field in fields(Activity):
            with pytest.raises(FrozenInstanceError):
                setattr(activity, field.name, None)


def test_two_records_share_nothing_that_can_change() -> None:
    one, other = (from_row(to_values(an_activity(title=title))) for title in ("一", "二"))
    assert (one.title, other.title) == ("一", "二")
    assert all(isinstance(getattr(one, name), tuple) for name in ("focus", "carrier", "tags"))
