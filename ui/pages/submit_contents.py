"""Steps 1 and 2 on one screen: which period, which forms, which cases. Everything usual is chosen already."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from models.case import CASE_STAGE_LABELS, CaseStage
from models.periods import Period
from models.reports.table3 import size_text
from models.submission import STATE_LABELS
from ui import theme
from ui.context import Context
from ui.pages.report_forms import Form
from ui.pages.submit_look import CaseLine, Look
from ui.pages.submit_state import Wish
from ui.widgets.buttons import link
from ui.widgets.cards import Card
from ui.widgets.choices import Tick
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row, scale
from ui.widgets.period_picker import PeriodPicker
from ui.widgets.strips import MessageStrip

CASE_FORM = "表3"
TWO_COLUMNS_FROM = 640  # width ÷ text scale
NO_CASES = "这个报送期没有案例。"
DRAFTS = "草稿没有勾上，定稿以后再报。"


class ContentsStep(QWidget):
    """`wished` carries what is chosen now (a `Wish`), `last_wanted` asks for the version reported before."""

    wished = Signal(object)
    last_wanted = Signal(str)  # uid of a submission
    case_wanted = Signal(str)  # uid of a case

    def __init__(
        self,
        context: Context,
        forms: dict[str, Form],
        has_records: Callable[[Period], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._forms = context, forms
        self._wish: Wish | None = None
        self._showing = False
        self._columns = 0
        self.period = PeriodPicker(context.period, has_records, lambda: context.clock().date())
        self.period.show_days(True)
        self.amount = WrapLabel(role="hint")
        self.before = MessageStrip("info", "")
        self.before.hide()
        self.ticks = {key: Tick(f"{form.code} {form.name}") for key, form in forms.items()}
        self._hints = {key: ElidedLabel(role="hint") for key in forms}
        self.photos = Tick("带照片（案例的全部照片，原尺寸）")
        self.cases: dict[str, Tick] = {}
        self._lay_out()
        self._connect()

    def show_wish(self, wish: Wish) -> None:
        """Show what is chosen; nothing is announced."""
        self._showing, self._wish = True, wish
        if self.period.period() != wish.stretch:
            self.period.set_period(wish.stretch)
        for key, tick in self.ticks.items():
            tick.setChecked(key in wish.forms)
        self.photos.setChecked(wish.with_photos)
        for uid, tick in self.cases.items():
            tick.setChecked(wish.cases.get(uid, bool(tick.property("usual"))))
        self._judge()
        self._showing = False

    def show_look(self, look: Look, wish: Wish) -> None:
        """Show what there is in the period."""
        for key, hint in self._hints.items():
            amount = look.amounts.get(key)
            hint.setText(amount.hint(self._forms[key]) if amount else "")
            self.ticks[key].setAccessibleDescription(hint.text())
        self._hints["表10"].setText("自动列出所有文件，附回执码")
        planned = f"，另有 {look.sums.planned} 条计划不报" if look.sums.planned else ""
        self.amount.setText(f"有 {look.sums.done} 条活动，{look.sums.people} 人次{planned}。" if look.sums.done else "")
        self._show_before(look)
        if [line.case.uid for line in look.cases] != list(self.cases):
            self._show_cases(look.cases)
        self.show_wish(wish)

    def take_keyboard(self) -> None:
        """The keyboard starts at the period."""
        self.period.box.setFocus()

    def arrange(self, room: float) -> None:
        """The forms in two columns where there is room; `room` in pixels at 100 % text."""
        columns = 2 if room >= TWO_COLUMNS_FROM else 1
        if columns == self._columns:
            return
        self._columns = columns
        high = -(-len(self.ticks) // columns)
        for number, key in enumerate(self.ticks):
            across, down = number // high, number % high
            self._grid.addWidget(self.ticks[key], down, across * 3)
            self._grid.addWidget(self._hints[key], down, across * 3 + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(2, theme.px(16) if columns > 1 else 0)
        self._grid.setColumnStretch(4, 1 if columns > 1 else 0)

    def _show_before(self, look: Look) -> None:
        self.before.setVisible(look.same is not None)
        if look.same is None:
            return
        earlier = look.same.submission
        state = STATE_LABELS[look.same.state]
        text = (
            f"这个报送期已有第{earlier.version}版（{earlier.number}，{state}）。"
            f"这次是更正报送，第{look.version}版，会列出改了什么。"
        )
        self.before.set_message("info", text, [("查看上次报送", lambda: self.last_wanted.emit(earlier.uid))])

    def _show_cases(self, lines: tuple[CaseLine, ...]) -> None:
        clear(self._case_list)
        self.cases = {}
        drafts = any(line.case.stage == CaseStage.DRAFT for line in lines)
        self._no_cases.setText(DRAFTS if drafts else NO_CASES)
        self._no_cases.setVisible(drafts or not lines)
        for line in lines:
            case = line.case
            tick = Tick(" ".join(part for part in (case.number, case.title or "未命名的案例") if part))
            tick.setProperty("usual", case.stage != CaseStage.DRAFT)
            photos = f" · {line.photos} 张照片 {size_text(line.photo_bytes)}" if line.photos else ""
            words = f"{CASE_STAGE_LABELS.get(case.stage, '')} · {case.characters} 字{photos}"
            tick.setAccessibleDescription(words)
            tick.toggled.connect(lambda on, uid=case.uid: self._choose_case(uid, on))
            look = link("打开")
            look.setAccessibleName(f"打开案例：{case.title}")
            look.clicked.connect(lambda _checked=False, uid=case.uid: self.case_wanted.emit(uid))
            whole = row(spacing=8)
            whole.addWidget(tick)
            whole.addWidget(ElidedLabel(words, "hint"), 1)
            whole.addWidget(look)
            self._case_list.addLayout(whole)
            self.cases[case.uid] = tick

    def _choose_case(self, uid: str, sent: bool) -> None:
        if not self._showing and self._wish is not None:
            self._take(self._wish.with_case(uid, sent))

    def _choose(self) -> None:
        if not self._showing and self._wish is not None:
            forms = tuple(key for key, tick in self.ticks.items() if tick.isChecked())
            self._take(replace(self._wish, forms=forms, with_photos=self.photos.isChecked()))

    def _choose_period(self, period: Period) -> None:
        if self._wish is not None:
            self._take(replace(self._wish, period=period.code))

    def _take(self, wish: Wish) -> None:
        self._wish = wish
        self._judge()
        self.wished.emit(wish)

    def _judge(self) -> None:
        """Cases and photos only matter with 表3."""
        cases = self.ticks[CASE_FORM].isChecked()
        for each in (self.photos, *self.cases.values()):
            each.setEnabled(cases)

    def _connect(self) -> None:
        for tick in (*self.ticks.values(), self.photos):
            tick.toggled.connect(self._choose)
        self.period.chosen.connect(self._choose_period)

    def _lay_out(self) -> None:
        when = Card("报送期", dense=True)
        when.body.addLayout(row(self.period, None))
        when.body.addWidget(self.amount)
        when.body.addWidget(self.before)
        which = Card("报送哪些表", dense=True)
        which.body.addWidget(TextLabel("平常只报表2、表3和表10，别的表要报再勾。", "hint"))
        self._grid = scale(QGridLayout(), 0, 2)
        which.body.addLayout(self._grid)
        cases = Card("报送哪些案例", dense=True)
        self._no_cases = TextLabel(NO_CASES, "hint")
        self._case_list = column(spacing=2)
        cases.body.addWidget(self._no_cases)
        cases.body.addLayout(self._case_list)
        cases.body.addWidget(self.photos)
        column(when, which, cases, margins=(24, 16), spacing=16, parent=self)
        self.arrange(TWO_COLUMNS_FROM)
