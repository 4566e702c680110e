"""Backups are made while the ledger is in use, verified, thinned, and survive everything around them."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from models import backup, backup_words
from models.attachment import Attachment
from models.attachment_repository import ATTACHMENTS
from models.backup import back_up, default_folder, list_backups, thin_out
from models.backup_query import StoppedError, table_digests
from models.backup_thinning import DAYS, MONTHS, WEEKS, superfluous
from models.errors import UserError
from models.ledger import FILE_NAME, Ledger
from models.recording import record
from models.restore import inspect
from tests.factories import NOW, a_clerk, a_ledger, an_activity
from tests.models.submitted import a_ready_ledger, submitted

TODAY = date(2025, 10, 10)


def a_photo(ledger: Ledger, content: bytes, suffix: str = ".jpg") -> Attachment:
    """A stored photo that a record refers to."""
    digest = sha256(content).hexdigest()
    file = ledger.folder / "photos" / digest[:2] / f"{digest}{suffix}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    photo = Attachment("activity", "x", digest=digest, suffix=suffix, byte_count=len(content), file_name="现场.jpg")
    with ledger.transaction("加照片", at=NOW):
        return ATTACHMENTS.save(ledger, photo, now=NOW)


def copied_photos(folder: Path) -> list[bytes]:
    return sorted(path.read_bytes() for path in (folder / "photos").rglob("*") if path.is_file())


def test_a_backup_holds_everything_and_says_what_was_verified(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity(), an_activity(title="工间操")) as ledger:
        a_photo(ledger, b"one")
        a_photo(ledger, b"two")
        (ledger.folder / "notices").mkdir()
        (ledger.folder / "notices" / "明年.toml").write_text("x", "utf-8")
        made = back_up(ledger, default_folder(ledger.folder), NOW)
        assert made.path.name == "台账备份_2025-10-10_0900.db"
        assert made.verified and made.manifest.missing == 0
        assert (made.manifest.counts["activity"], made.manifest.counts["attachment"]) == (2, 2)
        assert table_digests(made.path) == table_digests(ledger.file)
    assert copied_photos(made.path.parent) == [b"one", b"two"]
    assert list(made.manifest.files) == ["notices/明年.toml"]
    info = inspect(made.path)
    assert info.verified and info.made_at == NOW and info.unit == "焦作市示例机械有限公司工会"
    assert not list(made.path.parent.glob("*.part*"))


def test_photos_are_kept_once_for_all_backups(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        a_photo(ledger, b"one")
        folder = default_folder(ledger.folder)
        first = back_up(ledger, folder, NOW)
        stored = next(path for path in (folder / "photos").rglob("*.jpg"))
        before = stored.stat().st_mtime_ns
        a_photo(ledger, b"two")
        second = back_up(ledger, folder, NOW)
        assert second.path != first.path, "two in one minute both stay"
        assert copied_photos(folder) == [b"one", b"two"] and stored.stat().st_mtime_ns == before
        assert stored.stat().st_nlink == 1, "a copy of its own, which damage to the original does not reach"


def test_a_photo_that_is_gone_or_broken_is_counted_and_the_records_are_saved_all_the_same(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        for content in (b"gone", b"broken", b"fine"):
            a_photo(ledger, content)
        for content in (b"gone", b"broken"):
            digest = sha256(content).hexdigest()
            file = ledger.folder / "photos" / digest[:2] / f"{digest}.jpg"
            file.unlink() if content == b"gone" else file.write_bytes(b"other bytes")
        made = back_up(ledger, tmp_path / "备份", NOW)
        assert made.manifest.missing == 2
        assert copied_photos(made.path.parent) == [b"fine"]


def test_writing_goes_on_during_a_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.backup_query.CHUNK_PAGES", 5)
    with a_ledger(
        tmp_path / "台账", *[an_activity(title=f"第{number}次", summary="字" * 200) for number in range(30)]
    ) as ledger:
        inside, written = threading.Event(), threading.Event()
        made: list[backup.Backup] = []

        def slowly(_done: int, _total: int) -> bool:
            inside.set()
            return written.wait(20)

        worker = threading.Thread(target=lambda: made.append(back_up(ledger, tmp_path / "备份", NOW, slowly)))
        worker.start()
        assert inside.wait(20)
        record(ledger, an_activity(title="备份时登记的"), a_clerk())
        written.set()
        worker.join(20)
        # One moment or the other, whole: with a rollback journal (no fixed local disk) SQLite begins the copy again.
        wal = ledger.connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert made[0].verified
        assert made[0].manifest.counts["activity"] == (30 if wal else 31)
        assert back_up(ledger, tmp_path / "备份", NOW).manifest.counts["activity"] == 31


@pytest.mark.parametrize("after", [0, 1, 101])
def test_stopping_leaves_nothing_behind(tmp_path: Path, after: int) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        a_photo(ledger, b"one")
        a_photo(ledger, b"two")
        old = back_up(ledger, tmp_path / "备份", NOW)
        a_photo(ledger, b"three")
        with pytest.raises(StoppedError):
            back_up(ledger, tmp_path / "备份", NOW, lambda done, _total: done < after)
        assert [each.path for each in list_backups(tmp_path / "备份")] == [old.path]
        assert not list((tmp_path / "备份").glob("*.part*"))


def test_a_damaged_ledger_is_not_taken_for_a_backup(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", *[an_activity(title=f"第{number}次") for number in range(60)]) as ledger:
        good = back_up(ledger, tmp_path / "备份", NOW)
        ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        data = bytearray(ledger.file.read_bytes())
        for place in range(len(data) // 2, len(data) // 2 + 8192):
            data[place] ^= 0x5A
        ledger.file.write_bytes(data)
        with pytest.raises(UserError, match=r"没有通过检查|已损坏"):
            back_up(ledger, tmp_path / "备份", NOW)
        assert [each.path for each in list_backups(tmp_path / "备份")] == [good.path]
        assert inspect(good.path).verified


def test_a_disk_that_is_gone_or_full_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        with pytest.raises(UserError, match="U盘"):
            back_up(ledger, tmp_path / "拔掉的U盘" / "备份", NOW)
        monkeypatch.setattr("models.backup_files.free_bytes", lambda _folder: 1000)
        with pytest.raises(UserError, match="放不下"):
            back_up(ledger, tmp_path / "备份", NOW)


def test_a_manifest_that_says_nonsense_only_means_not_verified(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        made = back_up(ledger, tmp_path / "备份", NOW)
    for text in ("[]", "{", '{"counts": 3}', '{"made_at": "gestern"}', "\x00"):
        backup.manifest_path(made.path).write_text(text, "utf-8")
        [found] = list_backups(tmp_path / "备份")
        assert not found.verified and found.path == made.path
        assert inspect(made.path).verified, "it is opened and checked whole"


def test_a_backup_that_was_changed_since_is_no_longer_verified(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        made = back_up(ledger, tmp_path / "备份", NOW)
    with closing(sqlite3.connect(made.path)) as other:
        other.execute("UPDATE activity SET people_offline = 999")
        other.commit()
    info = inspect(made.path)
    assert not info.verified and "已损坏" in info.problem


KILLED = """
import pathlib, sys
from models.backup import back_up
from models.ledger import Ledger
from tests.factories import NOW
ledger = Ledger.open(pathlib.Path(sys.argv[1]))
print("open", flush=True)
while True:
    back_up(ledger, pathlib.Path(sys.argv[2]), NOW, lambda done, total: not print(done, flush=True))
