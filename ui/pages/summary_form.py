"""The middle of the editor: title, address and the five parts, each with what is left to write in it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from models.fields import summary_field
from models.summary import SUMMARY_PARTS
from models.summary_recording import NUMERALS
from ui import theme
from ui.pages.case_messages import FieldMessages
from ui.pages.summary_checks import SummaryChecks
from ui.pages.summary_figures import LiveFigures
from ui.pages.summary_state import SummaryState
from ui.pages.summary_text_box import FigureEdit
from ui.widgets.base import restyle
from ui.widgets.buttons import link
from ui.widgets.edits import CounterLineEdit
from ui.widgets.field_row import FieldLabel
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

WIDEST = 960  # pixels at 100 %: longer lines are hard to read
LINES = {"overview": 4, "practice": 6, "highlights": 4, "problems": 3, "next_steps": 3}
ASKED = {
    "overview": "本期开展了多少活动、多少人参加",
    "practice": "按活动形式写，小标题单独一行，用（一）（二）开头",
    "highlights": "有特色的做法、创新案例、品牌",
    "problems": "工作中还有哪些问题和不足",
    "next_steps": "下一步打算做什么、怎样改进",
}
HEAD = ("title", "address")


class SummaryPart(QWidget):
    """One of the five parts: heading, what is left to write, box, message."""

    draft_wanted = Signal(str)

    def __init__(self, name: str, value: Callable[[str], str | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = f"{NUMERALS[name]}、{summary_field(name).label}"
        self.name = name
        self.edit = FigureEdit(LINES[name], ASKED[name], value)
        self.edit.setAccessibleName(f"{label}，必填")
        heading = FieldLabel(label, required=True)
        restyle(heading, role="section")
        heading.put_star_after(True)
        heading.setBuddy(self.edit)
        self.left = TextLabel(role="note", tone="warn")
        self.draft_link = link("重新起草这一部分")
        self.draft_link.clicked.connect(lambda: self.draft_wanted.emit(name))
        self.messages = FieldMessages(self.edit)
        top = row(heading, 4, self.left, None, self.draft_link, spacing=4)
        column(top, self.edit, self.messages, spacing=4, parent=self)

    def show_left(self) -> None:
        """Say how many places are still to be written."""
        count = len(self.edit.gap_places())
        self.left.setText(f"还要补充 {count} 处" if count else "")


class SummaryForm(QScrollArea):
    """What is typed goes into the state at once; `refresh` brings the state back here.

    `figure_chosen` carries the figure that the cursor is at, empty for none; `draft_wanted` a part to draft anew.
    """

    figure_chosen = Signal(str)
    draft_wanted = Signal(str)

    def __init__(
        self, state: SummaryState, checks: SummaryChecks, figures: LiveFigures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._state, self._checks = state, checks
        self._filling = False
        self.setAccessibleName("总结正文")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = CounterLineEdit(summary_field("title").limit, unit="")
        self.address = CounterLineEdit(summary_field("address").limit, unit="")
        self.parts = {name: SummaryPart(name, figures.value) for name in SUMMARY_PARTS}
        self.messages = {"title": FieldMessages(self.title), **{n: part.messages for n, part in self.parts.items()}}
        self._lay_out()
        self._connect(figures)

    def fields(self) -> dict[str, QWidget]:
        """The boxes by field name, in reading order."""
        return {"title": self.title, "address": self.address, **{n: part.edit for n, part in self.parts.items()}}

    def name_of(self, widget: QWidget | None) -> str:
        """The field that a widget is, empty for none."""
        return next((name for name, box in self.fields().items() if box is widget), "")

    def current(self) -> FigureEdit | None:
        """The part that has the keyboard."""
        return next((part.edit for part in self.parts.values() if part.edit.hasFocus()), None)

    def focus(self, name: str) -> None:
        """Put the keyboard into a field, in sight together with its message."""
        field = self.fields()[name]
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, field, lambda: self._reveal(field))

    def refresh(self, names: frozenset[str] | None = None) -> None:
        """Show what the state holds, for these fields or for all."""
        self._filling = True
        for name in names if names is not None else self.fields():
            text = self._state.value(name)
            if name in self.parts:
                self.parts[name].edit.show_text(text)
                self.parts[name].show_left()
            else:
                box = self.title if name == "title" else self.address
                if box.text() != text:
                    box.setText(text)
        self._filling = False

    def show_values(self) -> None:
        """The figures have other values now."""
        for part in self.parts.values():
            part.edit.show_values()
            part.show_left()

    def show_findings(self) -> None:
        """Say under each field what is wrong with it, once 定稿 was asked for."""
        for name, messages in self.messages.items():
            messages.show_findings(self._checks.shown(name)[:1])

    def set_locked(self, locked: bool) -> None:
        """定稿: to be read and copied, not to be written in."""
        for box in (self.title, self.address, *(part.edit for part in self.parts.values())):
            box.setReadOnly(locked)
        for part in self.parts.values():
            part.draft_link.setVisible(not locked)
            flags = part.edit.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByKeyboard
            part.edit.setTextInteractionFlags(flags)

    def readings(self) -> list[str]:
        """The five parts as they read now."""
        return [part.edit.reading() for part in self.parts.values()]

    def next_gap(self) -> bool:
        """Select the next place to be written, behind the cursor and round to the first. False when there is none."""
        order = list(self.parts.values())
        here = next((place for place, part in enumerate(order) if part.edit.hasFocus()), -1)
        start = order[here].edit.textCursor().selectionEnd() if here >= 0 else 0
        turns = [(order[here], start)] if here >= 0 else []
        turns += [(part, 0) for part in (*order[here + 1 :], *order[: here + 1])]
        for part, position in turns:
            if not part.edit.value().strip() or part.edit.select_gap_after(position):
                self.focus(part.name)
                return True
        return False

    def _reveal(self, field: QWidget) -> None:
        if isinstance(field, FigureEdit):
            message = self.messages[self.name_of(field)]
            if message.isVisible():
                self.ensureWidgetVisible(message, 0, theme.px(8))
            field.follow_cursor()  # what is written comes first where a long part leaves no room for both
        else:
            self.ensureWidgetVisible(field, 0, theme.px(36))

    def _typed(self, name: str, text: str) -> None:
        if not self._filling:
            self._state.set(name, text, typing=True)

    def _connect(self, figures: LiveFigures) -> None:
        figures.changed.connect(self.show_values)
        for name, box in (("title", self.title), ("address", self.address)):
            box.returnPressed.connect(self.focusNextChild)
            box.value_changed.connect(lambda _value, name=name, box=box: self._typed(name, box.text()))
        for name, part in self.parts.items():
            part.edit.edited.connect(lambda text, name=name: self._typed(name, text))
            part.edit.figure_chosen.connect(self.figure_chosen)
            part.draft_wanted.connect(self.draft_wanted)

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setProperty("clear", True)
        inner = QWidget()
        inner.setProperty("clear", True)
        lines = column(spacing=6)
        labels: list[FieldLabel] = []
        for name, box in (("title", self.title), ("address", self.address)):
            spec = summary_field(name)
            caption = FieldLabel(spec.label, required=spec.required)
            caption.put_star_after(True)
            caption.setBuddy(box)
            box.setAccessibleName(f"{spec.label}，必填" if spec.required else spec.label)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            labels.append(caption)
            line = row(caption, spacing=12)
            line.addWidget(box, 1)
            lines.addLayout(line)
            if name in self.messages:
                lines.addWidget(self.messages[name])
        self._captions = labels
        column(lines, 2, *self.parts.values(), None, margins=(20, 12), spacing=8, parent=inner)
        self._inner = inner
        whole = row(spacing=0, parent=sheet)
        whole.addWidget(inner, 1)
        whole.addStretch(0)
        self.setWidget(sheet)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self._inner.setMaximumWidth(theme.px(WIDEST))
        wide = max(caption.sizeHint().width() for caption in self._captions)
        for caption in self._captions:
            caption.setFixedWidth(wide)
        QTimer.singleShot(0, self, self._stay)

    def _stay(self) -> None:
        """Everything has another size: the line being written stays in sight."""
        if edit := self.current():
            edit.follow_cursor()
