"""Files of a record and the store beneath photos and files: kept once, found again, swept, never leading outside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models import attachment_recording as recording
from models import file_store, history
from models.attachment import FILE, OF_ACTIVITY, Attachment
from models.attachment_files import MOST_BYTES, add_file, export_copy, opened_copy, store_all
from models.attachment_repository import list_attachments
from models.errors import UserError
from models.ledger import Ledger
from models.photo_names import copy_name, safe_name, stored_suffix
from tests.factories import NOW, a_clerk, a_ledger, an_activity

LATER = datetime.now() + timedelta(days=1)
POSIX = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path / "台账", an_activity(title="工间操")) as opened:
        yield opened


def add(ledger: Ledger, path: Path) -> Attachment:
    return add_file(ledger, OF_ACTIVITY, ledger.query("SELECT uid FROM activity")[0][0], path, a_clerk())


def a_file(folder: Path, name: str = "策划方案.docx", content: bytes = b"plan") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_is_kept_with_its_name_and_given_back_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    kept = add(ledger, a_file(tmp_path))
    assert (kept.kind, kept.file_name, kept.byte_count, kept.suffix) == (FILE, "策划方案.docx", 4, ".docx")
    assert export_copy(ledger.folder, kept, tmp_path / "副本.docx").read_bytes() == b"plan"
    copy = opened_copy(ledger.folder, kept, tmp_path / "临时")
    assert copy.name == "策划方案.docx" and copy.read_bytes() == b"plan"
    step = history.undo(ledger, now=NOW)
    assert step and step.label == "给活动“工间操”添加 1 个附件"


def test_files_too_large_empty_or_gone_are_refused_by_name(ledger: Ledger, tmp_path: Path) -> None:
    large, empty = a_file(tmp_path, "大.zip"), a_file(tmp_path, "空.txt", b"")
    with large.open("r+b") as file:
        file.truncate(MOST_BYTES + 1)
    found = store_all(ledger.folder, [large, empty, tmp_path / "没有.txt", a_file(tmp_path), tmp_path])
    assert [refused.name for refused in found.refused] == ["大.zip", "空.txt", "没有.txt", tmp_path.name]
    assert "超过 20 MB 的上限" in found.refused[0].reason and len(found.photos) == 1


def test_a_program_is_kept_but_not_opened(ledger: Ledger, tmp_path: Path) -> None:
    kept = add(ledger, a_file(tmp_path, "通知.pdf.EXE"))
    with pytest.raises(UserError, match=r"“通知\.pdf\.EXE”是程序"):
        opened_copy(ledger.folder, kept, tmp_path / "临时")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("a\\b:c*?.txt", "a_b_c__.txt"),
        ("CON.txt", "_CON.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("第一行\n第二行.txt", "第一行第二行.txt"),
        ("结尾. . ", "结尾"),
        ("\udce4\udcbf.txt", "�.txt"),
        ("", "未命名"),
        (" ... ", "未命名"),
        ("a" * 300 + ".docx", "a" * 114 + "….docx"),
        ("=1+1 <b>&.txt", "=1+1 _b_&.txt"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_photo_given_away_is_called_by_its_caption() -> None:
    photo = Attachment(suffix=".jpg", file_name="IMG_1.HEIC", caption="班前会/微课")
    assert copy_name(photo) == "班前会_微课.jpg"
    assert copy_name(Attachment(suffix=".jpg", file_name="IMG_1.HEIC")) == "IMG_1.jpg"
    assert [stored_suffix(name) for name in ("a.PDF", "a.tar.gz", "无", "a.很长的后缀")] == [".pdf", ".gz", "", ""]


def test_the_same_content_is_written_once_and_a_damaged_file_is_mended_by_adding_it_again(ledger: Ledger) -> None:
    digest = file_store.store(ledger.folder, b"content", ".txt")
    path = file_store.path_of(ledger.folder, digest, ".txt")
    before = path.stat().st_ino
    assert file_store.store(ledger.folder, b"content", ".txt") == digest and path.stat().st_ino == before
    path.write_bytes(b"damaged")
    file_store.store(ledger.folder, b"content", ".txt")
    assert path.read_bytes() == b"content"
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@POSIX
def test_nobody_else_on_the_machine_can_read_them(ledger: Ledger, tmp_path: Path) -> None:
    kept = add(ledger, a_file(tmp_path))
    path = file_store.path_of(ledger.folder, kept.digest, kept.suffix)
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent, path.parent.parent)]
    assert modes == [0o600, 0o700, 0o700]
    copy = opened_copy(ledger.folder, kept, tmp_path / "临时")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400 and stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("digest", "suffix"), [("../" * 20 + "etc", ""), ("a" * 64, "/../x"), ("A" * 64, ""), ("", "")]
)
def test_a_hand_edited_ledger_cannot_lead_outside_the_folder(digest: str, suffix: str, ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="no name of a stored file"):
        file_store.path_of(ledger.folder, digest, suffix)
    bad = Attachment(digest=digest, suffix=suffix, file_name="x.txt")
    assert file_store.missing(ledger, [bad]) == [bad] and not file_store.is_kept(ledger.folder, digest, suffix)
    with pytest.raises(UserError, match=r"“x\.txt”的文件不在台账文件夹里了"):
        file_store.read(ledger.folder, bad)


def test_what_is_gone_or_changed_is_found_and_not_given_away(ledger: Ledger, tmp_path: Path) -> None:
    kept = [add(ledger, a_file(tmp_path, f"{place}.txt", place.encode())) for place in ("好", "改", "丢")]
    sound, changed, gone = (file_store.path_of(ledger.folder, each.digest, ".txt") for each in kept)
    assert file_store.missing(ledger) == [] and sound.is_file()
    changed.write_bytes(b"something else")
    gone.unlink()
    assert [each.file_name for each in file_store.missing(ledger)] == ["改.txt", "丢.txt"]
    with pytest.raises(UserError, match=r"“改\.txt”的文件已损坏"):
        export_copy(ledger.folder, kept[1], tmp_path / "副本")
    assert not (tmp_path / "副本").exists()


def test_the_sweep_takes_what_nobody_refers_to_and_nothing_else(ledger: Ledger, tmp_path: Path) -> None:
    kept, removed = add(ledger, a_file(tmp_path)), add(ledger, a_file(tmp_path, "旧.txt", b"old"))
    recording.remove(ledger, [removed], a_clerk())
    orphan = file_store.path_of(ledger.folder, file_store.store(ledger.folder, b"orphan", ".jpg"), ".jpg")
    stray = orphan.with_name(f".{orphan.name}.0123456789ab.part")
    stray.write_bytes(b"half")
    foreign = orphan.with_name("说明.txt")
    foreign.write_text("clerk's own", encoding="utf-8")
    assert file_store.sweep(ledger, datetime.now() - timedelta(days=1)).files == 0  # 撤销 may still want them
    with ledger.reader() as reader:
        swept = file_store.sweep(reader, LATER)
    assert (swept.files, swept.byte_count) == (3, len(b"old") + len(b"orphan") + len(b"half"))
    assert foreign.is_file() and file_store.missing(ledger) == []
    assert file_store.is_kept(ledger.folder, kept.digest, kept.suffix)
    assert [each.file_name for each in list_attachments(ledger, kept.owner_uid)] == ["策划方案.docx"]


def test_content_that_is_wanted_again_is_not_swept_away(ledger: Ledger) -> None:
    path = file_store.path_of(ledger.folder, file_store.store(ledger.folder, b"again", ".jpg"), ".jpg")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    start = datetime.now() - timedelta(minutes=1)
    file_store.store(ledger.folder, b"again", ".jpg")  # being added now, its row not written yet
    assert file_store.sweep(ledger, start).files == 0 and path.is_file()


def test_an_export_that_cannot_be_written_leaves_the_old_file(ledger: Ledger, tmp_path: Path) -> None:
    kept = add(ledger, a_file(tmp_path))
    with pytest.raises(UserError):
        export_copy(ledger.folder, kept, tmp_path / "没有的文件夹" / "副本.docx")
    target = tmp_path / "文件夹"
    (target / "里面").mkdir(parents=True)
    with pytest.raises(UserError):
        export_copy(ledger.folder, kept, target)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["台账", "文件夹", "策划方案.docx"]


@POSIX
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_sentence(ledger: Ledger) -> None:
    ledger.folder.chmod(0o500)
    try:
        with pytest.raises(UserError, match="没有权限写入"):
            file_store.store(ledger.folder, b"content", ".jpg")
    finally:
        ledger.folder.chmod(0o700)
