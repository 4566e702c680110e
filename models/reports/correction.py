"""更正说明: the page of a later version that says what was changed in the one before, old → new."""

from dataclasses import replace
from typing import TYPE_CHECKING

from models.report import Cell, Column, Report, Row, Table
from models.reports.basis import ReportBasis

if TYPE_CHECKING:
    from models.submission_differences import Differences, RecordChange

CODE = "更正"
TITLE = "更正说明"
FILE_STEM = "更正说明"
COLUMNS = (
    Column("序号", 12, "center"),
    Column("改动", 16, "center"),
    Column("类别", 20, "center"),
    Column("编号", 30, "center"),
    Column("名称", 50),
    Column("项目", 26),
    Column("原来", 57),
    Column("现在", 57),
)


def build_correction(basis: ReportBasis, found: "Differences", version: int, earlier: int) -> Report:
    """What version `version` changes in version `earlier`, the last one sent.

    A line for each record added or deleted, one for each field changed.
    """
    from models.submission_differences import ADDED, CHANGED, REMOVED

    rows = tuple(row for number, change in enumerate(found.changes, 1) for row in _rows(number, change))
    counts = f"新增 {found.count(ADDED)} 项，修改 {found.count(CHANGED)} 项，删除 {found.count(REMOVED)} 项。"
    table = Table(COLUMNS, rows, notes=(f"与第{earlier}版相比，{counts}",), empty_text="与上一版没有不同")
    report = basis.report(CODE, FILE_STEM, "landscape", [table], title=TITLE)
    return replace(report, version=version)


def _rows(number: int, change: "RecordChange") -> list[Row]:
    from models.submission_differences import CHANGE_LABELS, KIND_LABELS

    head = (number, CHANGE_LABELS[change.change], KIND_LABELS.get(change.kind, change.kind), change.number)
    lines = [(field.label, field.old, field.new) for field in change.fields] or [("", "", "")]
    return [
        Row(
            tuple(
                Cell(value, (change.uid,) if change.uid else ())
                for value in (*(head if not position else ("", "", "", "")), "" if position else change.title, *line)
            ),
            change.uid,
        )
        for position, line in enumerate(lines)
    ]
