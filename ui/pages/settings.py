"""设置: unit, persons, look, ledger, backups, 回收站, notices, fonts, mailbox, about – one page, scrolled."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui import theme
from ui.context import Context, Place
from ui.pages.settings_about import AboutCard, FontsCard
from ui.pages.settings_backup import BackupCard
from ui.pages.settings_bin import BinCard
from ui.pages.settings_cards import FolderCard, LookCard
from ui.pages.settings_mail import MailCard
from ui.pages.settings_notices import NoticeCard
from ui.pages.settings_persons import PersonsCard
from ui.pages.settings_unit_card import UnitCard
from ui.widgets.base import tab_stops
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
        self.persons = PersonsCard(context)
        self.look = LookCard(context)
        self.folder = FolderCard(context)
        self.backup = BackupCard(context)
        self.bin = BinCard(context)
        self.notice = NoticeCard(context)
        self.fonts = FontsCard()
        self.mail = MailCard(context)
        self.about = AboutCard(context)
        self.sections = {
            "unit": self.unit,
            "persons": self.persons,
            "look": self.look,
            "folder": self.folder,
            "backup": self.backup,
            "bin": self.bin,
            "notice": self.notice,
            "fonts": self.fonts,
            "mail": self.mail,
            "about": self.about,
        }
        self._lay_out()
        self.look.chosen.connect(self.look_changed)
        self.folder.other_wanted.connect(self._leave_ledger)
        context.changed.connect(self.reload)
        theme.changed.connect(self._fit)
        save = QShortcut(QKeySequence.StandardKey.Save, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.unit.save)

    def show_place(self, place: Place, came_from: str = "") -> None:
        """Come to the page; `place.field` names a section (backup, bin, persons …) or a field of the unit card."""
        if place.field in self.sections:
            QTimer.singleShot(0, self, lambda: self._go_to_section(place.field))  # once it is laid out
        elif place.field:
            self.unit.focus_field(place.field)

    def keep_unsaved(self) -> None:
        """Called when the window closes: what is typed on the unit card is kept as a draft."""
        self.unit.keep_if_pending()
        self.mail.leave()

    def reload(self) -> None:
        """Show what the ledger holds now."""
        if self.isVisible():
            for card in (self.unit, self.persons, self.backup, self.bin, self.notice, self.mail):
                card.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.reload()
        self.fonts.look_for_paper_fonts()

    def hideEvent(self, event: QHideEvent) -> None:
        self.unit.keep_if_pending()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _go_to_section(self, name: str) -> None:
        """Bring a card to the top of the page, with the keyboard on the first thing in it."""
        card = self.sections[name]
        self.area.verticalScrollBar().setValue(card.y())
        if stops := [each for each in tab_stops(card) if each.isVisible() and each.isEnabled()]:
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_ledger(self) -> None:
        self.unit.keep_if_pending()
        self.other_ledger_wanted.emit()

    def _fit(self) -> None:
        compact = self.width() / theme.current().scale < COMPACT
        for form in (self.unit.form, self.look.form, self.mail.form, self.mail.limit):
            form.set_compact(compact)
        self.bin.set_compact(compact)
        self._inside.setMaximumWidth(theme.px(WIDEST))

    def _lay_out(self) -> None:
        header = Bar("header")
        parts = (TextLabel("设置", "title"), None, self.unit.state, 8, self.unit.save_button)
        header.setLayout(row(*parts, margins=(24, 0)))
        self._inside = QWidget()
        self._inside.setLayout(column(*self.sections.values(), None, spacing=16))
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
