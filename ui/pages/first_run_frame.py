"""The sheet of the first run: steps at the left, a form at the right, buttons below; one column in a small window."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from models.notice import Notice
from ui import theme
from ui.pages.first_run_steps import STEPS, folder_step, superior_step, unit_step
from ui.pages.settings_unit_fields import UnitFields
from ui.requests import requests
from ui.widgets.base import paint_frame
from ui.widgets.buttons import ICON_ONLY, NO_SHORTCUT, Button, button, link
from ui.widgets.edits import Edit
from ui.widgets.form import FieldRow
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row
from ui.widgets.stepper import Stepper
from ui.widgets.strips import MessageStrip

SHEET = QSize(1040, 656)
SIDE = 264
AROUND = 32  # a sheet with less air than this around it fills the window instead
COMPACT = 620  # form width ÷ text scale below which labels stand above their fields
STEP, WAY = 240, 150  # at 100 %: what the line at the top needs for the step, and for each way past the wizard
ICONS = {"ok": "checkbox-circle", "warn": "alert-fill", "error": "error-warning-fill"}


class StateLine(QWidget):
    """An icon and a sentence in the colour of a state; without a state only the sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self.words = IconLabel("checkbox-circle", "ok"), WrapLabel("", "small")
        line = row(spacing=6, parent=self)
        line.addWidget(self._icon)
        line.addWidget(self.words, 1)

    def set_state(self, kind: str, text: str) -> None:
        self._icon.setVisible(bool(kind))
        if kind:
            self._icon.set_icon(ICONS[kind], kind)
        self.words.setText(text)
        self.words.set_tone(kind or "hint")


class Mark(QWidget):
    """宣 on the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(36), theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_frame(painter, self.rect(), "accent", 1, 6, "accent")
        painter.setPen(theme.color("on_accent"))
        painter.setFont(theme.font(20, bold=True))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "宣")


class FirstRunFrame(QWidget):
    """Builds and arranges the parts; the page gives them their meaning."""

    def __init__(self, notice: Notice, last_ledger: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("开始使用")
        self.last_ledger = last_ledger
        self.fields = UnitFields(notice, self)
        self.printed = ElidedLabel()
        self.folder_box = Edit()
        self.folder_box.setReadOnly(True)
        self.folder_box.setAccessibleName("台账放在")
        self.change_folder = button("换一个文件夹", "folder-open")
        self.folder_state = StateLine()
        self.kept = StateLine()
        self.problem = MessageStrip("error", "", closable=True)
        self.problem.hide()
        self.back_button = button("上一步", "arrow-left")
        self.later_button = button("以后再填，直接开始")
        self.next_button = button("下一步", kind="primary")
        self.sample_buttons: list[Button] = []
        self.existing_buttons: list[Button] = []
        self.last_buttons: list[Button] = []
        self.pages = (
            unit_step(self.fields, self.printed),
            superior_step(self.fields, notice),
            folder_step(self._folder_field(), self.folder_state),
        )
        self.steps = QStackedWidget()
        for page in self.pages:
            self.steps.addWidget(page)
            page.form.row_left.connect(self.show_field_problem)
        self.steppers = (
            Stepper([name for name, _ in STEPS], [hint for _, hint in STEPS], vertical=True),
            Stepper([name for name, _ in STEPS]),
        )
        self.steppers[1].set_compact(True)
        self.sheet = Ground("dialog", self)
        self._side, self._top = self._build_side(), self._build_top()
        self._lay_out()

    def fit(self) -> None:
        """A sheet in the middle of a large window, the whole of a small one."""
        wanted = QSize(theme.px(SHEET.width()), theme.px(SHEET.height()))
        centred = self.width() >= wanted.width() + AROUND and self.height() >= wanted.height() + AROUND
        if centred:
            left, top = (self.width() - wanted.width()) // 2, (self.height() - wanted.height()) // 2
            self.sheet.setGeometry(QRect(left, top, wanted.width(), wanted.height()))
        else:
            self.sheet.setGeometry(self.rect())
        self._side.setVisible(centred)
        self._top.setVisible(not centred)
        room = (self.sheet.width() - (self._side.width() if centred else 0)) / theme.current().scale
        for page in self.pages:
            page.form.set_compact(room < COMPACT)
        for way in self._short_ways:
            way.set_brevity(NO_SHORTCUT if room >= STEP + WAY * len(self._short_ways) else ICON_ONLY)

    def show_field_problem(self, left: FieldRow) -> None:
        """Under a row that was left: what cannot be taken as it is typed. Empty fields are never a problem here."""
        problems = self.fields.problems()
        for name, box in self.fields.boxes.items():
            if left.isAncestorOf(box) and name in problems:
                left.set_problem("error", problems[name], field=box)
                return
        left.set_problem("")

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("window"))

    def _folder_field(self) -> QWidget:
        holder = QWidget()
        holder.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = row(parent=holder)
        line.addWidget(self.folder_box, 1)
        line.addWidget(self.change_folder)
        holder.setFocusProxy(self.change_folder)
        return holder

    def _build_side(self) -> QWidget:
        side = Bar("rail")
        name = column(TextLabel("宣教台账", "heading"), TextLabel("开始使用，约 1 分钟", "tiny"), spacing=0)
        rule = Ground("surface")
        rule.setProperty("rule", "line")
        words = WrapLabel("想先看看样子？示例数据用完即删，不影响正式台账。", "note")
        parts = column(margins=(24, 28), spacing=8, parent=side)
        head = row(Mark(), name, None, spacing=12)
        parts.addLayout(head)
        parts.addSpacing(theme.px(28))
        parts.addWidget(self.steppers[0])
        parts.addStretch(1)
        parts.addWidget(rule)
        parts.addWidget(words)
        for part in self._other_ways():
            parts.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        return side

    def _build_top(self) -> QWidget:
        bar = Bar("header")
        line = row(Mark(), 4, margins=(24, 0), parent=bar)
        line.addWidget(self.steppers[1], 1)
        self._short_ways = self._other_ways()
        for part in self._short_ways:
            line.addWidget(part)
        return bar

    def _other_ways(self) -> list[Button]:
        """The ways past the wizard: invented data, a ledger that is there already, the one open last."""
        sample = button("先看看示例数据", "eye", small=True)
        sample.set_brevity(NO_SHORTCUT)
        existing = link("打开已有的台账", "folder-open")
        self.sample_buttons.append(sample)
        self.existing_buttons.append(existing)
        bring = link("从备份或搬家包恢复", "history")
        bring.clicked.connect(requests.recover)
        if self.last_ledger is None:
            return [sample, existing, bring]
        last = link("回到上次的台账", "arrow-go-back")
        last.setToolTip(str(self.last_ledger))
        self.last_buttons.append(last)
        return [sample, existing, bring, last]

    def _lay_out(self) -> None:
        footer = Bar("footer")
        line = row(self.back_button, margins=(24, 0), parent=footer)
        line.addWidget(self.kept, 1)
        line.addWidget(self.later_button)
        line.addWidget(self.next_button)
        right = column(self._top, self.problem, spacing=0)
        right.addWidget(self.steps, 1)
        upper = row(self._side, spacing=0)
        upper.addLayout(right, 1)
        whole = column(margins=1, spacing=0, parent=self.sheet)
        whole.addLayout(upper, 1)
        whole.addWidget(footer)
        theme.changed.connect(self._resize_side)
        self._resize_side()

    def _resize_side(self) -> None:
        self._side.setFixedWidth(theme.px(SIDE))
