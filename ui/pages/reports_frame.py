"""The parts of the 报表 page and how they make room for each other."""

from datetime import date

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from models import activity_repository
from models.activity_query import ActivityQuery
from models.periods import Period
from models.reports import BUILDERS
from ui import theme
from ui.context import Context
from ui.pages.reports_list import FormList
from ui.pages.reports_strips import CheckStrip
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.choices import ChoiceBox
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import column, row
from ui.widgets.period_picker import PeriodPicker
from ui.widgets.progress import ProgressStrip
from ui.widgets.strips import MessageStrip

LEAST = 60  # pixels of the preview that stay in sight below messages
ARROW, BORDERS = 32, 22  # of a list that opens: its arrow at 100 %, and border and padding in pixels
MOST_WIDTH = (1 << 24) - 1  # Qt's word for no limit
WIDE, NARROW, TINY = 1100, 800, 560  # content width ÷ text scale: below them the list, words, the title give way


class ReportsFrame(QWidget):
    """Header, list of forms, check strip, tool line and the place for the preview. Says nothing by itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from ui.widgets.pdf_preview import PdfPreview  # loads QtPdf, which only this page needs

        self.context = context
        self.setAccessibleName("报表")
        titles = [(code, context.notice.report_titles[code]) for code in BUILDERS]
        self.title = TextLabel("报表", "title")
        self.period = PeriodPicker(context.period, self._has_records, self._today)
        self.forms = FormList(titles)
        self.form_box = ChoiceBox([(code, f"{code} {title}") for code, title in titles])
        self.form_box.setAccessibleName("表")
        self.form_box.set_value(titles[0][0])
        self.print_button = button("打印", "printer", shortcut_text="Ctrl+P")
        self.excel_button = button("Excel", "file-excel-2")
        self.letter_button = button("邮件草稿", "mail-send")
        self.pdf_button = button("导出PDF", "file-pdf", "primary")
        self.outputs = (self.print_button, self.excel_button, self.letter_button, self.pdf_button)
        self.checks = CheckStrip()
        self.problem = MessageStrip("error", "")
        self.done = MessageStrip("ok", "")
        self.progress = ProgressStrip()
        self.preview = PdfPreview()
        self.empty = EmptyState("file-chart", "", "", "新建活动", "add", primary=True)
        self.waiting = EmptyState("time", "正在生成预览")
        self.body = QStackedWidget()
        for part in (self.waiting, self.preview, self.empty):
            self.body.addWidget(part)
        self.body.setMinimumHeight(LEAST)  # else the tallest of the three would push the window off the screen
        self.tools = self._build_tools()
        self._lay_out()
        for part in (self.checks, self.problem, self.done, self.progress, self.tools):
            part.hide()
        theme.changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Give what there is to what matters most at this width."""
        room = self.width() / theme.current().scale
        self.forms.setVisible(room >= WIDE)
        self.form_box.setVisible(room < WIDE and self.form_box.count() > 1)
        self.period.show_days(room >= WIDE)
        for step in (self.period.earlier, self.period.later):  # the list offers the same; it must be readable
            step.setVisible(room >= NARROW)
        self.title.setVisible(room >= TINY)
        self.pdf_button.set_icon("file-pdf" if room >= TINY else "")
        self._share_boxes(least=room < WIDE, code_only=room < TINY)
        self.print_button.set_brevity(FULL if room >= WIDE else NO_SHORTCUT if room >= NARROW else ICON_ONLY)
        for each in (self.excel_button, self.letter_button):
            each.set_brevity(FULL if room >= NARROW else ICON_ONLY)

    def _share_boxes(self, *, least: bool, code_only: bool) -> None:
        """Where it is tight, the period is readable and the form may be cut: the line below names it in full."""
        period, forms = self.period.box, self.form_box
        around = theme.px(ARROW) + BORDERS
        wanted = period.fontMetrics().horizontalAdvance(period.currentText()) + around
        period.setMinimumWidth(min(wanted, period.sizeHint().width()) if least and not code_only else 0)
        code = forms.fontMetrics().horizontalAdvance("表10") + around
        forms.setMinimumWidth(code if code_only else 0)
        forms.setMaximumWidth(code if code_only else MOST_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "tools"):
            self._measure_tools()

    def _has_records(self, period: Period) -> bool:
        query = ActivityQuery(start=period.start, end=period.end)
        return bool(activity_repository.page(self.context.ledger, query, 0, 1))

    def _today(self) -> date:
        return self.context.clock().date()

    def _lay_out(self) -> None:
        header = Bar("header")
        header.setLayout(row(self.title, 8, self.period, self.form_box, None, *self.outputs, margins=(24, 0)))
        self.above = column(margins=(16, 8), spacing=8)
        for part in (self.problem, self.progress, self.done):
            self.above.addWidget(part)
        self.messages = Ground("canvas")
        self.messages.setLayout(self.above)
        self.messages.hide()
        canvas = Ground("canvas")
        canvas.setLayout(column(self.body, spacing=0))
        right = column(self.checks, self.tools, self.messages, spacing=0)
        right.addWidget(canvas, 1)
        middle = row(self.forms, spacing=0)
        middle.addLayout(right, 1)
        whole = column(header, spacing=0, parent=self)
        whole.addLayout(middle, 1)

    def _build_tools(self) -> Bar:
        """The line above the page: its name, where one is, how large it is shown."""
        self.heading = ElidedLabel(role="strong")
        self.page_back = icon_button("arrow-left-s", "上一页", shortcut_text="PageUp", small=True)
        self.page_label = TextLabel(role="second")
        self.page_on = icon_button("arrow-right-s", "下一页", shortcut_text="PageDown", small=True)
        self.smaller = icon_button("zoom-out", "缩小", shortcut_text="Ctrl+-", small=True)
        self.zoom = button("适合整页", kind="flat", small=True)
        self.zoom.setToolTip("适合整页　Ctrl+0")
        self.larger = icon_button("zoom-in", "放大", shortcut_text="Ctrl++", small=True)
        bar = Bar("tools")
        line = row(margins=(16, 0), spacing=4, parent=bar)
        line.addWidget(self.heading, 1)
        for part in (self.page_back, self.page_label, self.page_on, _rule(), self.smaller, self.zoom, self.larger):
            line.addWidget(part)
        self.tools = bar
        self._measure_tools()
        return bar

    def _measure_tools(self) -> None:
        self.tools.setFixedHeight(theme.height(28) + 12)


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "upright")
    return rule
