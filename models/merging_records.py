"""Merging two records of the same activity: each differing answer is picked from one of them, nothing is added up."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from models import activity_repository
from models.activity import Activity
from models.attachment_repository import ATTACHMENTS, list_attachments
from models.bulk import assert_unchanged
from models.case import Case
from models.case_repository import CASES
from models.field_texts import words_of
from models.fields import ACTIVITY_FIELDS, FieldSpec
from models.ledger import Ledger
from models.notice import Notice
from models.plan_repository import PLAN_ITEMS
from models.publicity_repository import EXEMPLARS, WORKS
from models.recording import Clerk, quoted, record


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose answers differ, each in words; `better` is the name of the side suggested: left or right."""

    spec: FieldSpec
    left: str
    right: str
    better: str


def differences(left: Activity, right: Activity, notice: Notice) -> list[Difference]:
    """Every typed field in which two records differ, in the order of the form.

    The answer that is filled in is suggested; of two filled ones, that of the record changed last.
    """
    newer = "right" if _moment(right) > _moment(left) else "left"
    found: list[Difference] = []
    for spec in ACTIVITY_FIELDS:
        one, other = getattr(left, spec.name), getattr(right, spec.name)
        if one == other:
            continue
        words, other_words = words_of(spec.name, one, notice), words_of(spec.name, other, notice)
        better = newer if words and other_words else ("left" if words else "right")
        found.append(Difference(spec, words, other_words, better))
    return found


def merged(keep: Activity, drop: Activity, from_drop: Collection[str]) -> Activity:
    """The kept record with the answers of the other in the fields `from_drop`."""
    taken: dict[str, Any] = {name: getattr(drop, name) for name in from_drop}
    return keep.with_values(**taken)


def merge(ledger: Ledger, keep: Activity, drop: Activity, from_drop: Collection[str], clerk: Clerk) -> str:
    """Merge `drop` into `keep` as one step of 撤销; returns what was done, as a toast says it.

    Photos, files, 作品/报道, 先进典型, plan items and the links of cases move to the kept record; the other goes to
    回收站. Raises UserError, and writes nothing, when one of the two was changed since they were shown.
    """
    assert_unchanged(ledger, [keep, drop])
    with ledger.transaction(f"合并活动{quoted(keep)}", at=clerk.now, person=clerk.person):
        record(ledger, merged(keep, drop, from_drop), clerk)
        _move_attachments(ledger, keep.uid, drop.uid, clerk)
        _move_sub_records(ledger, keep.uid, drop.uid, clerk)
        _link_cases(ledger, keep.uid, drop.uid, clerk)
        activity_repository.delete_activities(ledger, [drop.uid], now=clerk.now)
    return f"已合并为{quoted(merged(keep, drop, from_drop))}，{drop.number} 移到回收站"


def _moment(activity: Activity) -> str:
    return activity.modified_at.isoformat() if activity.modified_at else ""


def _move_attachments(ledger: Ledger, keep: str, drop: str, clerk: Clerk) -> None:
    """Behind those of the kept record; a picture that it has already stays with the dropped one."""
    own = list_attachments(ledger, keep)
    digests = {each.digest for each in own}
    position = max((each.position for each in own), default=-1)
    for each in list_attachments(ledger, drop):
        if each.digest in digests:
            continue
        position += 1
        moved = replace(each, owner_uid=keep, position=position)
        ATTACHMENTS.save(ledger, moved, now=clerk.now, person=clerk.person)


def _move_sub_records(ledger: Ledger, keep: str, drop: str, clerk: Clerk) -> None:
    for work in WORKS.list_where(ledger, activity_uid=drop):
        WORKS.save(ledger, replace(work, activity_uid=keep), now=clerk.now, person=clerk.person)
    for exemplar in EXEMPLARS.list_where(ledger, activity_uid=drop):
        EXEMPLARS.save(ledger, replace(exemplar, activity_uid=keep), now=clerk.now, person=clerk.person)
    for item in PLAN_ITEMS.list_where(ledger, activity_uid=drop):
        PLAN_ITEMS.save(ledger, replace(item, activity_uid=keep), now=clerk.now, person=clerk.person)


def _link_cases(ledger: Ledger, keep: str, drop: str, clerk: Clerk) -> None:
    for case in CASES.list_all(ledger):
        linked = _relinked(case, keep, drop)
        if linked != case:
            CASES.save(ledger, linked, now=clerk.now, person=clerk.person)


def _relinked(case: Case, keep: str, drop: str) -> Case:
    """The case with the kept record wherever it named the other one."""

    def codes(uids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(keep if uid == drop else uid for uid in uids))

    effects = tuple(replace(effect, sources=codes(effect.sources)) for effect in case.effects)
    return replace(case, activities=codes(case.activities), effects=effects)
