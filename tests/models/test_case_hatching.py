"""案例孵化: three activities become a draft in which every figure can be traced and every gap is asked for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.activity import Activity, Role, Status
from models.attachment import FILE, OF_ACTIVITY, PHOTO, Attachment
from models.attachment_repository import ATTACHMENTS
from models.case import Case, Effect, gaps_in
from models.case_hatching import (
    figures,
    hatch,
    photo_candidates,
    propose_domain,
    propose_titles,
    pulled,
    refresh_figures,
    refreshed,
)
from models.case_links import period_of
from models.checks import is_case_complete
from models.checks.findings import CheckContext
from models.errors import UserError
from models.notice import builtin_notice
from models.recording import record
from models.samples import sample_activities, sample_unit
from models.unit import Unit
from tests.factories import NOW, TODAY, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()


def pick(*titles: str) -> list[Activity]:
    numbered = [each.with_values(uid=f"u{number}") for number, each in enumerate(sample_activities())]
    return [next(each for each in numbered if title in each.title) for title in titles]


THREE = ("学党史", "领学领读（第二期", "走近电仪匠人")


def values(effects: tuple[Effect, ...]) -> dict[str, str]:
    return {each.indicator: f"{each.value} {each.unit}" for each in effects}


def test_three_activities_become_a_draft(tmp_path: Path) -> None:
    chosen = pick(*reversed(THREE))
    case = hatch(Case(author="赵芳"), chosen, NOTICE, sample_unit())
    assert case.activities == tuple(each.uid for each in reversed(chosen))  # in the order of the days
    assert period_of(case, chosen) == (date(2025, 7, 1), date(2025, 8, 14))
    assert (case.domain, case.author) == ("D01", "赵芳")
    assert "职工480人" in case.problem
    lines = case.practice.splitlines()
    assert [line[:2] for line in lines] == ["一是", "二是", "三是", "四是"]
    assert lines[0].startswith(
        "一是开展“‘学党史、颂党恩’职工大思政课开讲”。7月1日在职工培训中心举办，参加职工126人次。"
    )
    assert lines[3] == "四是线上线下一起做。通过班组微信群、视频会议同步参与，线上565人次。"
    assert case.insight.startswith("共开展活动4场，覆盖职工871人次。")


def test_every_figure_says_where_it_comes_from() -> None:
    chosen = pick(*THREE)
    effects = hatch(Case(), chosen, NOTICE, sample_unit()).effects
    assert values(effects) == {
        "开展活动": "4 场",
        "覆盖职工": "871 人次",
        "其中线上参与": "565 人次",
        "制作推出“大思政课”": "2 堂",
        "登台展示职工": "15 人次",
    }
    assert all(effect.sources for effect in effects)
    lessons = next(effect for effect in effects if effect.unit == "堂")
    assert lessons.sources == (chosen[0].uid, chosen[2].uid)


def test_figures_keep_to_the_counting_rules() -> None:
    effects = figures(
        [
            an_activity(uid="a", people_offline=10, people_online=5, online_views=900, sessions=2),
            an_activity(uid="b", people_offline=20, role=Role.TAKE_PART, satisfaction=90),
            an_activity(uid="c", people_offline=40, status=Status.CANCELLED),
            an_activity(uid="d", people_offline=80, status=Status.PLANNED),
            an_activity(uid="e", people_offline=None, contest_people=30, contest_certificates=4, satisfaction=96),
        ],
        NOTICE,
    )
    assert values(effects) == {
        "开展活动": "3 场",
        "组织参加活动": "1 场",
        "覆盖职工": "35 人次",
        "其中线上参与": "5 人次",
        "参赛职工": "30 人",
        "获得证书": "4 人",
        "职工满意率": "90—96 %",
    }


def test_what_people_and_sessions_say_already_is_not_counted_twice() -> None:
    read = an_activity(uid="a", form="F3", item="F3-06", quantity=76)  # 职工书屋 counts 人次
    assert values(figures([read], NOTICE)) == {"开展活动": "1 场", "覆盖职工": "76 人次"}


def test_a_hatched_draft_cannot_be_finalised_before_its_gaps_are_filled() -> None:
    case = hatch(Case(domain="D01"), pick(*THREE), NOTICE, sample_unit())
    context = CheckContext(NOTICE, sample_unit(), TODAY)
    assert len(gaps_in(case.problem)) == 2 and gaps_in(case.insight)
    assert not is_case_complete(case, context)
    for name in ("problem", "practice", "insight"):
        for mark in gaps_in(getattr(case, name)):
            words = "职工白天凑不齐人，集中上课难，听了也记不住，三分之一的人没有听过"
            case = replace(case, **{name: getattr(case, name).replace(mark, words)})
    assert is_case_complete(case, context)


def test_a_single_activity_asks_for_a_second_practice_and_an_empty_summary_for_how() -> None:
    case = hatch(Case(), [an_activity(uid="a", title="职工书屋开放日")], NOTICE, a_unit())
    assert gaps_in(case.practice) == [
        "〔请补充：“职工书屋开放日”具体怎样做的，分几步〕",
        "〔请补充：第二条做法，如怎样组织、谁来做、怎样保障〕",
    ]


def test_what_the_records_say_about_need_partners_and_improvement_is_used() -> None:
    activity = an_activity(
        uid="a",
        need_source="team",
        partners=("culture",),
        ai_use=("content",),
        ai_reviewed=True,
        improvement="把时间改到交接班后",
        role=Role.CO_HOST,
        partner_units="示例学院工会",
        summary="先读后讲",
    )
    case = hatch(Case(), [activity], NOTICE, Unit())
    assert "需求来自班组反映：" in case.problem and "职工人数" not in case.problem
    assert "一是与示例学院工会联合开展“职工书屋读书分享会”。" in case.practice
    assert "先读后讲。" in case.practice
    assert "联合文化部门一起做。" in case.practice
    assert "用好AI工具，用于内容生成创作，内容经过人工审核。" in case.practice
    assert case.insight.endswith("下一步，把时间改到交接班后。")


def test_what_the_clerk_has_written_is_kept() -> None:
    begun = Case(title="我的题目", domain="D09", problem="我写的问题", effects=(Effect("节约用水", "30", "吨"),))
    case = hatch(begun, pick(*THREE), NOTICE, sample_unit())
    assert (case.title, case.domain, case.problem) == ("我的题目", "D09", "我写的问题")
    assert case.effects[-1] == Effect("节约用水", "30", "吨")


@pytest.mark.parametrize("count", [0, 6])
def test_one_to_five_activities_are_asked_for(count: int) -> None:
    with pytest.raises(UserError, match="1 到 5 条"):
        hatch(Case(), [an_activity(uid=str(number)) for number in range(count)], NOTICE, Unit())


def test_a_plan_cannot_be_told_as_done() -> None:
    with pytest.raises(UserError, match="还没有办完"):
        hatch(Case(), [an_activity(status=Status.PLANNED)], NOTICE, Unit())


class TestNames:
    def test_what_the_activities_share_is_proposed_first(self) -> None:
        assert propose_titles(pick("走进示例技师学院", "走进示例职业技术学院"), NOTICE)[0] == "劳模工匠进校园"

    def test_the_unit_book_marks_and_the_number_of_a_series_are_left_out(self) -> None:
        titles = propose_titles(
            [an_activity(title="焦作市示例机械有限公司工会《安全一课》宣讲（第三期）")], NOTICE, a_unit()
        )
        assert titles[0] == "“安全一课”宣讲"

    def test_a_name_is_always_proposed(self) -> None:
        assert propose_titles([an_activity(title="")], NOTICE)

    @pytest.mark.parametrize(
        ("titles", "domain"),
        [
            (("设备检修工技能竞赛", "化工总控工"), "D03"),
            (("走进示例技师学院", "走进示例职业技术学院"), "D04"),
            (("12351热线",), "D09"),
            (("亲子阅读",), "D01"),
        ],
    )
    def test_the_domain_is_read_off_the_names(self, titles: tuple[str, ...], domain: str) -> None:
        assert propose_domain(pick(*titles), NOTICE) == domain


class TestWhenActivitiesChange:
    def test_old_figures_are_found_in_rows_and_text_and_replaced(self) -> None:
        chosen = pick(*THREE)
        case = hatch(Case(), chosen, NOTICE, sample_unit())
        assert refresh_figures(case, chosen, NOTICE) == []
        later = [chosen[0].with_values(people_offline=160), *chosen[1:]]
        (change,) = refresh_figures(case, later, NOTICE)
        assert (change.indicator, change.old, change.new, change.in_texts) == ("覆盖职工", "871", "905", ("insight",))
        rows_only = refreshed(case, [change])
        assert values(rows_only.effects)["覆盖职工"] == "905 人次" and "871人次" in rows_only.insight
        whole = refreshed(case, [change], in_texts=True)
        assert "覆盖职工905人次" in whole.insight
        assert refresh_figures(whole, later, NOTICE) == []

    def test_a_longer_number_that_ends_alike_is_left_alone(self) -> None:
        case = Case(insight="全市1871人次，其中本单位871人次。", effects=(Effect("覆盖职工", "871", "人次", ("a",)),))
        changes = refresh_figures(case, [an_activity(uid="a", people_offline=905)], NOTICE)
        assert refreshed(case, changes, in_texts=True).insight == "全市1871人次，其中本单位905人次。"

    def test_a_figure_nobody_says_any_more_loses_its_row_but_not_its_words(self) -> None:
        case = Case(insight="参赛30人。", effects=(Effect("参赛职工", "30", "人", ("a",)),))
        (change,) = refresh_figures(case, [an_activity(uid="a")], NOTICE)
        assert change.new == ""
        assert refreshed(case, [change], in_texts=True) == replace(case, effects=())

    def test_typed_rows_are_never_touched(self) -> None:
        typed = Effect("覆盖职工", "很多", "人次")
        case = Case(effects=(typed,))
        assert refresh_figures(case, [an_activity(uid="a")], NOTICE) == []
        assert typed not in pulled(case, [an_activity(uid="a")], NOTICE).effects  # asked for anew: the record wins
        others = Case(effects=tuple(Effect(f"指标{number}", "1", "个") for number in range(7)))
        assert len(pulled(others, [an_activity(uid="a")], NOTICE).effects) == 8


def test_photos_of_the_activities_are_offered_in_their_order(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        one, two = (record(ledger, an_activity(title=title), a_clerk()) for title in ("第一次", "第二次"))
        with ledger.transaction("添加", at=NOW):
            for owner, kind, name, position in (
                (two, PHOTO, "丙", 0),
                (one, PHOTO, "乙", 1),
                (one, PHOTO, "甲", 0),
                (one, FILE, "方案", 0),
            ):
                ATTACHMENTS.save(
                    ledger,
                    Attachment(owner_kind=OF_ACTIVITY, owner_uid=owner.uid, kind=kind, caption=name, position=position),
                    now=NOW,
                )
        assert [photo.caption for photo in photo_candidates(ledger, [one, two])] == ["甲", "乙", "丙"]
