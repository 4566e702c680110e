"""Beside step 6: the receipt code, large, and how far the submission has come."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.notice import Notice
from models.submission import STATE_LABELS, WAY_LABELS, EventKind, SubmissionEvent, SubmissionState
from models.submission_repository import LoggedSubmission
from ui import theme
from ui.pages.submit_mail import is_protected
from ui.widgets.base import announce
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.edits import Edit
from ui.widgets.labels import IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, row

CODE_HINT = "对方打开报送包会看到同一个码。电话里两边念的一样，就是收全了。"
SEALED = "寄出的内容已封存。以后改了活动，用“更正报送”另出一版，并列出改动。"
SECRET = "压缩包有密码。打电话时把密码告诉对方，程序里没有存。"
GONE = (SubmissionState.SENT, SubmissionState.RECEIVED, SubmissionState.RETURNED, SubmissionState.CORRECTED)
DONE, NOW, TO_COME, WARN = "done", "now", "to come", "warn"
MARKS = {
    DONE: ("checkbox-circle-fill", "ok"),
    NOW: ("time", "focus"),
    TO_COME: ("time", "edge"),
    WARN: ("alert-fill", "warn"),
}


class ReceiptSide(QWidget):
    """`sent` when somebody says that it left, `code_typed` with what was read out on the telephone."""

    sent = Signal()
    code_typed = Signal(str)

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[str] = []  # of the progress, as they are read
        self.code = TextLabel(role="figure", selectable=True)
        self.copy_button = button("复制", "file-copy", small=True)
        self.copy_button.setAccessibleName("复制回执码")
        self.sent_button = button("我已寄出", "check")
        self.received_button = button("登记对方已收", "chat-check")
        self.typed = Edit(chars=8, placeholder="对方念的回执码")
        self.typed.setAccessibleName("对方念的回执码")
        self.take_button = button("核对", "check")
        self.problem = WrapLabel(role="small", tone="error")
        recipient = notice.recipient
        self._phone = WrapLabel(f"核对电话　{recipient.phone}（{recipient.department}）", "small")
        self.secret = WrapLabel(SECRET, "small", "warn")
        self._lay_out()
        self._connect()

    def show_submission(self, logged: LoggedSubmission) -> None:
        """Show the code, the events, and what can be noted next."""
        self.code.setText(logged.submission.receipt_code)
        self.code.setAccessibleName(f"回执码 {logged.submission.receipt_code}")
        self.secret.setVisible(is_protected(logged.submission))
        self._show_progress(logged)
        gone, received = logged.state in GONE, logged.state == SubmissionState.RECEIVED
        self.sent_button.setVisible(not gone)
        self.sent_button.setEnabled(logged.state != SubmissionState.SENDING)
        self.received_button.setVisible(not received)
        self.received_button.setEnabled(gone)
        self.received_button.setAccessibleDescription("" if gone else "寄出以后才能登记")
        if not gone or received:
            self._entry.hide()

    def ask_code(self) -> None:
        """Open the line in which the code is typed."""
        self._entry.show()
        self.typed.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Say why the code was not taken; what was typed stays."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.typed.set_state("error" if sentence else "")
        if sentence:
            announce(self.problem, sentence)

    def _show_progress(self, logged: LoggedSubmission) -> None:
        clear(self._list)
        self.lines = []
        sent = _last(logged.events, EventKind.SENT)
        received = _last(logged.events, EventKind.RECEIVED)
        made = logged.submission.made_at
        self._add(DONE, "已生成报送包", f"{made:%H:%M}" if sent is None else _day(logged.events[0]))
        match logged.state:
            case SubmissionState.QUEUED | SubmissionState.SENDING:
                self._add(WARN, STATE_LABELS[logged.state], "现在")
            case SubmissionState.GENERATED:
                self._add(NOW, "待寄出", "现在")
        way = WAY_LABELS.get(sent.way, "") if sent else ""
        self._add(DONE if sent else TO_COME, "已寄出", f"{way} {_day(sent)}" if sent else "寄完点下方按钮")
        if logged.state in (SubmissionState.RETURNED, SubmissionState.CORRECTED):
            self._add(WARN, STATE_LABELS[logged.state], _day(logged.events[-1]))
        self._add(DONE if received else TO_COME, "对方已收", _day(received) if received else "核对回执码后")

    def _add(self, state: str, words: str, when: str) -> None:
        icon, tone = MARKS[state]
        line = row(IconLabel(icon, tone), margins=(0, 5), spacing=8)
        line.addWidget(TextLabel(words, "strong" if state == NOW else ""))
        line.addStretch(1)
        line.addWidget(TextLabel(when, "hint"))
        self._list.addLayout(line)
        self.lines.append(f"{words} {when}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copy_button.setText("已复制")
        self.copy_button.setAccessibleName("已复制回执码")

    def _take(self) -> None:
        self.code_typed.emit(self.typed.text())

    def _connect(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.sent_button.clicked.connect(self.sent)
        self.received_button.clicked.connect(self.ask_code)
        self.take_button.clicked.connect(self._take)
        self.typed.returnPressed.connect(self._take)
        self.typed.textEdited.connect(lambda _text: self.show_problem(""))

    def _lay_out(self) -> None:
        card = Card(dense=True)
        card.body.addLayout(row(self.code, None, self.copy_button))
        card.body.addWidget(WrapLabel(CODE_HINT, "note"))
        self._list = column(spacing=0)
        buttons = FlowLayout(spacing=8, line_spacing=8)
        buttons.addWidget(self.sent_button)
        buttons.addWidget(self.received_button)
        self._entry = QWidget()
        entry = column(row(self.typed, self.take_button, None), spacing=4, parent=self._entry)
        entry.addWidget(self.problem)
        self._entry.hide()
        self.problem.hide()
        seal = Card(dense=True)
        line = row(spacing=8)
        line.addWidget(IconLabel("lock"), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrapLabel(SEALED, "note"), 1)
        seal.body.addLayout(line)
        top = (TextLabel("回执码", "section"), card, self._phone, self.secret)
        whole = column(*top, margins=(20, 16), spacing=8, parent=self)
        whole.addSpacing(theme.px(8))
        whole.addWidget(TextLabel("进度", "section"))
        whole.addLayout(self._list)
        whole.addLayout(buttons)
        whole.addWidget(self._entry)
        whole.addStretch(1)
        whole.addSpacing(theme.px(8))
        whole.addWidget(seal)


def _last(events: Sequence[SubmissionEvent], kind: str) -> SubmissionEvent | None:
    return next((event for event in reversed(events) if event.kind == kind), None)


def _day(event: SubmissionEvent) -> str:
    return f"{event.at.month}-{event.at.day:02} {event.at:%H:%M}"
