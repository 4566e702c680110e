"""One finding on the 逻辑检查 page, and the card of the findings of one record."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from models.checks import Finding, Severity
from models.explanation_repository import LIMIT
from ui import theme
from ui.widgets.base import plain_tip
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.edits import CounterLineEdit
from ui.widgets.labels import IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row, scale

EXAMPLE = "写一句核实说明，如“学校统一组织，辅导员带队”"
NO_DATE, DATELESS = "H02", "没有日期，不知道算哪一期，所以每期都查。不办了就打开它，点右上角的“…”移到回收站。"


class FindingItem(QWidget):
    """Icon, sentence and 去填写; under a hint the line in which it can be explained.

    `explained` is emitted on Enter and on leaving the line, and only if the text has changed.
    """

    go = Signal(object)  # Finding
    repaired = Signal(object)
    explained = Signal(object, str)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self._kept = finding.explanation
        hard = finding.severity is Severity.HARD
        done = not hard and not finding.open
        name = "checkbox-circle" if done else "error-warning-fill" if hard else "alert-fill"
        icon = IconLabel(name, "ok" if done else "error" if hard else "warn")
        icon.setMinimumHeight(theme.height(28))
        self.message = WrapLabel(finding.message)
        self.message.setToolTip(plain_tip(f"规则 {finding.rule_id}"))
        self.go_button = button("去填写" if hard else "去修改", "arrow-right", small=True)
        self.go_button.setAccessibleName(f"{self.go_button.text()}：{finding.message}")
        self.go_button.clicked.connect(lambda: self.go.emit(self.finding))
        self.repair_button = None
        first = row(spacing=12)
        first.addWidget(self.message, 1)
        if finding.repair:
            self.repair_button = button(finding.repair.label, "check", small=True)
            self.repair_button.clicked.connect(lambda: self.repaired.emit(self.finding))
            first.addWidget(self.repair_button, 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(self.go_button, 0, Qt.AlignmentFlag.AlignTop)
        words = column(first, spacing=6)
        self.reason: CounterLineEdit | None = None
        if not hard:
            self.reason = self._build_reason()
            words.addWidget(self.reason)
        whole = row(spacing=12, margins=(0, 8), parent=self)
        whole.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(words, 1)

    def _build_reason(self) -> CounterLineEdit:
        reason = CounterLineEdit(LIMIT, placeholder=EXAMPLE, unit="")
        reason.setText(self.finding.explanation)
        reason.setAccessibleName(f"核实说明：{self.finding.message}")
        reason.editingFinished.connect(self.keep)
        return reason

    def forget(self) -> None:
        """This item is about to be replaced: losing the keyboard is not the same as having finished the line."""
        if self.reason is not None:
            self.reason.blockSignals(True)

    def keep(self) -> None:
        """Ask for the explanation to be stored if it has changed and is not too long."""
        if self.reason is None:
            return
        text = self.reason.text().strip()
        if text != self._kept and not self.reason.is_over():
            self._kept = text
            self.explained.emit(self.finding, text)
        self.reason.set_state("error" if self.reason.is_over() else "")


class RecordCard(Card):
    """What the check says about one record, or about the unit card."""

    def __init__(self, title: str, number: str, findings: Sequence[Finding], parent: QWidget | None = None) -> None:
        super().__init__(dense=True, parent=parent)
        self.setAccessibleName(title)
        head = row(TextLabel(number, "hint"), spacing=8) if number else row(spacing=8)
        name = WrapLabel(title, "strong")
        head.addWidget(name, 1)
        scale(self.body, (16, 12, 16, 4), 0)  # each finding has its own room above and below
        self.body.addLayout(head)
        if any(finding.rule_id == NO_DATE for finding in findings):
            self.body.addWidget(WrapLabel(DATELESS, "hint"))
        self.items: list[FindingItem] = []
        for index, finding in enumerate(findings):
            if index:
                self.body.addWidget(_rule())
            item = FindingItem(finding)
            self.items.append(item)
            self.body.addWidget(item)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "soft")
    return rule
