"""常用筛选 in the settings of a ledger."""

from pathlib import Path

import pytest

from models.errors import UserError
from models.ledger import Ledger
from models.saved_filters import (
    KEY,
    MOST,
    SavedFilter,
    delete_filter,
    last_used,
    list_filters,
    remember_used,
    rename_filter,
    save_filter,
)
from models.settings import save_setting
from tests.factories import a_ledger


def test_filters_outlive_the_program(tmp_path: Path) -> None:
    wanted = SavedFilter("大思政课", form="F1", stage="done", period="2025Q3")
    with a_ledger(tmp_path) as ledger:
        save_filter(ledger, wanted)
        remember_used(ledger, "大思政课")
    with Ledger.open(tmp_path) as ledger:
        assert list_filters(ledger) == [wanted]
        rename_filter(ledger, "大思政课", "  大课  ")
        assert last_used(ledger) == "大课"
        delete_filter(ledger, "大课")
        assert (list_filters(ledger), last_used(ledger)) == ([], "")


def test_names_are_few_short_and_not_twice(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        for name in ("", "   ", "长" * 13):
            with pytest.raises(UserError):
                save_filter(ledger, SavedFilter(name))
        for number in range(MOST):
            save_filter(ledger, SavedFilter(f"筛选{number}"))
        with pytest.raises(UserError):
            save_filter(ledger, SavedFilter("再一个"))
        with pytest.raises(UserError):
            rename_filter(ledger, "筛选1", "筛选2")
        save_filter(ledger, SavedFilter("筛选1", text="新"))
        assert [each.text for each in list_filters(ledger) if each.name == "筛选1"] == ["新"]


@pytest.mark.parametrize("kept", [None, 7, "x", [None, {"name": 5}, {"name": ""}, {"name": "甲", "unfinished": "yes"}]])
def test_a_setting_written_by_somebody_else_is_no_fault(tmp_path: Path, kept: object) -> None:
    with a_ledger(tmp_path) as ledger:
        save_setting(ledger, KEY, kept)
        assert list_filters(ledger) == []
