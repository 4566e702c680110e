"""P7: 表2 as an Excel file, next to the same values written by openpyxl and xlsxwriter without any format."""

import importlib.util
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.measure import Figure, Sample, in_turns
from benchmarks.report_of import table2
from exporters.xlsx import write_xlsx

ROWS, ROUNDS = 10_000, 5

Sheets = dict[str, list[tuple[Any, ...]]]


def measure(ledger_folder: Path) -> list[Figure]:
    """All three in turns, into the same folder."""
    report = table2(ledger_folder, ROWS)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, "ours.xlsx")
        write_xlsx([report], target)
        sheets = _values(target)
        peer = importlib.util.find_spec("xlsxwriter") is not None
        actions = [
            lambda: write_xlsx([report], target),
            lambda: _by_openpyxl(sheets, Path(folder, "openpyxl.xlsx")),
            *([lambda: _by_xlsxwriter(sheets, Path(folder, "xlsxwriter.xlsx"))] if peer else []),
        ]
        ours, floor, *others = in_turns(*actions, rounds=ROUNDS)
    what = f"表2 as Excel file, {ROWS} rows, against"
    sample = Sample("write_xlsx", ours)
    figures = [Figure("P7", f"{what} openpyxl without formats", sample, Sample("openpyxl", floor), 1.3)]
    if not others:
        print("P7   xlsxwriter is not installed: the dependency group `bench` has it")
    return figures + [
        Figure("P7", f"{what} xlsxwriter in constant memory", sample, Sample("xlsxwriter", times), None)
        for times in others
    ]


def _values(file: Path) -> Sheets:
    """Every value of every sheet, the hidden ones too."""
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True)
    try:
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    finally:
        book.close()


def _by_openpyxl(sheets: Sheets, target: Path) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(target)


def _by_xlsxwriter(sheets: Sheets, target: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
