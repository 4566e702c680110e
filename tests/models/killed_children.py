"""What the children of the tests of killed programs do until then. Each says, line by line, what is done.

Run as a program it is the process that forks them: everything is imported already, so that a child starts at once.
It reads one JSON request a line and answers with what the child had said before it was killed.
"""

import json
import os
import random
import select
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from models import attachment_recording, bulk, merging_records, photos
from models.activity import Status
from models.activity_list_repository import list_by_uids
from models.activity_query import ActivityQuery
from models.activity_repository import page
from models.attachment import OF_ACTIVITY, OF_CASE, PHOTO
from models.attachment_repository import ATTACHMENTS
from models.backup import back_up, list_backups, thin_out
from models.bin_repository import list_bin, purge_items, restore_items
from models.case_recording import record_case
from models.case_repository import CASES
from models.file_store import sweep
from models.history import redo, undo
from models.ledger import Ledger
from models.publicity import Work
from models.publicity_recording import WORK_KIND, save_sub_record
from models.recording import delete, record
from models.restore import restore
from models.restore_package import write_package
from models.submission import Way
from models.submitting import register_sent
from tests.factories import NOW, a_case, a_clerk, an_activity
from tests.models.killed_submitting import reporting
from tests.models.photo_samples import encoded, noise
from tests.models.submitted import add_captioned_photo, explain_everything, submitted

Say = Callable[..., None]
Act = Callable[[Path, random.Random, Say], None]
BACKUPS, OTHER = "backups", "另一份"


def cases(folder: Path, chance: random.Random, say: Say) -> None:
    """Cases with photos of their own."""
    with Ledger.open(folder) as ledger:
        while True:
            case = record_case(ledger, a_case(title=f"案例{chance.random()}"), a_clerk())
            say("case", case.uid, case.title)
            photos.add_photos(ledger, OF_CASE, case.uid, [a_photo(chance)], a_clerk())
            say("photo", case.uid)
            case = record_case(ledger, case, a_clerk())


def pictures(folder: Path, chance: random.Random, say: Say) -> None:
    """Photos come and go, and what nobody wants any more is swept away."""
    with Ledger.open(folder) as ledger:
        activity = record(ledger, an_activity(title=f"有照片的{chance.random()}"), a_clerk())
        say("activity", activity.uid, activity.title)
        while True:
            photos.add_photos(ledger, OF_ACTIVITY, activity.uid, [a_photo(chance), a_photo(chance)], a_clerk())
            say("photo", activity.uid)
            own = ATTACHMENTS.list_where(ledger, owner_uid=activity.uid, kind=PHOTO)
            attachment_recording.remove(ledger, [chance.choice(own)], a_clerk())
            sweep(ledger, NOW)


def backups(folder: Path, chance: random.Random, say: Say) -> None:
    """A backup after every record; the old ones are thinned out."""
    moment = NOW + timedelta(days=chance.randrange(3000))
    with Ledger.open(folder) as ledger:
        while True:
            one = record(ledger, an_activity(title=f"第{chance.random()}次"), a_clerk())
            say("activity", one.uid, one.title)
            moment += timedelta(hours=7)
            made = back_up(ledger, folder / BACKUPS, moment)
            say("backup", made.path.name, str(made.manifest.counts["activity"]))
            for gone in thin_out(folder / BACKUPS, moment, made.manifest.unit_uid):
                say("thinned", gone.name)


def packages(folder: Path, _chance: random.Random, say: Say) -> None:
    """The same package is written again and again over the one before."""
    with Ledger.open(folder) as ledger:
        while True:
            write_package(ledger, folder.parent / "搬家包.zip", NOW)
            say("package")


def restoring(folder: Path, chance: random.Random, say: Say) -> None:
    """The ledger is exchanged for a backup of it, for the package, and back."""
    sources = [backup.path for backup in list_backups(folder / BACKUPS)] + [folder.parent / "搬家包.zip"]
    while True:
        say("restoring")
        restore(chance.choice(sources), folder, NOW + timedelta(seconds=chance.randrange(10**8)))
        say("restored")


def migration(folder: Path, _chance: random.Random, say: Say) -> None:
    """A ledger of the first version is opened, which brings it up to date."""
    if not (folder / "ledger.db").exists():
        folder.mkdir(exist_ok=True)
        old = Path(__file__).resolve().parent.parent / "old_ledgers" / "schema-1" / "ledger.db"
        shutil.copy(old, folder / "copied")
        (folder / "copied").rename(folder / "ledger.db")
    say("there")
    with Ledger.open(folder):
        say("open")


def calendar(folder: Path, chance: random.Random, say: Say) -> None:
    """A phone's calendar is taken in."""
    from importers.ics import read_ics
    from importers.ics_matching import compare, take_in

    with Ledger.open(folder) as ledger:
        while True:
            name = f"例会{chance.random()}"
            rule = f"RRULE:FREQ=DAILY;COUNT={chance.randrange(2, 30)}"
            lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", f"SUMMARY:{name}", "DTSTART;VALUE=DATE:20251011", rule)
            text = "\r\n".join((*lines, "END:VEVENT", "END:VCALENDAR", ""))
            plan = compare(ledger, read_ics(text.encode(), NOW.date()))
            say("taking", name, str(len(plan.new)))
            take_in(ledger, plan.new, plan.moves, a_clerk())
            say("taken", name)


