"""The pictures of the forms in docs/forms: one of each form, none lost, small enough to carry."""

import re
from pathlib import Path

from models.reports import BUILDERS

FORMS = Path(__file__).resolve().parents[2] / "docs" / "forms"
TOGETHER = 4 * 1024 * 1024  # bytes


def test_every_form_has_pictures_of_every_case() -> None:
    names = {path.stem for path in FORMS.glob("*.png")}
    for code in BUILDERS:
        for case in ("", "-empty", "-one", "-names"):
            begins = re.compile(rf"table{code.removeprefix('表')}{case}(-\d+)?")
            assert any(map(begins.fullmatch, names)), f"{begins.pattern}: python packaging/form_pictures.py"


def test_the_index_shows_each_picture_once() -> None:
    shown = re.findall(r"!\[[^\]]+\]\(([\w-]+\.png)\)", (FORMS / "README.md").read_text("utf-8"))
    assert sorted(shown) == sorted(path.name for path in FORMS.glob("*.png"))


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in FORMS.glob("*.png")) <= TOGETHER
