"""A file is there completely or not at all, and the clerk learns why it is not."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from exporters.atomic import atomic_file, write_bytes
from models.errors import UserError

NAME = "表2_活动台账_焦作市××化工有限公司工会_2025H1_v1.pdf"


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: the kernel refuses the write, as a full disk does."""
    resource = pytest.importorskip("resource", reason="limits on file sizes are a Unix thing")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root may write everywhere; for the duration of the block we are nobody."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions work differently on Windows")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_new_file_holds_what_was_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    write_bytes(tmp_path / NAME, b"new")
    assert (tmp_path / NAME).read_bytes() == b"new"
    assert names_in(tmp_path) == [NAME]


def test_an_exported_file_can_be_read_by_others_as_any_other_file(tmp_path: Path) -> None:
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"")
    write_bytes(tmp_path / NAME, b"new")
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


def test_the_old_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    target = tmp_path / NAME
    target.write_bytes(b"old")
    with atomic_file(target) as file:
        file.write(b"half")
        file.flush()
        assert target.read_bytes() == b"old"  # whoever opens it now sees the old one
        file.write(b" and half")
    assert target.read_bytes() == b"half and half"


def test_the_content_is_on_the_disk_before_the_name_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut the name leads to the old content or the new, never to an empty file."""
    calls: list[str] = []
    sync, replace = os.fsync, os.replace

    def note_sync(handle: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        sync(handle)

    def note_replace(source: Path, target: Path) -> None:
        calls.append("rename")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_bytes(tmp_path / NAME, b"new")
    assert calls == (["file", "rename"] if os.name == "nt" else ["file", "rename", "folder"])


@pytest.mark.parametrize("fault", [ValueError("a bug"), KeyboardInterrupt()])
def test_a_failure_half_way_keeps_the_old_file_and_passes_through(tmp_path: Path, fault: BaseException) -> None:
    target = tmp_path / NAME
    target.write_bytes(b"old")
    with pytest.raises(type(fault)), atomic_file(target) as file:
        file.write(b"half")
        raise fault
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == [NAME]


def test_a_full_disk_keeps_the_old_file_and_says_what_to_do(tmp_path: Path) -> None:
    target = tmp_path / NAME
    target.write_bytes(b"old")
    with file_size_limit(1000), pytest.raises(UserError) as caught:
        write_bytes(target, bytes(5000))
    assert caught.value.message == f"磁盘空间不够，“{NAME}”没有保存。请清理磁盘或换一个位置，再导出一次。"
    assert target.read_bytes() == b"old"
    assert names_in(tmp_path) == [NAME]


def test_a_folder_without_permission_is_named_as_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    with ordinary_user(), pytest.raises(UserError, match=f"没有写入这个文件夹的权限，“{NAME}”没有保存"):
        write_bytes(folder / NAME, b"new")
    assert names_in(folder) == []


def test_a_pulled_out_usb_stick_is_named_as_the_reason(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="U盘"):
        write_bytes(tmp_path / "gone" / NAME, b"new")


def test_a_folder_of_the_same_name_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(UserError, match="同名的文件夹已经存在"):
        write_bytes(tmp_path / NAME, b"new")
    assert names_in(tmp_path) == [NAME]


def test_a_name_too_long_for_the_disk_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件名太长"):
        write_bytes(tmp_path / ("表" * 90 + ".pdf"), b"new")
    assert names_in(tmp_path) == []


@pytest.mark.parametrize("windows_code", [32, 33])
def test_a_file_open_in_excel_or_wps_is_told_in_words_for_clerks(tmp_path: Path, windows_code: int) -> None:
    """Only Windows locks open files; the error is the one that it raises."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = windows_code  # type: ignore[attr-defined]
    with pytest.raises(UserError) as caught, atomic_file(tmp_path / NAME) as file:
        file.write(b"half")
        raise error
    assert caught.value.message.startswith("文件正被其他程序打开")
    assert NAME in caught.value.message
    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "磁盘空间不够"),
        (errno.EROFS, "这个盘是只读的"),
        (errno.EIO, "找不到要保存的文件夹"),
        (9999, "写文件时出错"),
    ],
)
def test_every_fault_of_the_disk_becomes_a_sentence(tmp_path: Path, number: int, sentence: str) -> None:
    with pytest.raises(UserError) as caught, atomic_file(tmp_path / NAME):
        raise OSError(number, os.strerror(number))
    assert caught.value.message.startswith(sentence)
    assert caught.value.message.endswith("再导出一次。")
    assert str(tmp_path) not in caught.value.message
    assert "OSError" in caught.value.detail


def test_a_link_keeps_pointing_at_its_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / NAME
    real.write_bytes(b"old")
    link = tmp_path / "link.pdf"
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("this system does not let us make links")
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
