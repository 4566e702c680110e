"""The right pane: 表3 as it will be printed, drawn anew shortly after each change, and leading back to the fields."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from models.case import Case
from models.errors import UserError
from models.fields import case_field
from models.ledger import Ledger
from models.notice import Notice
from ui import theme, workers
from ui.context import Context
from ui.pages.case_state import CaseState
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.buttons import icon_button
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from exporters.pdf import PdfDocument, Place
    from ui.pages.case_preview_pages import CasePages

QUIET_MS = 400  # after the last change
FIT_PAGE_TO = 520  # width at 100 % text up to which a page is shown whole: that is beside the text
FIELD = "field:"  # begins what exporters call a place that shows a field (loading them here would load ReportLab)
PRINTED_AS = {"period_end": "period_start", "video": "photos", "secret_checked": "", "reported_before": ""}


class CasePreview(QWidget):
    """`field_wanted` carries the name of a field whose place on the page was clicked or opened with Enter.

    `large_wanted` asks for the whole width, or back. Nothing is drawn while the pane is out of sight.
    """

    field_wanted = Signal(str)
    large_wanted = Signal()

    def __init__(self, context: Context, state: CaseState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._state = context, state
        self._field = ""
        self._job: workers.Job | None = None
        self._stale = True
        self.pages: CasePages | None = None
        self.setAccessibleName("打印预览")
        self._timer = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._timer.timeout.connect(self.draw)
        self._build()
        self._add_keys()
        state.changed.connect(self.schedule)

    def schedule(self) -> None:
        """Something on the page has changed: what is being drawn is out of date, draw again when typing pauses."""
        self._stale = True
        if self._job:
            self._job.cancel()
            self._job = None
        if self.isVisible():
            self._timer.start()

    def draw(self) -> None:
        """Draw the case as it stands, off the window's thread."""
        self._timer.stop()
        self._stale = False
        if self._job:
            self._job.cancel()
        case, ledger, notice = self._state.record(), self._context.ledger, self._context.notice
        self._job = workers.start(lambda _job: print_case(ledger, notice, case), self._show, self._fail)

    def show_field(self, name: str) -> None:
        """Tint where this field is printed."""
        self._field = PRINTED_AS.get(name, name)
        if self.pages is not None and self.pages.chosen_uid() != f"{FIELD}{self._field}":
            self.pages.point_at(f"{FIELD}{self._field}")

    def start(self) -> None:
        """Another case is in the editor: begin at its first page."""
        if self.pages is not None:
            self.pages.clear()
            self.stack.setCurrentIndex(0)
        self._field = ""
        self.schedule()
        if self.isVisible():
            self.draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            QTimer.singleShot(0, self, self.draw)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        if self._job:
            self._job.cancel()
            self._job, self._stale = None, True

    def take_keyboard(self) -> None:
        """The keyboard is on the pages, or on the button above while there are none."""
        (self.pages or self.large_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_large(self, large: bool) -> None:
        """Say what the button does now, and show pages as fits the width."""
        if self.pages is not None:
            QTimer.singleShot(0, self.pages, self.pages.fit_width if large else self.pages.fit_page)
        self.large_button.setText("缩回" if large else "放大预览")

    def _show(self, document: "PdfDocument") -> None:
        self._job = None
        first = self.stack.currentIndex() == 0
        pages = self._pages()
        self.message.hide()
        self.stack.setCurrentWidget(pages)
        pages.show_document(document)
        if first and self.width() > FIT_PAGE_TO * theme.current().scale:
            pages.fit_width()
        if self._field:
            pages.point_at(f"{FIELD}{self._field}", go_there=first)  # later drawings stay where they are

    def _fail(self, error: Exception) -> None:
        """A character nobody can print, or a fault: the last good page stays and the reason stands above it."""
        self._job = None
        text = error.message if isinstance(error, UserError) else "预览没有画出来，填写的内容不受影响。"
        self.message.setText(text)
        self.message.show()

    def _pages(self) -> "CasePages":
        if self.pages is None:
            from ui.pages.case_preview_pages import CasePages

            made = self.pages = CasePages()
            made.describe = _describe
            made.line_opened.connect(self._open)
            made.page_changed.connect(self._show_page)
            self.stack.addWidget(made)
            put_next_in_tab_order(self.tools, [made])
        return self.pages

    def _open(self, uid: str) -> None:
        if uid.startswith(FIELD):
            self.field_wanted.emit(uid.removeprefix(FIELD))

    def _show_page(self, page: int, pages: int) -> None:
        self.page_label.setText(f"{page} / {pages}" if pages else "")
        self.page_label.setAccessibleName(f"第 {page} 页，共 {pages} 页")
        self.back_button.setEnabled(page > 1)
        self.on_button.setEnabled(page < pages)

    def _zoom(self, how: str) -> None:
        if self.pages is not None:
            getattr(self.pages, how)()

    def _add_keys(self) -> None:
        """The zoom keys of every preview, while the keyboard is in this one."""
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, how in (
            ("Ctrl++", "zoom_in"),
            ("Ctrl+=", "zoom_in"),
            ("Ctrl+-", "zoom_out"),
            ("Ctrl+0", "fit_page"),
        ):
            made = QShortcut(QKeySequence(keys), self, context=within)
            made.activated.connect(lambda how=how: self._zoom(how))

    def _turn(self, by: int) -> None:
        if self.pages is not None:
            self.pages.show_page(self.pages.page() + by)

    def _build(self) -> None:
        self.page_label = TextLabel(role="note")
        self.back_button = icon_button("arrow-up-s", "上一页", small=True)
        self.on_button = icon_button("arrow-down-s", "下一页", small=True)
        self.smaller = icon_button("zoom-out", "缩小", shortcut_text="Ctrl+-", small=True)
        self.larger = icon_button("zoom-in", "放大", shortcut_text="Ctrl++", small=True)
        self.large_button = icon_button("fullscreen", "放大预览", small=True)
        self.smaller.clicked.connect(lambda: self._zoom("zoom_out"))
        self.larger.clicked.connect(lambda: self._zoom("zoom_in"))
        self.back_button.clicked.connect(lambda: self._turn(-1))
        self.on_button.clicked.connect(lambda: self._turn(1))
        self.large_button.clicked.connect(self.large_wanted)
        for each in (self.back_button, self.on_button):
            each.setEnabled(False)
        self.tools = Bar("tools")
        row(
            TextLabel("打印预览", "strong"), TextLabel("随写随变", "hint"), None,
            self.page_label, self.back_button, self.on_button, self.smaller, self.larger, self.large_button,
            margins=(12, 0, 8, 0), spacing=4, parent=self.tools,
        )  # fmt: skip
        self.message = WrapLabel("", "small", "error")
        self.message.setContentsMargins(12, 6, 12, 6)
        self.message.hide()
        self.stack = QStackedWidget()
        waiting = Ground("canvas")
        column(None, row(None, TextLabel("正在画出这一页", "hint"), None), None, parent=waiting)
        self.stack.addWidget(waiting)
        whole = column(self.tools, self.message, spacing=0, parent=self)
        whole.addWidget(self.stack, 1)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        self.tools.setFixedHeight(theme.height(28) + 12)


def print_case(ledger: Ledger, notice: Notice, case: Case) -> "PdfDocument":
    """Lay 表3 of a case out, with a reading connection of its own, for a worker thread."""
    from exporters.pdf import render_pdf
    from models.reports.table3 import build_table3

    with ledger.reader() as reader:
        report = build_table3(reader, notice, case)
    return render_pdf(report)


def _describe(place: "Place") -> str:
    """What a place on the page shows, as tool tip and for a screen reader."""
    if not place.field:
        return ""
    label = "附件清单" if place.field == "photos" else case_field(place.field).label
    return f"{label}　点一下或按 Enter 回到填写处"
