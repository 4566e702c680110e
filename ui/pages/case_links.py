"""The left pane: linked activities, the figures taken from them, and what else goes on the form."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from models.activity import Activity
from models.case import Case
from models.case_links import period_of
from models.case_repository import linked_activities
from models.errors import UserError
from models.fields import case_field
from ui import theme
from ui.context import Context
from ui.pages.case_checks import CaseChecks
from ui.pages.case_effects import CaseEffects
from ui.pages.case_link_parts import LinkedActivity, WrapTick
from ui.pages.case_messages import FieldMessages
from ui.pages.case_state import CaseState, Unread, read_day
from ui.widgets.base import put_next_in_tab_order, restyle
from ui.widgets.buttons import link
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import CounterLineEdit, Edit
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row

WIDTH = 248
TEXTS = {"author": "执笔人", "reviewer": "审核人", "phone": "电话"}
DAYS = {"period_start": "实施", "period_end": "至"}
MORE = {"summary": "一句话亮点", "reported_before": "已报其他渠道", "video": "视频"}
FLAGS = ("publish_ok", "secret_checked")
UNLINKED = "案例从活动里来。选了活动，实施时间和数字都能自动取。"


class CaseLinks(QScrollArea):
    """Links, figures and the other answers. `choose` asks for the list of activities."""

    choose = Signal()
    activity_opened = Signal(str)

    def __init__(self, context: Context, state: CaseState, checks: CaseChecks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._state, self._checks = context, state, checks
        self._filling = False
        self.known: dict[str, Activity] = {}
        self.setAccessibleName("关联与成效")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.effects = CaseEffects(state, self._pull)
        self.boxes: dict[str, Edit] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.messages: dict[str, FieldMessages] = {"effects": self.effects.messages}
        self._build()
        self._connect()

    def fields(self) -> dict[str, QWidget]:
        """What the keyboard goes to for a field, in reading order."""
        figures = self.effects.lines[0].indicator if self.effects.lines else self.effects.add_link
        return {"activities": self.choose_link, "effects": figures, **self.boxes, **self.ticks}

    def refresh(self, names: frozenset[str] | None = None) -> None:
        """Show what the state holds, for these fields or for all."""
        self._filling = True
        if names is None or "activities" in names:
            self._show_activities()
        if names is None or names & {"activities", "effects"}:
            self.effects.refresh(self.known)
        for name, box in self.boxes.items():
            if names is None or name in names:
                self._fill(name, box)
        for name, tick in self.ticks.items():
            tick.setChecked(bool(self._state.value(name)))
        self._suggest_period()
        self._filling = False

    def open_more(self) -> None:
        """Unfold 更多选填."""
        self.more.show()
        self.more_link.hide()

    def fold(self) -> None:
        """Fold 更多选填 unless something is in it."""
        filled = any(self._state.value(name) for name in MORE)
        self.more.setVisible(filled)
        self.more_link.setVisible(not filled)

    def reveal(self, name: str) -> None:
        """Have a field in sight, unfolded if it was not."""
        if name in MORE:
            self.open_more()
        field = self.fields()[name]
        QTimer.singleShot(0, field, lambda: self.ensureWidgetVisible(field, 0, theme.px(64)))  # once it is laid out

    def show_findings(self) -> None:
        """Say under each field what is wrong with it, as far as that may be said yet."""
        for name, messages in self.messages.items():
            found = self._checks.shown(name)
            if found and name in MORE:
                self.open_more()
            messages.show_findings(found)

    def _pull(self) -> None:
        """从活动取数: figures fetched before get today's value, missing ones are added, typed ones stay."""
        from models.case_figures import pulled

        record = self._state.record()
        self._state.set("effects", pulled(record, list(self.known.values()), self.context.notice).effects)

    def _parse(self, text: str) -> date | None:
        value = read_day(text, self._today())
        if isinstance(value, Unread):
            raise UserError(value.reason)
        return value

    def _show_activities(self) -> None:
        found = {each.uid: each for each in linked_activities(self.context.ledger, self._state.record())}
        if list(found.items()) == list(self.known.items()) and self._activities.count():
            return  # the keyboard may be on one of them
        self.known = found
        clear(self._activities)
        lines: list[LinkedActivity] = []
        for activity in self.known.values():
            line = LinkedActivity(activity)
            line.opened.connect(self.activity_opened)
            line.removed.connect(self._unlink)
            self._activities.addWidget(line)
            self._activities.addWidget(_rule())
            lines.append(line)
        put_next_in_tab_order(self.choose_link, [stop for each in lines for stop in (each.name, each.close_button)])
        self.heading.setText(f"关联活动 {len(self.known)}" if self.known else "关联活动")
        self._unlinked.setVisible(not self.known)

    def _unlink(self, uid: str) -> None:
        self._state.set("activities", tuple(each for each in self._state.value("activities") if each != uid))
        self.choose_link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, name: str, box: Edit) -> None:
        value = self._state.value(name)
        if isinstance(value, Unread):
            if box.text() != value.text:
                box.setText(value.text)
        elif name in DAYS:
            if read_day(box.text(), self._today()) != value:
                box.set_value(value)
        elif box.text() != value:
            box.set_value(value)

    def _suggest_period(self) -> None:
        """An empty day says which one the linked activities give."""
        start, end = period_of(Case(), list(self.known.values()))
        for name, day in (("period_start", start), ("period_end", end)):
            self.boxes[name].setPlaceholderText(_short_day(day) if day else "")

    def _typed(self, name: str, text: str) -> None:
        if self._filling:
            return
        value = read_day(text, self._today()) if name in DAYS else text
        self._state.set(name, value, typing=True)

    def _today(self) -> date:
        return self.context.clock().date()

    def _connect(self) -> None:
        self.choose_link.clicked.connect(self.choose)
        self.more_link.clicked.connect(self._unfold)
        self.effects.source_wanted.connect(self.activity_opened)
        for name, box in self.boxes.items():
            box.returnPressed.connect(self.focusNextChild)
            box.textChanged.connect(lambda text, name=name: self._typed(name, text))
        for name, tick in self.ticks.items():
            tick.clicked.connect(lambda on, name=name: self._state.set(name, bool(on)))

    def _unfold(self) -> None:
        self.open_more()
        self.boxes["summary"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        sheet = QWidget()
        sheet.setProperty("clear", True)
        self.heading = TextLabel("关联活动", "section")
        self.choose_link = link("选择", "add")
        self.choose_link.setAccessibleName("选择关联活动")
        self._activities = column(spacing=4)
        self._unlinked = WrapLabel(UNLINKED, "hint")
        self.messages["activities"] = FieldMessages(self.choose_link)
        others = column(TextLabel("其他", "section"), spacing=6)
        for name, label in TEXTS.items():
            others.addLayout(self._boxed(name, label, Edit()))
        for name, label in DAYS.items():
            edit = DateEdit(self._parse, written=_short_day, today=self._today)
            others.addLayout(self._boxed(name, label, edit))
        self.more = QWidget()
        more = column(spacing=6, parent=self.more)
        for name, label in MORE.items():
            box = CounterLineEdit(case_field(name).limit, unit="") if name == "summary" else Edit()
            box.setPlaceholderText(case_field(name).hint)
            box.setAccessibleName(label)
            self._keep(name, box)
            more.addLayout(column(TextLabel(label, "note"), box, self.messages[name], spacing=2))
        self.more_link = link(f"更多选填 {len(MORE)} 项")
        for name in FLAGS:
            self.ticks[name] = WrapTick(case_field(name).label)
            self.messages[name] = FieldMessages(self.ticks[name])
            others.addWidget(self.ticks[name])
            others.addWidget(self.messages[name])
        others.addWidget(self.more)
        others.addLayout(row(self.more_link, None))
        head = row(self.heading, None, self.choose_link)
        links = column(head, self._activities, self._unlinked, self.messages["activities"], spacing=4)
        column(links, self.effects, others, None, margins=(16, 10), spacing=14, parent=sheet)
        self.setWidget(sheet)

    def _boxed(self, name: str, label: str, box: Edit) -> QVBoxLayout:
        """A box with its label at the left and its messages under it."""
        caption = TextLabel(label, "note")
        caption.setMinimumWidth(caption.fontMetrics().horizontalAdvance("执笔人 "))
        caption.setBuddy(box)
        box.setAccessibleName(case_field(name).label)
        self._keep(name, box)
        line = row(caption, spacing=8)
        line.addWidget(box, 1)
        return column(line, self.messages[name], spacing=2)

    def _keep(self, name: str, box: Edit) -> None:
        restyle(box, dense=True)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.boxes[name] = box
        self.messages[name] = FieldMessages(box)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "soft")
    return rule


def _short_day(day: date) -> str:
    return f"{day.year}-{day.month}-{day.day}"
