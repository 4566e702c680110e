"""What counts as the same words when a clerk looks for them on a printed page."""

import pytest

from ui.widgets.pdf_text import PageText, fold


def found(page: str, wanted: str) -> list[str]:
    """What `wanted` finds, cut out of the page by UTF-16 positions as QtPdf counts them."""
    units = page.encode("utf-16-le")
    hits = PageText.of(page).find(fold(wanted))
    return [units[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length in hits]


@pytest.mark.parametrize(
    ("page", "wanted", "there"),
    [
        ("“学党史”职工大思政课\r\n开讲 7月3日", "大思政课开讲", "大思政课\r\n开讲"),
        ("大思政课开讲", " 大思政课 开讲 ", "大思政课开讲"),
        ("参观VR展馆", "vr展馆", "VR展馆"),
        ("表样ＡＢ－１", "ab-1", "ＡＢ－１"),
        ("讲“学党史”", '"学党史"', "“学党史”"),
        ("讲（第二期）", "(第二期)", "（第二期）"),
        ("𬭚𬭚焦作㮾", "焦作㮾", "焦作㮾"),
        ("乙𬭚、丙", "𬭚", "𬭚"),
        ("覆盖全\r\n部", "全部", "全\r\n部"),
        ("满意率98.5%", "98.5%", "98.5%"),
    ],
)
def test_it_is_found_however_it_is_set_and_typed(page: str, wanted: str, there: str) -> None:
    assert found(page, wanted) == [there]


def test_numbers_of_neighbouring_cells_are_not_one_number() -> None:
    assert found("线下 1 26 0", "126") == []
    assert found("线下 1 126 0", "126") == ["126"]


def test_each_place_counts_once_and_nothing_is_found_for_nothing() -> None:
    assert found("人人人人", "人人") == ["人人", "人人"]
    assert found("人", "") == []
    assert found("", "人") == []
