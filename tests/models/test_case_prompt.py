"""复制给 AI 的提示词: all the facts, no person, no unit, no number that could reach anybody."""

from dataclasses import replace

import pytest

from models.activity import Status
from models.ai_prompt import prompt_for
from models.case import Case
from models.case_hatching import hatch
from models.masking import Mask, person_names, unit_names
from models.notice import builtin_notice
from models.samples import sample_activities, sample_unit
from tests.factories import a_case, a_unit, an_activity

NOTICE = builtin_notice()


def test_the_prompt_holds_the_task_the_limits_and_the_facts() -> None:
    chosen = [
        each.with_values(uid=each.title)
        for each in sample_activities()
        if "学党史" in each.title or "电仪" in each.title
    ]
    prompt = prompt_for(hatch(Case(domain="D01"), chosen, NOTICE, sample_unit()), chosen, sample_unit(), NOTICE)
    for piece in (
        "针对问题（50—600 字）",
        "合计不超过 2000 字",
        "不得编造",
        "〔请补充：要补什么〕",
        "案例所属领域：思想政治引领领域",
        "规模：1 场，线下参加 96 人次，线上参与 350 人次",
        "活动载体：劳模工匠大讲堂",
        "成效：会后有九名青年职工报名参加技师培训。",
        "量化成效：开展活动 2 场；覆盖职工 572 人次",
    ):
        assert piece in prompt
    assert "2140" not in prompt  # views are no people


def test_nobody_can_be_recognised() -> None:
    activity = an_activity(
        title="走近电仪匠人王建国",
        leader="王建国、李喆主任",
        summary="王建国讲课，李喆主持，孙秀兰师傅演示，有事打13800000000或0391-1234567，"
        "发到 abc@example.com，详见 https://example.com/a?b=1 。",
        effect="焦作市示例机械有限公司工会组织，示例机械的职工都来了，身份证410802199001011234。",
    )
    case = a_case(author="赵芳", reviewer="陈立新", phone="13911112222", summary="赵芳执笔，陈立新审核。")
    unit = a_unit(contact="赵芳", chair="陈立新", email="unit@example.com")
    prompt = prompt_for(case, [activity], unit, NOTICE, people=["张𬭎"])
    for secret in (
        "王建国", "李喆", "孙秀兰", "赵芳", "陈立新", "示例机械", "13800000000", "13911112222", "0391-1234567",
        "abc@example.com", "example.com", "410802199001011234", unit.code,
    ):  # fmt: skip
        assert secret not in prompt, secret
    assert "某企业工会组织，某企业的职工都来了" in prompt
    assert "走近电仪匠人某职工" in prompt


def test_names_given_beside_are_left_out_too() -> None:
    prompt = prompt_for(a_case(insight="张𬭎讲得最好。"), [], a_unit(), NOTICE, people=["张𬭎"])
    assert "张𬭎" not in prompt and "某职工讲得最好" in prompt


def test_an_office_as_the_person_in_charge_does_not_blot_out_the_text() -> None:
    activity = an_activity(leader="工会办公室", summary="工会办公室牵头，各车间职工参加。")
    assert "工会办公室牵头，各车间职工参加。" in prompt_for(Case(), [activity], a_unit(), NOTICE)


def test_a_case_without_a_word_still_makes_a_prompt() -> None:
    prompt = prompt_for(Case(), [an_activity()], a_unit(name="", workers=None), NOTICE)
    assert "已有初稿" not in prompt and "活动 1：职工书屋读书分享会" in prompt


def test_a_part_of_which_only_marks_are_left_is_not_shown_as_written() -> None:
    case = replace(Case(), problem="〔请补充：原来遇到什么问题〕。", practice="一是先练人。")
    prompt = prompt_for(case, [], a_unit(), NOTICE)
    assert "主要做法：一是先练人。" in prompt and "针对问题：" not in prompt


def test_plans_are_no_facts() -> None:
    assert "明年的事" not in prompt_for(
        Case(), [an_activity(title="明年的事", status=Status.PLANNED)], a_unit(), NOTICE
    )


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("焦作市云台示例化工有限公司工会", "公众号“云台示例工会”", "公众号“某企业工会”"),
        ("焦作市云台示例化工有限公司工会", "云台示例化工的班组", "某企业的班组"),
        ("焦作市解放区示例小学工会", "解放区示例小学工会委员会", "某企业工会"),
        ("", "某某工会", "某某工会"),
    ],
)
def test_a_unit_is_known_by_its_short_names_too(name: str, text: str, masked: str) -> None:
    assert Mask(name, ())(text) == masked


def test_short_pieces_of_a_name_are_ordinary_words() -> None:
    assert all(len(piece) > 2 for piece in unit_names("焦作市一化有限公司工会"))
    assert set(person_names(["王", "张三、李四 13800000000", "全体职工"])) == {"张三", "李四"}
