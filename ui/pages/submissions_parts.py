"""The parts of the pane that shows one submission: its course, its files, what it changed, its letter."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from models.reports.table3 import size_text
from models.submission import EventKind, Submission, SubmissionFile
from models.submission_data import FILE_NAME
from models.submission_differences import CHANGE_LABELS, KIND_LABELS
from models.submission_log import EventLine
from models.submitting import REASON_LIMIT
from ui import theme
from ui.widgets.base import announce
from ui.widgets.buttons import Button, button, link
from ui.widgets.edits import Edit
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row, scale
from ui.widgets.text_edit import CounterTextEdit

FILES_SHOWN, CHANGES_SHOWN = 40, 30
ICONS = {".pdf": "file-pdf", ".xlsx": "file-excel-2", ".docx": "file-word-2", ".jpg": "image", ".json": "database-2"}
EVENT_ICONS = {
    EventKind.GENERATED: ("file-zip", "text2"),
    EventKind.QUEUED: ("time", "warn"),
    EventKind.ATTEMPT: ("mail-send", "text2"),
    EventKind.FAILED: ("close-circle", "error"),
    EventKind.SENT: ("mail-send", "info"),
    EventKind.RECEIVED: ("mail-check", "ok"),
    EventKind.RETURNED: ("arrow-go-back", "error"),
    EventKind.CORRECTED: ("history", "text2"),
    EventKind.CANCELLED: ("close", "text2"),
}


def section(title: str, *content: QWidget, aside: str = "") -> QWidget:
    """A title with what belongs to it, under a line."""
    holder = QWidget()
    rule = QFrame()
    rule.setProperty("rule", "soft")
    head = row(TextLabel(title, "strong"), TextLabel(aside, "hint"), None)
    column(rule, head, *content, spacing=6, parent=holder)
    holder.setAccessibleName(f"{title} {aside}".strip())
    return holder


def timeline_of(lines: Sequence[EventLine]) -> QWidget:
    """What happened, the oldest first; reasons and servers' words in full."""
    holder = QWidget()
    grid = scale(QGridLayout(holder), 0, 6)
    grid.setColumnStretch(1, 1)
    for number, line in enumerate(lines):
        icon, tone = EVENT_ICONS[line.kind]
        words = QWidget()
        more = [WrapLabel(line.more, "note", "text2")] if line.more else []
        column(WrapLabel(line.what, "small"), *more, spacing=0, parent=words)
        words.setAccessibleName("，".join(part for part in (line.when, line.what, line.more) if part))
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(IconLabel(icon, tone), number, 0, top)
        grid.addWidget(words, number, 1)
        grid.addWidget(TextLabel(line.when, "hint"), number, 2, top | Qt.AlignmentFlag.AlignRight)
    return holder


def files_of(files: Sequence[SubmissionFile], open_file: Callable[[SubmissionFile], object]) -> QWidget:
    """Every file with its length and size; 打开 shows a copy."""
    holder = QWidget()
    lines = column(spacing=0, parent=holder)
    for file in files[:FILES_SHOWN]:
        show = link("打开")
        show.setAccessibleName(f"打开 {file.name}")
        show.clicked.connect(lambda _on=False, file=file: open_file(file))
        line = row(IconLabel(ICONS.get(file.suffix, "file-text")), spacing=8)
        shown = f"{file.name}（汇总用的数据）" if file.name == FILE_NAME else file.name
        line.addWidget(ElidedLabel(shown, "small"), 1)
        for words in (file.extent, size_text(file.byte_count)):
            line.addWidget(TextLabel(words, "hint"))
        line.addWidget(show)
        lines.addLayout(line)
    if len(files) > FILES_SHOWN:
        lines.addWidget(TextLabel(f"另有 {len(files) - FILES_SHOWN} 个，导出报送包后可以看到。", "hint"))
    return holder


def changes_of(changes: Sequence[Any]) -> QWidget:
    """What this version changed in the one before, as data.json has it."""
    holder = QWidget()
    lines = column(spacing=6, parent=holder)
    known = [cast("dict[str, Any]", each) for each in changes if isinstance(each, dict)]
    for change in known[:CHANGES_SHOWN]:
        kind = KIND_LABELS.get(str(change.get("kind")), "")
        what = CHANGE_LABELS.get(str(change.get("change")), "")
        name = " ".join(str(change.get(part) or "") for part in ("number", "title")).strip()
        lines.addWidget(WrapLabel(f"{what}{kind}　{name}", "small"))
        for field in change.get("fields") or ():
            told = f"{field.get('name', '')}：{field.get('old', '')} → {field.get('new', '')}"
            lines.addLayout(row(theme.px(16), WrapLabel(told, "note", "text2")))
    if len(known) > CHANGES_SHOWN:
        lines.addWidget(TextLabel(f"另有 {len(known) - CHANGES_SHOWN} 项，见报送包里的《更正说明》。", "hint"))
    return holder


def letter_of(submission: Submission) -> QWidget:
    """Recipient, subject and text, each to be copied."""
    holder = QWidget()
    grid = scale(QGridLayout(holder), 0, 6)
    grid.setColumnStretch(1, 1)
    parts = (("收件人", submission.recipient), ("主题", submission.subject), ("正文", submission.body.strip()))
    for number, (name, text) in enumerate(parts):
        words = WrapLabel(text or "—", "small")
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        copy = copy_button(name, text)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(TextLabel(name, "hint"), number, 0, top)
        grid.addWidget(words, number, 1)
        grid.addWidget(copy, number, 2, top)
    return holder


def copy_button(name: str, text: str) -> Button:
    """复制, which says so when it is done."""
    made = button("复制", "file-copy", small=True)
    made.setAccessibleName(f"复制{name}")

    def copy() -> None:
        QGuiApplication.clipboard().setText(text)
        made.setText("已复制")
        made.setAccessibleName(f"已复制{name}")

    made.clicked.connect(copy)
    return made


class CodeEntry(QWidget):
    """A line for the code that somebody reads out on the telephone. `typed` carries it; Esc puts the line away."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = Edit(chars=10, placeholder="对方念的回执码")
        self.box.setAccessibleName("对方念的回执码")
        self.take_button = button("核对", "check")
        self.problem = WrapLabel(role="small", tone="error")
        column(row(self.box, self.take_button, None), self.problem, spacing=4, parent=self)
        self.take_button.clicked.connect(self._take)
        self.box.returnPressed.connect(self._take)
        self.box.textEdited.connect(lambda _text: self.show_problem(""))
        self.show_problem("")

    def begin(self) -> None:
        """Show the line and wait for the code."""
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_problem(self, sentence: str) -> None:
        """Say why the code was not taken; what was typed stays."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.box.set_state("error" if sentence else "")
        if sentence:
            announce(self.problem, sentence)

    def _take(self) -> None:
        self.typed.emit(self.box.text())


class ReturnEntry(QWidget):
    """A box for the superior's words when something came back. `typed` carries them; they may be empty. `left` when it
    did not come back after all.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CounterTextEdit(REASON_LIMIT, 2, 5, placeholder="例如：缺少盖章页，请补报")
        self.box.setAccessibleName("退回的原因，可不填")
        self.take_button = button("登记退回", "arrow-go-back")
        self.take_button.clicked.connect(lambda: self.typed.emit(self.box.value()))
        self.leave_button = button("不登记", kind="flat")
        self.leave_button.clicked.connect(self.left)
        words = TextLabel("对方为什么退回，可不填", "hint")
        column(words, self.box, row(self.take_button, self.leave_button, None), spacing=6, parent=self)

    def begin(self) -> None:
        """Show the box and wait for the words."""
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
