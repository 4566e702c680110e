"""What stands above the preview: the outcome of the check, and the mail draft that was just made."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from models.checks import CheckResult, Finding
from models.letters import Letter
from ui import theme
from ui.widgets.base import announce
from ui.widgets.buttons import button, icon_button, link
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import row, scale

ROOM_FOR_WORDS = 560  # pixels at 100 % text
ICONS = {"error": "error-warning-fill", "warn": "alert-fill", "ok": "checkbox-circle"}


class CheckStrip(QWidget):
    """One line: how many things must be mended, how many hints there are, the first one, and the two ways on."""

    mend_wanted = Signal(object)  # Finding
    all_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = "ok"
        self._first: Finding | None = None
        self._icon = IconLabel("checkbox-circle", "ok")
        self._hard, self._soft = TextLabel(role="strong"), TextLabel(role="strong")
        self._counts = [TextLabel("必须改"), self._hard, TextLabel("提示"), self._soft]
        self._explained = TextLabel()
        self._words = ElidedLabel(role="note")
        self.mend = link("去填写")
        self.show_all = link("查看全部 F9")
        self.mend.clicked.connect(lambda: self._first and self.mend_wanted.emit(self._first))
        self.show_all.clicked.connect(self.all_wanted)
        counts = row(*self._counts[:2], 8, *self._counts[2:], self._explained, spacing=6)
        line = row(self._icon, TextLabel("逻辑检查", "strong"), 4, counts, 4, margins=(16, 5), spacing=8, parent=self)
        line.addWidget(self._words, 1)
        line.addWidget(self.mend)
        line.addWidget(self.show_all)

    def show_result(self, result: CheckResult) -> None:
        """Say how the check came out."""
        open_findings = [*result.hard, *(each for each in result.soft if each.open)]
        self._kind = "error" if result.hard else "warn" if open_findings else "ok"
        self._first = open_findings[0] if open_findings else None
        self._icon.set_icon(ICONS[self._kind], self._kind)
        self._hard.setText(str(len(result.hard)))
        self._hard.set_tone("error" if result.hard else "")
        self._soft.setText(str(len(result.soft)))
        self._soft.set_tone("warn" if len(result.soft) > len(result.explained) else "")
        self._explained.setText(f"（已说明 {len(result.explained)}）" if result.explained else "")
        for label in self._counts:
            label.setVisible(bool(result.findings))
        self._explained.setVisible(bool(result.explained))
        self._words.setText(self._sentence(result))
        self.mend.setVisible(self._first is not None)
        announce(self, f"逻辑检查：必须改 {len(result.hard)}，提示 {len(result.soft)}。{self._words.text()}")
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is tight the counts and the ways on are enough; 查看全部 tells the rest."""
        super().resizeEvent(event)
        self._words.setVisible(self.width() >= theme.px(ROOM_FOR_WORDS))

    def text(self) -> str:
        """The sentence beside the counts."""
        return self._words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(f"{self._kind}_ground"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color(f"{self._kind}_line"))

    def _sentence(self, result: CheckResult) -> str:
        if self._first is None:
            return "逻辑正确，可以报送。" if result.records else "这段时间没有要检查的记录。"
        first = "可以预览和导出，报送前要补。" if result.hard else "可以改，也可以写一句核实说明后照报。"
        return f"{first}{self._first.title}：{self._first.message}"


class LetterCard(Card):
    """A mail draft: what to do when no mail window opened, and every part of it ready to be copied."""

    copied = Signal(str)  # what was copied, as a toast says it
    folder_wanted = Signal()
    draft_wanted = Signal()
    closed = Signal()

    def __init__(self, letter: Letter, attachments: tuple[Path, ...], parent: QWidget | None = None) -> None:
        super().__init__(dense=True, parent=parent)
        self.setAccessibleName("邮件草稿")
        self.copy_buttons: dict[str, QWidget] = {}
        close = icon_button("close", "收起", small=True)
        close.clicked.connect(self.closed)
        again = button("打开邮件草稿", "mail-send", small=True)
        again.clicked.connect(self.draft_wanted)
        words = WrapLabel("没有弹出写信窗口，就用网页邮箱：逐项复制，再把附件文件夹里的两个文件拖进去。", "note")
        top = row(IconLabel("mail-check", "ok"), TextLabel("邮件草稿已生成", "strong"), spacing=8)
        top.addWidget(words, 1)
        top.addWidget(again)
        top.addWidget(close)
        self.body.addLayout(top)
        self._grid = scale(QGridLayout(), 0, 6)
        self._grid.setColumnStretch(1, 1)
        for name, text in (("收件人", letter.recipient), ("主题", letter.subject), ("正文", letter.body)):
            self._add(name, text.strip(), f"已复制{name}")
        folder = button("打开附件文件夹", "folder-open", small=True)
        folder.clicked.connect(self.folder_wanted)
        self._add_line("附件", "　".join(path.name for path in attachments), folder)
        self.body.addLayout(self._grid)

    def _add(self, name: str, text: str, done: str) -> None:
        copy = button("复制", "file-copy", small=True)
        copy.setAccessibleName(f"复制{name}")
        copy.clicked.connect(self._copier(text, done))
        self.copy_buttons[name] = copy
        self._add_line(name, " ".join(text.split()), copy)

    def _add_line(self, name: str, text: str, act: QWidget) -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(TextLabel(name, "hint"), line, 0)
        self._grid.addWidget(ElidedLabel(text, "small"), line, 1)
        self._grid.addWidget(act, line, 2, Qt.AlignmentFlag.AlignRight)

    def _copier(self, text: str, done: str) -> Callable[[], None]:
        def copy() -> None:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(done)

        return copy