def bulk_edit(folder: Path, chance: random.Random, say: Say) -> None:
    """All records get the same place."""
    with Ledger.open(folder) as ledger:
        while True:
            change = bulk.BulkChange("place", bulk.Doing.SET, f"场地{chance.random()}")
            activities = [row.activity for row in page(ledger, ActivityQuery(), 0, 1000)]
            bulk.apply(ledger, bulk.preview(activities, change, a_clerk()), change, a_clerk())
            say("place", change.value)


def merges(folder: Path, chance: random.Random, say: Say) -> None:
    """Two records with a photo and a report each become one."""
    with Ledger.open(folder) as ledger:
        start = ledger.last_change()
        while True:
            pair = [record(ledger, an_activity(title=f"重复{chance.random()}"), a_clerk()) for _ in range(2)]
            for one in pair:
                photos.add_photos(ledger, OF_ACTIVITY, one.uid, [a_photo(chance)], a_clerk())
                save_sub_record(ledger, WORK_KIND, Work(title="报道", activity_uid=one.uid), a_clerk())
            case = record_case(ledger, a_case(activities=(pair[1].uid,)), a_clerk())
            say("pair", pair[0].uid, pair[1].uid, case.uid)
            keep, drop = list_by_uids(ledger, [one.uid for one in pair])
            merging_records.merge(ledger, keep, drop, ["title"], a_clerk())
            say("merged", pair[0].uid)
            if chance.random() < 0.3:
                say("unsure", pair[0].uid)
                undo(ledger, now=NOW, since=start)


def bin_work(folder: Path, chance: random.Random, say: Say) -> None:
    """Into 回收站, back, and out of it for good; taken back and done again."""
    with Ledger.open(folder) as ledger:
        start = ledger.last_change()
        while True:
            kept = record(ledger, an_activity(title=f"留下{chance.random()}"), a_clerk())
            say("activity", kept.uid, kept.title)
            gone = record(ledger, an_activity(title="要删", start=date(2025, 8, 1), status=Status.DONE), a_clerk())
            delete(ledger, [gone], a_clerk())
            with ledger.transaction("恢复", at=NOW):
                restore_items(ledger, list_bin(ledger)[:1])
            delete(ledger, [gone], a_clerk())
            with ledger.transaction("清空", at=NOW):
                purge_items(ledger, list_bin(ledger))
            for way in (undo, redo, undo, undo, redo, redo):
                way(ledger, now=NOW, since=start)


def submissions(folder: Path, chance: random.Random, say: Say) -> None:
    """One version after the other is kept and sent, each with a photo of its own; in between the store is swept."""
    with Ledger.open(folder) as ledger:
        while True:
            [activity] = [row.activity for row in page(ledger, ActivityQuery(), 0, 1)]
            record(ledger, activity.with_values(people_offline=chance.randrange(1, 300)), a_clerk())
            [case] = CASES.list_all(ledger)
            add_captioned_photo(ledger, case.uid, a_photo(chance))
            explain_everything(ledger)
            kept = submitted(ledger, sent=False)
            say("kept", kept.uid, kept.receipt_code)
            register_sent(ledger, kept, Way.USB, NOW)
            say("sent", kept.uid)
            sweep(ledger, NOW)


ACTS: dict[str, Act] = {
    act.__name__: act
    for act in (
        *(
            cases,
            pictures,
            backups,
            packages,
            restoring,
            migration,
            calendar,
            bulk_edit,
            merges,
            bin_work,
            submissions,
            reporting,
        ),
    )
}


def a_photo(chance: random.Random) -> photos.Pasted:
    """A small picture that no other is like."""
    picture = noise(40 + chance.randrange(40), 40 + chance.randrange(40))
    return photos.Pasted("现场.jpg", lambda: encoded(picture))


def run_and_kill(name: str, folder: Path, seed: int, lines: int, delay: float) -> list[list[str]]:
    """Let a child act until it has said so many lines and some time more has passed; then SIGKILL."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            ACTS[name](folder, random.Random(seed), lambda *words: _say(writing, words))
        except BaseException:
            _say(writing, ("fault", traceback.format_exc()))
        os._exit(0)
    os.close(writing)
    said = b""
    with closing(os.fdopen(reading, "rb", buffering=0)) as pipe:
        while said.count(b"\n") < lines and (more := pipe.read(1 << 16)):
            said += more
        select.select([], [], [], delay)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := pipe.read(1 << 16):
            said += more
    return [json.loads(line) for line in said.split(b"\n")[:-1]]


def _say(pipe: int, words: tuple[str, ...]) -> None:
    os.write(pipe, json.dumps(words).encode() + b"\n")


def main() -> None:
    """Answer requests until there are no more."""
    for line in sys.stdin:
        request = json.loads(line)
        folder = Path(request.pop("folder"))
        print(json.dumps(run_and_kill(folder=folder, **request)), flush=True)


if __name__ == "__main__":
    main()
