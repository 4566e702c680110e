"""The notice in force, the fonts in use, and what the program consists of."""

import platform
from typing import Literal

from PySide6.QtCore import Qt, qVersion
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QGridLayout, QWidget

from models.notice import Notice
from ui import theme, workers
from ui.context import Context
from ui.widgets.cards import Card
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import scale

SEARCHING = "正在查看……"
Role = Literal["title", "heading", "table"]
ROLES: tuple[tuple[str, Role], ...] = (("标题", "title"), ("小标题", "heading"), ("表格", "table"))


class FactsCard(Card):
    """Names and what they stand for, in two columns."""

    def __init__(self, title: str, aside: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(title, aside, parent=parent)
        self._grid = scale(QGridLayout(), 0, 8)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)

    def add(self, name: str, text: str) -> WrapLabel:
        """A line; returns the label of its text."""
        line = self._grid.rowCount()
        value = WrapLabel(text, "small")
        self._grid.addWidget(TextLabel(name, "hint"), line, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, line, 1)
        return value


class NoticeCard(FactsCard):
    """The notice pack: which notice, which version, who receives the reports."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__("通知包", TextLabel(f"版本 {notice.form_version}", "hint"), parent)
        to = notice.recipient
        self.add("通知", notice.title)
        self.add("文号", notice.basis)
        self.add("报给", f"{to.union}{to.department}　{to.email}　{to.contact} {to.phone}")
        last = notice.deadline
        self.add("截止日期", f"{last.year}年{last.month}月{last.day}日" if last else "通知没有规定")


class AboutCard(FactsCard):
    """Fonts on screen and on paper, and the parts a support call asks for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("关于", parent=parent)
        self._job: workers.Job | None = None
        self.screen_font = self.add("屏幕字体", "")
        self.paper_fonts = self.add("打印字体", SEARCHING)
        self.add("组成", f"Python {platform.python_version()}　Qt {qVersion()}")
        self.add("台账格式", f"第 {context.ledger.schema_version} 版")
        theme.changed.connect(self._show_screen_font)
        self._show_screen_font()

    def look_for_paper_fonts(self) -> None:
        """Find out in the background which fonts forms would print with; loads the PDF library, so not at the start."""
        if self._job is None:
            self._job = workers.start(lambda _job: _paper_fonts(), self.paper_fonts.setText, self._miss)

    def _miss(self, error: Exception) -> None:
        raise error

    def _show_screen_font(self) -> None:
        self.screen_font.setText(QFontInfo(theme.font()).family())


def _paper_fonts() -> str:
    """Which font each part of a form prints with on this computer."""
    from exporters.pdf.fonts import PRINTING, font_set

    with PRINTING:
        return "　".join(f"{name}：{font_set().chain(role).faces[0].label}" for name, role in ROLES)
