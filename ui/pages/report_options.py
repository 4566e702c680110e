"""Which ways out a form has: the buttons in the header, the menu behind them, the photos of 表1."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu

from models.preferences import save_preferences
from ui.pages.report_forms import FORMS
from ui.pages.reports_preview import Preview

if TYPE_CHECKING:
    from ui.pages.reports import ReportsPage

SAVE_AFTER = 500  # milliseconds after the last movement of the edge


class ReportOptions(QObject):
    """Offers only what makes sense for the form in sight."""

    def __init__(self, page: "ReportsPage") -> None:
        super().__init__(page)
        self._page = page
        self._formats: tuple[str, ...] = ()
        preferences = page.context.preferences
        page.tools.photos.setChecked(preferences.photos_printed)
        page.word_button.hide()
        self._soon = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._soon.timeout.connect(self.save_look)
        if preferences.thumbnail_width:
            page.preview.set_thumbnail_width(preferences.thumbnail_width)
        page.preview.set_thumbnails_visible(preferences.thumbnails)
        page.tools.thumbnails.setChecked(preferences.thumbnails)

    def offer(self, made: Preview | None) -> None:
        """`made` is the form in sight, None while something else is in its place."""
        from exporters.report_files import formats_of

        page = self._page
        self._formats = formats_of(made.report) if made and made.filled else ()
        if self._formats:  # else they stay where they are, greyed
            page.excel_button.setVisible("xlsx" in self._formats)
            page.word_button.setVisible("docx" in self._formats)
        for each in page.outputs:
            each.setEnabled(bool(self._formats))
        page.print_button.setEnabled(bool(made and made.document))

    def can_mail(self) -> bool:
        """Whether the form can go as a mail draft, which carries it as PDF and Excel."""
        return "xlsx" in self._formats and self._page.form.section == FORMS

    def show_menu(self) -> None:
        """What is not on a button of its own."""
        page = self._page
        menu = QMenu(page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        mail = menu.addAction("邮件草稿")
        mail.triggered.connect(page.draft_letter)
        mail.setEnabled(self.can_mail())
        several = menu.addAction("导出或打印几张表")
        several.triggered.connect(page.several.show)
        button = page.more_button
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height())))

    def keep_thumbnails(self, shown: bool, width: int) -> None:
        """Show the pages beside the preview from now on, or not, and so wide. Saved when the dragging is over."""
        page = self._page
        page.tools.thumbnails.setChecked(shown)
        kept = replace(page.context.preferences, thumbnails=shown, thumbnail_width=width)
        if kept != page.context.preferences:
            page.context.preferences = kept
            self._soon.start()

    def save_look(self) -> None:
        """Write down what was chosen a moment ago."""
        if self._soon.isActive() or self.sender() is self._soon:
            self._soon.stop()
            save_preferences(self._page.context.preferences)

    def set_photos(self, wanted: bool) -> None:
        """Print 表1 with its photos from now on, or without."""
        context = self._page.context
        if wanted != context.preferences.photos_printed:
            context.preferences = replace(context.preferences, photos_printed=wanted)
            save_preferences(context.preferences)
            self._page.refresh()
