"""Which signal of the parts of the 报表 page leads to what."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.context import Place
from ui.pages.check_panel_place import place_of

if TYPE_CHECKING:
    from ui.pages.reports import ReportsPage


def connect(page: "ReportsPage") -> None:
    """Connect everything, once."""
    context = page.context
    context.changed.connect(page.follow_change)
    context.period_changed.connect(page.follow_period)
    page.period.chosen.connect(context.set_period)
    page.forms.chosen.connect(page.choose_form)
    page.forms.clauses_wanted.connect(lambda: context.go_to.emit(Place("clauses")))
    page.form_box.activated.connect(lambda _index: page.choose_form(page.form_box.value() or page.form.key))
    page.checks.mend_wanted.connect(lambda finding: context.go_to.emit(place_of(finding)))
    page.checks.all_wanted.connect(lambda: context.go_to.emit(Place("checks")))
    page.empty.triggered.connect(page.fill_the_gap)
    page.stopped.triggered.connect(page.refresh)
    page.sources.opened.connect(context.go_to)
    page.sources.closed.connect(page.side.close)
    page.summary.left.connect(page.come_back)
    _connect_work(page)
    _connect_outputs(page)
    _connect_preview(page)
    _add_shortcuts(page)


def _connect_work(page: "ReportsPage") -> None:
    work, messages = page.work, page.messages_of
    work.made.connect(page.take)
    work.counted.connect(page.take_amounts)
    work.failed.connect(page.fail)
    work.late.connect(page.show_waiting)
    work.progressed.connect(lambda *step: None if page.busy else messages.show_step(*step))
    work.ended.connect(lambda: None if page.busy else messages.hide_progress())


def _connect_outputs(page: "ReportsPage") -> None:
    context, messages = page.context, page.messages_of
    page.print_button.clicked.connect(page.print_form)
    page.excel_button.clicked.connect(lambda: page.export("xlsx"))
    page.word_button.clicked.connect(lambda: page.export("docx"))
    page.pdf_button.clicked.connect(lambda: page.export("pdf"))
    page.several_button.clicked.connect(page.several.show)
    page.more_button.clicked.connect(page.options.show_menu)
    page.output.exported.connect(messages.show_exported)
    page.output.drafted.connect(messages.show_draft)
    page.printing.printed.connect(
        lambda forms: context.went_well.emit("已送到打印机" if forms == 1 else f"{forms} 张表已送到打印机", False)
    )
    for source in (page.output, page.printing):
        source.complained.connect(context.went_wrong)
        source.progressed.connect(messages.show_step)
        source.ended.connect(messages.hide_progress)
        source.ended.connect(page.several.follow_work)
    page.progress.stopped.connect(page.stop)
    page.batch.export_wanted.connect(page.several.export)
    page.batch.print_wanted.connect(page.several.print)
    page.batch.folder_wanted.connect(page.several.change_folder)
    page.batch.closed.connect(page.several.close)


def _connect_preview(page: "ReportsPage") -> None:
    preview, tools = page.preview, page.tools
    preview.page_changed.connect(tools.show_page)
    preview.zoom_changed.connect(tools.zoom.setText)
    preview.place_opened.connect(page.side.open)
    preview.thumbnails_changed.connect(page.options.keep_thumbnails)
    tools.thumbnails.toggled.connect(preview.set_thumbnails_visible)
    tools.find_button.clicked.connect(preview.open_find)
    tools.page_back.clicked.connect(lambda: preview.show_page(preview.page() - 1))
    tools.page_on.clicked.connect(lambda: preview.show_page(preview.page() + 1))
    tools.smaller.clicked.connect(preview.zoom_out)
    tools.larger.clicked.connect(preview.zoom_in)
    tools.zoom.clicked.connect(preview.fit_page)
    tools.photos.toggled.connect(page.options.set_photos)
    tools.edit_button.clicked.connect(page.edit_summary)


def _add_shortcuts(page: "ReportsPage") -> None:
    preview = page.preview
    for keys, act in (
        (QKeySequence(QKeySequence.StandardKey.Print), page.print_form),
        (QKeySequence(QKeySequence.StandardKey.Find), page.find_words),
        (QKeySequence("Ctrl++"), preview.zoom_in),
        (QKeySequence("Ctrl+="), preview.zoom_in),
        (QKeySequence("Ctrl+-"), preview.zoom_out),
        (QKeySequence("Ctrl+0"), preview.fit_page),
    ):
        QShortcut(keys, page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut).activated.connect(act)
