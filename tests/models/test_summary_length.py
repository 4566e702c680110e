"""How long a summary becomes: near what the typesetting of GB/T 9704 makes of it."""

import pytest

from models.summary_length import characters_in, estimated_pages


def test_characters_are_counted_without_spaces_and_line_breaks():
    assert characters_in(["一 二\n三", "　四"]) == 4


@pytest.mark.parametrize(
    ("paragraphs", "pages"),
    [(0, 1), (1, 1), (11, 2), (60, 6)],
)
def test_pages_follow_the_paragraphs(paragraphs: int, pages: int):
    """Each of these paragraphs takes two lines of 28 characters with its indent."""
    text = "\n".join(["字" * 50] * paragraphs)
    assert estimated_pages("标题", "主送：", [text]) == pages


def test_an_indent_can_cost_a_line():
    few = estimated_pages("", "", ["\n".join(["字" * 26] * 38)])
    assert estimated_pages("", "", ["\n".join(["字" * 27] * 38)]) == few + 2


def test_a_long_title_takes_more_lines():
    full = ["\n".join(["字"] * 15)]
    assert estimated_pages("题" * 20, "", full) == 1
    assert estimated_pages("题" * 21, "", full) == 2
