"""The sample ledger: it must look like real work, and every name in it must be one that the notice knows."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.activity import TYPED_FIELDS, Activity, Mode, Role, Status
from models.activity_repository import get_activity
from models.case_repository import CASES, linked_activities
from models.checks import check_activity, check_one_case, is_complete
from models.checks.findings import CheckContext, Severity
from models.checks.unit_rules import check_unit
from models.fields import (
    ACTIVITY_FIELDS,
    CASE_CHOICES,
    CASE_FIELDS,
    EXEMPLAR_CHOICES,
    EXEMPLAR_FIELDS,
    PLAN_FIELDS,
    UNIT_FIELDS,
    WORK_CHOICES,
    WORK_FIELDS,
    FieldSpec,
    Kind,
)
from models.notice_loader import builtin_notice
from models.periods import quarter
from models.plan_item import MEETING
from models.plan_repository import PLAN_ITEMS
from models.publicity_repository import EXEMPLARS, WORKS
from models.sample_ledger import create_sample_ledger
from models.samples import (
    SAMPLE_DAY,
    checked_values,
    sample_activities,
    sample_cases,
    sample_exemplars,
    sample_plan_items,
    sample_unit,
    sample_works,
)

NOTICE = builtin_notice()
CONTEXT = CheckContext(NOTICE, sample_unit(), SAMPLE_DAY)


def list_findings(severity: Severity) -> Counter[str]:
    found = (finding for activity in sample_activities() for finding in check_activity(activity, CONTEXT))
    return Counter(finding.rule_id for finding in found if finding.severity is severity)


def test_the_year_has_every_form_focus_role_and_way_of_holding() -> None:
    activities = sample_activities()
    assert 40 <= len(activities) <= 60
    assert {activity.form for activity in activities} >= {"F1", "F2", "F3", "F4", "F5", "F9"}
    assert {code for activity in activities for code in activity.focus} == {"Q1", "Q2", "Q3"}
    assert {activity.status for activity in activities} == {Status.PLANNED, Status.DONE, Status.CANCELLED}
    assert {activity.role for activity in activities} >= {Role.HOST, Role.CO_HOST, Role.TAKE_PART}
    assert {activity.mode for activity in activities} >= {Mode.OFFLINE, Mode.ONLINE, Mode.BLENDED}
    assert {activity.start.month for activity in activities if activity.start} == set(range(1, 13))


def test_almost_every_question_of_the_form_is_answered_somewhere() -> None:
    empty = Activity()
    unanswered = {
        name
        for name in TYPED_FIELDS
        if all(getattr(activity, name) == getattr(empty, name) for activity in sample_activities())
    }
    assert unanswered <= {"carrier_other", "linked_campaigns_other", "ai_use_other", "need_source_other"}


def test_every_choice_is_one_that_the_notice_offers() -> None:
    for spec in ACTIVITY_FIELDS:
        if spec.kind not in (Kind.CHOICE, Kind.MULTI) or spec.name in ("status", "role", "mode"):
            continue
        offered = {option.code for option in NOTICE.options(spec.name)}
        for activity in sample_activities():
            value = getattr(activity, spec.name)
            chosen = {value} if isinstance(value, str) else set(value)
            assert chosen - {""} <= offered, (activity.title, spec.name)


def test_items_and_themes_belong_to_the_form_and_focus_they_stand_with() -> None:
    for activity in sample_activities():
        assert not activity.item or activity.item.startswith(f"{activity.form}-"), activity.title
        assert {theme[:2] for theme in activity.focus_sub} <= set(activity.focus), activity.title


def test_no_text_is_longer_than_its_box() -> None:
    for activity in sample_activities():
        for spec in ACTIVITY_FIELDS:
            if spec.kind in (Kind.TEXT, Kind.LONG_TEXT):
                assert len(getattr(activity, spec.name)) <= spec.limit, (activity.title, spec.name)


def test_the_unit_card_is_complete_and_nobody_real() -> None:
    unit = sample_unit()
    assert check_unit(unit, NOTICE) == []
    assert "示例" in unit.name
    assert unit.phone == "0391-0000000"
    assert unit.email.endswith("@example.com")
    assert all(len(getattr(unit, spec.name)) <= spec.limit for spec in UNIT_FIELDS if spec.kind is Kind.TEXT)


def test_finalised_records_keep_every_hard_rule() -> None:
    finalised = [activity for activity in sample_activities() if activity.finalised]
    assert len(finalised) > 25
    assert [activity.title for activity in finalised if not is_complete(activity, CONTEXT)] == []


def test_logic_check_has_something_to_show_of_both_kinds_but_not_much() -> None:
    hard, soft = list_findings(Severity.HARD), list_findings(Severity.SOFT)
    assert {"H02", "H04", "H05", "H06", "H09"} == set(hard)
    assert {"S04", "S10", "S20", "S21", "S22"} <= set(soft)
    assert hard.total() + soft.total() < 20


def test_what_lies_ahead_is_planned_and_what_lies_behind_is_done() -> None:
    for activity in sample_activities():
        if activity.start and activity.start > SAMPLE_DAY:
            assert activity.status in (Status.PLANNED, Status.CANCELLED), activity.title


def test_the_third_quarter_adds_up() -> None:
    """The figures of 表2 in the manual: 14 records, 26 sessions of our own, 3 taken part in."""
    third = quarter(2025, 3)
    done = [each for each in sample_activities() if third.contains(each.start) and each.status == Status.DONE]
    assert len(done) == 14
    assert sum(each.sessions or 0 for each in done if each.hosted) == 26
    assert sum(each.sessions or 0 for each in done if not each.hosted) == 3
    assert sum(each.people_offline or 0 for each in done) == 2390
    assert sum(each.people_online or 0 for each in done) == 1107


def test_rare_characters_are_among_the_names() -> None:
    names = "".join(activity.leader for activity in sample_activities())
    assert set("喆堃㮾𬭎") <= set(names)


@pytest.mark.parametrize(
    "table",
    [
        {"titel": "写错的字段"},
        {"title": 5},
        {"people_offline": "126"},
        {"people_offline": True},
        {"focus": "Q1"},
        {"focus": [1]},
        {"start": "2025-07-01"},
    ],
)
def test_a_slip_in_the_sample_file_is_reported_as_a_bug(table: dict[str, Any]) -> None:
    kinds: dict[str, Any] = {
        "title": str, "people_offline": int | None, "focus": tuple[str, ...], "start": date | None,
    }  # fmt: skip
    with pytest.raises(ValueError, match=next(iter(table))):
        checked_values(table, kinds)


def test_the_cases_show_every_state_from_hatched_to_adopted(tmp_path: Path) -> None:
    with create_sample_ledger(tmp_path, NOTICE) as ledger:
        cases = {case.title: case for case in CASES.list_all(ledger)}
        findings = {title: check_one_case(ledger, NOTICE, case) for title, case in cases.items()}
        uids = {activity.uid for case in cases.values() for activity in linked_activities(ledger, case)}
        assert sorted(case.stage for case in cases.values()) == ["adopted", "draft", "draft", "final"]
        assert {title: {each.rule_id for each in found} for title, found in findings.items() if found} == {
            "三套工间操做到岗位上": {"H10"},
            "劳模工匠进校园": {"H18"},
        }
        assert all(case.effects and case.activities for case in cases.values())
        assert {uid for case in cases.values() for effect in case.effects for uid in effect.sources} <= uids


def test_works_exemplars_and_the_plan_belong_to_sample_activities(tmp_path: Path) -> None:
    with create_sample_ledger(tmp_path, NOTICE) as ledger:
        works, exemplars = WORKS.list_all(ledger), EXEMPLARS.list_all(ledger)
        plan = PLAN_ITEMS.list_all(ledger)
        assert len(works) >= 8 and len(exemplars) >= 3
        assert sum(item.kind == MEETING for item in plan) == 2
        owners = {record.activity_uid for record in (*works, *exemplars, *plan)} - {""}
        assert all(get_activity(ledger, uid) for uid in owners)
        assert [work.case_uid for work in works if work.case_uid] == [
            case.uid for case in CASES.list_all(ledger) if case.title == "班前十分钟“微思政课”"
        ]


@pytest.mark.parametrize(
    ("specs", "choices", "records"),
    [
        (WORK_FIELDS, WORK_CHOICES, [each.record for each in sample_works()]),
        (EXEMPLAR_FIELDS, EXEMPLAR_CHOICES, [each.record for each in sample_exemplars()]),
        (PLAN_FIELDS, {}, [each.record for each in sample_plan_items()]),
        (CASE_FIELDS, CASE_CHOICES, sample_cases()),
    ],
    ids=["works", "exemplars", "plan", "cases"],
)
def test_the_other_records_keep_to_the_notice_and_to_their_boxes(
    specs: tuple[FieldSpec, ...], choices: dict[str, str], records: list[Any]
) -> None:
    for record in records:
        for spec in specs:
            value = getattr(record, spec.name)
            if spec.kind is Kind.CHOICE and value:
                assert value in {option.code for option in NOTICE.options(choices.get(spec.name, spec.name))}
            elif spec.kind in (Kind.TEXT, Kind.LONG_TEXT) and spec.limit:
                assert len(value) <= spec.limit, (record, spec.name)
