"""The 报表 page on the pictures: forms, the records behind a number, several forms at once, the summary's editor."""

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget
from screenshot_stage import PERIOD, Stage, drawn


def reports(stage: Stage) -> QWidget:
    """表2, what is reported most."""
    return _form(stage, "表2")


def reports_figure(stage: Stage) -> QWidget:
    """表5 with the records behind one of its numbers."""
    _form(stage, "表5")
    page = stage.page("reports")
    numbers = [place for place in page.shown.document.places if place.sources and not place.uid]
    page.side.open(max(numbers, key=lambda place: (len(place.sources), -place.page, -place.top, -place.left)))
    stage.settle()
    return drawn(stage, page.preview)


def reports_several(stage: Stage) -> QWidget:
    """Several forms at once."""
    _form(stage, "表2")
    stage.page("reports").several.show()
    stage.settle()
    return stage.window


def summary(stage: Stage) -> QWidget:
    """表9 in its editor, on a figure."""
    _form(stage, "表9")
    page = stage.page("reports")
    page.edit_summary()
    stage.settle()
    editor = page.summary.editor
    editor.form.focus("overview")
    text = editor.form.parts["overview"].edit
    text.moveCursor(QTextCursor.MoveOperation.Start)
    while not text.current_figure() and not text.textCursor().atEnd():
        text.moveCursor(QTextCursor.MoveOperation.NextCharacter)
    editor.form.verticalScrollBar().setValue(0)
    stage.settle()
    return stage.window


def _form(stage: Stage, key: str) -> QWidget:
    stage.window.context.set_period(PERIOD)
    stage.go("reports", action=key)
    page = stage.page("reports")
    if page.several.open:
        page.several.close()
    stage.settle()
    return drawn(stage, page.preview)
