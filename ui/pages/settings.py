"""设置: the unit card, the look, the ledger's folder, 回收站, the notice pack, about – one page, scrolled."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui import theme
from ui.context import Context, Place
from ui.pages.settings_about import AboutCard, NoticeCard
from ui.pages.settings_bin import BinCard
from ui.pages.settings_cards import FolderCard, LookCard
from ui.pages.settings_unit_card import UnitCard
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

COMPACT = 700  # content width ÷ text scale below which labels stand above their fields
WIDEST = 900  # of the cards, pixels at 100 % text


class SettingsPage(QWidget):
    """`look_changed` (theme, percent) and `other_ledger_wanted` ask the application; all else is done here."""

    look_changed = Signal(str, int)
    other_ledger_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("设置")
        self.unit = UnitCard(context)
        self.look = LookCard(context)
        self.folder = FolderCard(context)
        self.bin = BinCard(context)
        self.notice = NoticeCard(context.notice)
        self.about = AboutCard(context)
        self.cards = (self.unit, self.look, self.folder, self.bin, self.notice, self.about)
        self._lay_out()
        self.look.chosen.connect(self.look_changed)
        self.folder.other_wanted.connect(self._leave_ledger)
        context.changed.connect(self.reload)
        theme.changed.connect(self._fit)
        save = QShortcut(QKeySequence.StandardKey.Save, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.unit.save)

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Come to the page; `place.field` names a field of the unit card."""
        if place.field:
            self.unit.focus_field(place.field)

    def keep_unsaved(self) -> None:
        """Called when the window closes: what is typed on the unit card is kept as a draft."""
        self.unit.keep_if_pending()

    def reload(self) -> None:
        """Show what the ledger holds now."""
        if self.isVisible():
            self.unit.reload()
            self.bin.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self.about.look_for_paper_fonts()

    def hideEvent(self, event: QHideEvent) -> None:
        self.unit.keep_if_pending()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _leave_ledger(self) -> None:
        self.unit.keep_if_pending()
        self.other_ledger_wanted.emit()

    def _fit(self) -> None:
        compact = self.width() / theme.current().scale < COMPACT
        for form in (self.unit.form, self.look.form):
            form.set_compact(compact)
        self._inside.setMaximumWidth(theme.px(WIDEST))

    def _lay_out(self) -> None:
        header = Bar("header")
        parts = (TextLabel("设置", "title"), None, self.unit.state, 8, self.unit.save_button)
        header.setLayout(row(*parts, margins=(24, 0)))
        self._inside = QWidget()
        self._inside.setLayout(column(*self.cards, None, spacing=16))
        ground = QWidget()
        ground.setProperty("clear", "true")
        around = row(margins=(24, 16), spacing=0, parent=ground)
        around.addWidget(self._inside, 1)
        around.addStretch(0)
        self.area = QScrollArea()
        self.area.setAccessibleName("设置内容")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(ground)
        whole = column(header, spacing=0, parent=self)
        whole.addWidget(self.area, 1)
