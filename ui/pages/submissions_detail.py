"""The pane that shows one submission: what it was, what became of it, and what can be noted or done now."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from models.submission import STATE_LABELS, Submission, SubmissionFile, SubmissionState
from models.submission_log import EventLine, title_of
from models.submission_repository import LoggedSubmission
from ui.pages.submissions_parts import (
    CodeEntry,
    ReturnEntry,
    changes_of,
    copy_button,
    files_of,
    letter_of,
    section,
    timeline_of,
)
from ui.pages.submissions_rows import CHIPS
from ui.widgets.buttons import Button, button, icon_button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, row
from ui.widgets.strips import MessageStrip

CODE_HINT = "对方打开报送包会看到同一个码。电话里两边念的一样，就是收全了。"
UNCLEAR = "发送结果不明：发出以后没有等到邮件服务器的回答。请看邮箱的“已发送”，或打电话问对方收到没有，再登记。"
WAITING = "在“待发送”里等着，有网络时会提醒。不想发了可以取出来。"
SENT_BACK = "对方退回了。按退回的原因改好以后，做更正报送。"
_OPEN = (SubmissionState.GENERATED, SubmissionState.QUEUED)
_NO_RECEIPT = (SubmissionState.RECEIVED, SubmissionState.CORRECTED)


class SubmissionDetail(Bar):
    """Asks the page to act: every signal is about the submission that is shown."""

    code_typed = Signal(str)
    return_typed = Signal(str)
    settled = Signal(bool)  # what a person found out: it was sent, or it was not
    withdrawn = Signal()  # out of the queue
    send_wanted = Signal()
    export_wanted = Signal()
    file_wanted = Signal(object)  # SubmissionFile
    correction_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent)
        self.logged: LoggedSubmission | None = None
        self.number = TextLabel(role="tiny", selectable=True)
        self.chip = Chip("draft")
        self.heading = WrapLabel("", "section")
        self.back_button = icon_button("arrow-left", "回到列表", "plain", "Esc", small=True)
        self.receipt_button = button("登记对方已收", "chat-check")
        self.return_button = button("登记退回", "arrow-go-back")
        self.send_button = button("再发一次", "mail-send")
        self.export_button = button("导出报送包", "download-2")
        self.code_entry, self.return_entry = CodeEntry(), ReturnEntry()
        self._strips = column(spacing=8)
        self._sections = column(spacing=16)
        self._lay_out()
        self._connect()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """What can be done with the submission, in reading order."""
        return self.receipt_button, self.return_button, self.send_button, self.export_button

    def show_submission(
        self,
        logged: LoggedSubmission,
        course: Sequence[EventLine],
        files: Sequence[SubmissionFile],
        changes: Sequence[Any],
        changed: int,
        against: int = 0,
    ) -> None:
        """Show a submission; `changes` is what it changed in the version `against`, `changed` how many records were
        changed since. What was being typed for another one is put away.
        """
        other = self.logged is None or self.logged.submission.uid != logged.submission.uid
        self.logged = logged
        own = logged.submission
        if other:
            self._put_away()
        self.number.setText(f"{own.number}　{own.made_by}".strip())
        kind, icon = CHIPS[logged.state]
        self.chip.set_state(kind, STATE_LABELS[logged.state], icon)
        self.heading.setText(title_of(own))
        self.setAccessibleName(f"{own.number}，{title_of(own)}，{STATE_LABELS[logged.state]}")
        self._show_code(own)
        self._show_strips(logged, changed)
        self._offer(logged)
        self._show_sections(own, course, files, changes, against)
        if other:
            self.area.verticalScrollBar().setValue(0)

    def take_keyboard(self) -> None:
        """To the first thing that can be done."""
        links = [each for each in self._links if each.isVisible()]
        first = next((each for each in (*links, *self.buttons) if each.isVisible() and each.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def entry_open(self) -> bool:
        """Whether a code or a reason is being asked for."""
        return self.code_entry.isVisible() or self.return_entry.isVisible()

    def put_entries_away(self) -> None:
        """Nobody is asked for anything any more."""
        if self.entry_open():
            self._put_away()
            self.take_keyboard()

    def show_back(self, shown: bool) -> None:
        """With the list out of sight there is a way back to it."""
        self.back_button.setVisible(shown)

    def _put_away(self) -> None:
        self.code_entry.hide()
        self.return_entry.hide()
        self.code_entry.box.clear()
        self.code_entry.show_problem("")
        self.return_entry.box.set_value("")

    def _show_code(self, own: Submission) -> None:
        clear(self._code_line)
        code = TextLabel(own.receipt_code, "figure", selectable=True)
        code.setAccessibleName(f"回执码 {own.receipt_code}")
        self._code_line.addWidget(code)
        self._code_line.addStretch(1)
        self._code_line.addWidget(copy_button("回执码", own.receipt_code))

    def _show_strips(self, logged: LoggedSubmission, changed: int) -> None:
        clear(self._strips)
        self._links: list[Button] = []
        if logged.state == SubmissionState.SENDING:
            ways = [("已发出", lambda: self.settled.emit(True)), ("没有发出", lambda: self.settled.emit(False))]
            self._add_strip(MessageStrip("warn", UNCLEAR, ways))
        if logged.state == SubmissionState.QUEUED:
            self._add_strip(MessageStrip("info", WAITING, [("不发了", self.withdrawn.emit)]))
        if changed:
            words = f"报送后改了 {changed} 条，上级手里的还是原来的。"
            self._add_strip(MessageStrip("warn", words, [("更正报送", self.correction_wanted.emit)]))
        elif logged.state == SubmissionState.RETURNED:
            self._add_strip(MessageStrip("warn", SENT_BACK, [("更正报送", self.correction_wanted.emit)]))

    def _add_strip(self, strip: MessageStrip) -> None:
        self._strips.addWidget(strip)
        self._links += strip.links()
        strip.show()

    def _offer(self, logged: LoggedSubmission) -> None:
        state = logged.state
        self.receipt_button.setVisible(state not in _NO_RECEIPT)
        self.return_button.setVisible(state not in (*_OPEN, SubmissionState.CORRECTED))
        self.send_button.setVisible(state not in (SubmissionState.SENDING, SubmissionState.CORRECTED))
        self.send_button.setText("去寄出" if state in _OPEN else "再发一次")

    def _show_sections(
        self,
        own: Submission,
        course: Sequence[EventLine],
        files: Sequence[SubmissionFile],
        changes: Sequence[Any],
        against: int,
    ) -> None:
        from models.reports.table3 import size_text

        clear(self._sections)
        total = size_text(sum(file.byte_count for file in files))
        told = f"{own.activities} 条活动" + (f"、{own.cases} 篇案例" if own.cases else "")
        parts = [section("进度", timeline_of(course))]
        if changes:
            counts = f"新增 {own.added}，修改 {own.changed}，删除 {own.removed}"
            parts.append(section("改了什么", changes_of(changes), aside=f"与第{against}版相比：{counts}"))
        parts.append(section("文件", files_of(files, self.file_wanted.emit), aside=f"{len(files)} 个，{total}，{told}"))
        parts.append(section("邮件", letter_of(own)))
        for part in parts:
            self._sections.addWidget(part)
            part.show()

    def _connect(self) -> None:
        self.receipt_button.clicked.connect(lambda: self._begin(self.code_entry, self.return_entry))
        self.return_button.clicked.connect(lambda: self._begin(self.return_entry, self.code_entry))
        self.send_button.clicked.connect(self.send_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.back_button.clicked.connect(self.closed)
        self.code_entry.typed.connect(self.code_typed)
        self.return_entry.typed.connect(self.return_typed)
        self.return_entry.left.connect(self.put_entries_away)

    def _begin(self, wanted: CodeEntry | ReturnEntry, other: CodeEntry | ReturnEntry) -> None:
        other.hide()
        wanted.begin()
        self.area.ensureWidgetVisible(wanted)

    def _lay_out(self) -> None:
        head = Ground("surface")
        column(row(self.back_button, self.number, None, self.chip), self.heading, margins=(20, 12, 16, 10), parent=head)
        card = Card(dense=True, ground="inset")
        self._code_line = row()
        card.body.addLayout(self._code_line)
        card.body.addWidget(WrapLabel(CODE_HINT, "note"))
        buttons = FlowLayout(spacing=8, line_spacing=8)
        for each in self.buttons:
            buttons.addWidget(each)
        body = Ground("surface")
        whole = column(card, self._strips, buttons, self.code_entry, self.return_entry, self._sections, None,
                       margins=(20, 4, 16, 16), spacing=12, parent=body)  # fmt: skip
        whole.setObjectName("submission")
        self.area = QScrollArea()
        self.area.setAccessibleName("报送的内容")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(body)
        outer = column(head, self.area, spacing=0, parent=self)
        outer.setStretch(1, 1)
        self._put_away()
