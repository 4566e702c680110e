"""Characters without a shape never break a document, and those with one are never touched."""

from __future__ import annotations

import pytest

from exporters.text import printable, storable


@pytest.mark.parametrize(
    "text",
    [
        "<b>粗</b> & {} %s =1+1 +86 -5 @某",
        "㮾𬭚𫖯喆堃㙦𰻝",
        "🇨🇳😀🏭",
        "全角　空格",
        "第一行\n第二行",
        "naïve Ω ≥ ㎡ ☑ ①",
        "",
    ],
)
def test_ordinary_and_rare_text_prints_as_it_was_typed(text: str) -> None:
    assert printable(text) == text
    assert storable(text) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\r\nb\rc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
        ("a\tb\xa0c\u2003d", "a b c d"),
        ("nul\x00bell\x07esc\x1b[31mdel\x7f", "nulbellesc[31mdel"),
        ("\u202eabc\u202c\u200f\u2066x\u2069", "abcx"),
        ("👨\u200d👩\u200d👧", "👨👩👧"),
        ("❤\ufe0f葛\U000e0100", "❤葛"),
        ("soft\xadhyphen\ufeff", "softhyphen"),
        ("la\u0304oshi\u030c", "lāoshǐ"),
        ("\ud800half", "\ufffdhalf"),
    ],
)
def test_what_has_no_shape_is_left_out_on_paper(typed: str, printed: str) -> None:
    assert printable(typed) == printed


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\t=1+1\n", "\t=1+1\n"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("nul\x00bell\x07\ufffe", "nulbell"),
        ("\u202eabc\u200d\ufe0f", "\u202eabc\u200d\ufe0f"),
        ("\udc80half", "\ufffdhalf"),
    ],
)
def test_excel_keeps_everything_that_xml_can_hold(typed: str, stored: str) -> None:
    assert storable(typed) == stored
