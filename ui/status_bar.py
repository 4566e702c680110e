"""The line at the bottom of the window: saved, unit, folder | backup, notice, text size."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from models.drafts import list_drafts
from models.preferences import TEXT_SIZES
from ui import theme
from ui.backup_keeper import keeper_of
from ui.context import Context, Place
from ui.pages.activity_form_drafts import DraftKeeper, Keeping
from ui.widgets.base import plain_tip
from ui.widgets.buttons import FULL, ICON_ONLY, button
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel
from ui.widgets.layouts import row

NOT_SAVED = "有内容没能保存"
LARGE_TEXT = 1.5  # from here on folder and notice give way to what matters


class StatusBar(Bar):
    """Says where the data is and that it is safe; the text size can be changed here."""

    text_size_chosen = Signal(int)  # percent

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("status", parent)
        self._context = context
        self.unit = ElidedLabel(role="status")
        place = "示例数据，关掉就没有了" if context.is_sample else str(context.ledger.folder)
        self.folder = ElidedLabel(place, role="status")
        self.notice = TextLabel(f"通知包 {context.notice.form_version}", role="status")
        self.backup = button(" ", "shield-check", "flat", small=True)
        self.backup.clicked.connect(lambda: context.go_to.emit(Place("settings", field="backup")))
        self.text_size = button("", "font-size-2", "flat", small=True)
        self.text_size.setToolTip("字号")
        self.text_size.clicked.connect(self._choose_size)
        self._folder_icon = IconLabel("folder-open", size=16)
        self._saved_icon = IconLabel("checkbox-circle", "ok", 16)
        self.saved = TextLabel(role="status")
        saved = (self._saved_icon, self.saved)
        unit, folder = (IconLabel("building", size=16), self.unit), (self._folder_icon, self.folder)
        row(
            *saved,
            10,
            *unit,
            10,
            *folder,
            None,
            self.backup,
            10,
            self.notice,
            10,
            self.text_size,
            margins=(16, 0, 8, 0),
            spacing=6,
            parent=self,
        )
        for signal in (context.changed, context.drafts_changed):
            signal.connect(self.reload)
        theme.changed.connect(self._show_size)
        keeper = keeper_of(context)
        keeper.began.connect(self._show_backup)
        keeper.over.connect(self._show_backup)
        self.reload()
        self._show_size()

    def reload(self) -> None:
        """Show what is saved, and the unit's name as it is stored now."""
        kept = len(list_drafts(self._context.ledger))
        if any(keeper.state is Keeping.FAILED for keeper in self.window().findChildren(DraftKeeper)):
            text, icon, tone = NOT_SAVED, "error-warning-fill", "error"
        elif kept:
            text, icon, tone = f"{kept} 份草稿已自动保存", "pencil", "warn"
        else:
            text, icon, tone = "全部已保存", "checkbox-circle", "ok"
        self.saved.setText(text)
        self._saved_icon.set_icon(icon, tone)
        self.unit.setText(self._context.unit().name or "单位档案还没有填")
        self._show_backup()

    def _show_backup(self) -> None:
        """When the last verified backup was made; a click leads to where backups are kept."""
        from models.backup_words import last_backup, moment_words

        context = self._context
        self.backup.setVisible(not context.is_sample)
        last = last_backup(context.ledger)
        when = moment_words(last.moment, context.clock().date()) if last.moment else ""
        if keeper_of(context).is_running:
            text, icon = "正在备份", "save-3"
        elif last.problem:
            text, icon = "上次没有备份好", "alert-fill"
        else:
            text, icon = (f"备份已验证 {when}", "shield-check") if when else ("还没有备份", "alert-fill")
        self.backup.setText(text)
        self.backup.set_icon(icon)
        where = f"{last.records} 条记录，{last.path}" if last.path else "关闭程序时会自动备份"
        self.backup.setToolTip(plain_tip(f"{last.problem or text}\n{where}"))
        self.backup.setAccessibleDescription(where)

    def _show_size(self) -> None:
        """The text size, and what there is room for at it."""
        scale = theme.current().scale
        self.text_size.setText(f"字号 {round(scale * 100)}%")
        self.notice.setVisible(scale < LARGE_TEXT)
        self.backup.set_brevity(FULL if scale < LARGE_TEXT else ICON_ONLY)
        for widget in (self._folder_icon, self.folder):
            widget.setVisible(scale < LARGE_TEXT or self._context.is_sample)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.folder.setMaximumWidth(self.width() // 3)

    def _choose_size(self) -> None:
        menu = QMenu(self)
        for size in TEXT_SIZES:
            action = menu.addAction(f"{size}%")
            action.setCheckable(True)
            action.setChecked(size == round(theme.current().scale * 100))
            action.triggered.connect(lambda _on, size=size: self.text_size_chosen.emit(size))
        menu.popup(self.text_size.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
