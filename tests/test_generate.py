"""Generated activities for benchmarks: repeatable, varied, and records like any other."""

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.generate import FIRST_DAY, LAST_DAY, RECORDED_AT, fill, generate
from models import activity_repository
from models.activity import HOSTING_ROLES, Status
from models.activity_query import ActivityQuery
from models.checks import is_complete
from models.checks.findings import CheckContext
from models.errors import UserError
from models.fields import ACTIVITY_FIELDS, Kind
from models.ledger import Ledger
from models.notice_loader import builtin_notice
from models.samples import sample_unit

COUNT = 3000


def test_the_same_seed_gives_the_same_activities() -> None:
    assert list(generate(50, 7)) == list(generate(50, 7))
    assert list(generate(50, 7)) != list(generate(50, 8))


def test_titles_and_texts_hardly_repeat() -> None:
    activities = list(generate(COUNT, 1))
    assert len({activity.title for activity in activities}) > COUNT * 0.95
    summaries = [activity.summary for activity in activities if activity.summary]
    assert len(set(summaries)) > len(summaries) * 0.99
    assert 0.55 < len(summaries) / COUNT < 0.65
    assert min(map(len, summaries)) >= 60
    assert 250 < max(map(len, summaries)) <= 300
    assert sum(len(text) <= 200 for text in summaries) > len(summaries) * 0.9


def test_every_kind_of_record_occurs_over_ten_years() -> None:
    activities = list(generate(COUNT, 1))
    assert {activity.form for activity in activities} == {"F1", "F2", "F3", "F4", "F5", "F9"}
    assert {activity.status for activity in activities} == {Status.PLANNED, Status.DONE, Status.CANCELLED}
    assert {activity.role for activity in activities} > set(HOSTING_ROLES)
    years = {activity.start.year for activity in activities if activity.start}
    assert years == set(range(FIRST_DAY.year, LAST_DAY.year + 1))


def test_generated_records_keep_the_rules_they_claim_to_keep() -> None:
    context = CheckContext(builtin_notice(), sample_unit(), RECORDED_AT.date())
    for activity in islice(generate(COUNT, 2), 500):
        assert not activity.finalised or is_complete(activity, context), activity.title
        assert not activity.item or builtin_notice().item(activity.item)
        for spec in ACTIVITY_FIELDS:
            if spec.kind in (Kind.TEXT, Kind.LONG_TEXT):
                assert len(getattr(activity, spec.name)) <= spec.limit, spec.name


def test_a_big_ledger_is_made_with_one_call(tmp_path: Path) -> None:
    folder = tmp_path / "大台账"
    assert fill(folder, 60, 3) == 60
    with Ledger.open(folder) as ledger:
        assert activity_repository.count(ledger, ActivityQuery()) == 60
    with pytest.raises(UserError, match="已经有一个台账"):
        fill(folder, 60, 3)
