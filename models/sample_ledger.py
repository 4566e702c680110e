"""A whole ledger of invented records, for “先看看示例数据” and for `main.py demo`."""

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

from models.activity_repository import list_in_period
from models.case_figures import pulled
from models.case_recording import new_case, record_case, set_fate
from models.case_repository import linked_activities
from models.ledger import Ledger
from models.notice import Notice
from models.periods import year_of
from models.plan_repository import PLAN_ITEMS
from models.publicity_repository import EXEMPLARS, WORKS
from models.recording import Clerk, record_many
from models.samples import (
    SAMPLE_DAY,
    sample_activities,
    sample_cases,
    sample_exemplars,
    sample_plan_items,
    sample_unit,
    sample_works,
)
from models.unit_repository import save_unit


def create_sample_ledger(folder: Path, notice: Notice) -> Ledger:
    """Make the sample ledger in `folder` and return it open. Raises UserError as `Ledger.create` does."""
    ledger = Ledger.create(folder)
    try:
        unit = sample_unit()
        clerk = Clerk(notice, datetime.combine(SAMPLE_DAY, time(9, 0)), unit.contact)
        with ledger.transaction("填写单位档案", at=clerk.now, person=clerk.person):
            save_unit(ledger, unit, now=clerk.now, person=clerk.person)
        with ledger.transaction("登记示例数据", at=clerk.now, person=clerk.person):
            record_many(ledger, sample_activities(), clerk, "登记示例活动")
            uids = {each.title: each.uid for each in list_in_period(ledger, year_of(SAMPLE_DAY))}
            _save_others(ledger, clerk, uids, _save_cases(ledger, clerk, uids))
    except BaseException:
        ledger.close()
        raise
    return ledger


def _save_cases(ledger: Ledger, clerk: Clerk, uids: dict[str, str]) -> dict[str, str]:
    """The sample cases with figures from their activities; returns their uids by title."""
    usual = new_case(ledger, clerk)
    found: dict[str, str] = {}
    for sample in sample_cases():
        activities = tuple(uids[title] for title in sample.activities)
        case = replace(
            sample, activities=activities, author=usual.author, reviewer=usual.reviewer, phone=usual.phone, fate=""
        )
        case = pulled(case, linked_activities(ledger, case), clerk.notice)
        saved = record_case(ledger, case, clerk, finalise=sample.finalised or None)
        if sample.fate:
            set_fate(ledger, saved, sample.fate, clerk, sample.fate_note)
        found[saved.title] = saved.uid
    return found


def _save_others(ledger: Ledger, clerk: Clerk, activities: dict[str, str], cases: dict[str, str]) -> None:
    """作品和报道, 先进典型, plan and meetings. KeyError for a title that no sample record has."""
    activities, cases = {"": "", **activities}, {"": "", **cases}
    for work in sample_works():
        record = replace(work.record, activity_uid=activities[work.activity], case_uid=cases[work.case])
        WORKS.save(ledger, record, now=clerk.now, person=clerk.person)
    for exemplar in sample_exemplars():
        record = replace(exemplar.record, activity_uid=activities[exemplar.activity])
        EXEMPLARS.save(ledger, record, now=clerk.now, person=clerk.person)
    for item in sample_plan_items():
        record = replace(item.record, activity_uid=activities[item.activity])
        PLAN_ITEMS.save(ledger, record, now=clerk.now, person=clerk.person)
