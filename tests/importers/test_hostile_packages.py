"""More of what people who mean harm may put into a package, a backup folder, a notice pack or the clipboard."""

import json
import random
import sqlite3
import struct
import zipfile
from contextlib import closing
from pathlib import Path
from time import process_time

import pytest

from models import restore_package
from models.backup import back_up, list_backups
from models.errors import UserError
from models.grid_paste import split_block
from models.ledger import FILE_NAME, Ledger
from models.notice_loader import load_notice
from models.restore import restore
from models.restore_inspect import inspect
from models.restore_package import MANIFEST, write_package
from tests.factories import NOW, a_ledger, an_activity

BUILTIN = Path(__file__).resolve().parent.parent.parent / "resources" / "notices" / "jzgh-2025-33.toml"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with a_ledger(tmp_path / "台账", an_activity()) as ledger:
        write_package(ledger, tmp_path / "好.zip", NOW)
        back_up(ledger, tmp_path / "台账" / "backups", NOW)
    return tmp_path / "台账"


def refused(source: Path, tmp_path: Path) -> None:
    """A sentence, in time, and nothing came of it."""
    begun = process_time()
    assert not inspect(source).verified
    with pytest.raises(UserError) as caught:
        restore(source, tmp_path / "新", NOW)
    assert caught.value.message.endswith("。")
    assert not (tmp_path / "新" / FILE_NAME).exists()
    assert process_time() - begun < 30


def test_a_package_with_a_password_is_refused(place: Path, tmp_path: Path) -> None:
    data = bytearray((tmp_path / "好.zip").read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + flags] |= 1
    (tmp_path / "坏.zip").write_bytes(data)
    refused(tmp_path / "坏.zip", tmp_path)


def test_a_list_of_contents_that_lies_is_refused(place: Path, tmp_path: Path) -> None:
    """Sizes in the list are what limits are checked against: they must hold when it is unpacked."""
    data = bytearray((tmp_path / "好.zip").read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
    (tmp_path / "坏.zip").write_bytes(data)
    refused(tmp_path / "坏.zip", tmp_path)


def test_a_million_names_are_refused(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert restore_package.MAX_MEMBERS <= 200_000
    monkeypatch.setattr(restore_package, "MAX_MEMBERS", 20_000)  # a tenth, in a tenth of the time
    with zipfile.ZipFile(tmp_path / "坏.zip", "w") as package:
        for name in (FILE_NAME, MANIFEST, *(f"photos/ab/{number}" for number in range(20_001))):
            package.writestr(name, "")
    refused(tmp_path / "坏.zip", tmp_path)
    with pytest.raises(UserError) as caught, restore_package.opened_package(tmp_path / "坏.zip"):
        pass
    assert caught.value.detail == "too much in it"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_ways_of_packing_that_may_ask_for_any_memory_are_refused(place: Path, tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "好.zip") as old, zipfile.ZipFile(tmp_path / "别.zip", "w", method) as new:
        for member in old.infolist():
            new.writestr(member.filename, old.read(member), method)
    refused(tmp_path / "别.zip", tmp_path)


def test_scribbled_packages_never_end_in_anything_but_a_sentence(place: Path, tmp_path: Path) -> None:
    whole, chance = (tmp_path / "好.zip").read_bytes(), random.Random(2)
    for number in range(100):
        spoiled = bytearray(whole)
        tail = len(spoiled) - 400  # the list of contents stands there
        for _ in range(chance.randrange(1, 8)):
            spoiled[chance.randrange(tail if chance.random() < 0.7 else 0, len(spoiled))] = chance.randrange(256)
        bad = tmp_path / "坏.zip"
        bad.write_bytes(spoiled[: chance.randrange(len(spoiled))] if number % 5 == 0 else spoiled)
        try:
            restore(bad, tmp_path / f"新{number}", NOW)
        except UserError as refusal:
            assert refusal.message.endswith("。")
            assert not (tmp_path / f"新{number}" / FILE_NAME).exists()
        else:
            Ledger.open(tmp_path / f"新{number}").close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER trap AFTER INSERT ON activity BEGIN DELETE FROM unit; END",
        "CREATE VIEW extra AS SELECT * FROM activity",
        "DROP TABLE person",
    ],
)
def test_a_backup_with_a_trap_in_it_is_refused(place: Path, tmp_path: Path, statement: str) -> None:
    [backup] = list_backups(place / "backups")
    with closing(sqlite3.connect(backup.path)) as connection:
        connection.executescript(statement)
    refused(backup.path, tmp_path)


@pytest.mark.parametrize(
    "lie",
    [
        "[]",
        "{",
        "[" * 100_000,
        json.dumps({"made_at": "0001-01-01T00:00:00+14:00"}),
        json.dumps({"made_at": "昨天", "digest": "x"}),
        json.dumps({"schema": 10**400}),
        json.dumps({"counts": {"activity": "x"}}),
        json.dumps({"files": {"../../x": "ab", "/etc/passwd": "cd"}}),
        json.dumps({"digest": "x", "files": {"notices\0/x": "ab"}}),
        '{"schema": ' + "9" * 5000 + "}",
        '{"schema": NaN}',
        '{"schema": Infinity}',
    ],
)
def test_the_list_beside_a_backup_may_say_anything(place: Path, tmp_path: Path, lie: str) -> None:
    [backup] = list_backups(place / "backups")
    backup.path.with_suffix(".json").write_text(lie, "utf-8")
    assert len(list_backups(place / "backups")) == 1
    try:
        restore(backup.path, tmp_path / "新", NOW)
    except UserError as refusal:
        assert refusal.message.endswith("。")
    assert not (tmp_path / "x").exists()
    if (tmp_path / "新" / FILE_NAME).exists():
        Ledger.open(tmp_path / "新").close()


def test_scribbled_notice_packs_never_end_in_anything_but_a_sentence(tmp_path: Path) -> None:
    whole, chance = BUILTIN.read_bytes(), random.Random(5)
    bad = tmp_path / "坏.toml"
    for number in range(60):
        spoiled = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(spoiled))
            spoiled[at : at + chance.choice((1, 1, 50))] = chance.choice((b"", b"\0", b'"', b"[", b"=", b"\xff", b"#"))
        bad.write_bytes(spoiled[: chance.randrange(len(spoiled))] if number % 5 == 0 else spoiled)
        try:
            load_notice(bad)
        except UserError as refusal:
            assert refusal.message.endswith("。") and "坏.toml" in refusal.message


BLOCKS = {
    "open quotes": '"a\t',
    "doubled quotes": '"""\t',
    "tabs": "\t",
    "lines": "a\n",
    "quoted lines": '"a\nb"\t',
    "carriage returns": "a\r",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BLOCKS)
def test_a_million_cells_on_the_clipboard_come_to_an_end(name: str) -> None:
    begun = process_time()
    try:
        block = split_block(BLOCKS[name] * 1_000_000)
        assert len(block) <= 5001
    except UserError as refusal:
        assert refusal.message.endswith("。")
    assert process_time() - begun < 30


def test_scribbled_blocks_are_cut_into_rows_of_one_length() -> None:
    chance = random.Random(8)
    for _ in range(3000):
        text = "".join(chance.choices('"\t\n\r a会\0,=', k=chance.randrange(30)))
        try:
            rows = split_block(text)
        except UserError:
            continue
        assert len({len(row) for row in rows}) == 1
