"""Step 4, 对方视角: the mail as it arrives, and what the receiver sees first on opening the package."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QGridLayout, QWidget

from models.checks import CheckResult, Severity
from models.letters import check_recipient
from models.notice import Notice
from models.reports.table3 import size_text
from ui import theme
from ui.pages.submit_changes import ChangesCard
from ui.pages.submit_mail import Parcel
from ui.widgets.cards import Card
from ui.widgets.edits import Edit
from ui.widgets.first_page import FirstPage
from ui.widgets.frames import Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, scale
from ui.widgets.strips import MessageStrip

MOST_PAGES = 8
WHOLE = 2000  # characters of the body that are shown


class ViewStep(QWidget):
    """`recipient_typed` carries the address in the box, `open_wanted` the name of a file of the package."""

    recipient_typed = Signal(str)
    open_wanted = Signal(str)
    checks_wanted = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("对方视角")
        self._notice = notice
        self.passed = MessageStrip("ok", "")
        self.passed.hide()
        self.changes = ChangesCard()
        self.recipient = Edit()
        self.recipient.setAccessibleName("收件人")
        self.problem = MessageStrip("warn", "")
        self.problem.hide()
        self.subject, self.body = WrapLabel(role="strong"), WrapLabel(role="small")
        self.attachments = WrapLabel(role="small")
        for words, name in ((self.subject, "主题"), (self.body, "正文"), (self.attachments, "附件")):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.setAccessibleName(name)
        self.pages: list[FirstPage] = []
        self.waiting = TextLabel("正在排版……", "hint")
        self._lay_out()
        self.recipient.textEdited.connect(self._type)
        self.fit()
        theme.changed.connect(self.fit)

    def show_parcel(self, parcel: Parcel, recipient: str, checks: CheckResult) -> None:
        """Show what is sent; the keyboard stays in the recipient's box if it is there."""
        self.waiting.hide()
        self._content.show()
        self._show_checks(checks)
        if parcel.content is not None:
            self.changes.show_differences(parcel.content)
        if self.recipient.text() != recipient:
            self.recipient.setText(recipient)
        self._judge()
        letter = parcel.letter
        self.subject.setText(letter.subject)
        self.body.setText(letter.body.strip()[:WHOLE])
        lines = [f"{each.name}　{'约 ' if each.about else ''}{size_text(each.byte_count)}" for each in parcel.attached]
        self.attachments.setText("\n".join(lines))
        self._show_pages(parcel)

    def show_waiting(self) -> None:
        """Nothing to show yet."""
        self._content.hide()
        self.waiting.show()

    def blocking(self) -> str:
        """Why nothing can be sent to this address; empty when it can."""
        found = check_recipient(self.recipient.text(), self._notice)
        return found.message if found and found.severity is Severity.HARD else ""

    def fit(self) -> None:
        """As wide as the words at the left need."""
        words = QFontMetrics(theme.font(14)).horizontalAdvance("收件人") + theme.px(8)
        self._grid.setColumnMinimumWidth(0, words)

    def _type(self, text: str) -> None:
        self._judge()
        self.recipient_typed.emit(text)

    def _judge(self) -> None:
        found = check_recipient(self.recipient.text(), self._notice)
        hard = found is not None and found.severity is Severity.HARD
        self.recipient.set_state("" if found is None else "error" if hard else "warn")
        self.problem.setVisible(found is not None)
        if found is not None:
            wanted = self._notice.recipient.email
            back = (f"改回 {wanted}", lambda: self._take_back(wanted))
            self.problem.set_message("error" if hard else "warn", found.message, [back])

    def _take_back(self, address: str) -> None:
        self.recipient.setText(address)
        self.recipient.setFocus()
        self._type(address)

    def _show_checks(self, checks: CheckResult) -> None:
        told = f"，{len(checks.explained)} 条提示已说明" if checks.explained else ""
        see = ("看检查结果", self.checks_wanted.emit)
        self.passed.set_message("ok", f"逻辑检查通过：查了 {checks.records} 条记录{told}。", [see])
        self.passed.show()

    def _show_pages(self, parcel: Parcel) -> None:
        pages = [file for file in parcel.package.files if file.suffix == ".pdf"][:MOST_PAGES]
        if [(page.name, page.extent) for page in self.pages] == [(file.name, file.extent) for file in pages] and all(
            page.property("digest") == file.digest for page, file in zip(self.pages, pages, strict=True)
        ):
            return
        clear(self._flow)
        self.pages = []
        for file in pages:
            page = FirstPage(file.name, file.extent, file.read())
            page.setProperty("digest", file.digest)
            page.clicked.connect(lambda _checked=False, name=file.name: self.open_wanted.emit(name))
            self.pages.append(page)
            self._flow.addWidget(page)
            page.show()

    def _lay_out(self) -> None:
        mail = Card("对方收到的邮件", dense=True)
        self._grid = scale(QGridLayout(), 0, 8)
        paper = Ground("inset")
        column(self.body, margins=(12, 8), parent=paper)
        box = column(self.recipient, self.problem, spacing=4)
        for line, (name, what) in enumerate(
            (("收件人", box), ("主题", self.subject), ("正文", paper), ("附件", self.attachments))
        ):
            label = TextLabel(name, "hint")
            label.setContentsMargins(0, theme.px(8 if line == 0 else 2), 0, 0)
            self._grid.addWidget(label, line, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(what, QWidget):
                self._grid.addWidget(what, line, 1)
            else:
                self._grid.addLayout(what, line, 1)
        self._grid.setColumnStretch(1, 1)
        mail.body.addLayout(self._grid)
        first = Card("打开报送包先看到的页", dense=True)
        first.body.addWidget(WrapLabel("都是要寄出的文件本身，点一下打开看全部。", "hint"))
        self._flow = FlowLayout(spacing=12, line_spacing=12)
        first.body.addLayout(self._flow)
        self._content = QWidget()
        column(self.passed, self.changes, mail, first, spacing=16, parent=self._content)
        column(self.waiting, self._content, margins=(24, 16), spacing=16, parent=self)
        self.show_waiting()
