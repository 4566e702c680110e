"""Files of a record on screen: added, opened as a copy, saved elsewhere, removed, and the ways back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models import file_store
from models.attachment import OF_ACTIVITY
from tests.ui.driver import settle
from tests.ui.widgets.photo_driver import Desk, drop_files
from ui import operations
from ui.widgets.base import tab_stops
from ui.widgets.file_list import FileList, size_words


class Viewer(QObject):
    """The program that the system has for files: remembers what it was asked to show."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Path] = []

    @Slot(QUrl)
    def show(self, url: QUrl) -> None:
        self.shown.append(Path(url.toLocalFile()))


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    viewer = Viewer()
    QDesktopServices.setUrlHandler("file", viewer, "show")  # pyright: ignore[reportArgumentType] - its stub says bytes
    yield viewer
    QDesktopServices.unsetUrlHandler("file")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    settle()
    desk.ledger.close()


@pytest.fixture
def files(desk: Desk, show: Callable[..., QWidget]) -> FileList:
    files = FileList(desk.context, OF_ACTIVITY)
    show(files)
    files.show_owner(desk.activity)
    return files


def a_file(folder: Path, name: str, content: bytes = b"content") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def names(files: FileList) -> list[str]:
    return [file.file_name for file in files.files()]


def test_files_are_dropped_removed_and_brought_back(desk: Desk, files: FileList) -> None:
    plan, notice = a_file(desk.folder, "策划方案.docx"), a_file(desk.folder, "通知 a&b.pdf")
    assert drop_files(files, [plan, notice, desk.folder])
    assert names(files) == ["策划方案.docx", "通知 a&b.pdf"]
    assert files.title.text() == "附件 2" and "是文件夹" in files.refusals.text()
    assert desk.praise == ["已添加 2 个附件"]
    files.buttons(0)["移除"].click()
    assert len(names(files)) == 1 and desk.praise[-1] == "已移除附件“策划方案.docx”"
    operations.undo(desk.context)
    assert names(files)[0] == "策划方案.docx" and file_store.missing(desk.ledger) == []


def test_a_file_is_opened_as_a_copy_and_a_program_is_not(desk: Desk, files: FileList, viewer: Viewer) -> None:
    files.add([a_file(desk.folder, "策划方案.docx"), a_file(desk.folder, "工具.exe")])
    settle()
    files.buttons(0)["打开"].click()
    files.buttons(1)["打开"].click()
    assert [path.name for path in viewer.shown] == ["策划方案.docx"]
    assert viewer.shown[0].read_bytes() == b"content" and desk.ledger.folder not in viewer.shown[0].parents
    assert desk.blame == ["“工具.exe”是程序，不能直接打开。需要时请另存到别处，确认来源可靠后再用。"]


def test_a_copy_is_saved_where_the_clerk_says(desk: Desk, files: FileList) -> None:
    files.add([a_file(desk.folder, "策划方案.docx")])
    settle()
    files.save_as(files.files()[0], desk.folder / "副本.docx")
    assert (desk.folder / "副本.docx").read_bytes() == b"content" and desk.praise[-1] == "已另存为“副本.docx”"
    files.save_as(files.files()[0], desk.folder / "没有" / "副本.docx")
    assert len(desk.blame) == 1


def test_every_button_says_which_file_it_is_for_and_tab_reads_along_the_lines(desk: Desk, files: FileList) -> None:
    files.add([a_file(desk.folder, name, name.encode()) for name in ("甲.txt", "乙.txt")])
    settle()
    stops = [stop.accessibleName() for stop in tab_stops(files) if stop.accessibleName() and stop.isVisible()]
    wanted = [f"{words} {name}" for name in ("甲.txt", "乙.txt") for words in ("打开", "另存为", "移除")]
    assert stops == ["添加附件", *wanted]


def test_sizes_are_said_in_words() -> None:
    assert [size_words(size) for size in (12, 1024, 292_001, 3 << 20)] == ["12 字节", "1 KB", "286 KB", "3.0 MB"]


def test_a_record_not_saved_yet_is_saved_first(desk: Desk, show: Callable[..., QWidget]) -> None:
    files = FileList(desk.context, OF_ACTIVITY)
    show(files)
    files.show_owner("", ready=lambda: desk.activity)
    files.add([a_file(desk.folder, "策划方案.docx")])
    settle()
    assert names(files) == ["策划方案.docx"]
