"""A ledger is one folder; whatever is wrong with it is said in one sentence and nothing in it is touched."""

import os
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from models import activity_repository
from models.activity_query import ActivityQuery
from models.errors import UserError
from models.ledger import FILE_NAME, Ledger
from models.recording import record
from tests.factories import NOW, a_clerk, a_ledger, an_activity


def titles(folder: Path) -> list[str]:
    with Ledger.open(folder) as ledger:
        return [row.activity.title for row in activity_repository.page(ledger, ActivityQuery(), 0, 100)]


def test_what_was_saved_is_there_after_closing_and_opening(tmp_path: Path) -> None:
    a_ledger(tmp_path / "台账", an_activity(title="工间操推广")).close()
    assert titles(tmp_path / "台账") == ["工间操推广"]


def test_a_folder_with_a_ledger_is_not_made_into_a_new_one(tmp_path: Path) -> None:
    a_ledger(tmp_path, an_activity(title="还在")).close()
    with pytest.raises(UserError, match="已经有一个台账"):
        Ledger.create(tmp_path)
    assert titles(tmp_path) == ["还在"]


def test_a_second_window_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as first:
        with pytest.raises(UserError, match="另一个窗口"):
            Ledger.open(tmp_path)
        record(first, an_activity(title="继续填"), a_clerk())
    assert titles(tmp_path) == ["继续填"]


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到台账"):
        Ledger.open(tmp_path)


def damaged_files() -> list[tuple[str, object]]:
    def random_bytes(data: bytes) -> bytes:
        return random.Random(1).randbytes(len(data))

    def no_database(_data: bytes) -> bytes:
        return "这不是台账".encode()

    def truncated(data: bytes) -> bytes:
        return data[: len(data) // 2]

    def scribbled(data: bytes) -> bytes:
        generator = random.Random(2)
        middle = bytearray(data)
        for _ in range(60):
            place = generator.randrange(4096, len(data) - 600)
            middle[place : place + 512] = generator.randbytes(512)
        return bytes(middle)

    return [(each.__name__, each) for each in (random_bytes, no_database, truncated, scribbled)]


@pytest.mark.parametrize("damage", [each for _, each in damaged_files()], ids=[name for name, _ in damaged_files()])
def test_a_damaged_file_is_refused_with_a_sentence_and_left_as_it_is(tmp_path: Path, damage) -> None:
    a_ledger(tmp_path, *(an_activity(title=f"活动{number}", summary="很长的简述" * 20) for number in range(40))).close()
    file = tmp_path / FILE_NAME
    file.write_bytes(damage(file.read_bytes()))
    before = file.read_bytes()
    with pytest.raises(UserError, match=r"已损坏|不是宣教台账"):
        Ledger.open(tmp_path)
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as other:
        other.execute("CREATE TABLE anything(x)")
    other.close()
    with pytest.raises(UserError, match="不是宣教台账"):
        Ledger.open(tmp_path)


def test_a_ledger_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    file = tmp_path / FILE_NAME
    with sqlite3.connect(file) as future:
        future.execute("PRAGMA user_version = 99")
    future.close()
    before = file.read_bytes()
    with pytest.raises(UserError, match="更新版本"):
        Ledger.open(tmp_path)
    assert file.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    sealed = tmp_path / "只读"
    sealed.mkdir(mode=0o755)
    sealed.chmod(0o555)
    script = """
import os, pathlib
from models.ledger import Ledger
if os.geteuid() == 0:
    os.setuid(65534)
Ledger.create(pathlib.Path("."))
"""
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=sealed, env=environment, capture_output=True, text=True, check=False
    )
    assert "没有权限写入" in done.stderr
    assert not list(sealed.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits")
def test_a_full_disk_is_said_and_what_was_saved_before_stays(tmp_path: Path) -> None:
    a_ledger(tmp_path, an_activity(title="先存的")).close()
    script = f"""
import pathlib, resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from models.ledger import Ledger
from models.errors import UserError
from models.recording import record
from tests.factories import a_clerk, an_activity
ledger = Ledger.open(pathlib.Path({str(tmp_path)!r}))
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, resource.RLIM_INFINITY))
try:
    for number in range(2000):
        record(ledger, an_activity(title=f"第{{number}}条", summary="很长的简述" * 60), a_clerk())
except UserError as error:
    print(number, error.message)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    number, sentence = done.stdout.split(" ", 1)
    assert "磁盘" in sentence, done.stderr
    assert sorted(titles_of_all(tmp_path)) == sorted(["先存的", *(f"第{each}条" for each in range(int(number)))])


def titles_of_all(folder: Path) -> list[str]:
    with Ledger.open(folder) as ledger:
        assert ledger.find_damage() == ""
        return [row.activity.title for row in activity_repository.page(ledger, ActivityQuery(), 0, 10_000)]


def test_a_fault_in_the_middle_of_a_change_leaves_nothing_of_it(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        with pytest.raises(ZeroDivisionError), ledger.transaction("半路出错", at=NOW):
            activity_repository.save_activity(ledger, an_activity(title="不该留下"), complete=True, now=NOW)
            raise ZeroDivisionError
        assert activity_repository.count(ledger, ActivityQuery()) == 0
        record(ledger, an_activity(title="之后照常"), a_clerk())
    assert titles(tmp_path) == ["之后照常"]


def test_a_backup_reads_back_whole_while_the_ledger_is_open(tmp_path: Path) -> None:
    with a_ledger(tmp_path / "台账", an_activity(title="备份前")) as ledger:
        ledger.back_up(tmp_path / "备份" / FILE_NAME)
        record(ledger, an_activity(title="备份后"), a_clerk())
    assert titles(tmp_path / "备份") == ["备份前"]
    assert not list((tmp_path / "备份").glob("*.part"))


def test_the_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    if sys.platform != "win32":
        assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_killed_while_saving_every_acknowledged_record_is_there(tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    script = f"""
import pathlib
from models.ledger import Ledger
from models.recording import record
from tests.factories import a_clerk, an_activity
ledger = Ledger.open(pathlib.Path({str(tmp_path)!r}))
for number in range(10_000):
    record(ledger, an_activity(title=f"第{{number}}条"), a_clerk())
    print(number, flush=True)
"""
    generator = random.Random(3)
    acknowledged = 0
    for _ in range(5):
        child = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        assert child.stdout
        for _line in range(generator.randrange(1, 40)):
            assert child.stdout.readline()
            acknowledged += 1
        child.kill()
        acknowledged += len(child.stdout.read().splitlines())
        child.wait()
        child.stdout.close()
    kept = titles_of_all(tmp_path)
    assert len(kept) >= acknowledged > 0
    assert len(kept) <= acknowledged + 5  # one more each time at most: saved, and killed before it could say so
