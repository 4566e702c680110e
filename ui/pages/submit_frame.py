"""The parts of the 报送 page and how they make room for each other."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from models import activity_repository
from models.activity_query import ActivityQuery
from models.periods import Period, choices_around
from ui import theme
from ui.context import Context
from ui.pages.report_forms import FORMS, offered_forms
from ui.pages.report_progress import StepStrip
from ui.pages.submit_checks import ChecksStep
from ui.pages.submit_contents import ContentsStep
from ui.pages.submit_pack import PackStep
from ui.pages.submit_receipt import ReceiptSide
from ui.pages.submit_send import SendStep
from ui.pages.submit_side import SummarySide
from ui.pages.submit_state import CHECKS, CONTENTS, PACK, PERIOD, SEND, STEPS, VIEW
from ui.pages.submit_view import ViewStep
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, button, icon_button
from ui.widgets.frames import Bar
from ui.widgets.keyboard import tab_as_laid_out
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import column, row
from ui.widgets.stepper import Stepper
from ui.widgets.two_panes import TwoPanes

WIDE, NARROW = 1100, 800  # content width ÷ text scale: below them the side goes under, words give way
SIDE, RECEIPT_SIDE = 304, 360


class SubmitFrame(QWidget):
    """Header, stepper, the step, the pane beside it, footer. Says nothing by itself."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("报送")
        self.forms = {key: form for key, form in offered_forms(context.notice).items() if form.section == FORMS}
        self.what = ElidedLabel(role="hint")
        self.log_button = button("报送记录", "history")
        self.close_button = icon_button("close", "关闭，填的都留着", "plain", "Esc")
        self.stepper = Stepper(STEPS)
        self.contents = ContentsStep(context, self.forms, self._has_records)
        self.checks = ChecksStep()
        self.view = ViewStep(context.notice)
        self.pack = PackStep()
        self.send = SendStep()
        self.side = SummarySide(self.forms)
        self.receipt = ReceiptSide(context.notice)
        self.steps: dict[int, QWidget] = {
            PERIOD: self.contents,
            CONTENTS: self.contents,
            CHECKS: self.checks,
            VIEW: self.view,
            PACK: self.pack,
            SEND: self.send,
        }
        self.progress = StepStrip()
        self.progress.hide()
        self.back_button = button("上一步", "arrow-left")
        self.reason = ElidedLabel(role="small")
        self.again_button = button("重新检查", "refresh", shortcut_text="F9")
        self.next_button = button("下一步", kind="primary")
        self.done_button = button("完成")
        self._lay_out()
        theme.changed.connect(self.arrange)
        self.show_parts(CONTENTS)

    def show_parts(self, step: int) -> None:
        """Bring a step to the front, with the pane and the buttons that belong to it."""
        current = self.steps[step]
        for each in {*self.steps.values()}:
            each.setVisible(each is current)
        self.show_receipt(step == SEND)
        self.stepper.set_current(step)
        self.back_button.setVisible(step not in (PERIOD, CONTENTS))
        self.again_button.setVisible(step == CHECKS)
        self.next_button.setVisible(step != SEND)
        self.done_button.setVisible(step == SEND)
        name = STEPS[step + 1] if step in (CONTENTS, CHECKS, VIEW) else ""
        self.next_button.setText(f"下一步：{name}" if name else "打包")

    def show_receipt(self, shown: bool = True) -> None:
        """Beside the step: the code and what became of the submission, or what it is going to consist of."""
        self.side.setVisible(not shown)
        self.receipt.setVisible(shown)
        self.panes.set_width(RECEIPT_SIDE if shown else SIDE)

    def offer_periods(self) -> None:
        """Put the periods with records into the picker's list."""
        days = activity_repository.first_and_last_day(self.context.ledger) or (None, None)
        self.contents.period.offer(choices_around(self.context.clock().date(), *days))

    def show_reason(self, text: str, tone: str = "") -> None:
        """Why the button at the right cannot be pressed, or what to know before pressing it."""
        self.reason.setText(text)
        self.reason.set_tone(tone)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Findings, cases and pages are made late, and the side goes under the step: Tab goes as all is laid out."""
        tab_as_laid_out(self)
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """The side beside or under the step; buttons in full or short."""
        room = self.width() / theme.current().scale
        self.panes.set_wide(room >= WIDE)
        self.stepper.set_compact(room < NARROW)
        self.contents.arrange(room - (SIDE if room >= WIDE else 0) - 48)
        self.contents.period.show_days(room >= NARROW)
        self.again_button.set_brevity(FULL if room >= WIDE else NO_SHORTCUT if room >= NARROW else ICON_ONLY)
        self.back_button.set_brevity(FULL if room >= NARROW else ICON_ONLY)
        self.log_button.set_brevity(FULL if room >= NARROW else ICON_ONLY)

    def _has_records(self, period: Period) -> bool:
        query = ActivityQuery(start=period.start, end=period.end)
        return bool(activity_repository.page(self.context.ledger, query, 0, 1))

    def _lay_out(self) -> None:
        header = Bar("header")
        head = row(TextLabel("报送", "title"), 8, margins=(24, 0), parent=header)
        head.addWidget(self.what, 1)
        for each in (self.log_button, self.close_button):
            head.addWidget(each)
        line = Bar("header")
        row(self.stepper, margins=(4, 0), spacing=0, parent=line)
        middle = QWidget()
        middle.setProperty("clear", True)
        column(*dict.fromkeys(self.steps.values()), spacing=0, parent=middle)
        beside = QWidget()
        beside.setProperty("clear", True)
        column(self.side, self.receipt, spacing=0, parent=beside)
        self.panes = TwoPanes(middle, beside, "报送的这一步", SIDE)
        footer = Bar("footer")
        self.reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = row(self.back_button, margins=(24, 0), parent=footer)
        foot.addWidget(self.reason, 1)
        for each in (self.again_button, self.next_button, self.done_button):
            foot.addWidget(each)
        whole = column(header, line, self.progress, spacing=0, parent=self)
        whole.addWidget(self.panes, 1)
        whole.addWidget(footer)
