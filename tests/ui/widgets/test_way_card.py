"""One way of several: what belongs to it stands under its name, at every text size."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QButtonGroup, QPushButton, QStyle, QStyleOptionButton

from tests.ui.widgets.conftest import Show
from ui import theme
from ui.widgets.way_card import WayCard


@pytest.mark.parametrize("scale", [1.0, 1.75])
def test_hint_and_buttons_stand_under_the_words_of_the_title(qapp: QApplication, show: Show, scale: float) -> None:
    card = WayCard("打开邮件草稿", None, "打开后看一遍。", QButtonGroup(qapp))
    button = QPushButton("打开")
    card.body.addWidget(button)
    window = show(card)
    theme.apply(qapp, theme.LIGHT, scale)
    window.layout().activate()  # pyright: ignore[reportOptionalMemberAccess]
    QApplication.processEvents()
    option = QStyleOptionButton()
    card.radio.initStyleOption(option)
    words = card.radio.style().subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, card.radio)
    left = card.radio.mapTo(card, words.topLeft()).x()
    for below in (card.hint, button):
        assert abs(below.mapTo(card, QPoint(0, 0)).x() - left) <= 1, (below, left)
