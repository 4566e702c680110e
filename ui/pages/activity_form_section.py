"""Rows of the form bound to its state: what is typed goes there, what changes there is shown, findings beneath."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from models.checks.findings import Finding, Severity
from models.fields import Kind, activity_field
from ui import theme
from ui.context import Context
from ui.pages.activity_form_checks import FormChecks
from ui.pages.activity_form_editors import Editor, make_editor
from ui.pages.activity_form_explanation import ExplanationRow
from ui.pages.activity_form_state import FormState
from ui.widgets.form import FieldForm, FieldRow
from ui.widgets.labels import TextLabel
from ui.widgets.strips import Links


@dataclass(frozen=True, slots=True)
class Desk:
    """What the parts of the form work on together."""

    context: Context
    state: FormState
    checks: FormChecks


class FormSection(FieldForm):
    """A few rows. Each may hold several boxes (dates, people); every box belongs to one field of the record."""

    ended = Signal()  # Enter in the last field

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._editors: dict[str, Editor] = {}
        self._row_of: dict[str, FieldRow] = {}
        self._said: dict[str, tuple[Any, ...]] = {}  # row → what stands beneath it now
        self._explanation: ExplanationRow | None = None
        self._narrow = False
        self.row_left.connect(self._leave)

    def editor(self, name: str) -> Editor:
        """The box of a field; KeyError for a field of another section."""
        return self._editors[name]

    def editors(self) -> list[Editor]:
        """All boxes in reading order."""
        return list(self._editors.values())

    def has(self, name: str) -> bool:
        return name in self._editors

    def make(self, name: str) -> Editor:
        """A box for a field, not placed yet."""
        editor = make_editor(name, self.desk.state, self.desk.context.notice, self.desk.context.ledger)
        editor.typed.connect(self._take)
        self._editors[name] = editor
        return editor

    def place(self, key: str, label: str, names: Iterable[str], widget: QWidget, hint: str = "") -> FieldRow:
        """Put boxes made before into a row."""
        names = list(names)
        required = activity_field(names[0]).required
        row = self.add(key, label, widget, required=required, hint=hint)
        for name in names:
            self._row_of[name] = row
        return row

    def add_field(self, name: str, arrange: Callable[[Editor], QWidget] | None = None) -> FieldRow:
        """A row of one field with its usual label."""
        editor = self.make(name)
        return self.place(name, editor.spec.label, [name], arrange(editor) if arrange else editor.widget)

    def row_with(self, name: str) -> FieldRow:
        """The row in which a field stands."""
        return self._row_of[name]

    def start(self) -> None:
        """Another record is in the form: nothing said about the last one holds."""
        if self._explanation:
            self._explanation.finish()

    def refresh(self, names: Iterable[str] | None = None) -> None:
        """Show the state's values of these fields (all if None), and only the rows that belong to the answers."""
        state = self.desk.state
        for name, editor in self._editors.items():
            editor.refresh(state)
            if names is None or name in names:
                editor.show_value(state.value(name))
        shown = state.visible()
        for row in dict.fromkeys(self._row_of.values()):
            row.setVisible(any(name in shown for name, each in self._row_of.items() if each is row))
        if self._explanation:
            self._explanation.follow(state.answers)

    def set_narrow(self, narrow: bool) -> None:
        """One column: labels above, long lists of radios as combo boxes, short words on links."""
        self._narrow = narrow
        self.set_compact(narrow)
        if self._explanation:
            self._explanation.set_compact(narrow)
        self._said.clear()
        self.show_findings()

    def show_findings(self) -> None:
        """Put the most important finding of each row beneath it; nothing is rebuilt that has not changed."""
        for row in self.rows():
            names = [name for name, each in self._row_of.items() if each is row]
            found = [finding for name in names for finding in self.desk.checks.shown(name)]
            self._say(row, min(found, key=_weight, default=None))

    def focus_name(self, name: str) -> None:
        """Put the keyboard into a field, in sight together with its message."""
        self.editor(name).focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
        settle_layout()
        self.row_with(name).bring_into_view()

    def stops(self) -> list[Editor]:
        """The boxes that can be typed in now, in reading order: where Enter goes."""
        shown = self.desk.state.visible()
        return [editor for name, editor in self._editors.items() if name in shown]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next field; a text of several lines keeps it."""
        focused = QApplication.focusWidget()
        if not _is_plain_enter(event) or isinstance(focused, QTextEdit):
            event.ignore()
        elif self._explanation and focused and self._explanation.isAncestorOf(focused):
            self._explanation.finish()
        else:
            self._go_on(focused)

    def _go_on(self, focused: QWidget | None) -> None:
        stops = self.stops()
        here = next((place for place, editor in enumerate(stops) if editor.owns(focused)), None)
        if here is not None and here + 1 < len(stops):
            stops[here + 1].focus_target().setFocus(Qt.FocusReason.TabFocusReason)
        elif here is not None:
            self.ended.emit()

    def _take(self, name: str, value: Any, typing: bool) -> None:
        self.desk.state.set(name, value, typing=typing)

    def _leave(self, row: FieldRow) -> None:
        if not self.isVisible():  # the window is closing: nobody is told anything any more
            return
        self.desk.state.end_typing()
        for name, each in self._row_of.items():
            if each is row:
                self.desk.checks.leave(name)

    def _say(self, row: FieldRow, finding: Finding | None) -> None:
        if finding is None:
            said: tuple[Any, ...] = ()
        else:
            said = (finding.rule_id, finding.field, finding.message, finding.explanation, finding.repair)
        if self._said.get(row.name, ()) == said:
            return
        if self._explanation and self._explanation.about is row and not self._explanation.isHidden():
            return  # the answer is being typed; the strip stays as the question
        self._said[row.name] = said
        if finding is None:
            row.set_problem("")
            return
        editor = self._editors[finding.field]
        row.set_problem(_strip_kind(finding), _strip_text(finding), self._links(row, finding), field=editor.widget)
        strip = row.strip()
        if strip:
            strip.show()  # Qt would show it a moment later, too late for scrolling to it
            chain(editor.focus_target(), *strip.links())

    def _links(self, row: FieldRow, finding: Finding) -> Links:
        if finding.severity is Severity.HARD:
            return []
        if finding.explanation:
            return [("改说明", lambda: self._explain(row, finding))]
        links: list[tuple[str, Callable[[], object]]] = []
        if finding.repair:
            links.append((finding.repair.label, lambda: self._repair(finding)))
        number = activity_field(finding.field).kind is Kind.INTEGER
        words = "写说明" if self._narrow else "数字无误，写说明" if number else "情况属实，写说明"
        return [*links, (words, lambda: self._explain(row, finding))]

    def _repair(self, finding: Finding) -> None:
        assert finding.repair
        self.desk.state.set(finding.repair.field, finding.repair.value)
        self.focus_name(finding.field)
        self.desk.checks.run()

    def _explain(self, row: FieldRow, finding: Finding) -> None:
        """Open the line for the 核实说明 under the row."""
        if self._explanation is None:
            self._explanation = ExplanationRow(self)
            self._explanation.typed.connect(self._take_explanation)
            self._explanation.finished.connect(self._after_explaining)
        self._explanation.begin(row, finding, compact=self._narrow)
        strip = row.strip()
        chain(*(strip.links()[-1:] if strip else ()), *self._explanation.stops())
        settle_layout()
        self._explanation.bring_into_view()

    def _take_explanation(self, finding: Finding, text: str) -> None:
        self.desk.state.answer(finding.rule_id, finding.fingerprint, text.strip())

    def _after_explaining(self) -> None:
        self.desk.state.end_typing()
        self.desk.checks.run()
        self.show_findings()


class LineWords(TextLabel):
    """Words beside a box, as tall as the box, so that they stand on its line wherever the row wraps."""

    BESIDE = 34

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.height(self.BESIDE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class LinkWords(LineWords):
    """Words beside links."""

    BESIDE = 28


def settle_layout() -> None:
    """Lay out now what was shown or hidden a moment ago: positions are needed to scroll to the right place."""
    for _ in range(4):  # a group inside a fold needs one pass for each layer
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def chain(*widgets: QWidget) -> None:
    """Make Tab go from each of these to the next; widgets made later would otherwise come last in the window."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def _weight(finding: Finding) -> tuple[bool, bool]:
    return finding.severity is Severity.SOFT, not finding.open


def _strip_kind(finding: Finding) -> str:
    if finding.severity is Severity.HARD:
        return "error"
    return "warn" if finding.open else "info"


def _strip_text(finding: Finding) -> str:
    return f"已写说明：{finding.explanation}" if finding.explanation else finding.message


def _is_plain_enter(event: QKeyEvent) -> bool:
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and modifiers == Qt.KeyboardModifier.NoModifier
