"""The middle of the editor: name, domain, the three parts with their counts, and the photos."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from models.case import PARTS, count_characters
from models.fields import case_field
from ui import theme
from ui.context import Context
from ui.pages.case_checks import CaseChecks
from ui.pages.case_count import CountLabel
from ui.pages.case_messages import FieldMessages
from ui.pages.case_state import CaseState
from ui.pages.case_text_box import PartEdit
from ui.widgets.base import restyle
from ui.widgets.buttons import link
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.edits import CounterLineEdit
from ui.widgets.field_row import FieldLabel
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

NUMERALS: dict[str, str] = dict(zip(PARTS, "一二三", strict=True))
LINES = {"problem": 3, "practice": 5, "insight": 2}
ASKED = {
    "problem": "原来存在什么问题、职工有什么需求，用事实和数字说明",
    "practice": "一是……二是……，写清谁来做、怎么做、做到什么程度",
    "insight": "为什么有效，别的单位怎样学",
}


class CasePart(QWidget):
    """One of the three parts: heading, count, box, messages."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        spec = case_field(name)
        self.name = name
        self.edit = PartEdit(LINES[name], ASKED[name])
        self.edit.setAccessibleName(f"{spec.label}，必填，{spec.minimum} 到 {spec.limit} 字")
        heading = FieldLabel(f"{NUMERALS[name]}、{spec.label}", required=True)
        restyle(heading, role="section")
        heading.put_star_after(True)
        heading.setBuddy(self.edit)
        self.count = CountLabel(spec.minimum, spec.limit)
        self.messages = FieldMessages(self.edit)
        self.insert_link = link("插入“一是、二是”") if name == "practice" else None
        if self.insert_link:
            self.insert_link.clicked.connect(self.edit.insert_next_point)
        aside = [self.insert_link, 8] if self.insert_link else []
        column(row(heading, None, *aside, self.count, spacing=4), self.edit, self.messages, spacing=4, parent=self)


class CaseText(QScrollArea):
    """Everything that is written. What is typed goes into the state at once; `refresh` brings the state back here."""

    def __init__(self, context: Context, state: CaseState, checks: CaseChecks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._checks = state, checks
        self._filling = False
        self._advice = context.notice.case_max_chars
        self.setAccessibleName("正文")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = CounterLineEdit(case_field("title").limit, unit="", count=count_characters)
        self.title.setPlaceholderText(case_field("title").hint)
        self.domain = ChoiceBox([(each.code, each.label) for each in context.notice.options("case_domain")])
        self.total = TextLabel(role="hint")
        self.parts = {name: CasePart(name) for name in PARTS}
        self.messages = {"title": FieldMessages(self.title), "domain": FieldMessages(self.domain)}
        self.messages |= {name: part.messages for name, part in self.parts.items()}
        self._lay_out()
        self._connect()

    def fields(self) -> dict[str, QWidget]:
        """The boxes by field name, in reading order."""
        return {"title": self.title, "domain": self.domain, **{name: part.edit for name, part in self.parts.items()}}

    def add_below(self, widget: QWidget) -> None:
        """Append something under the three parts, such as the photos."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def refresh(self, names: frozenset[str] | None = None) -> None:
        """Show what the state holds, for these fields or for all."""
        self._filling = True
        for name in names if names is not None else self.fields():
            if name == "title" and self.title.text() != self._state.value(name):
                self.title.setText(self._state.value(name))
            elif name == "domain":
                self.domain.set_value(self._state.value(name) or None)
            elif name in self.parts:
                self.parts[name].edit.show_text(self._state.value(name))
        self._filling = False
        self._recount()

    def show_findings(self) -> None:
        """Say under each field what is wrong with it, as far as that may be said yet."""
        for name, messages in self.messages.items():
            messages.show_findings(self._checks.shown(name))
        self._recount()

    def reveal(self, name: str) -> None:
        """Scroll so that a field is in sight together with its message."""
        field = self.parts[name] if name in self.parts else self.fields()[name]
        QTimer.singleShot(0, field, lambda: self.ensureWidgetVisible(field, 0, theme.px(16)))  # once it is laid out

    def _connect(self) -> None:
        self.title.returnPressed.connect(self.focusNextChild)
        self.title.value_changed.connect(lambda _value: self._typed("title", self.title.text()))
        self.domain.value_changed.connect(self._choose_domain)
        for name, part in self.parts.items():
            part.edit.textChanged.connect(lambda name=name, edit=part.edit: self._typed(name, edit.toPlainText()))

    def _typed(self, name: str, text: str) -> None:
        if not self._filling:
            self._state.set(name, text, typing=True)
            self._recount()

    def _choose_domain(self, code: str | None) -> None:
        if not self._filling:
            self._state.set("domain", code or "")

    def _recount(self) -> None:
        total = 0
        for name, part in self.parts.items():
            count = part.edit.count()
            total += count
            part.count.show_count(count, insisted=self._checks.speaks_about(name))
        self.total.setText(f"全文 {total} 字，建议 {self._advice} 字以内" if self._advice else f"全文 {total} 字")
        self.total.set_tone("warn" if 0 < self._advice < total else "")

    def _lay_out(self) -> None:
        sheet = QWidget()
        sheet.setProperty("clear", True)
        lines = column(spacing=6)
        labels: list[FieldLabel] = []
        for name, label, field, aside in (
            ("title", "案例名称", self.title, None),
            ("domain", "所属领域", self.domain, self.total),
        ):
            caption = FieldLabel(label, required=True)
            caption.put_star_after(True)
            caption.setBuddy(field)
            field.setAccessibleName(f"{label}，必填")
            labels.append(caption)
            line = row(caption, spacing=12)
            line.addWidget(field, 0 if aside else 1)
            if aside:
                line.addStretch(1)
                line.addWidget(aside)
            lines.addLayout(line)
            lines.addWidget(self.messages[name])
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._column = column(lines, 2, *self.parts.values(), None, margins=(20, 12), spacing=8, parent=sheet)
        self.setWidget(sheet)
