"""Lines of the grid for Excel and WPS: as plain text with tabs, and as a table whose texts stay texts.

A text that begins with =, +, - or @ is copied as it stands. In the table it is marked as text (mso-number-format),
so that Excel and WPS, which take the table, show it and do not compute it; a mark in front of it would be typed
into the record when it is pasted back.
"""

import html

from PySide6.QtCore import QMimeData

from models.activity import STAGE_LABELS, Activity
from models.notice import Notice
from ui.pages.ledger_grid_cells import NUMBERS, SPOKEN, TITLES, Column, further_text

MOST = 20_000  # lines

Line = tuple[Activity, str]  # a record and its stage


def copied_table(lines: list[Line], columns: list[Column], notice: Notice) -> QMimeData:
    """The lines with these columns, from left to right, under a head with the columns' words."""
    wanted = [column for column in columns if column not in SPOKEN]
    heads = [TITLES[column] for column in wanted]
    rows = [[copied_text(activity, stage, column, notice) for column in wanted] for activity, stage in lines]
    data = QMimeData()
    data.setText("\n".join("\t".join(map(_quoted, row)) for row in [heads, *rows]) + "\n")
    data.setHtml(_table(heads, rows, wanted))
    return data


def copied_text(activity: Activity, stage: str, column: Column, notice: Notice) -> str:
    """A cell as a value: whole dates, plain numbers, nothing where nothing is filled in."""
    match column:
        case Column.TITLE:
            return activity.title
        case Column.DATE:
            return activity.start.isoformat() if activity.start else ""
        case Column.FORM:
            return notice.brief("form", activity.form) if activity.form else ""
        case Column.FOCUS:
            return "、".join(notice.label("focus", code) for code in activity.focus)
        case Column.OFFLINE:
            return _number(activity.people_offline)
        case Column.ONLINE:
            return _number(activity.people_online)
        case Column.STAGE:
            return STAGE_LABELS.get(stage, stage)
        case _:
            return further_text(activity, column, notice)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _quoted(cell: str) -> str:
    """A cell with a tab or line break in quotes, as Excel writes it; quotes alone stay as they are."""
    if any(mark in cell for mark in "\t\n\r"):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _table(heads: list[str], rows: list[list[str]], columns: list[Column]) -> str:
    lines = ["<tr>" + "".join(f"<th>{html.escape(head)}</th>" for head in heads) + "</tr>"]
    for row in rows:
        cells = zip(row, columns, strict=True)
        lines.append("<tr>" + "".join(_cell(text, column) for text, column in cells) + "</tr>")
    return f'<html><head><meta charset="utf-8"></head><body><table>{"".join(lines)}</table></body></html>'


def _cell(text: str, column: Column) -> str:
    kind = "" if column in NUMBERS else " style=\"mso-number-format:'\\@'\""
    inner = html.escape(text).replace("\n", '<br style="mso-data-placement:same-cell">')
    return f"<td{kind}>{inner}</td>"
