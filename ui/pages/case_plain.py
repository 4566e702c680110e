"""The case as plain text, for the day on which the ledger cannot be written: every answer under its name."""

from PySide6.QtWidgets import QFileDialog, QWidget

from models.case import Case
from models.dates import format_date
from models.errors import UserError
from models.fields import CASE_FIELDS, Kind
from models.notice import Notice
from ui.context import Context


def as_text(case: Case, notice: Notice) -> str:
    """Every filled answer, in the order of the record."""
    lines = [f"案例编号：{case.number}"] if case.number else []
    for spec in CASE_FIELDS:
        value = getattr(case, spec.name)
        if not value or spec.name == "activities":
            continue
        if spec.name == "effects":
            words = "；".join(f"{each.indicator} {each.value} {each.unit}".strip() for each in value)
        elif spec.kind is Kind.CHOICE:
            words = notice.label("case_domain", value)
        elif spec.kind is Kind.DATE:
            words = format_date(value)
        elif spec.kind is Kind.FLAG:
            words = "是"
        else:
            words = f"\n{value}\n" if spec.kind is Kind.LONG_TEXT else str(value)
        lines.append(f"{spec.label}：{words}")
    return "\n".join(lines) + "\n"


def save_as_text(parent: QWidget, context: Context, case: Case) -> None:
    """Ask for a file and write every answer into it; what went wrong is said where the page says such things."""
    from exporters.atomic import write_bytes
    from exporters.names import safe_name

    path, _filter = QFileDialog.getSaveFileName(
        parent, "另存到", safe_name(case.title or "案例", ".txt"), "文本文件 (*.txt)"
    )
    if not path:
        return
    try:
        write_bytes(path, as_text(case, context.notice).encode("utf-8"))
    except UserError as error:
        context.went_wrong.emit(error.message)
    else:
        context.went_well.emit("写好的内容已另存为文本文件", False)
