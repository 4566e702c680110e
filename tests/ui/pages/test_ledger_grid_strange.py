"""The grid on a ledger that somebody has written into: it paints every cell, or says a sentence."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models.errors import UserError
from models.ledger import FILE_NAME, Ledger
from tests.factories import a_ledger, an_activity
from tests.ui.driver import a_context, settle
from ui.pages.ledger_grid_model import CellRole, Column, LedgerGridModel

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
    *CellRole,
)


def written_by_hand(folder: Path, statement: str) -> Ledger:
    a_ledger(folder, *(an_activity(title=f"第{number}期") for number in range(3))).close()
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        other.execute(statement)
        other.commit()
    return Ledger.open(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activity SET stage = 'z', status = 'y', role = 'x', mode = 'm', form = 'F99', focus = 'Q77 Q88'",
        "UPDATE activity SET start = NULL, status = NULL, role = NULL, form = NULL, focus = NULL, number = NULL",
        "UPDATE activity SET people_offline = -5, people_online = 9000000000000000000, sessions = -1",
        "UPDATE activity SET title = '<b>' || char(0) || hex(zeroblob(5000)), summary = NULL, safety = NULL",
    ],
)
def test_every_cell_is_painted(qtbot, tmp_path: Path, statement: str) -> None:
    with written_by_hand(tmp_path, statement) as ledger:
        model = LedgerGridModel(a_context(ledger))
        model.show(model.query)
        shown: list[object] = []
        for _again in range(2):  # the second time with the verdict of the check
            shown = [model.index(row, column).data(role) for row in range(3) for column in Column for role in ROLES]
            settle()
        assert model.rowCount() == 3
        assert len(shown) == 3 * len(Column) * len(ROLES)


def test_a_code_nobody_knows_is_shown_as_it_is(qtbot, tmp_path: Path) -> None:
    with written_by_hand(tmp_path, "UPDATE activity SET stage = 'z', form = 'F99', focus = 'Q77 Q88'") as ledger:
        model = LedgerGridModel(a_context(ledger))
        model.show(model.query)
        cells = [model.index(0, column).data() for column in (Column.FORM, Column.FOCUS, Column.STAGE)]
        assert cells == ["F99", "Q77、Q88", "z"]


def test_a_day_that_is_none_is_said(qtbot, tmp_path: Path) -> None:
    with written_by_hand(tmp_path, "UPDATE activity SET start = '2025-13-99'") as ledger:
        model = LedgerGridModel(a_context(ledger))
        with pytest.raises(UserError, match="2025-13-99"):
            model.show(model.query)
