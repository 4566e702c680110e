"""A ledger comes back: after damage, on another computer, from a package – and nothing is ever overwritten."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from models import activity_repository, restore_package
from models.activity_query import ActivityQuery
from models.backup import back_up, default_folder, manifest_text
from models.backup_query import DAMAGED, FOREIGN, MISSING, NEWER, StoppedError, table_digests
from models.backup_words import count_words
from models.errors import UserError
from models.file_store import digest_of as digest_of_bytes
from models.file_store import sweep
from models.ledger import FILE_NAME, Ledger
from models.recording import record
from models.restore import inspect, restore, trouble_with
from models.restore_package import MANIFEST, write_package
from models.submission_repository import list_files, list_submissions
from tests.factories import NOW, a_clerk, a_ledger, an_activity
from tests.models.submitted import a_ready_ledger, submitted
from tests.models.test_backup import a_photo


def damage(folder: Path, how: str) -> bytes:
    """Spoil the ledger file as disks do; returns what it is now."""
    file = folder / FILE_NAME
    data = bytearray(file.read_bytes())
    if how == "scribbled":
        for place in range(len(data) // 3, len(data) // 3 + 6000):
            data[place] ^= 0xA7
    elif how == "truncated":
        data = data[: len(data) // 2 + 100]
    elif how == "overwritten":
        data = bytearray(b"no database at all " * 500)
    else:
        data = bytearray()
    file.write_bytes(data)
    return bytes(data)


def contents(folder: Path) -> dict[str, bytes]:
    """Photos and other files of a ledger folder."""
    names = ("photos", "notices", "submissions")
    paths = [path for name in names for path in sorted((folder / name).rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A ledger with photos, an installed notice and something sent; and one verified backup of it."""
    folder = tmp_path / "台账"
    with a_ledger(folder, an_activity(), an_activity(title="工间操"), an_activity(title="书法")) as ledger:
        for content in (b"one", b"two" * 5000):
            a_photo(ledger, content)
        for name in ("notices/明年.toml", "submissions/2025Q3/表2.pdf"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(name.encode())
        back_up(ledger, default_folder(folder), NOW)
    return folder


def only_backup(folder: Path) -> Path:
    return next((folder / "backups").glob("台账备份_*.db"))


@pytest.mark.parametrize("how", ["scribbled", "truncated", "overwritten", "emptied"])
def test_a_damaged_ledger_comes_back_and_the_damaged_file_is_kept(place: Path, how: str) -> None:
    tables, files = table_digests(place / FILE_NAME), contents(place)
    spoiled = damage(place, how)
    assert trouble_with(place) in (DAMAGED, FOREIGN)
    with pytest.raises(UserError):
        Ledger.open(place).close()
    done = restore(only_backup(place), place, NOW)
    assert done.before is None and done.after["activity"] == 3 and done.missing == 0
    assert done.aside and done.aside.name == "损坏的台账_2025-10-10_090000"
    assert (done.aside / FILE_NAME).read_bytes() == spoiled
    assert table_digests(place / FILE_NAME) == tables and contents(place) == files
    with Ledger.open(place) as ledger:
        assert ledger.find_damage() == "" and activity_repository.count(ledger, ActivityQuery()) == 3
    assert trouble_with(place) == ""


def test_a_sound_ledger_is_put_aside_with_its_newer_records(place: Path) -> None:
    with Ledger.open(place) as ledger:
        record(ledger, an_activity(title="备份之后的"), a_clerk())
    done = restore(only_backup(place), place, NOW)
    assert done.before and (done.before["activity"], done.after["activity"]) == (4, 3)
    assert done.aside and done.aside.name.startswith("原来的台账_")
    again = restore(done.aside, place, NOW)
    assert again.after["activity"] == 4, "and what was put aside can be taken back the same way"
    assert again.aside and again.aside != done.aside and again.aside.is_dir()


def test_a_ledger_that_is_open_is_not_replaced(place: Path) -> None:
    with Ledger.open(place), pytest.raises(UserError, match="另一个窗口"):
        restore(only_backup(place), place, NOW)
    assert trouble_with(place) == "" and not list(place.glob("*的台账_*"))


@pytest.mark.parametrize("source", ["package", "folder", "backup"])
def test_moved_to_another_computer_everything_is_the_same(place: Path, tmp_path: Path, source: str) -> None:
    tables, files = table_digests(place / FILE_NAME), contents(place)
    path = {"package": tmp_path / "U盘.zip", "folder": place, "backup": only_backup(place)}[source]
    if source == "package":
        with Ledger.open(place) as ledger:
            made = write_package(ledger, path, NOW)
        assert made.counts["activity"] == 3 and made.missing == 0
    info = inspect(path)
    assert info.verified and info.kind == source and info.counts["activity"] == 3 and info.attachments == 2
    new = tmp_path / "新电脑" / "台账"
    new.parent.mkdir()
    done = restore(path, new, NOW)
    assert done.aside is None and done.before is None and done.after == info.counts
    assert table_digests(new / FILE_NAME) == tables and contents(new) == files
    assert table_digests(place / FILE_NAME) == tables and contents(place) == files, "the source is as it was"


@pytest.mark.parametrize("source", ["package", "folder", "backup"])
def test_submissions_and_all_their_files_come_back_identical(tmp_path: Path, source: str) -> None:
    """R4: although the records they were made of are gone, and the photos with them."""
    folder = tmp_path / "台账"
    with a_ready_ledger(folder) as ledger:
        kept = submitted(ledger)
        rows = list_files(ledger, kept.uid)
        with ledger.transaction("清空", at=NOW):
            for table in ("activity", "attachment", "case_record"):
                ledger.connection.execute(f"DELETE FROM {table}")
        sweep(ledger, NOW + timedelta(days=36_500))
        back_up(ledger, default_folder(folder), NOW)
        write_package(ledger, tmp_path / "U盘.zip", NOW)
    path = {"package": tmp_path / "U盘.zip", "folder": folder, "backup": only_backup(folder)}[source]
    info = inspect(path)
    assert (info.counts["submission"], info.attachments, info.missing) == (1, len(rows), 0)
    new = tmp_path / "新电脑" / "台账"
    new.parent.mkdir()
    assert restore(path, new, NOW).after == info.counts
    assert table_digests(new / FILE_NAME) == table_digests(folder / FILE_NAME)
    assert contents(new) == contents(folder) and len(contents(new)) == len(rows)
    with Ledger.open(new) as ledger:
        assert [each.submission for each in list_submissions(ledger)] == [kept]
        assert list_files(ledger, kept.uid) == rows
        assert count_words(info.counts).endswith("1 次报送")


def test_one_content_under_two_suffixes_comes_back_under_both(place: Path, tmp_path: Path) -> None:
    with Ledger.open(place) as ledger:
        a_photo(ledger, b"one", ".jpeg")
        (place / "photos" / digest_of_bytes(b"one")[:2] / f"{digest_of_bytes(b'one')}.jpeg").unlink()
        write_package(ledger, tmp_path / "U盘.zip", NOW)
    assert restore(tmp_path / "U盘.zip", tmp_path / "新", NOW).missing == 0
    names = {Path(name).suffix for name in contents(tmp_path / "新") if digest_of_bytes(b"one") in name}
    assert names == {".jpg", ".jpeg"}


def test_a_photo_that_only_the_present_folder_has_is_taken_over(place: Path) -> None:
    stored = [path for path in (place / "backups" / "photos").rglob("*.jpg")]
    stored[0].unlink()
    assert inspect(only_backup(place)).missing == 1
    files = contents(place)
    damage(place, "truncated")
    assert restore(only_backup(place), place, NOW).missing == 0
    assert contents(place) == files


def test_broken_photos_are_counted_and_not_brought_back(place: Path) -> None:
    for path in [*(place / "photos").rglob("*.jpg"), *(place / "backups" / "photos").rglob("*.jpg")]:
        path.write_bytes(b"broken")
    assert restore(only_backup(place), place, NOW).missing == 2
    assert not [path for path in (place / "photos").rglob("*") if path.is_file()]


def test_stopping_or_failing_leaves_the_folder_as_it_was(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, names = (place / FILE_NAME).read_bytes(), sorted(path.name for path in place.iterdir())
    with pytest.raises(StoppedError):
        restore(only_backup(place), place, NOW, lambda _done, _total: False)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.parent.name == ".恢复中" and path.name == FILE_NAME:
            raise OSError(28, "disk full")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    files = contents(place)
    with pytest.raises(UserError, match="磁盘已满"):
        restore(only_backup(place), place, NOW)
    assert (place / FILE_NAME).read_bytes() == before and contents(place) == files
    assert sorted(path.name for path in place.iterdir() if path.name != "ledger.lock") == [
        name for name in names if name != "ledger.lock"
    ]


def test_what_cannot_be_restored_is_said_before_anything_is_touched(place: Path, tmp_path: Path) -> None:
    table = tmp_path / "表格.db"
    table.write_bytes(b"not a database" * 100)
    for path in (table, tmp_path / "没有.db", tmp_path):
        info = inspect(path)
        assert not info.verified and info.problem.endswith("。")
        with pytest.raises(UserError):
            restore(path, place, NOW)
    with Ledger.open(place) as ledger:
        ledger.connection.execute("PRAGMA user_version = 99")
    assert trouble_with(place) == NEWER and "更新版本" in inspect(place).problem
    (place / FILE_NAME).unlink()
    assert trouble_with(place) == MISSING
    assert restore(only_backup(place), place, NOW).after["activity"] == 3
    assert trouble_with(tmp_path / "nowhere") == ""


# ─── packages from people who mean harm ───


def a_package(place: Path, tmp_path: Path) -> Path:
    with Ledger.open(place) as ledger:
        write_package(ledger, tmp_path / "好.zip", NOW)
    return tmp_path / "好.zip"


def rewritten(good: Path, target: Path, add: Callable[[zipfile.ZipFile], None], leave_out: str = "") -> Path:
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            if member.filename != leave_out:
                new.writestr(member, old.read(member))
        add(new)
    return target


def a_link(package: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("photos/ab/link.jpg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    package.writestr(link, "/etc/passwd")


HOSTILE: dict[str, Callable[[zipfile.ZipFile], None]] = {
    "up": lambda package: package.writestr("photos/../../out.txt", "x"),
    "up first": lambda package: package.writestr("../out.txt", "x"),
    "absolute": lambda package: package.writestr("/tmp/out.txt", "x"),
    "drive": lambda package: package.writestr("C:/out.txt", "x"),
    "backslash": lambda package: package.writestr("photos\\..\\..\\out.txt", "x"),
    "program": lambda package: package.writestr("autorun.exe", "x"),
    "link": a_link,
    "same but for case": lambda package: package.writestr("LEDGER.DB", "x"),
    "bomb": lambda package: package.writestr("photos/ab/b.jpg", b"\0" * (12 << 20), zipfile.ZIP_DEFLATED),
    "folder": lambda package: package.writestr("photos/ab/", ""),
    "control": lambda package: package.writestr("photos/ab/\x1b[2J.jpg", "x"),
    "reserved": lambda package: package.writestr("photos/ab/x.jpg.", "x"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_package_is_refused_and_nothing_leaves_its_folder(place: Path, tmp_path: Path, kind: str) -> None:
    bad = rewritten(a_package(place, tmp_path), tmp_path / "坏.zip", HOSTILE[kind])
    before = sorted(path for path in tmp_path.rglob("*"))
    new = tmp_path / "新"
    assert not inspect(bad).verified
    with pytest.raises(UserError, match="搬家包"):
        restore(bad, new, NOW)
    assert not (new / FILE_NAME).exists()
    assert [path for path in tmp_path.rglob("*") if path not in before and not path.is_relative_to(new)] == []


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(place: Path, tmp_path: Path) -> None:
    bad = rewritten(a_package(place, tmp_path), tmp_path / "坏.zip", lambda package: package.writestr(FILE_NAME, b"x"))
    assert "搬家包" in inspect(bad).problem


@pytest.mark.parametrize("at", [0, 10, 0.3, 0.6, 0.99])
def test_a_package_spoiled_on_its_way_is_refused(place: Path, tmp_path: Path, at: float) -> None:
    good = a_package(place, tmp_path)
    data = bytearray(good.read_bytes())
    start = int(at if at >= 1 else at * len(data))
    for offset in range(start, min(start + 300, len(data))):
        data[offset] ^= 0xFF
    (tmp_path / "坏.zip").write_bytes(data)
    new = tmp_path / "新"
    try:
        done = restore(tmp_path / "坏.zip", new, NOW)
    except UserError:
        assert not (new / FILE_NAME).exists()
    else:
        assert done.missing == 0, "only bytes that mean nothing were hit"
    for length in (0, 30, len(data) // 2):
        (tmp_path / "短.zip").write_bytes(good.read_bytes()[:length])
        assert not inspect(tmp_path / "短.zip").verified


def test_a_package_whose_ledger_was_exchanged_is_refused(place: Path, tmp_path: Path) -> None:
    good = a_package(place, tmp_path)
    with a_ledger(tmp_path / "假", an_activity(title="假的")) as ledger:
        ledger.connection.execute("PRAGMA journal_mode = DELETE")
        fake = ledger.file
    bad = rewritten(good, tmp_path / "坏.zip", lambda package: package.write(fake, FILE_NAME), leave_out=FILE_NAME)
    assert not inspect(bad).verified
    with pytest.raises(UserError):
        restore(bad, tmp_path / "新", NOW)


def test_a_manifest_that_claims_anything_is_no_danger(place: Path, tmp_path: Path) -> None:
    good = a_package(place, tmp_path)
    for text in ("[]", "{", '{"digest": "../../x"}', '{"counts": 7}'):
        bad = rewritten(good, tmp_path / "坏.zip", lambda new, text=text: new.writestr(MANIFEST, text), MANIFEST)
        assert not inspect(bad).verified
    assert manifest_text(restore_package.package_manifest(good, zipfile.ZipFile(good)))
