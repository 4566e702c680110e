"""逻辑检查 of cases, of photos, and of what somebody called “不是重复”."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import file_store
from models.activity import Activity
from models.attachment import OF_ACTIVITY, OF_CASE, PHOTO, Attachment
from models.attachment_repository import ATTACHMENTS
from models.case import Case, CaseStage, Effect
from models.case_recording import record_case, set_fate
from models.checks import Severity, check_activity, check_case, check_one_case, check_period, is_case_complete
from models.checks.findings import CASE_RULES, CheckContext, Finding
from models.checks.run import context_for_one
from models.explanation_repository import save_explanation
from models.fields import CASE_FIELDS
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import quarter
from models.recording import record
from models.small_record_repository import DISTINCT_PAIRS
from models.small_records import DistinctPair
from tests.factories import NOW, TODAY, a_case, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()
CONTEXT = CheckContext(NOTICE, a_unit(), TODAY)
AN_HOUR = an_activity(uid="a")
PHOTO_OK = Attachment(uid="p1", owner_uid="c", caption="班前会上讲微课", consent=True)


def found(case: Case, **context: Any) -> list[Finding]:
    return check_case(case, replace(CONTEXT, **context))


def rules(case: Case, **context: Any) -> list[str]:
    return [finding.rule_id for finding in found(case, **context)]


def test_a_sound_case_raises_nothing() -> None:
    assert rules(a_case()) == []
    assert rules(a_case(secret_checked=True), submitting=True) == []


CASES_WITH_SLIPS: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("H10", {"problem": ""}, {}, "problem"),
    ("H10", {"practice": "一" * 99}, {}, "practice"),
    ("H10", {"insight": "一 " * 49}, {}, "insight"),
    ("H11", {"title": "思政课"}, {}, "title"),
    ("H11", {"domain": ""}, {}, "domain"),
    ("H14", {"uid": "c"}, {"submitting": True, "has_file": lambda _each: False}, "photos"),
    ("H17", {}, {"submitting": True}, "secret_checked"),
    ("H18", {"summary": "〔请补充：一句话〕"}, {}, "summary"),
    ("S13", {"problem": "难" * 50, "practice": "一是做。二是学。" * 20, "insight": "好" * 50}, {}, "practice"),
    ("S14", {"practice": "做了10件事" * 333}, {}, "practice"),
    ("S16", {"uid": "c"}, {"attachments": lambda _uid: (replace(PHOTO_OK, consent=False),)}, "photos"),
    ("S16", {"uid": "c"}, {"attachments": lambda _uid: (replace(PHOTO_OK, caption=" "),)}, "photos"),
    ("S17", {"summary": "有事找 138 0000 0000"}, {}, "summary"),
    ("S17", {"effects": (Effect("户主", "410802199001011234", ""),)}, {}, "effects"),
    ("S17", {"summary": "账号6222021234567890123"}, {}, "summary"),
    ("S19", {"summary": "做到两个维护"}, {}, "summary"),
    ("S19", {"summary": "落实焦工文【2025】33号"}, {}, "summary"),
    ("S19", {"summary": "读《工会法"}, {}, "summary"),
    ("S24", {"title": "焦作市示例机械有限公司微思政课"}, {}, "title"),
    ("S24", {"title": "《班组微课》进班前会"}, {}, "title"),
    ("S25", {"title": "长" * 41}, {}, "title"),
    ("S25", {"effects": (Effect("指标", "1", "个"),) * 9}, {}, "effects"),
    (
        "S26",
        {"effects": (Effect("开展活动", "4", "场", ("a",)),)},
        {"linked": lambda _c: [an_activity(uid="a")]},
        "effects",
    ),
]


def name_of(part: str | dict[str, object]) -> str:
    """The same in every process: not where a function lies in memory."""
    return part if isinstance(part, str) else "+".join(part)


@pytest.mark.parametrize(("rule_id", "values", "context", "field"), CASES_WITH_SLIPS, ids=name_of)
def test_a_slip_is_found_at_its_field_with_a_whole_sentence(
    rule_id: str, values: dict[str, Any], context: dict[str, Any], field: str
) -> None:
    usual = {"attachments": lambda _uid: (PHOTO_OK,)} if rule_id == "H14" else {}
    finding = next(each for each in found(a_case(**values), **usual, **context) if each.rule_id == rule_id)
    assert finding.field == field
    assert finding.record_kind == "case"
    assert finding.message[-1] in "。？" and rule_id not in finding.message
    assert finding.severity is (Severity.HARD if rule_id[0] == "H" else Severity.SOFT)


def test_every_rule_of_cases_is_proven_here() -> None:
    assert {rule_id for rule_id, *_ in CASES_WITH_SLIPS} == set(CASE_RULES.rules)


@pytest.mark.parametrize(
    ("rule_id", "values"),
    [
        ("H10", {"problem": "一" * 50, "practice": "一" * 100, "insight": "一" * 50}),
        ("H11", {"title": "微思政课"}),
        ("H17", {}),
        ("H18", {"summary": "落实焦工文〔2025〕33号"}),
        ("S13", {"problem": "难" * 50, "practice": "做" * 100, "insight": "八百七十一人听了课" * 6}),
        ("S13", {"problem": "难" * 50, "practice": "做" * 100, "insight": "好" * 50,
                 "effects": (Effect("开展活动", "4", "场"),)}),
        ("S14", {"practice": "做了10件事" * 300}),
        ("S17", {"phone": "13800000000"}),
        ("S24", {"title": "“微思政课”进班前会"}),
        ("S25", {"title": "长" * 40}),
        ("S26", {"effects": (Effect("开展活动", "4", "场"),)}),
    ],
    ids=str,
)  # fmt: skip
def test_just_inside_the_line_nothing_is_said(rule_id: str, values: dict[str, Any]) -> None:
    assert rule_id not in rules(a_case(**values))


def test_how_much_is_missing_is_said() -> None:
    (finding,) = found(a_case(insight="“小切口”才能讲清“大道理”，职工愿意听身边人。"))
    assert finding.message == "“经验启示”还差 26 字。写清做法为什么有效、别的单位怎样学。"


def test_a_mark_of_the_draft_is_named() -> None:
    case = a_case(problem=a_case().problem + "〔请补充：原来遇到什么问题〕〔请补充：有多少人〕")
    (finding,) = found(case)
    assert "〔请补充：原来遇到什么问题〕等 2 处还没有补上" in finding.message
    assert not is_case_complete(case, CONTEXT)


def test_what_only_a_submission_asks_for_does_not_stand_in_the_way_of_finalising() -> None:
    assert is_case_complete(a_case(secret_checked=False), CONTEXT)


def test_the_units_name_can_be_taken_out_of_the_title_on_a_click() -> None:
    (finding,) = found(a_case(title="焦作市示例机械有限公司工会：微思政课"))
    assert finding.repair and finding.repair.value == "微思政课"


def test_figures_can_be_renewed_on_a_click() -> None:
    case = a_case(effects=(Effect("开展活动", "4", "场", ("a",)), Effect("节水", "30", "吨")))
    (finding,) = found(case, linked=lambda _case: [an_activity(uid="a", sessions=6)])
    assert finding.message == "“开展活动”写的是 4 场，按活动记录现在是 6 场。"
    assert finding.repair and finding.repair.value == (
        Effect("开展活动", "6", "场", ("a",)),
        Effect("节水", "30", "吨"),
    )


def test_upper_limits_are_hints_only() -> None:
    values = {spec.name: "长1" * spec.limit for spec in CASE_FIELDS if spec.minimum}
    assert all(each.severity is Severity.SOFT for each in found(a_case(**values)))


def test_an_explanation_about_photos_holds_until_the_photos_change() -> None:
    photo = replace(PHOTO_OK, consent=False)
    case = a_case(uid="c")
    (hint,) = found(case, attachments=lambda _uid: (photo,))
    told = {("c", "S16"): (hint.fingerprint, "都是背影")}
    context = replace(CONTEXT, attachments=lambda _uid: (photo,))
    assert check_case(case, context, told)[0].explanation == "都是背影"
    more = replace(context, attachments=lambda _uid: (photo, replace(photo, uid="p2")))
    assert check_case(case, more, told)[0].open


class TestInALedger:
    def attach(self, ledger: Ledger, owner_kind: str, uid: str, **values: Any) -> Attachment:
        content = b"\xff\xd8 not really a photo"
        digest = file_store.store(ledger.folder, content, ".jpg")
        photo = Attachment(owner_kind, uid, PHOTO, 0, digest, ".jpg", len(content), caption="讲课", consent=True)
        with ledger.transaction("添加照片", at=NOW):
            return ATTACHMENTS.save(ledger, replace(photo, **values), now=NOW)

    def hard(self, ledger: Ledger, number: int = 3) -> list[tuple[str, str]]:
        result = check_period(ledger, NOTICE, quarter(2025, number), TODAY)
        return [(finding.rule_id, finding.record_kind) for finding in result.hard]

    def test_the_cases_of_a_period_are_checked_with_it(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity()) as ledger:
            draft = record_case(ledger, a_case(insight="短", period_end=date(2025, 9, 30)), a_clerk())
            assert self.hard(ledger) == [("H10", "case")]
            assert self.hard(ledger, 4) == [("H16", "activity")]
            assert check_period(ledger, NOTICE, quarter(2025, 3), TODAY).records == 2
            final = record_case(ledger, replace(draft, insight=a_case().insight), a_clerk(), finalise=True)
            assert self.hard(ledger) == [("H17", "case")]
            ticked = record_case(ledger, replace(final, secret_checked=True), a_clerk())
            assert self.hard(ledger) == []
            set_fate(ledger, ticked, CaseStage.SUBMITTED, a_clerk())
            assert self.hard(ledger) == []

    def test_a_period_with_a_case_only_is_not_empty(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            record_case(ledger, a_case(period_end=date(2025, 9, 30)), a_clerk())
            assert self.hard(ledger) == []

    def test_a_photo_whose_file_is_gone_blocks_the_submission(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            activity = record(ledger, an_activity(), a_clerk())
            case = record_case(ledger, a_case(period_end=date(2025, 9, 1)), a_clerk(), finalise=True)
            photo = self.attach(ledger, OF_ACTIVITY, activity.uid)
            self.attach(ledger, OF_CASE, case.uid)
            assert self.hard(ledger) == [("H17", "case")]
            file_store.path_of(ledger.folder, photo.digest, photo.suffix).unlink()
            assert self.hard(ledger) == [("H14", "activity"), ("H14", "case"), ("H17", "case")]

    def test_photos_of_activities_are_looked_at(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            activity = record(ledger, an_activity(), a_clerk())
            self.attach(ledger, OF_ACTIVITY, activity.uid, caption="")
            found = check_activity(activity, context_for_one(ledger, NOTICE, TODAY, activity, photos=True))
            assert [(each.rule_id, each.field) for each in found] == [("S16", "photos")]
            result = check_period(ledger, NOTICE, quarter(2025, 3), TODAY)
            assert "1 张照片里有 1 张没有写说明" in next(each for each in result.soft if each.rule_id == "S16").message

    def test_the_editor_sees_links_photos_and_explanations(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            activity = record(ledger, an_activity(sessions=3), a_clerk())
            row = Effect("开展活动", "2", "场", (activity.uid,))
            case = record_case(ledger, a_case(activities=(activity.uid,), effects=(row,)), a_clerk())
            self.attach(ledger, OF_CASE, case.uid, consent=False)
            assert [each.rule_id for each in check_one_case(ledger, NOTICE, case)] == ["S16", "S26"]
            hint = check_one_case(ledger, NOTICE, case)[0]
            with ledger.transaction("写核实说明", at=NOW):
                save_explanation(ledger, hint, "都是背影", now=NOW)
            assert check_one_case(ledger, NOTICE, case)[0].explanation == "都是背影"
            assert "H17" in [each.rule_id for each in check_one_case(ledger, NOTICE, case, submitting=True)]


class TestEnteredTwice:
    def said(self, ledger: Ledger, activity: Activity) -> list[str]:
        findings = check_activity(activity, context_for_one(ledger, NOTICE, TODAY, activity))
        return [finding.message for finding in findings if finding.rule_id == "S11"]

    def in_period(self, ledger: Ledger) -> int:
        soft = check_period(ledger, NOTICE, quarter(2025, 3), TODAY).soft
        return sum(finding.rule_id == "S11" for finding in soft)

    def test_the_same_name_in_the_same_month_is_asked_about(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path, an_activity(start=date(2025, 9, 3))) as ledger:
            typed = an_activity(title="职工书屋 读书分享会", start=date(2025, 9, 24), place="")
            assert "（HD-2025-0001，9月3日）" in self.said(ledger, typed)[0]
            assert self.said(ledger, typed.with_values(start=date(2025, 8, 24))) == []
            record(ledger, typed, a_clerk())
            assert self.in_period(ledger) == 2

    def test_a_routine_and_a_series_are_no_slip(self, tmp_path: Path) -> None:
        weekly = [an_activity(start=date(2025, 9, day)) for day in (3, 10, 17, 24)]
        series = [an_activity(title="每周一课", series="s", start=date(2025, 8, day)) for day in (4, 5)]
        with a_ledger(tmp_path, *weekly, *series) as ledger:
            assert self.in_period(ledger) == 0

    def test_not_a_duplicate_is_remembered(self, tmp_path: Path) -> None:
        with a_ledger(tmp_path) as ledger:
            one = record(ledger, an_activity(start=date(2025, 9, 23), place="一车间"), a_clerk())
            two = record(ledger, an_activity(start=date(2025, 9, 24), place="二车间"), a_clerk())
            assert self.said(ledger, two) and self.in_period(ledger) == 2
            first, second = sorted((one.uid, two.uid))
            with ledger.transaction("不是重复", at=NOW):
                DISTINCT_PAIRS.save(ledger, DistinctPair(first, second), now=NOW)
            assert self.said(ledger, two) == [] and self.in_period(ledger) == 0
