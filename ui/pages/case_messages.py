"""What is wrong with a field, directly under it: every error and hint a line of its own, with its ways out."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.checks.findings import Finding, Severity
from models.explanation_repository import LIMIT
from ui.widgets.base import put_next_in_tab_order, restyle
from ui.widgets.buttons import link
from ui.widgets.edits import CounterLineEdit
from ui.widgets.layouts import clear, column, row
from ui.widgets.strips import MessageStrip

Mend = Callable[[Finding], object]
Explain = Callable[[Finding, str], object]


class FieldMessages(QWidget):
    """Nothing while there is nothing to say. Marks `field` as its worst message asks.

    `mend` makes the change a finding proposes, `explain` records why nothing needs to be changed (核实说明); the
    editor sets both.
    """

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self.mend: Mend | None = None
        self.explain: Explain | None = None
        self._shown: list[tuple[object, ...]] = []
        self.strips: list[MessageStrip] = []
        self._answering: QWidget | None = None
        self._column = column(spacing=4, parent=self)
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say these, the errors first; what is said already stays as it is."""
        ordered = sorted(findings, key=lambda finding: finding.severity is not Severity.HARD)
        wanted: list[tuple[object, ...]] = [(each.rule_id, each.message, each.repair) for each in ordered]
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._column)
        self._answering = None
        self.strips = [self._strip(finding) for finding in ordered]
        self.setVisible(bool(wanted))
        state = "" if not ordered else "error" if ordered[0].severity is Severity.HARD else "warn"
        if hasattr(self._field, "set_state"):
            self._field.set_state(state)  # pyright: ignore[reportAttributeAccessIssue]
        else:
            restyle(self._field, state=state)

    def texts(self) -> list[str]:
        """What is said now."""
        return [strip.text() for strip in self.strips]

    def _strip(self, finding: Finding) -> MessageStrip:
        hard = finding.severity is Severity.HARD
        links: list[tuple[str, Callable[[], object]]] = []
        if finding.repair and self.mend:
            links.append((finding.repair.label, lambda: self._mend(finding)))
        if not hard and self.explain:
            links.append(("不用改，写说明", lambda: self._answer(finding)))
        strip = MessageStrip("error" if hard else "warn", finding.message, links, bare=hard, parent=self)
        self._column.addWidget(strip)
        strip.show()
        put_next_in_tab_order(self._field, strip.links())
        return strip

    def _mend(self, finding: Finding) -> None:
        assert self.mend
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)  # the link goes away with the message
        self.mend(finding)

    def _answer(self, finding: Finding) -> None:
        """Open a line under the messages in which the hint is answered."""
        if self._answering is not None:
            self._answering.deleteLater()
        edit = CounterLineEdit(LIMIT, placeholder="一句话说清为什么不用改")
        edit.setAccessibleName("核实说明")
        done = link("写好了")
        holder = self._answering = QWidget(self)
        line = row(spacing=8, parent=holder)
        line.addWidget(edit, 1)
        line.addWidget(done)
        self._column.addWidget(holder)
        holder.show()
        put_next_in_tab_order(self._field, [edit, done])

        def finish() -> None:
            text = edit.text().strip()
            if text and self.explain:
                self._field.setFocus(Qt.FocusReason.OtherFocusReason)
                self.explain(finding, text)

        edit.returnPressed.connect(finish)
        done.clicked.connect(finish)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
