"""Asking where a file of the calendar shall go."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.widgets.confirm import confirm


def ask_where(page: QWidget, title: str, start: Path, kind: str, ending: str) -> Path | None:
    """The file to write, ending in `ending`; None when the question was left.

    The dialog asks before a file is replaced, but only under the name as typed: with the ending added it is asked here.
    """
    name, _ = QFileDialog.getSaveFileName(page, title, str(start), kind)
    if not name:
        return None
    typed = Path(name)
    if typed.suffix.lower() == ending:
        return typed
    file = typed.with_name(typed.name + ending)
    question = f"“{file.name}”已经有了，要替换吗？"
    if file.exists() and not confirm(page, question, "原来的文件会被换掉。", "替换", "不替换"):
        return None
    return file
