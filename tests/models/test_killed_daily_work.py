"""Killed at any moment of the daily work: what was acknowledged is there, whole, and the next start goes on."""

import json
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from models.activity_query import ActivityQuery
from models.activity_repository import get_activity, page
from models.attachment_repository import ATTACHMENTS, list_attachments
from models.backup import list_backups
from models.backup_files import digest_of
from models.backup_query import SOUND, look_into
from models.case import CaseStage
from models.case_repository import CASES
from models.file_store import missing, path_of, sweep
from models.ledger import FILE_NAME, Ledger
from models.publicity_repository import WORKS
from models.receipt_code import content_digest
from models.recording import record, record_many
from models.restore import restore
from models.restore_inspect import inspect
from models.submission_repository import list_files, list_items, list_submissions
from tests.factories import NOW, a_clerk, a_ledger, an_activity
from tests.models.submitted import a_ready_ledger
from tests.models.test_ledger_killed import assert_sound

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked, for speed"),
]
ROOT = Path(__file__).resolve().parent.parent.parent
Lines = list[list[str]]
Kill = Callable[[str, Path, int], Lines]


@pytest.fixture(scope="module")
def kill() -> Iterator[Kill]:
    """Starts a child of tests/models/killed_children.py and kills it; returns what it had said."""
    command = [sys.executable, "-m", "tests.models.killed_children"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forker:
        assert forker.stdin and forker.stdout

        def run(name: str, folder: Path, seed: int) -> Lines:
            assert forker.stdin and forker.stdout
            chance = random.Random(f"{name}{seed}")
            wish = {"lines": chance.randrange(8), "delay": chance.random() ** 2 * 0.15}
            print(
                json.dumps({"name": name, "folder": str(folder), "seed": seed, **wish}), file=forker.stdin, flush=True
            )
            said: Lines = json.loads(forker.stdout.readline())
            assert not [words for words in said if words[0] == "fault"], said[-1][1]
            return said

        yield run


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder of a ledger that has some records."""
    with a_ledger(tmp_path / "台账") as ledger:
        record_many(ledger, [an_activity(title=f"读书会{number}") for number in range(40)], a_clerk(), "准备")
    return tmp_path / "台账"


def of_kind(said: Lines, kind: str) -> list[list[str]]:
    return [words[1:] for words in said if words[0] == kind]


def assert_whole(folder: Path, number: int = 0) -> Ledger:
    """The next start works, the file is sound, no row points at a photo that is not there. Returns it open.

    The search index is compared word by word every few times only, since that takes longer than all the rest.
    """
    ledger = Ledger.open(folder)
    assert ledger.query("PRAGMA integrity_check") == [("ok",)]
    if number % 8 == 0:
        assert_sound(folder)
    assert missing(ledger) == []
    return ledger


def assert_titles(ledger: Ledger, said: Lines) -> None:
    for uid, title in of_kind(said, "activity"):
        kept = get_activity(ledger, uid)
        assert kept and kept.title == title
    for uid, title in of_kind(said, "case"):
        case = CASES.get(ledger, uid)
        assert case and case.title == title


@pytest.mark.parametrize("act", ["cases", "pictures"])
def test_cases_and_photos(kill: Kill, place: Path, act: str) -> None:
    said: Lines = []
    wanted: set[str] = set()
    for seed in range(40):
        said += kill(act, place, seed)
        with assert_whole(place, seed) as ledger:
            assert_titles(ledger, said)
            owners = {each.owner_uid for each in ATTACHMENTS.list_all(ledger)}
            assert owners >= {words[0] for words in of_kind(said, "photo")}
            wanted = {each.digest for each in ATTACHMENTS.list_all(ledger)}
    assert len(said) > 40
    with Ledger.open(place) as ledger:
        sweep(ledger, NOW + timedelta(days=36500))
        assert missing(ledger) == []
    names = [path.name for path in (place / "photos").rglob("*") if path.is_file()]
    assert not [name for name in names if name.endswith(".part")]
    assert {name.split(".")[0] for name in names} >= wanted


def test_backups(kill: Kill, place: Path) -> None:
    said: Lines = []
    for seed in range(40):
        said += kill("backups", place, seed)
        with assert_whole(place, seed) as ledger:
            assert_titles(ledger, said)
        made = dict(of_kind(said, "backup"))
        there = {each.path.name: each for each in list_backups(place / "backups")}
        thinned = {words[0] for words in of_kind(said, "thinned")}
        for name, backup in there.items():
            assert backup.verified, name
            assert backup.manifest.digest == digest_of(backup.path)
            if name in made:
                assert look_into(backup.path).counts["activity"] == int(made[name])
        newest = max(made, default="")
        assert not newest or newest in there or newest in thinned
    assert len(of_kind(said, "backup")) > 10


def test_packages(kill: Kill, place: Path) -> None:
    written = False
    for seed in range(30):
        written |= bool(of_kind(kill("packages", place, seed), "package"))
        assert_whole(place, seed).close()
        package = place.parent / "搬家包.zip"
        assert package.exists() >= written
        if package.exists():
            assert inspect(package).verified
    assert written


def test_restoring(kill: Kill, place: Path) -> None:
    """Killed while two ledgers change places, each of them is whole, in the folder or in the one beside."""
    for seed in range(3):
        kill("backups", place, seed)
        kill("packages", place, 100 + seed)
    count = 0
    for seed in range(40):
        count += len(of_kind(kill("restoring", place, seed), "restored"))
        if (place / FILE_NAME).exists():
            assert_whole(place, seed).close()
        else:
            [backup, *_] = list_backups(place / "backups")
            asides = [path for path in place.glob("原来的台账_*") if (path / FILE_NAME).exists()]
            assert asides, "the ledger that was there is kept"
            assert look_into(max(asides) / FILE_NAME).state == SOUND
            restore(backup.path, place, NOW)
            assert_whole(place).close()
    assert count > 10


def test_migration(kill: Kill, tmp_path: Path) -> None:
    opened = 0
    for seed in range(40):
        folder = tmp_path / str(seed)
        said = kill("migration", folder, seed % 2 * 4 + seed)
        opened += bool(of_kind(said, "open"))
        if not of_kind(said, "there"):
            continue
        with assert_whole(folder, seed) as ledger:
            titles = [row.activity.title for row in page(ledger, ActivityQuery(), 0, 10)]
            assert titles == ["送万福进万家", "职工书屋读书分享会", "劳模工匠大讲堂走进一车间"]
            record(ledger, an_activity(), a_clerk())
        old = [path for path in (folder / "backups").glob("*.db")]
        assert old
        for path in old:
            with closing(sqlite3.connect(path)) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                assert copy.execute("PRAGMA user_version").fetchone() == (1,)
    assert opened < 40


def test_calendar_files(kill: Kill, place: Path) -> None:
    """All days of a file or none of them."""
    said: Lines = []
    for seed in range(30):
        said += kill("calendar", place, seed)
        with assert_whole(place, seed) as ledger:
            taken = {words[0] for words in of_kind(said, "taken")}
            for name, count in of_kind(said, "taking"):
                [(there,)] = ledger.query("SELECT count(*) FROM activity WHERE title = ?", (name,))
                assert there == int(count) if name in taken else there in (0, int(count))
    assert len(of_kind(said, "taken")) > 10


def test_bulk_changes(kill: Kill, place: Path) -> None:
    """All records have the new place or none."""
    last = "职工书屋"
    for seed in range(40):
        said = of_kind(kill("bulk_edit", place, seed), "place")
        with assert_whole(place, seed) as ledger:
            places = {row.activity.place for row in page(ledger, ActivityQuery(), 0, 1000)}
            assert len(places) == 1
            if said:
                assert said[-1][0] != last
                before = said[-1][0]
                assert places == {before} or not places & {words[0] for words in said}
            last = places.pop()


def test_merging_duplicates(kill: Kill, place: Path) -> None:
    """Two whole records, or one with everything of both."""
    said: Lines = []
    for seed in range(40):
        said += kill("merges", place, seed)
        merged = {words[0] for words in of_kind(said, "merged")}
        unsure = {words[0] for words in of_kind(said, "unsure")}
        with assert_whole(place, seed) as ledger:
            for keep, drop, case_uid in of_kind(said, "pair"):
                photos = len(list_attachments(ledger, keep)), len(list_attachments(ledger, drop))
                works = tuple(len(WORKS.list_where(ledger, activity_uid=uid)) for uid in (keep, drop))
                [(gone,)] = ledger.query("SELECT deleted_at IS NOT NULL FROM activity WHERE uid = ?", (drop,))
                case = CASES.get(ledger, case_uid)
                assert case and (photos, works, case.activities) == (
                    ((2, 0), (2, 0), (keep,)) if gone else ((1, 1), (1, 1), (drop,))
                )
                assert gone or keep not in merged or keep in unsure
    assert len(of_kind(said, "merged")) > 10


def test_the_bin(kill: Kill, place: Path) -> None:
    said: Lines = []
    for seed in range(40):
        said += kill("bin_work", place, seed)
        with assert_whole(place, seed) as ledger:
            assert_titles(ledger, said)
    assert len(said) > 40


def test_submissions(kill: Kill, tmp_path: Path) -> None:
    """Each is there whole, with every byte and every record, or not at all; what was acknowledged is there."""
    a_ready_ledger(tmp_path / "台账").close()
    said: Lines = []
    for seed in range(40):
        said += kill("submissions", tmp_path / "台账", seed)
        with assert_whole(tmp_path / "台账", seed) as ledger:
            found = {each.submission.uid: each for each in list_submissions(ledger)}
            assert set(found) >= {uid for uid, _code in of_kind(said, "kept")}
            versions = sorted(each.submission.version for each in found.values())
            assert versions == list(range(1, len(found) + 1))
            for each in found.values():
                files = [(file.name, file.digest) for file in list_files(ledger, each.submission.uid)]
                assert content_digest(files) == each.submission.digest
                assert [
                    digest_of(path_of(ledger.folder, file.digest, file.suffix))
                    for file in list_files(ledger, each.submission.uid)
                ] == [digest for _name, digest in files]
                assert len(list_items(ledger, each.submission.uid)) == 4 and each.events
            sent = {uid for (uid,) in of_kind(said, "sent")}
            assert all(found[uid].state in ("sent", "corrected") for uid in sent)
            [case] = CASES.list_all(ledger)
            assert case.fate == CaseStage.SUBMITTED or not any(len(each.events) > 1 for each in found.values())
    assert len(of_kind(said, "sent")) > 10
