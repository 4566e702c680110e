"""The line under a hint in which a clerk answers it: 核实说明."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from models.checks.findings import Finding
from models.explanation_repository import LIMIT
from ui.widgets.base import application
from ui.widgets.buttons import link
from ui.widgets.edits import CounterLineEdit
from ui.widgets.form import FieldForm, FieldRow
from ui.widgets.layouts import row

LABEL = "核实说明"


class ExplanationRow(FieldRow):
    """One for a whole section; it moves under the row whose hint is being answered.

    `typed` carries the finding and the text at every key. `finished` follows Enter, 写好了 and leaving the line.
    """

    typed = Signal(object, str)
    finished = Signal()

    def __init__(self, form: FieldForm) -> None:
        self.edit = CounterLineEdit(LIMIT, placeholder="一句话说清为什么这样填")
        self.edit.setAccessibleName(LABEL)
        self._done = link("写好了")
        box = QWidget()
        row(self.edit, self._done, parent=box)
        box.setFocusProxy(self.edit)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        super().__init__("_explanation", LABEL, box, parent=form)
        self._form = form
        self.about: FieldRow | None = None
        self._finding: Finding | None = None
        self.edit.textChanged.connect(self._report)
        self._done.clicked.connect(self.finish)
        application().focusChanged.connect(self._finish_when_left)
        self.hide()

    def begin(self, about: FieldRow, finding: Finding, *, compact: bool) -> None:
        """Open the line under a row of the form."""
        self.finish()
        self.about = about
        layout = self._form.layout()
        assert isinstance(layout, QBoxLayout)
        layout.removeWidget(self)
        layout.insertWidget(layout.indexOf(about) + 1, self)
        self.label.setMinimumWidth(about.label.minimumWidth())
        self.set_compact(compact)
        self.edit.setText(finding.explanation)  # not typing: no finding is set yet
        self.show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._finding = finding

    def finish(self) -> None:
        """Close the line; what was typed holds."""
        if self._finding is None:
            return
        self._finding = None
        had_keyboard = self.edit.hasFocus() or self._done.hasFocus()
        self.hide()
        if had_keyboard and self.about:
            self.about.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.finished.emit()

    def follow(self, answers: Mapping[str, tuple[str, str]]) -> None:
        """撤销 changed the answer while it is being typed: show what it says now."""
        if self._finding is None:
            return
        finding, self._finding = self._finding, None  # setting the text is not typing
        text = answers.get(finding.rule_id, ("", finding.explanation))[1]
        if self.edit.text().strip() != text:
            self.edit.setText(text)
        self._finding = finding

    def stops(self) -> list[QWidget]:
        """What can have the keyboard, in order."""
        return [self.edit, self._done]

    def _finish_when_left(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._finding is not None and not self.isAncestorOf(new):
            self.finish()

    def _report(self, text: str) -> None:
        if self._finding is not None:
            self.typed.emit(self._finding, text)
