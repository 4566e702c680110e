"""Questions that must be answered before something is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from ui import theme
from ui.widgets.buttons import Button, button
from ui.widgets.labels import IconLabel, WrapLabel
from ui.widgets.layouts import column, row

MOST_WIDE = 460  # pixels at 100 % text; longer sentences wrap


@dataclass(frozen=True, slots=True)
class Answer:
    """A way to answer: what `ask` returns, the words on the button, and the button's kind (plain, danger, primary)."""

    key: str
    words: str
    kind: str = "plain"


class ConfirmDialog(QDialog):
    """Title is the question, body the consequence. Esc, Enter and closing give the answer with the key `harmless`."""

    def __init__(
        self,
        parent: QWidget | None,
        question: str,
        consequence: str,
        answers: Sequence[Answer],
        harmless: str,
        icon: str = "alert-fill",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(question)
        self.setAccessibleName(question)
        self.setAccessibleDescription(consequence)
        self._chosen = self._harmless = harmless
        heading, body = WrapLabel(question, "strong", parent=self), WrapLabel(consequence, "note", parent=self)
        for words in (heading, body):
            words.ensurePolished()
        wide = min(max(words.sizeHint().width() for words in (heading, body)), theme.px(MOST_WIDE))
        for words in (heading, body):  # Qt makes no dialog as high as words need that wrap
            words.setFixedWidth(max(wide, theme.px(300)))
            words.setMinimumHeight(max(words.heightForWidth(words.minimumWidth()), 0))
        texts = column(heading, body, None, spacing=4)
        top = row(spacing=12)
        top.addWidget(IconLabel(icon, "warn", 20, self), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(texts, 1)
        self.buttons: dict[str, Button] = {}
        for answer in answers:
            made = self.buttons[answer.key] = button(answer.words, kind=answer.kind, parent=self)
            made.clicked.connect(lambda _checked=False, key=answer.key: self._choose(key))
        column(top, 8, row(None, *self.buttons.values()), margins=(16, 16), spacing=8, parent=self)
        self.buttons[harmless].setDefault(True)
        self.buttons[harmless].setFocus()

    def chosen(self) -> str:
        """The key of the answer given; the harmless one until another was chosen."""
        return self._chosen

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.accept()

    def reject(self) -> None:
        self._chosen = self._harmless
        super().reject()


def ask(parent: QWidget | None, question: str, consequence: str, answers: Sequence[Answer], harmless: str) -> str:
    """Ask and wait; returns the key of the answer."""
    dialog = ConfirmDialog(parent, question, consequence, answers, harmless)
    dialog.exec()
    dialog.deleteLater()
    return dialog.chosen()


def confirm(
    parent: QWidget | None,
    question: str,
    consequence: str,
    action: str,
    harmless: str = "不删除",
    *,
    danger: bool = True,
) -> bool:
    """Whether the person wants `action`. Focus, Enter and Esc are on `harmless`."""
    answers = (Answer("act", action, "danger" if danger else "plain"), Answer("keep", harmless))
    return ask(parent, question, consequence, answers, "keep") == "act"
