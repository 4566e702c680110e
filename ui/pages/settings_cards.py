"""Two cards of the 设置 page: how the window looks, and which ledger is open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.preferences import TEXT_SIZES
from ui import theme
from ui.context import Context
from ui.pages.reports_output import open_in_desktop
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.choices import RadioGroup
from ui.widgets.form import FieldForm
from ui.widgets.labels import ElidedLabel, WrapLabel
from ui.widgets.layouts import row

THEMES = (("system", "跟随系统"), ("light", "浅色"), ("dark", "深色"))
MOVING = "一个台账就是这个文件夹。退出程序以后可以整个拷走，也可以在下面生成搬家包。"


class LookCard(Card):
    """Text size and theme; both take effect at once."""

    chosen = Signal(str, int)  # theme (system, light, dark), percent

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("显示", parent=parent)
        self._context = context
        self._showing = False
        self.text_size = RadioGroup([(str(size), f"{size}%") for size in TEXT_SIZES], compact_from=9)
        self.theme = RadioGroup(THEMES)
        self.form = FieldForm()
        self.form.add("size", "字号", self.text_size)
        self.form.add("theme", "主题", self.theme)
        self.body.addWidget(self.form)
        self.reload()
        for group in (self.text_size, self.theme):
            group.value_changed.connect(self._choose)
        theme.changed.connect(self.reload)

    def reload(self) -> None:
        """Show what is in force, however it was chosen."""
        self._showing = True
        self.text_size.set_value(str(round(theme.current().scale * 100)))
        self.theme.set_value(self._context.preferences.theme)
        self._showing = False

    def _choose(self, _code: object) -> None:
        if not self._showing:
            self.chosen.emit(self.theme.value() or "system", int(self.text_size.value() or 100))


class FolderCard(Card):
    """Which ledger is open, and the way to another one."""

    other_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("台账", parent=parent)
        self._context = context
        self.open_file = open_in_desktop
        self.path = ElidedLabel(str(context.ledger.folder))
        self.open_button = button("打开文件夹", "folder-open")
        self.other_button = button("换一个台账", "database-2")
        self.open_button.clicked.connect(self._open)
        self.other_button.clicked.connect(self.other_wanted)
        line = row(spacing=8)
        line.addWidget(self.path, 1)
        line.addWidget(self.open_button)
        line.addWidget(self.other_button)
        self.body.addLayout(line)
        self.body.addWidget(WrapLabel(MOVING, "hint"))

    def _open(self) -> None:
        folder = self._context.ledger.folder
        if not self.open_file(folder):
            self._context.went_wrong.emit(f"系统里没有能打开文件夹的程序，请自己到这里找：{folder}")
