"""更正: a submitted record is marked when it says something else than what was sent, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from models import photos
from models.activity import Activity
from models.activity_repository import list_in_period
from models.attachment import OF_CASE
from models.attachment_recording import remove
from models.attachment_repository import ATTACHMENTS, list_attachments
from models.case_recording import record_case
from models.case_repository import CASES
from models.errors import UserError
from models.file_store import FOLDER
from models.ledger import Ledger
from models.notice import builtin_notice
from models.recording import delete, record
from models.submission import Way
from models.submission_changes import ChangedSince, changed_since_submission, marks
from models.submission_differences import ADDED, CHANGED, REMOVED
from models.submission_log_repository import last_sent, last_sent_of, touched_items
from models.submitting import register_sent
from models.unit_repository import get_unit, save_unit
from tests.factories import NOW, TODAY, a_case, a_clerk, an_activity
from tests.models.photo_samples import a_picture, encoded
from tests.models.submitted import THIRD, a_ready_ledger, add_captioned_photo, explain_everything, submitted

NOTICE = builtin_notice()
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ready_ledger(tmp_path / "台账") as opened:
        yield opened


def first_activity(ledger: Ledger) -> Activity:
    return list_in_period(ledger, THIRD)[0]


def since(ledger: Ledger) -> ChangedSince:
    found = changed_since_submission(ledger, NOTICE, THIRD, TODAY)
    assert found is not None
    return found


def told(ledger: Ledger) -> list[tuple[str, str, str]]:
    return [(each.change, each.kind, each.title) for each in since(ledger).found.changes]


def test_before_anything_was_sent_there_is_nothing_to_correct(ledger: Ledger) -> None:
    assert changed_since_submission(ledger, NOTICE, THIRD, TODAY) is None
    submitted(ledger, sent=False)
    record(ledger, first_activity(ledger).with_values(people_offline=80), a_clerk(LATER))
    assert changed_since_submission(ledger, NOTICE, THIRD, TODAY) is None and marks(ledger, NOTICE, TODAY) == {}


def test_saving_again_what_is_there_is_no_change(ledger: Ledger) -> None:
    kept = submitted(ledger)
    for activity in list_in_period(ledger, THIRD):
        record(ledger, activity, a_clerk(LATER))
    assert len(touched_items(ledger, kept.uid)) == 3, "both activities, and the case that was marked 已报送"
    assert told(ledger) == [] and marks(ledger, NOTICE, TODAY) == {}


def test_what_was_edited_added_and_deleted_is_told(ledger: Ledger) -> None:
    kept = submitted(ledger)
    edited, gone = list_in_period(ledger, THIRD)
    record(ledger, edited.with_values(people_offline=126), a_clerk(LATER))
    delete(ledger, [gone], a_clerk(LATER))
    record(ledger, an_activity(title="补登的活动"), a_clerk(LATER))
    record(ledger, an_activity(title="下季度的", start=date(2025, 10, 1)), a_clerk(LATER))
    assert since(ledger).submission == kept and since(ledger).count == 3
    assert sorted(told(ledger)) == sorted(
        [(CHANGED, "activity", edited.title), (ADDED, "activity", "补登的活动"), (REMOVED, "activity", gone.title)]
    )
    [mark] = marks(ledger, NOTICE, TODAY).items()
    assert mark[0] == edited.uid and mark[1].submission == kept
    assert [(field.label, field.old, field.new) for field in mark[1].change.fields] == [
        ("线下参加人次", "76 人次", "126 人次")
    ]
    record(ledger, edited.with_values(people_offline=76), a_clerk(LATER))
    assert marks(ledger, NOTICE, TODAY) == {}, "changed back"


def test_cases_and_their_photos_count_too(ledger: Ledger) -> None:
    submitted(ledger)
    [case] = CASES.list_all(ledger)
    photos.add_photos(
        ledger, OF_CASE, case.uid, [photos.Pasted("又.jpg", lambda: encoded(a_picture(900, 900)))], a_clerk(LATER)
    )
    assert [each[:2] for each in told(ledger)] == [(ADDED, "attachment")]
    [case] = CASES.list_all(ledger)
    record_case(ledger, replace(case, title="换个名字的案例"), a_clerk(LATER))
    assert (CHANGED, "case_record", "换个名字的案例") in told(ledger)
    assert list(marks(ledger, NOTICE, TODAY)) == [case.uid]


def test_a_case_that_was_left_out_on_purpose_is_no_addition(ledger: Ledger) -> None:
    clerk = a_clerk(NOW - timedelta(days=1))
    left_out = a_case(title="没有报的案例", period_end=date(2025, 9, 1), secret_checked=True)
    record_case(ledger, left_out, clerk, finalise=True)
    explain_everything(ledger)
    chosen = [case.uid for case in CASES.list_all(ledger) if case.title != "没有报的案例"]
    submitted(ledger, cases=chosen)
    assert told(ledger) == []
    record_case(ledger, a_case(title="后来写的案例", period_end=date(2025, 9, 2)), a_clerk(LATER))
    assert told(ledger) == [(ADDED, "case_record", "后来写的案例")]


def test_a_new_telephone_number_on_the_unit_card_is_a_change(ledger: Ledger) -> None:
    submitted(ledger)
    with ledger.transaction("改单位", at=LATER):
        save_unit(ledger, replace(get_unit(ledger), phone="0391-1111111"), now=LATER)
    assert [each[:2] for each in told(ledger)] == [(CHANGED, "unit")]
    assert marks(ledger, NOTICE, TODAY) == {}


def test_a_correction_that_was_sent_starts_anew(ledger: Ledger) -> None:
    first = submitted(ledger)
    own = first_activity(ledger)
    record(ledger, own.with_values(people_offline=126), a_clerk(LATER))
    second = submitted(ledger, LATER, sent=False)
    assert since(ledger).submission == first and own.uid in marks(ledger, NOTICE, TODAY)
    assert last_sent(ledger) == {"2025Q3": first.uid} and last_sent_of(ledger, own.uid) == first.uid
    register_sent(ledger, second, Way.USB, LATER)
    assert since(ledger).submission == second and told(ledger) == []
    assert last_sent_of(ledger, own.uid) == second.uid and last_sent_of(ledger, "never") == ""


def test_a_submission_whose_file_has_gone_marks_nothing_and_says_so_when_asked(ledger: Ledger) -> None:
    submitted(ledger)
    record(ledger, first_activity(ledger).with_values(people_offline=126), a_clerk(LATER))
    for file in (ledger.folder / FOLDER).rglob("*.json"):
        file.unlink()
    with pytest.raises(UserError, match="读不出 BS-2025-001 报送时的数据"):
        since(ledger)
    assert marks(ledger, NOTICE, TODAY) == {}


def test_a_photo_taken_away_changes_none_of_those_after_it(ledger: Ledger) -> None:
    """Their names count on, but they are what they were."""
    [case] = CASES.list_all(ledger)
    for width in (1000, 1100):
        picture = photos.Pasted("现场.jpg", lambda width=width: encoded(a_picture(width, 800)))
        add_captioned_photo(ledger, case.uid, picture)
    explain_everything(ledger)
    submitted(ledger)
    first, *_ = list_attachments(ledger, case.uid)
    remove(ledger, [first], a_clerk(LATER))
    found = changed_since_submission(ledger, NOTICE, THIRD, TODAY)
    assert found and [(each.change, each.kind) for each in found.found.changes] == [(REMOVED, "attachment")]


def test_photos_in_another_order_say_from_where_to_where(ledger: Ledger) -> None:
    [case] = CASES.list_all(ledger)
    add_captioned_photo(ledger, case.uid, photos.Pasted("现场.jpg", lambda: encoded(a_picture(1000, 800))))
    explain_everything(ledger)
    submitted(ledger)
    with ledger.transaction("换顺序", at=LATER):
        for place, photo in enumerate(reversed(list_attachments(ledger, case.uid))):
            ATTACHMENTS.save(ledger, replace(photo, position=place), now=LATER)
    found = changed_since_submission(ledger, NOTICE, THIRD, TODAY)
    assert found is not None
    told = [(field.label, field.old, field.new) for each in found.found.changes for field in each.fields]
    assert told == [("顺序", "第2张", "第1张"), ("顺序", "第1张", "第2张")]
