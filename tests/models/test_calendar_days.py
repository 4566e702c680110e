"""休 and 班, lunar days, festivals and anniversaries, and who has the last word on a day."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from models import history
from models.calendar_days import (
    OFF,
    ORDINARY,
    WORK,
    clear_day_mark,
    corner_text,
    day_info,
    days_info,
    describe_day,
    is_rest_day,
    read_marks,
    set_day_mark,
    unknown_year_note,
)
from models.errors import UserError
from models.notice import Notice, builtin_notice, load_notice
from tests.factories import NOW, a_clerk, a_ledger

SMALL = (Path(__file__).parent.parent / "notices" / "reading-2026.toml").read_text(encoding="utf-8")
NOTICE = builtin_notice()


def info(year: int, month: int, day: int):
    return day_info(date(year, month, day), NOTICE, {})


def pack_with(folder: Path, text: str) -> Notice:
    path = folder / "假期.toml"
    path.write_text(SMALL + text, encoding="utf-8")
    return load_notice(path)


@pytest.mark.parametrize(
    ("day", "corner"),
    [
        # the month of the mock-up
        (date(2025, 9, 29), "初八"),
        (date(2025, 9, 30), "烈士纪念日"),
        (date(2025, 10, 1), "国庆节"),
        (date(2025, 10, 2), "十一"),
        (date(2025, 10, 6), "中秋节"),
        (date(2025, 10, 8), "寒露"),
        (date(2025, 10, 16), "廿五"),
        (date(2025, 10, 21), "九月"),
        (date(2025, 10, 23), "霜降"),
        (date(2025, 10, 29), "重阳节"),
        (date(2025, 11, 2), "十三"),
        # others
        (date(2025, 7, 25), "闰六月"),
        (date(2024, 2, 9), "除夕"),  # the twelfth month had 30 days
        (date(2025, 1, 28), "除夕"),  # and here 29
        (date(2025, 4, 4), "清明节"),
        (date(2020, 10, 1), "国庆节、中秋节"),
        (date(2025, 12, 25), "初六"),  # not 圣诞节
    ],
)
def test_the_corner_of_a_cell(day: date, corner: str) -> None:
    assert corner_text(day_info(day, NOTICE, {})) == corner


def test_lunar_days_agree_with_the_library_asked_day_by_day() -> None:
    from lunar_python import Solar

    for number in range(0, 40_000, 389):
        day = date(1990, 1, 1) + timedelta(days=number)
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        found = day_info(day, NOTICE, {})
        assert found.lunar_full == f"{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}", day
        assert found.term == lunar.getJieQi(), day


def test_holidays_and_worked_weekends_are_told_from_plain_weekends() -> None:
    assert (info(2025, 10, 4).kind, info(2025, 10, 4).weekend) == (OFF, True)
    assert (info(2025, 10, 11).kind, info(2025, 10, 11).weekend, info(2025, 10, 11).name) == (WORK, True, "国庆节")
    assert (info(2025, 10, 12).kind, info(2025, 10, 12).weekend) == ("", True)
    assert (info(2025, 10, 13).kind, info(2025, 10, 13).weekend) == ("", False)
    assert [is_rest_day(info(2025, 10, day)) for day in (8, 9, 11, 12)] == [True, False, False, True]


def test_2026_is_arranged_as_the_state_council_did() -> None:
    days = days_info(date(2026, 1, 1), date(2026, 12, 31), NOTICE, {})
    worked = [(one.day.month, one.day.day) for one in days if one.kind == WORK]
    assert worked == [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]
    assert sum(one.kind == OFF for one in days) == 3 + 9 + 3 + 5 + 3 + 3 + 7
    assert len(days) == 365


def test_a_year_nobody_knows_claims_nothing_but_keeps_its_festivals() -> None:
    day = info(2031, 10, 1)
    assert (day.kind, day.name, day.known) == ("", "", False)
    assert "国庆节" in corner_text(day)
    assert unknown_year_note(2031, NOTICE) == "2031年放假安排还没有收录"
    assert unknown_year_note(2025, NOTICE) == ""
    assert not any(one.kind for one in days_info(date(2031, 1, 1), date(2031, 12, 31), NOTICE, {}))


def test_the_trade_unions_hundredth_birthday() -> None:
    day = info(2025, 5, 1)
    assert "中华全国总工会成立100周年" in day.anniversaries
    assert day.anniversary.endswith("成立100周年")
    assert describe_day(day) == "农历四月初四，劳动节，中华全国总工会成立100周年，国际劳动节，放假（劳动节）"
    assert info(1925, 5, 1).anniversaries == ("中华全国总工会成立", "国际劳动节")
    assert info(1920, 5, 1).anniversaries == ("国际劳动节",)


def test_the_notice_arranges_a_year_the_library_does_not_know(tmp_path: Path) -> None:
    notice = pack_with(
        tmp_path,
        '\n[[days]]\nday = 2031-10-08\nkind = "off"\nlabel = "国庆调休"\n'
        '[[days]]\nday = 2031-10-11\nkind = "work"\n[[days]]\nday = 2025-10-08\nkind = "none"\n',
    )
    assert unknown_year_note(2031, notice) == ""
    off = day_info(date(2031, 10, 8), notice, {})
    assert (off.kind, corner_text(off), off.known) == (OFF, "国庆调休", True)
    assert day_info(date(2031, 10, 11), notice, {}).kind == WORK
    assert day_info(date(2025, 10, 8), notice, {}).kind == ""  # above the library
    assert day_info(date(2025, 10, 8), NOTICE, {}).kind == OFF  # the other notice says nothing


def test_a_short_name_for_the_narrow_cell(tmp_path: Path) -> None:
    text = SMALL.replace('label = "世界读书日"', 'label = "世界读书日"\nshort = "读书日"\nsince = 1995')
    path = tmp_path / "短名.toml"
    path.write_text(text, encoding="utf-8")
    day = day_info(date(2025, 4, 23), load_notice(path), {})
    assert (corner_text(day), day.anniversaries) == ("读书日30周年", ("世界读书日30周年",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[days]]\nday = 2027-10-01\nkind = "rest"\n', "days[1].kind 只能是 off、work、none，现在是‘rest’"),
        ('[[days]]\nday = "2027-10-01"\nkind = "off"\n', "days[1].day 应是日期"),
        ('[[days]]\nkind = "off"\n', "days[1].day 缺少，应是日期"),
        ('[[days]]\nday = 2027-10-01\nkind = "off"\n' * 2, "2027-10-01 前面已经写过"),
        ('[[days]]\nday = 2027-10-01\nkind = "off"\nname = "x"\n', "days[1].name 不是通知包里的项"),
    ],
)
def test_slips_in_the_days_of_a_pack(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        pack_with(tmp_path, "\n" + text)
    assert said in caught.value.message


def test_the_clerks_own_mark_stands_above_all_and_can_be_undone(tmp_path: Path) -> None:
    day = date(2025, 10, 9)
    with a_ledger(tmp_path) as ledger:
        set_day_mark(ledger, day, OFF, a_clerk(), label="厂休")
        step = history.next_undo(ledger)
        assert step and step.label == "把10月9日标为休"
        marked = day_info(day, NOTICE, read_marks(ledger))
        assert (marked.kind, marked.marked, corner_text(marked)) == (OFF, True, "厂休")

        set_day_mark(ledger, date(2025, 10, 8), ORDINARY, a_clerk())
        assert day_info(date(2025, 10, 8), NOTICE, read_marks(ledger)).kind == ""
        set_day_mark(ledger, day, WORK, a_clerk())  # said anew: one mark a day
        assert sorted(mark.kind for mark in read_marks(ledger).values()) == sorted([WORK, ORDINARY])

        history.undo(ledger, now=NOW)
        assert read_marks(ledger)[day].kind == OFF
        assert clear_day_mark(ledger, day, a_clerk())
        assert not clear_day_mark(ledger, day, a_clerk())
        assert day not in read_marks(ledger)
        history.undo(ledger, now=NOW)
        assert read_marks(ledger)[day].label == "厂休"


def test_a_label_that_is_too_long_is_refused(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError, match="最多 20 个字"):
        set_day_mark(ledger, date(2025, 10, 9), OFF, a_clerk(), label="厂" * 21)
