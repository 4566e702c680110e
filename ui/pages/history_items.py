"""The parts of 修改记录: one change as a card, one step of this session as a line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from models.history_words import Entry
from ui.widgets.buttons import Button, button
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row, scale

SAME = "没有改动填写的内容"


class EntryCard(Card):
    """Who changed what when: each field with what it was and what it became. `restore_button` may be None."""

    def __init__(self, entry: Entry, when: str, parent: QWidget | None = None) -> None:
        super().__init__(dense=True, parent=parent)
        self.restore_button: Button | None = None
        person = entry.change.person or "没有写录入人"
        head = row(TextLabel(when, "strong"), spacing=12)
        head.addWidget(ElidedLabel(person, "second"))
        head.addWidget(ElidedLabel(entry.label, "hint"), 1)
        if entry.restorable:
            self.restore_button = button("恢复成这一版", "history", small=True)
            self.restore_button.setAccessibleName(f"恢复成{when}的版本")
            head.addWidget(self.restore_button)
        self.body.addLayout(head)
        if entry.note or not entry.fields:
            self.body.addWidget(TextLabel(entry.note or SAME, "small"))
        if entry.fields:
            self.body.addLayout(self._table(entry))
        told = "；".join(f"{each.label}，由{each.old}改为{each.new}" for each in entry.fields)
        self.setAccessibleName(f"{when}，{person}，{entry.label}")
        self.setAccessibleDescription(told or entry.note or SAME)

    def _table(self, entry: Entry) -> QGridLayout:
        grid = scale(QGridLayout(), 0, 4)
        grid.setColumnStretch(1, 1)  # both values may wrap; a long label is cut rather than pushing them out
        grid.setColumnStretch(3, 1)
        new = entry.change.old is None
        for line, each in enumerate(entry.fields):
            cells = (ElidedLabel(each.label, "hint"), WrapLabel(each.old, "small", "text2"), TextLabel("→", "hint"))
            for place, cell in enumerate(cells):
                if not new or place == 0:  # of a new record only what it was made with
                    grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignTop)
            after = WrapLabel(each.new, "small")
            grid.addWidget(after, line, 1 if new else 3, 1, 3 if new else 1, Qt.AlignmentFlag.AlignTop)
        return grid


class StepLine(QWidget):
    """One step that can be taken back together with those above it."""

    def __init__(self, label: str, when: str, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.undo_button = button(
            "撤销这一步" if number == 1 else f"撤销到这里（{number} 步）", "arrow-go-back", small=True
        )
        self.undo_button.setAccessibleName(f"{self.undo_button.text()}：{label}")
        line = row(TextLabel(when, "hint"), spacing=12, margins=(0, 4))
        line.addWidget(ElidedLabel(label), 1)
        line.addWidget(self.undo_button)
        rule = QFrame()
        rule.setProperty("rule", "soft")
        rule.setVisible(number > 1)
        column(rule, line, spacing=0, parent=self)
