"""The form as plain text, for the day on which the ledger cannot be written: every answer on a line of its own."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from models.activity import MODE_LABELS, ROLE_LABELS, STATUS_LABELS
from models.dates import format_date
from models.errors import UserError
from models.fields import ACTIVITY_FIELDS, ACTIVITY_GROUPS, FieldSpec, Kind
from models.notice import Notice
from ui.context import Context
from ui.pages.activity_form_state import FormState
from ui.pages.activity_form_values import Unread, empty_value, written

_OWN_LABELS = {"status": STATUS_LABELS, "role": ROLE_LABELS, "mode": MODE_LABELS}


def shown_value(spec: FieldSpec, value: Any, notice: Notice) -> str:
    """A value in words, empty for an empty one; unreadable text as it was typed."""
    if isinstance(value, Unread):
        return value.text
    if value == empty_value(spec.name):
        return ""
    if spec.kind is Kind.CHOICE:
        return _OWN_LABELS.get(spec.name, {}).get(value) or notice.label(spec.name, value)
    if spec.kind is Kind.MULTI:
        return "、".join(notice.label(spec.name, code) for code in value)
    if spec.kind is Kind.DATE:
        return format_date(value)
    if spec.kind is Kind.FLAG:
        return "是"
    unit = spec.unit.split("，")[0]
    return f"{written(spec.name, value)}{f' {unit}' if unit else ''}"


def as_text(values: Mapping[str, Any], notice: Notice, number: str = "") -> str:
    """Every filled answer, in the order of the form, hidden ones included: nothing on paper is too much here."""
    lines = [f"记录编号：{number}"] if number else []
    group = ""
    for spec in ACTIVITY_FIELDS:
        words = shown_value(spec, values[spec.name], notice)
        if not words:
            continue
        if spec.group != group:
            group = spec.group
            lines += ["", f"【{ACTIVITY_GROUPS[group][0]}】"]
        lines.append(f"{spec.label}：{words}")
    return "\n".join(lines) + "\n"


def save_as_text(parent: QWidget, context: Context, state: FormState) -> None:
    """Ask for a file and write every answer into it; what went wrong is said where the page says such things."""
    from exporters.atomic import write_bytes
    from exporters.names import safe_name

    name = safe_name(state.record().title or "活动记录", ".txt")
    path, _filter = QFileDialog.getSaveFileName(parent, "另存到", name, "文本文件 (*.txt)")
    if not path:
        return
    try:
        write_bytes(path, as_text(state.values, context.notice, state.base.number).encode("utf-8"))
    except UserError as error:
        context.went_wrong.emit(error.message)
    else:
        context.went_well.emit("填写的内容已另存为文本文件", False)
