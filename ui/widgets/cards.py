"""White sheets on the grey ground, and what stands on one when there is nothing to show."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.buttons import Button, button
from ui.widgets.labels import IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row


class Card(QFrame):
    """A sheet with an optional title and something at the right of it; content goes into `body`."""

    def __init__(
        self,
        title: str = "",
        aside: QWidget | None = None,
        *,
        dense: bool = False,
        ground: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", ground)
        self.body: QVBoxLayout = column(margins=(16, 12) if dense else (24, 16), spacing=8, parent=self)
        self.title = TextLabel(title, "section", parent=self)
        self.title.setVisible(bool(title))
        if title:
            self.setAccessibleName(title)
            self.body.addLayout(row(self.title, None, *([aside] if aside else [])))


class EmptyState(QWidget):
    """What a page shows instead of an empty table: icon, one bold sentence, one hint, one button."""

    triggered = Signal()

    def __init__(
        self,
        icon: str,
        title: str,
        hint: str = "",
        button_text: str = "",
        button_icon: str = "",
        *,
        primary: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        centre = Qt.AlignmentFlag.AlignHCenter
        box = column(None, spacing=8, margins=(24, 16), parent=self)
        self._icon = IconLabel(icon, "hint", 30, self)
        box.addWidget(self._icon, 0, centre)
        self._title = WrapLabel(title, "strong", parent=self)
        self._hint = WrapLabel(hint, "hint", parent=self)
        for words in (self._title, self._hint):
            words.setAlignment(centre)
            box.addWidget(words)
        self.button: Button = button(button_text or " ", button_icon, "primary" if primary else "plain", parent=self)
        self.button.clicked.connect(self.triggered)
        box.addWidget(self.button, 0, centre)
        box.addStretch(1)
        self.set_words(title, hint, button_text, icon)

    def set_words(self, title: str, hint: str = "", button_text: str = "", icon: str = "") -> None:
        """Say something else, such as “没有找到” with 清除筛选 after a search."""
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.button.setText(button_text)
        self.button.setVisible(bool(button_text))
        if icon:
            self._icon.set_icon(icon)
        self.setAccessibleName(title)
