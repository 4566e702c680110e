"""The parts of the 报表 page and how they make room for each other."""

from datetime import date

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.periods import Period
from ui import theme
from ui.context import Context
from ui.pages.report_amounts import Amounts
from ui.pages.report_batch import BatchPanel
from ui.pages.report_forms import offered_forms
from ui.pages.report_progress import StepStrip
from ui.pages.report_sources_panel import SourcesPanel
from ui.pages.report_tools import ToolLine
from ui.pages.reports_list import FormList
from ui.pages.reports_strips import CheckStrip
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.choices import ChoiceBox
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row
from ui.widgets.period_picker import PeriodPicker
from ui.widgets.strips import MessageStrip

LEAST = 60  # pixels of the preview that stay in sight below messages
ARROW, BORDERS = 32, 22  # of a list that opens: its arrow at 100 %, and border and padding in pixels
LIST_EDGE = 44  # of the list itself: padding and scroll bar at 100 %
MOST_WIDTH = (1 << 24) - 1  # Qt's word for no limit
WIDE, NARROW, TINY = 1100, 800, 560  # content width ÷ text scale: below them the list, words, the title give way
USUAL = "表2"  # the form that is shown first: what is reported most


class ReportsFrame(QWidget):
    """Header, list of forms, check strip, tool line, the preview and the panel beside it. Says nothing by itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ui.pages.report_pages import ReportPages  # loads QtPdf, which only this page needs

        self.context = context
        self.setAccessibleName("报表")
        self.offered = offered_forms(context.notice)
        self.form = self.offered[USUAL if USUAL in self.offered else next(iter(self.offered))]
        self._amounts: Amounts | None = None
        self._tools_offered = False
        self.title = TextLabel("报表", "title")
        self.period = PeriodPicker(context.period, self._has_records, self._today)
        self.forms = FormList(self.offered)
        self.forms.choose(self.form.key)
        self.form_box = ChoiceBox([(key, form.label) for key, form in self.offered.items()])
        self.form_box.setAccessibleName("表")
        self.form_box.set_value(self.form.key)
        self.print_button = button("打印", "printer", shortcut_text="Ctrl+P")
        self.excel_button = button("Excel", "file-excel-2")
        self.word_button = button("Word", "file-word-2")
        self.several_button = button("导出几张表", "download-2")
        self.more_button = icon_button("more", "更多", "plain")
        self.pdf_button = button("导出PDF", "file-pdf", "primary")
        self.outputs = (self.print_button, self.excel_button, self.word_button, self.pdf_button)
        self.checks = CheckStrip()
        self.problem = MessageStrip("error", "")
        self.unsaved = MessageStrip("warn", "")
        self.done = MessageStrip("ok", "")
        self.progress = StepStrip()
        self.tools = ToolLine()
        self.preview = ReportPages()
        self.empty = EmptyState("file-chart", "", "", "新建活动", "add", primary=True)
        self.waiting = EmptyState("time", "正在生成预览")
        self.stopped = EmptyState("file-chart", "没有排版", "内容没有变，可以随时再排", "重新排版")
        self.batch = BatchPanel(self.offered)
        self.sources = SourcesPanel()
        self.body = QStackedWidget()
        for part in (self.waiting, self.preview, self.empty, self.stopped, self.batch):
            self.body.addWidget(part)
        self.body.setMinimumHeight(LEAST)  # else the tallest of them would push the window off the screen
        self._lay_out()
        for part in (self.checks, self.problem, self.unsaved, self.done, self.progress, self.tools, self.sources):
            part.hide()
        theme.changed.connect(self.fit)
        theme.changed.connect(self._fit_soon)
        self.fit()

    def fit(self) -> None:
        """Give what there is to what matters most at this width."""
        room = self.width() / theme.current().scale
        wide, narrow = room >= WIDE, room < NARROW
        self.forms.setVisible(wide)
        self.form_box.setVisible(not wide)
        self.period.show_days(wide)
        for step in (self.period.earlier, self.period.later):  # the list offers the same; it must be readable
            step.setVisible(not narrow)
        self.title.setVisible(room >= TINY)
        self.pdf_button.set_icon("file-pdf" if room >= TINY else "")
        self._share_boxes(code_only=room < TINY)
        self.print_button.set_brevity(FULL if wide else ICON_ONLY if narrow else NO_SHORTCUT)
        for each in (self.excel_button, self.word_button):
            each.set_brevity(ICON_ONLY if narrow else FULL)
        self.several_button.set_brevity(FULL if wide else ICON_ONLY)
        self.several_button.setVisible(room >= TINY)  # the menu beside it offers the same
        self._shrink_header()
        self._widen_lists()
        self.sources.set_wide(narrow)
        self.canvas.setVisible(not narrow or self.sources.isHidden())
        self.tools.setVisible(self._tools_offered and not self.canvas.isHidden())
        self.tools.fit(room - (self.forms.width() / theme.current().scale if wide else 0))

    def _fit_soon(self) -> None:
        """Once more when the parts have their new fonts."""
        QTimer.singleShot(0, self, self.fit)

    def _shrink_header(self) -> None:
        """A long period (2025年第四季度（无记录）) may need more room: what can be missed gives way."""
        line, period = self.header.layout(), self.period
        inside = period.layout()
        assert line is not None and inside is not None
        steps = (
            self.title.hide,
            period.earlier.hide,
            period.later.hide,
            lambda: self._share_boxes(code_only=True),
            lambda: period.box.setMinimumWidth(0),
        )
        for give_way in steps:
            inside.invalidate()  # Qt would ask anew only in the next turn of the event loop
            period.updateGeometry()
            line.invalidate()
            if line.minimumSize().width() <= self.width():
                return
            give_way()

    def _widen_lists(self) -> None:
        """What a box has no room for is read in its list."""
        for box in (self.period.box, self.form_box):
            metrics, width = box.fontMetrics(), 0
            for index in range(box.count()):
                width = max(width, metrics.horizontalAdvance(box.itemText(index)))
            box.view().setMinimumWidth(min(width + theme.px(LIST_EDGE), self.width()))

    def offer_tools(self, offered: bool) -> None:
        """Whether there is a page that the tool line is about; where the panel covers it, the line goes with it."""
        self._tools_offered = offered
        self.tools.setVisible(offered and not self.canvas.isHidden())

    def _share_boxes(self, *, code_only: bool) -> None:
        """The period is readable; where it is tight, the form may be cut: the line below names it in full."""
        period, forms = self.period.box, self.form_box
        around = theme.px(ARROW) + BORDERS
        metrics = period.fontMetrics()
        wanted = metrics.horizontalAdvance(period.currentText()) + around
        period.setMinimumWidth(wanted)
        code = forms.fontMetrics().horizontalAdvance("表10") + around
        forms.setMinimumWidth(code if code_only else 0)
        forms.setMaximumWidth(code if code_only else MOST_WIDTH)

    def minimumSizeHint(self) -> QSize:
        """Small: the parts make room for each other once they know how little there is (see `fit`)."""
        return QSize(400, 300)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def forget_amounts(self) -> None:
        """The records have changed: what periods hold is read anew when next asked for."""
        self._amounts = None

    def _has_records(self, period: Period) -> bool:
        """Whether there is something for the form that is chosen: cases for 表3, a plan for 表8, else activities."""
        if self._amounts is None:
            self._amounts = Amounts(self.context.ledger, self._today())
        return self._amounts.of(self.form, period).has

    def _today(self) -> date:
        return self.context.clock().date()

    def _lay_out(self) -> None:
        header = self.header = Bar("header")
        acts = (*self.outputs[:3], self.several_button, self.more_button, self.pdf_button)
        header.setLayout(row(self.title, 8, self.period, self.form_box, None, *acts, margins=(24, 0)))
        self.above = column(margins=(16, 8), spacing=8)
        for part in (self.problem, self.unsaved, self.progress, self.done):
            self.above.addWidget(part)
        self.messages = Ground("canvas")
        self.messages.setLayout(self.above)
        self.messages.hide()
        self.canvas = Ground("canvas")
        self.canvas.setLayout(column(self.body, spacing=0))
        beside = row(spacing=0)
        beside.addWidget(self.canvas, 1)
        beside.addWidget(self.sources)
        right = column(self.checks, self.tools, self.messages, spacing=0)
        right.addLayout(beside, 1)
        middle = row(self.forms, spacing=0)
        middle.addLayout(right, 1)
        whole = column(header, spacing=0, parent=self)
        whole.addLayout(middle, 1)
