"""The program is killed again and again in the middle of everything: what was acknowledged is there, and it agrees."""

import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from models import activity_repository, drafts
from models.ledger import FILE_NAME, Ledger
from tests.factories import a_ledger
from tests.models.test_ledger_fuzz import postings_due, postings_of

# Says, after each thing it did, what must be true from then on: uid, title and whether it lies in 回收站.
CHILD = """
import pathlib, random, sys
from models import activity_repository, drafts, history
from models.ledger import Ledger
from models.recording import delete, record
from tests.factories import NOW, a_clerk, an_activity

ledger = Ledger.open(pathlib.Path(sys.argv[1]))
chance = random.Random(int(sys.argv[2]))
start = ledger.last_change()
made = []
print("open", flush=True)
while True:
    match chance.randrange(5):
        case 0 | 1:
            made.append(record(ledger, an_activity(title=f"第{chance.random()}次"), a_clerk()))
            print("saved", made[-1].uid, made[-1].title, flush=True)
        case 2 if made:
            made[-1] = record(ledger, made[-1].with_values(title=f"改为{chance.random()}"), a_clerk())
            print("saved", made[-1].uid, made[-1].title, flush=True)
        case 3:
            drafts.save_draft(ledger, drafts.NEW_ACTIVITY, "activity", "", {"title": "半" * 500}, NOW)
            print("draft", flush=True)
        case _ if made:
            gone = made.pop()
            print("leaving", gone.uid, flush=True)  # from here on it may be there or not
            delete(ledger, [gone], a_clerk())
            print("deleted", gone.uid, flush=True)
            print("leaving", gone.uid, flush=True)
            history.undo(ledger, now=NOW, since=start)
            print("saved", gone.uid, gone.title, flush=True)
"""


@pytest.mark.slow
def test_killed_sixty_times_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    a_ledger(tmp_path).close()
    generator = random.Random(4)
    titles: dict[str, str] = {}
    in_bin: set[str] = set()
    uncertain: set[str] = set()
    drafted = False
    for round_number in range(60):
        arguments = [sys.executable, "-c", CHILD, str(tmp_path), str(round_number)]
        child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
        assert child.stdout
        said = [child.stdout.readline() for _ in range(generator.randrange(1, 30))]
        child.kill()
        said += child.stdout.read().splitlines(keepends=True)
        child.wait()
        child.stdout.close()
        assert said[0] == "open\n"
        for line in said:
            what, *rest = line.split()
            drafted |= what == "draft"
            if what == "leaving":
                uncertain.add(rest[0])
            elif what in ("saved", "deleted"):
                uncertain.discard(rest[0])
                (in_bin.add if what == "deleted" else in_bin.discard)(rest[0])
            if what == "saved":
                titles[rest[0]] = rest[1]
        with Ledger.open(tmp_path) as ledger:
            assert_holds(ledger, titles, in_bin, uncertain)
            assert bool(drafts.get_draft(ledger, drafts.NEW_ACTIVITY)) >= drafted
        assert_sound(tmp_path)
    assert len(titles) > 60


def assert_holds(ledger: Ledger, titles: dict[str, str], in_bin: set[str], uncertain: set[str]) -> None:
    binned = {each.uid for each in activity_repository.list_deleted(ledger)}
    assert binned - uncertain == in_bin - uncertain
    newer = 0  # a save that was done and killed before it could say so
    for uid, title in titles.items():
        kept = activity_repository.get_activity(ledger, uid)
        assert kept
        newer += kept.title != title
        titles[uid] = kept.title
    assert newer <= 1
    [(whole,)] = ledger.query("SELECT count(*) = count(DISTINCT number) FROM activity")
    assert whole


def assert_sound(folder: Path) -> None:
    with closing(sqlite3.connect(folder / FILE_NAME)) as other:
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert postings_of(other) == postings_due(other)
