"""Where the cards of 首页 stand: in as many columns as the width has room for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

THREE_FROM, TWO_FROM = 1100, 800  # content width ÷ text scale

# column, columns taken – by number of columns; in the order of the cards
PLACES = {
    3: ((0, 2), (2, 1), (0, 1), (1, 1), (2, 1), (0, 1), (1, 1), (2, 1), (0, 3)),
    2: ((0, 2), (0, 1), (1, 1), (0, 1), (1, 1), (0, 1), (1, 1), (0, 1), (1, 1)),
    1: ((0, 1),) * 9,
}


def columns_for(room: float) -> int:
    """How many columns there are in a page of this width."""
    return 3 if room >= THREE_FROM else 2 if room >= TWO_FROM else 1


def place_cards(grid: QGridLayout, cards: Sequence[QWidget], columns: int) -> None:
    """First what is due, last what is only good to know."""
    line, filled = 0, 0
    for card, (at, wide) in zip(cards, PLACES[columns], strict=True):
        if filled + wide > columns:
            line, filled = line + 1, 0
        grid.removeWidget(card)
        grid.addWidget(card, line, at, 1, wide)
        filled += wide
    for number in range(3):
        grid.setColumnStretch(number, 1 if number < columns else 0)
