"""Lines break where a printer would break them."""

from __future__ import annotations

from collections import defaultdict

import pytest

from exporters.pdf.linebreak import NEVER_FIRST, NEVER_LAST, text_width, wrap, wrap_balanced


class Widths(defaultdict[str, float]):
    """Every ideograph one em, everything else half of one."""

    def __missing__(self, character: str) -> float:
        return 1000 if ord(character) > 0x2000 else 500


WIDTHS = Widths()
PROSE = (
    "焦作市总工会宣教网络部：“中国梦·劳动美——凝心铸魂跟党走　团结奋斗新征程”主题宣传教育活动，"
    "参加职工1,234人次（线上215人次），满意率98.5%；网址https://www.example.com/news/2025/07/01/index.html?id=12345。AI工具……由VR展馆（第3期）《职工之家》介绍！"
)


def ems(count: float) -> float:
    return count * 1000


@pytest.mark.parametrize("width", range(4, 40))
def test_no_line_is_too_wide_and_no_character_is_lost(width: int) -> None:
    lines = wrap(PROSE, WIDTHS, ems(width))
    assert all(text_width(line, WIDTHS) <= ems(width) for line in lines)
    assert "".join(lines) == PROSE


@pytest.mark.parametrize("width", range(6, 40))
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_bracket(width: int) -> None:
    lines = wrap(PROSE, WIDTHS, ems(width))
    assert not [line for line in lines[1:] if line[0] in NEVER_FIRST]
    assert not [line for line in lines[:-1] if line[-1] in NEVER_LAST]


@pytest.mark.parametrize("width", range(5, 20))
def test_numbers_and_words_stay_whole(width: int) -> None:
    lines = wrap("参加职工1,234人次，满意率98.5%，日期2025-07-01，用AI工具与VR展馆，-5℃", WIDTHS, ems(width))
    for whole in ("1,234", "98.5%", "2025-07-01", "AI", "VR", "-5"):
        assert any(whole in line for line in lines), whole


def test_a_date_is_broken_between_its_parts() -> None:
    assert wrap("7月8日—19日", WIDTHS, ems(5)) == ["7月8日—", "19日"]
    assert wrap("活动于2025年7月", WIDTHS, ems(5)) == ["活动于", "2025年7月"]


def test_a_dash_of_two_and_an_ellipsis_are_never_torn() -> None:
    for width in range(2, 12):
        for line in wrap("劳动美——凝心铸魂……团结奋斗", WIDTHS, ems(width)):
            assert line.count("—") != 1
            assert line.count("…") != 1


def test_a_web_address_is_cut_behind_a_separator() -> None:
    lines = wrap("https://www.example.com/news/2025/07/index.html", WIDTHS, ems(9))
    assert lines[0].endswith((".", "/"))
    assert all(text_width(line, WIDTHS) <= ems(9) for line in lines)


def test_what_has_no_place_to_break_is_broken_where_it_is_full() -> None:
    assert wrap("！" * 7, WIDTHS, ems(3)) == ["！！！", "！！！", "！"]
    assert wrap("x" * 7, WIDTHS, ems(1)) == ["xx", "xx", "xx", "x"]
    assert wrap("宽", WIDTHS, ems(0.5)) == ["宽"]


def test_line_feeds_always_break_and_empty_lines_stay() -> None:
    assert wrap("一\n\n二", WIDTHS, ems(10)) == ["一", "", "二"]
    assert wrap("", WIDTHS, ems(10)) == [""]


def test_a_space_at_the_break_belongs_to_no_line() -> None:
    assert wrap("aaaa bbbb", WIDTHS, ems(2)) == ["aaaa", "bbbb"]


def test_an_accent_and_a_flag_stay_with_their_letters() -> None:
    assert wrap("中国🇨🇳人", WIDTHS, ems(3)) == ["中国", "🇨🇳人"]


def test_a_title_is_broken_into_lines_of_about_equal_length() -> None:
    lines = wrap_balanced("在广大职工中开展“中国梦·劳动美”主题宣传教育活动情况汇总表", WIDTHS, ems(26))
    assert len(lines) == 2
    assert abs(text_width(lines[0], WIDTHS) - text_width(lines[1], WIDTHS)) <= ems(4)
