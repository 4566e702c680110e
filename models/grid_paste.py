"""A block copied in Excel or WPS, on its way into the ledger: what each cell becomes, before anything is written.

The block is the clipboard's plain text: rows on lines, cells between tabs. It is only ever read as text; a cell
that looks like a formula is the characters it is made of.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models import activity_list_repository
from models.activity import Activity
from models.cell_values import read_cell
from models.errors import UserError
from models.field_texts import empty_of, words_of
from models.grid_paste_columns import NUMBER
from models.ledger import Ledger
from models.periods import span
from models.recording import Clerk, record_many, suggested_status
from models.search import normalise

MOST_ROWS = 5000
MOST_COLUMNS = 100
MOST_CHARACTERS = 20_000_000
_CELL_END = re.compile(r"[\t\n]")

NEW, UPDATE, SKIP = "新增", "修改", "不导入"
_TOTALS = frozenset(("合计", "总计", "小计", "共计"))

Block = list[list[str]]


@dataclass(frozen=True, slots=True)
class PastedCell:
    """One cell: its text, the field it goes to (empty: nowhere), what it becomes, and why not."""

    text: str
    field: str = ""
    value: Any = None
    shown: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One line of the block. `activity` is the record it makes, None when it makes none; `note` says why or warns.

    `wanted` is whether it goes in unless the clerk says otherwise.
    """

    line: int
    cells: tuple[PastedCell, ...]
    kind: str
    activity: Activity | None = None
    before: Activity | None = None
    note: str = ""
    wanted: bool = True

    @property
    def problems(self) -> int:
        """How many cells could not be read; they stay empty, or as they were in a record that is there already."""
        return sum(bool(cell.problem) for cell in self.cells)


def split_block(text: str) -> Block:
    """The cells of a copied block, rows made equally long, empty rows at the end left out.

    Excel and WPS put a cell in quotes only when it holds a line break, a tab or doubled quotes; any other quotes
    were typed by somebody and stay. Raises UserError when there is nothing in it, or more than can be looked over.
    """
    if len(text) > MOST_CHARACTERS:
        raise UserError("剪贴板里的内容太多了。请分几次复制。")
    rows = _split(text.replace("\r\n", "\n").replace("\r", "\n"))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise UserError("剪贴板里没有文字。请先在 Excel 或 WPS 里选中表格并复制。")
    if len(rows) > MOST_ROWS + 1:
        raise UserError(f"一次最多粘贴 {MOST_ROWS} 行，剪贴板里有 {len(rows)} 行。请分几次复制。")
    width = max(len(row) for row in rows)
    if width > MOST_COLUMNS:
        raise UserError(f"一次最多粘贴 {MOST_COLUMNS} 列，剪贴板里有 {width} 列。请只复制要用的列。")
    return [row + [""] * (width - len(row)) for row in rows]


def _split(text: str) -> Block:
    rows: Block = [[]]
    at = 0
    while at <= len(text):
        quoted = _quoted_cell(text, at) if text.startswith('"', at) else None
        if quoted:
            cell, end = quoted
        else:
            found = _CELL_END.search(text, at)
            end = found.start() if found else len(text)
            cell = text[at:end]
        rows[-1].append(cell.replace("\0", ""))
        if end < len(text) and text[end] == "\n":
            rows.append([])
        at = end + 1
    return rows


def _quoted_cell(text: str, start: int) -> tuple[str, int] | None:
    """The content of a cell that begins with a quote and where it ends; None when the quote is part of the text."""
    at = start + 1
    while (close := text.find('"', at)) >= 0:
        if text.startswith('"', close + 1):
            at = close + 2
            continue
        inner = text[start + 1 : close]
        ends = close + 1 == len(text) or text[close + 1] in "\t\n"
        needed = any(mark in inner for mark in ("\t", "\n", '""'))
        return (inner.replace('""', '"'), close + 1) if ends and needed else None
    return None


