"""The forms of the sample ledger are, word for word, what somebody has looked at and kept in tests/golden."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from models.report import Report
from tests.golden_forms import GOLDEN, NAMES, golden_text, sample_forms

MOST_LINES = 60  # of differences that are shown
HOW = "If this is meant, write it anew with: python -m tests.golden_forms "


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    return sample_forms(tmp_path_factory.mktemp("golden") / "示例")


@pytest.mark.parametrize("name", NAMES)
def test_a_form_of_the_sample_ledger_is_as_it_was(name: str, forms: dict[str, Report]) -> None:
    file = GOLDEN / f"{name}.txt"
    assert file.is_file(), f"{file} is missing. {HOW}{name}"
    kept, made = file.read_text("utf-8").splitlines(), golden_text(forms[name]).splitlines()
    changes = list(unified_diff(kept, made, "kept", "made now", lineterm="", n=1))
    assert not changes, "\n".join([f"{name} has changed. {HOW}{name}", *changes[:MOST_LINES]])


def test_nothing_is_kept_of_forms_that_are_gone() -> None:
    assert sorted(path.stem for path in Path(GOLDEN).iterdir()) == sorted(NAMES)
