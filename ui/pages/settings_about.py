"""The fonts in use, and what the program consists of."""

import platform
from typing import Literal

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QWidget

from models.version import VERSION
from ui import theme, workers
from ui.context import Context, Place
from ui.pages.settings_facts import FactsCard
from ui.widgets.buttons import button
from ui.widgets.labels import WrapLabel
from ui.widgets.layouts import row

SEARCHING = "正在查看……"
Role = Literal["title", "heading", "table"]
ROLES: tuple[tuple[str, Role], ...] = (("标题", "title"), ("小标题", "heading"), ("正文", "table"))


class FontsCard(FactsCard):
    """Which typefaces the window and the printed forms use on this computer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("字体", parent=parent)
        self._job: workers.Job | None = None
        self.screen_font = self.add("屏幕", "")
        self.paper_fonts: dict[str, WrapLabel] = {name: self.add(f"表格的{name}", SEARCHING) for name, _ in ROLES}
        self.body.addWidget(WrapLabel("电脑里装有公文字体时优先用，没有就用程序自带的，生僻字也能显示和打印。", "hint"))
        theme.changed.connect(self._show_screen_font)
        self._show_screen_font()

    def look_for_paper_fonts(self) -> None:
        """Find out in the background which fonts forms would print with; loads the PDF library, so not at the start."""
        if self._job is None:
            self._job = workers.start(lambda _job: _paper_fonts(), self._show_paper_fonts, self._miss)

    def _show_paper_fonts(self, found: dict[str, str]) -> None:
        for name, label in self.paper_fonts.items():
            label.setText(found[name])

    def _miss(self, error: Exception) -> None:
        raise error

    def _show_screen_font(self) -> None:
        self.screen_font.setText(QFontInfo(theme.font()).family())


class AboutCard(FactsCard):
    """The version, and the parts a support call asks for."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("关于", parent=parent)
        self.version = self.add("宣教台账", f"版本 {VERSION}")
        self.add("组成", f"Python {platform.python_version()}　Qt {qVersion()}")
        self.add("台账格式", f"第 {context.ledger.schema_version} 版")
        self.manual_button = button("使用手册", "book-open", shortcut_text="F1", small=True)
        self.manual_button.clicked.connect(lambda: context.go_to.emit(Place("manual")))
        self.body.addLayout(row(self.manual_button, None))


def _paper_fonts() -> dict[str, str]:
    """Which font each part of a form prints with on this computer."""
    from exporters.pdf.fonts import PRINTING, font_set

    with PRINTING:
        return {name: font_set().chain(role).faces[0].label for name, role in ROLES}
