"""Files that appear together or not at all."""

from pathlib import Path

import pytest

from exporters.file_set import file_set
from models.errors import UserError


def test_the_files_appear_when_the_last_one_is_finished(tmp_path: Path) -> None:
    (tmp_path / "一.pdf").write_text("old", "utf-8")
    with file_set(tmp_path) as files:
        files.path_for("一.pdf").write_text("new", "utf-8")
        assert (tmp_path / "一.pdf").read_text("utf-8") == "old"
        files.path_for("二.pdf").write_text("new", "utf-8")
    assert {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()} == {"一.pdf": "new", "二.pdf": "new"}


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    with file_set(tmp_path) as files:
        for text in ("甲", "乙"):
            files.path_for("表3.docx").write_text(text, "utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["表3(2).docx", "表3.docx"]


def test_nothing_stays_of_a_set_that_was_given_up(tmp_path: Path) -> None:
    (tmp_path / "一.pdf").write_text("old", "utf-8")
    with pytest.raises(KeyboardInterrupt), file_set(tmp_path) as files:
        files.path_for("一.pdf").write_text("new", "utf-8")
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["一.pdf"]
    assert (tmp_path / "一.pdf").read_text("utf-8") == "old"


def test_a_name_that_cannot_be_taken_gives_the_others_back(tmp_path: Path) -> None:
    (tmp_path / "一.pdf").write_text("old", "utf-8")
    (tmp_path / "三.pdf").mkdir()
    (tmp_path / "三.pdf" / "占位").write_text("", "utf-8")
    with pytest.raises(UserError, match="三"), file_set(tmp_path) as files:
        for name in ("一.pdf", "二.pdf", "三.pdf"):
            files.path_for(name).write_text("new", "utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["一.pdf", "三.pdf"]
    assert (tmp_path / "一.pdf").read_text("utf-8") == "old"
    assert (tmp_path / "三.pdf" / "占位").exists()


def test_files_in_a_folder_inside_belong_to_the_set_too(tmp_path: Path) -> None:
    def write(*names: str) -> None:
        with file_set(tmp_path) as files:
            for name in names:
                files.path_for(name).write_text("new", "utf-8")

    (tmp_path / "三.pdf").mkdir()
    with pytest.raises(UserError, match="三"):
        write("草稿/一.eml", "三.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["三.pdf"], "the folder that was made for it has gone again"
    write("草稿/一.eml", "二.pdf")
    (tmp_path / "草稿" / "一.eml").write_text("old", "utf-8")
    with pytest.raises(UserError, match="三"):
        write("草稿/一.eml", "三.pdf")
    assert (tmp_path / "草稿" / "一.eml").read_text("utf-8") == "old"
