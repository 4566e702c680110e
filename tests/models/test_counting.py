"""口径: what counts, what does not, and that a number says which records it comes from and how."""

from dataclasses import replace

from models.activity import Role, Status
from models.notice import Indicator, builtin_notice
from models.reports import counting
from models.reports.indicators import lines_of, sorted_out
from tests.factories import an_activity

NOTICE = builtin_notice()
HOSTED = an_activity(uid="own", role=Role.HOST, sessions=3, people_offline=40, people_online=2, online_views=5000)
JOINT = an_activity(uid="joint", role=Role.CO_HOST, sessions=2, people_offline=None, people_online=9)
ASSISTED = an_activity(uid="assisted", role=Role.ASSIST, sessions=4, people_offline=5)
ATTENDED = an_activity(uid="attended", role=Role.TAKE_PART, sessions=None, people_offline=6)
ALL = (HOSTED, JOINT, ASSISTED, ATTENDED)


def test_sessions_are_those_of_the_host_and_the_others_stand_apart() -> None:
    own, others = counting.hosted_sessions(ALL), counting.other_sessions(ALL)
    assert (own.value, own.sources) == (5, ("own", "joint"))
    assert (others.value, others.sources) == (4, ("assisted",))
    assert counting.note_on_sessions(ALL) == "场次合计只计主办和联合主办，另有协办、组织参加 4 场。"
    assert counting.note_on_sessions([HOSTED]) == "场次合计只计主办和联合主办。"


def test_views_are_never_people() -> None:
    assert counting.people(ALL).value == 40 + 2 + 9 + 5 + 6
    assert (counting.people_offline(ALL).value, counting.people_online(ALL).value) == (51, 11)


def test_plans_and_cancelled_activities_count_for_nothing() -> None:
    plan, off = (an_activity(status=status) for status in (Status.PLANNED, Status.CANCELLED))
    assert counting.counted([plan, HOSTED, off]) == [HOSTED]


def test_only_what_adds_something_is_behind_a_number() -> None:
    none = an_activity(uid="none", quantity=None)
    zero = an_activity(uid="zero", quantity=0)
    two = an_activity(uid="two", quantity=2)
    found = counting.quantity([none, zero, two])
    assert (found.value, found.sources) == (2, ("two",))


def test_a_click_on_a_number_gives_its_records_and_its_rule() -> None:
    cell = counting.people([HOSTED]).cell("活动形式为其他")
    assert (cell.value, cell.sources) == (42, ("own",))
    assert cell.rule == "活动形式为其他：" + counting.RULE_PEOPLE
    assert "浏览量、播放量、阅读量不计入人次" in cell.rule


def test_parts_add_up_to_their_total_and_its_records() -> None:
    parts = [counting.people(group) for group in ([HOSTED], [], [JOINT, ASSISTED])]
    assert counting.together(parts) == counting.people([HOSTED, JOINT, ASSISTED])
    assert counting.together([]) == counting.Sum(0, ())


def test_the_lines_are_the_indicators_of_the_notice_whatever_they_are() -> None:
    own = Indicator("K1", "读书沙龙", "场", "", "sessions", ("F3-06",), (), hosted_only=False)
    works = Indicator("K2", "征集作品", "件", "", "quantity", ("F2-05", "F2-06"), ("F4",), hosted_only=True)
    notice = replace(NOTICE, indicators=(own, works))
    lines = lines_of(notice)
    assert [(line.indicator.label, line.indicator.unit) for line in lines] == [
        ("读书沙龙", "场"),
        ("征集作品", "件"),
        ("四、网络宣传阵地（合计）", "场"),
        ("四、网络宣传阵地（合计）", "人次"),
    ]
    salon = an_activity(uid="salon", item="F3-06", role=Role.TAKE_PART, sessions=2)
    seal = an_activity(uid="seal", form="F2", item="F2-05", quantity=7)
    seal_of_others = an_activity(uid="others", form="F2", item="F2-06", quantity=30, role=Role.ASSIST)
    both = an_activity(uid="both", form="F4", item="F2-05", quantity=1, people_offline=11)  # by item and by form: once
    groups = sorted_out(lines, [salon, seal, seal_of_others, both])
    totals = [line.total(group) for line, group in zip(lines, groups, strict=True)]
    assert [(each.value, each.sources) for each in totals] == [
        (2, ("salon",)),
        (8, ("seal", "both")),
        (1, ("both",)),
        (11, ("both",)),
    ]
    assert totals[1].rule.endswith("只计主办和联合主办的活动。")


def test_the_built_in_notice_has_its_seven_indicators_with_the_visitors_of_the_first() -> None:
    labels = [(line.indicator.label, line.indicator.unit) for line in lines_of(NOTICE)]
    assert labels == [
        ("参与建设红色工运VR展馆", "个"),
        ("组织参观红色工运VR展馆", "人次"),
        ("劳模工匠进校园示范活动", "场"),
        ("推荐专家名师入库", "人"),
        ("制作推出“大思政课”", "堂"),
        ("培育宣讲骨干", "名"),
        ("发布高质量微视频", "条"),
        ("“中国工人大思政课”覆盖职工", "人次"),
        ("一、中国工人大思政课（合计）", "场"),
        ("一、中国工人大思政课（合计）", "人次"),
    ]
