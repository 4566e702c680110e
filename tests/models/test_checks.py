"""逻辑检查: each rule fires on its slip and stays quiet on a sound record."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.activity import Activity, Mode, Role, Status
from models.checks import CheckResult, Finding, Severity, check_activity, check_period
from models.checks.findings import ACTIVITY_RULES, CheckContext
from models.checks.run import context_for_one
from models.explanation_repository import list_explanations, save_explanation
from models.fields import ACTIVITY_FIELDS, REQUIRED_LIMIT, UNIT_FIELDS
from models.notice import builtin_notice
from models.periods import quarter
from models.recording import record
from models.unit import Unit
from models.unit_repository import save_unit
from tests.factories import NOW, TODAY, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()
GOOD_SUMMARY = (
    "组织当班和轮休职工在职工之家集中收看大会直播，会后12名职工代表围绕岗位奉献座谈发言，"
    "班组长带头谈体会，车间主任作总结，气氛热烈，大家都说很受鼓舞。"
)


def findings(activity: Activity, **context: object) -> list[Finding]:
    usual = CheckContext(NOTICE, a_unit(), TODAY, quarter(2025, 3))
    return check_activity(activity, replace(usual, **context))  # pyright: ignore[reportArgumentType]


def rules(activity: Activity, **context: object) -> list[str]:
    return [finding.rule_id for finding in findings(activity, **context)]


def test_a_sound_record_raises_nothing() -> None:
    assert rules(an_activity(summary=GOOD_SUMMARY)) == []


def test_at_most_five_answers_are_required() -> None:
    assert sum(spec.required for spec in ACTIVITY_FIELDS) == REQUIRED_LIMIT
    assert sum(spec.required for spec in UNIT_FIELDS) <= REQUIRED_LIMIT


HARD = [
    ("H01", {"title": " 一 "}, "title"),
    ("H02", {"start": None}, "start"),
    ("H03", {"end": date(2025, 9, 1)}, "end"),
    ("H04", {"form": ""}, "form"),
    ("H05", {"focus": ()}, "focus"),
    ("H06", {"people_offline": 0, "people_online": None}, "people_offline"),
    ("H07", {"start": date(2025, 10, 11)}, "start"),
    ("H08", {"people_offline": 1_000_001}, "people_offline"),
    ("H08", {"sessions": 0}, "sessions"),
    ("H08", {"cost": -1}, "cost"),
    ("H09", {"form": "F9"}, "form_other"),
    ("H09", {"carrier": ("other",)}, "carrier_other"),
]
SOFT = [
    ("S02", {"people_offline": 2581}, "people_offline"),
    ("S04", {"summary": "太短"}, "summary"),
    ("S04", {"summary": "长" * 201}, "summary"),
    ("S05", {"form": "F1", "item": "F1-07"}, "quantity"),
    ("S07", {"start": date(2025, 7, 1), "end": date(2025, 8, 1)}, "end"),
    ("S08", {"end": date(2025, 10, 2)}, "end"),
    ("S10", {"people_offline": 200}, "safety"),
    ("S12", {"people_online": 500, "online_views": 500}, "people_online"),
    ("S17", {"note": "联系 13800000000"}, "note"),
    ("S17", {"summary": GOOD_SUMMARY + "410802199001011234"}, "summary"),
    ("S19", {"title": "《读书分享会"}, "title"),
    ("S20", {"role": Role.CO_HOST}, "partner_units"),
    ("S21", {"ai_use": ("content",)}, "ai_reviewed"),
    ("S22", {"status": Status.PLANNED, "people_offline": None, "start": date(2025, 9, 29)}, "status"),
    ("S23", {"mode": Mode.OFFLINE, "people_online": 4}, "mode"),
]


@pytest.mark.parametrize(("rule_id", "values", "field"), HARD + SOFT, ids=str)
def test_a_slip_is_found_at_its_field_with_a_whole_sentence(rule_id: str, values: dict, field: str) -> None:
    found = [finding for finding in findings(an_activity(**values)) if finding.rule_id == rule_id]
    assert [finding.field for finding in found] == [field]
    assert found[0].message[-1] in "。？"
    assert rule_id not in found[0].message
    assert found[0].severity is (Severity.HARD if rule_id[0] == "H" else Severity.SOFT)


@pytest.mark.parametrize(
    ("rule_id", "values"),
    [
        ("S02", {"people_offline": 2580}),
        ("S02", {"people_offline": 5000, "sessions": 10}),
        ("S05", {"form": "F1", "item": "F1-07", "quantity": 2}),
        ("S07", {"start": date(2025, 7, 1), "end": date(2025, 7, 31)}),
        ("S10", {"people_offline": 199}),
        ("S10", {"people_offline": 900, "safety": "专人引导"}),
        ("S12", {"people_online": 499, "online_views": 500}),
        ("S17", {"note": "编号 20250924001"}),
        ("S20", {"role": Role.CO_HOST, "partner_units": "示例学院工会"}),
        ("S22", {"status": Status.PLANNED, "people_offline": None, "start": date(2025, 9, 30)}),
        ("H09", {"form": "F9", "form_other": "岗位练兵"}),
        ("H07", {"start": TODAY}),
    ],
    ids=str,
)
def test_just_inside_the_line_nothing_is_said(rule_id: str, values: dict) -> None:
    assert rule_id not in rules(an_activity(**values))


def test_every_registered_rule_is_proven_here() -> None:
    compared = {"S03", "S09", "S11", "S16", "H14"}  # these need other records or photos: tested below
    assert {rule_id for rule_id, *_ in HARD + SOFT} | compared == set(ACTIVITY_RULES.rules)


def test_a_cancelled_activity_needs_no_numbers() -> None:
    assert rules(an_activity(status=Status.CANCELLED, people_offline=None, form="", focus=())) == []


class TestWithOtherRecords:
    def test_ten_times_the_last_one_offers_to_drop_a_zero(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(people_offline=96, start=date(2025, 9, 1), title="第一次")) as ledger:
            typed = an_activity(people_offline=1260, title="第二次")
            found = check_activity(typed, context_for_one(ledger, NOTICE, TODAY, typed))
        slip = next(finding for finding in found if finding.rule_id == "S03")
        assert "上次同类活动线下 96 人次，这次是它的 13 倍" in slip.message
        assert slip.repair and (slip.repair.label, slip.repair.field, slip.repair.value) == (
            "改为 126",
            "people_offline",
            126,
        )

    def test_same_name_on_the_next_day_looks_entered_twice(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(title="“工间操”推广活动")) as ledger:
            typed = an_activity(title="工间操推广活动。", start=date(2025, 9, 25))
            assert "S11" in [
                each.rule_id for each in check_activity(typed, context_for_one(ledger, NOTICE, TODAY, typed))
            ]
            later = typed.with_values(start=date(2025, 10, 7))
            assert "S11" not in [
                each.rule_id for each in check_activity(later, context_for_one(ledger, NOTICE, TODAY, later))
            ]

    def test_same_place_same_day_is_pointed_out_for_another_activity(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(title="乒乓球友谊赛")) as ledger:
            typed = an_activity(title="安全生产宣讲")
            assert "S09" in [
                each.rule_id for each in check_activity(typed, context_for_one(ledger, NOTICE, TODAY, typed))
            ]

    def test_a_record_is_not_compared_with_itself(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            saved = record(ledger, an_activity(summary=GOOD_SUMMARY), a_clerk())
            assert check_activity(saved, context_for_one(ledger, NOTICE, TODAY, saved)) == []


class TestWholePeriod:
    def check(self, ledger) -> CheckResult:
        return check_period(ledger, NOTICE, quarter(2025, 3), TODAY)

    def test_a_sound_ledger_is_right(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(summary=GOOD_SUMMARY)) as ledger:
            result = self.check(ledger)
        assert result.passed and result.records == 1

    def test_an_empty_period_says_that_there_is_nothing_to_report(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(start=date(2025, 2, 1))) as ledger:
            assert [finding.rule_id for finding in self.check(ledger).hard] == ["H16"]

    def test_an_empty_unit_card_blocks_the_submission_only(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, unit=Unit()) as ledger:
            final = record(ledger, an_activity(), a_clerk(), finalise=True)
            assert final.finalised
            fields = {finding.field for finding in self.check(ledger).hard}
        assert fields == {"unit.name", "unit.area", "unit.contact", "unit.phone", "unit.superior_type"}

    def test_more_members_than_workers_is_a_hint(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(), unit=a_unit(workers=10, members=11)) as ledger:
            assert "S01" in [finding.rule_id for finding in self.check(ledger).soft]

    def test_records_without_a_day_are_checked_too(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(), Activity(title="忘了日期")) as ledger:
            assert "H02" in [finding.rule_id for finding in self.check(ledger).hard]

    def test_an_explanation_settles_a_hint_until_the_numbers_change(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            saved = record(ledger, an_activity(people_offline=300), a_clerk())
            hint = next(finding for finding in self.check(ledger).soft if finding.rule_id == "S10")
            with ledger.transaction("写核实说明", at=NOW):
                save_explanation(ledger, hint, "分三批入场", now=NOW)
            answered = next(finding for finding in self.check(ledger).soft if finding.rule_id == "S10")
            assert answered.explanation == "分三批入场" and not answered.open
            record(ledger, saved.with_values(people_offline=400), a_clerk())
            assert next(finding for finding in self.check(ledger).soft if finding.rule_id == "S10").open

    def test_an_explanation_can_be_taken_back(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(people_offline=300)) as ledger:
            hint = next(finding for finding in self.check(ledger).soft if finding.rule_id == "S10")
            for text in ("看错了", ""):
                with ledger.transaction("写核实说明", at=NOW):
                    save_explanation(ledger, hint, text, now=NOW)
            assert list_explanations(ledger) == {}

    def test_the_unit_card_can_be_changed(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(summary=GOOD_SUMMARY)) as ledger:
            with ledger.transaction("修改单位档案", at=NOW):
                save_unit(ledger, a_unit(phone=""), now=NOW)
            assert [finding.field for finding in self.check(ledger).hard] == ["unit.phone"]