"""


def test_killed_in_the_middle_every_backup_that_has_a_name_is_whole(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", *[an_activity(title=f"第{number}次") for number in range(20)]) as ledger:
        for number in range(5):
            a_photo(ledger, bytes([number]) * 1000)
    generator = random.Random(7)
    for _ in range(4):
        words = [sys.executable, "-c", KILLED, str(tmp_path / "台账"), str(tmp_path / "备份")]
        child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert child.stdout
        for _ in range(generator.randrange(2, 25)):
            child.stdout.readline()
        child.kill()
        child.wait()
        child.stdout.close()
        assert all(each.verified and inspect(each.path).verified for each in list_backups(tmp_path / "备份"))
    with Ledger.open(tmp_path / "台账") as ledger:
        back_up(ledger, tmp_path / "备份", NOW)
    assert not list((tmp_path / "备份").glob("*.part*")), "what the killed ones left is swept away"


# ─── thinning ───


def test_thinning_keeps_what_it_promises_whatever_the_moments() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        now = NOW + timedelta(days=chance.randrange(400))
        spread = chance.choice((3, 40, 400, 3000)) * 24 * 60
        moments = {now - timedelta(minutes=chance.randrange(spread)) for _ in range(chance.randrange(1, 120))}
        kept = moments - superfluous(moments, now)
        assert max(moments) in kept
        older = [each for each in kept if each <= now - timedelta(days=1)]
        assert len(older) <= DAYS + WEEKS + MONTHS
        assert all(each in kept for each in moments if each > now - timedelta(days=1))
        assert not superfluous(kept, now), "what was kept once is kept again"
        for most, key in ((DAYS, lambda each: each.date()), (WEEKS, lambda each: each.isocalendar()[:2])):
            for bucket in sorted({key(each) for each in moments}, reverse=True)[:most]:
                assert max(each for each in moments if key(each) == bucket) in kept


def test_a_year_of_daily_backups_becomes_some_twenty() -> None:
    days = [datetime(2025, 1, 1, 17, 0) + timedelta(days=number) for number in range(365)]
    kept = sorted(set(days) - superfluous(days, datetime(2025, 12, 31, 18, 0)))
    assert kept[-DAYS:] == days[-DAYS:]
    assert {each.month for each in kept} == set(range(1, 13))
    assert len(kept) <= DAYS + WEEKS + MONTHS


def test_thinning_leaves_other_units_other_files_and_fresh_upgrade_copies_alone(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        folder = tmp_path / "备份"
        made = [back_up(ledger, folder, NOW - timedelta(days=number)) for number in range(40)]
        unit = made[0].manifest.unit_uid
    other = back_up_of_another_unit(tmp_path, folder)
    for name in ("升级前_20250901-080000.db", "我的表格.db"):
        (folder / name).write_bytes(b"x")
    gone = thin_out(folder, NOW, unit)
    assert other.exists() and (folder / "我的表格.db").exists() and (folder / "升级前_20250901-080000.db").exists()
    left = {path for path in folder.glob("台账备份_*.db")} - {other}
    assert len(left) + len(gone) == 40 and made[0].path in left and len(left) <= 23
    assert all(backup.manifest_path(path).exists() for path in left)
    assert not any(backup.manifest_path(path).exists() for path in gone)


def back_up_of_another_unit(tmp_path: Path, folder: Path) -> Path:
    with a_ledger(tmp_path / "别的台账", an_activity()) as ledger:
        return back_up(ledger, folder, NOW - timedelta(days=50)).path


# ─── what is remembered ───


def test_the_last_backup_is_told_in_words(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        assert backup_words.last_backup_lines(ledger, TODAY) is None
        assert backup_words.is_backup_due(ledger, TODAY)
        group = ledger.last_change()
        made = back_up(ledger, default_folder(ledger.folder), NOW)
        backup_words.remember_backup(ledger, made, group)
        assert not backup_words.has_changes(ledger)
        assert backup_words.last_backup_lines(ledger, TODAY) == (
            "备份已验证",
            "今天 09:00 · 1 条记录",
            str(made.path),
        )
        record(ledger, an_activity(title="又一条"), a_clerk())
        assert backup_words.has_changes(ledger) and not backup_words.is_backup_due(ledger, TODAY)
        assert backup_words.is_backup_due(ledger, TODAY + timedelta(days=1))
        backup_words.remember_problem(ledger, "磁盘已满")
        assert backup_words.last_backup(ledger).problem == "磁盘已满"
        assert backup_words.last_backup(ledger).moment == NOW


def test_a_backup_that_was_deleted_is_made_anew(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        made = back_up(ledger, default_folder(ledger.folder), NOW)
        backup_words.remember_backup(ledger, made, ledger.last_change())
        made.path.unlink()
        assert backup_words.has_changes(ledger)


def test_a_backup_on_another_computer_is_not_called_verified_here(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        made = back_up(ledger, default_folder(ledger.folder), NOW)
        backup_words.remember_backup(ledger, made, ledger.last_change())
        backup_words.forget_if_gone(ledger)
        assert backup_words.last_backup(ledger).path == str(made.path)
        made.path.unlink()
        backup_words.forget_if_gone(ledger)
        assert backup_words.last_backup_lines(ledger, TODAY) is None
        assert backup_words.is_backup_due(ledger, TODAY)


def test_moments_in_words() -> None:
    assert backup_words.moment_words(datetime(2025, 10, 9, 17, 2), TODAY) == "昨天 17:02"
    assert backup_words.moment_words(datetime(2025, 3, 1, 8, 0), TODAY) == "3月1日 08:00"
    assert backup_words.moment_words(datetime(2024, 12, 31, 8, 0), TODAY) == "2024年12月31日 08:00"
    assert backup_words.count_words({"activity": 3, "attachment": 2, "work": 0}) == "3 条活动、2 个附件"
    assert json.loads(backup.manifest_text(backup.Manifest()))["counts"] == {}


def test_an_old_ledger_is_backed_up_in_its_own_format(tmp_path: Path) -> None:
    import shutil

    (tmp_path / "旧").mkdir()
    shutil.copyfile("tests/old_ledgers/schema-1/ledger.db", tmp_path / "旧" / FILE_NAME)
    Ledger.open(tmp_path / "旧").close()
    [found] = list_backups(tmp_path / "旧" / "backups")
    info = inspect(found.path)
    assert info.verified and info.schema == 1 and info.counts["activity"] > 0


def test_what_was_submitted_since_the_last_backup_asks_for_another(tmp_path: Path) -> None:
    """It is no change of a record, and yet nothing that may be lost."""
    with a_ready_ledger(tmp_path / "台账") as ledger:
        made = back_up(ledger, default_folder(ledger.folder), NOW)
        backup_words.remember_backup(ledger, made, ledger.last_change())
        assert not backup_words.has_changes(ledger)
        submitted(ledger, NOW + timedelta(minutes=1), sent=False)
        assert backup_words.has_changes(ledger)
        again = back_up(ledger, default_folder(ledger.folder), NOW + timedelta(minutes=2))
        backup_words.remember_backup(ledger, again, ledger.last_change())
        assert not backup_words.has_changes(ledger) and again.manifest.missing == 0
        assert backup_words.record_count(again.manifest.counts) == 4, "what was submitted is no record"