def plan(ledger: Ledger, rows: Sequence[Sequence[str]], fields: Sequence[str], clerk: Clerk) -> list[PastedRow]:
    """What each row becomes when column n goes to `fields[n]` (empty: nowhere). Nothing is written."""
    number_at = fields.index(NUMBER) if NUMBER in fields else -1
    numbers = [row[number_at].strip() for row in rows] if number_at >= 0 else []
    stored = activity_list_repository.find_by_numbers(ledger, numbers) if numbers else {}
    planned: list[PastedRow] = []
    taken: set[str] = set()
    for line, row in enumerate(rows, 1):
        cells = tuple(_cell(text, name, clerk) for text, name in zip(row, fields, strict=True))
        before = stored.get(numbers[line - 1]) if numbers else None
        if before and before.uid in taken:
            planned.append(PastedRow(line, cells, SKIP, note="前面已有一行改这条记录", wanted=False))
            continue
        planned.append(_updated(line, cells, before) if before else _new(line, cells, clerk))
        taken |= {before.uid} if before else set()
    return _mark_known(ledger, planned)


def commit(ledger: Ledger, rows: Sequence[PastedRow], clerk: Clerk) -> str:
    """Write these rows as one step of 撤销; returns what was done, as a toast says it.

    Raises UserError, and writes nothing, when a record to be changed is not what it was when the preview was made.
    """
    from models.bulk import assert_unchanged

    records = [row.activity for row in rows if row.activity]
    if not records:
        raise UserError("没有要导入的行。请先勾选。")
    assert_unchanged(ledger, [row.before for row in rows if row.activity and row.before])
    made = sum(row.kind == NEW for row in rows if row.activity)
    parts = [f"新增 {made} 条" if made else "", f"修改 {len(records) - made} 条" if len(records) > made else ""]
    words = "、".join(part for part in parts if part)
    record_many(ledger, records, clerk, f"粘贴表格，{words}活动")
    return f"已粘贴：{words}活动"


def _cell(text: str, name: str, clerk: Clerk) -> PastedCell:
    if not name or name == NUMBER:
        return PastedCell(text, name, shown=text.strip() if name else "")
    read = read_cell(name, text, clerk.notice, clerk.today)
    return PastedCell(text, name, read.value, words_of(name, read.value, clerk.notice), read.problem)


def _values(cells: Sequence[PastedCell]) -> dict[str, Any]:
    """What the row says: cells that are empty or could not be read say nothing."""
    return {
        cell.field: cell.value
        for cell in cells
        if cell.field not in ("", NUMBER) and not cell.problem and cell.value != empty_of(cell.field)
    }


def _new(line: int, cells: tuple[PastedCell, ...], clerk: Clerk) -> PastedRow:
    values = _values(cells)
    title = str(values.get("title", ""))
    if not title and "start" not in values:
        return PastedRow(line, cells, SKIP, note="没有活动名称和日期", wanted=False)
    if normalise(title) in _TOTALS:
        return PastedRow(line, cells, SKIP, note="像是合计行", wanted=False)
    values.setdefault("status", suggested_status(values.get("start"), clerk.today))
    activity = Activity(notice_id=clerk.notice.id, form_version=clerk.notice.form_version).with_values(**values)
    number = next((cell.text.strip() for cell in cells if cell.field == NUMBER), "")
    note = f"台账里没有编号 {number[:20]}，另编号" if number else ""
    return PastedRow(line, cells, NEW, activity, note=note)


def _updated(line: int, cells: tuple[PastedCell, ...], before: Activity) -> PastedRow:
    after = before.with_values(**_values(cells))
    if after == before:
        return PastedRow(line, cells, SKIP, before=before, note="和台账里一样", wanted=False)
    return PastedRow(line, cells, UPDATE, after, before)


def _mark_known(ledger: Ledger, rows: list[PastedRow]) -> list[PastedRow]:
    """Untick new rows whose name and day stand in the ledger, or in a row before: most likely pasted once already."""
    days = [row.activity.start for row in rows if row.kind == NEW and row.activity and row.activity.start]
    if not days:
        return rows
    stored = activity_list_repository.list_titles(ledger, span(min(days), max(days)))
    known = {(date.fromordinal(each.day), normalise(each.title)): "台账里已有同名同日的活动" for each in stored}
    marked: list[PastedRow] = []
    for row in rows:
        if row.kind == NEW and row.activity and row.activity.start:
            key = (row.activity.start, normalise(row.activity.title))
            if key in known:
                row = replace(row, note=known[key], wanted=False)  # noqa: PLW2901
            known.setdefault(key, f"与第 {row.line} 行同名同日")
        marked.append(row)
    return marked
