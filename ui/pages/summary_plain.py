"""The summary as plain text, for the day on which the ledger cannot be written: as it reads, under its headings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFileDialog, QWidget

from models.errors import UserError
from models.fields import summary_field
from models.summary import SUMMARY_PARTS, Summary
from models.summary_recording import NUMERALS
from ui.context import Context


def as_text(summary: Summary, readings: Sequence[str]) -> str:
    """The whole of it; `readings` are the five parts with their figures."""
    lines = [summary.title, summary.address]
    for part, text in zip(SUMMARY_PARTS, readings, strict=True):
        lines += [f"{NUMERALS[part]}、{summary_field(part).label}", text]
    return "\n".join(lines) + "\n"


def save_as_text(parent: QWidget, context: Context, summary: Summary, readings: Sequence[str]) -> None:
    """Ask for a file and write everything into it; what went wrong is said where the page says such things."""
    from exporters.atomic import write_bytes
    from exporters.names import safe_name

    name = safe_name(summary.title.strip() or "总结", ".txt")
    path, _filter = QFileDialog.getSaveFileName(parent, "另存到", name, "文本文件 (*.txt)")
    if not path:
        return
    try:
        write_bytes(path, as_text(summary, readings).encode("utf-8"))
    except UserError as error:
        context.went_wrong.emit(error.message)
    else:
        context.went_well.emit("写好的内容已另存为文本文件", False)
