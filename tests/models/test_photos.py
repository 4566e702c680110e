"""Photos of a record: added several at once, described, put in order, removed, undone; stopped and killed half-way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import attachment_recording as recording
from models import file_store, history, photos
from models.attachment import OF_ACTIVITY, OF_CASE, PHOTO, Attachment
from models.attachment_repository import list_attachments
from models.case import Case
from models.case_repository import CASES
from models.errors import UserError
from models.ledger import Ledger
from tests.factories import NOW, a_clerk, a_ledger, an_activity
from tests.models.photo_samples import a_photo_file, a_picture, decoded

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ledger(tmp_path / "台账", an_activity(title="工间操")) as opened:
        yield opened


@pytest.fixture
def activity(ledger: Ledger) -> str:
    return ledger.query("SELECT uid FROM activity")[0][0]


def some_photos(folder: Path, count: int) -> list[Path]:
    return [a_photo_file(folder, f"IMG_{place}.jpg", a_picture(200 + place, 150)) for place in range(count)]


def a_case(ledger: Ledger) -> str:
    with ledger.transaction("新建案例", at=NOW):
        return CASES.save(ledger, Case(title="班前十分钟"), now=NOW).uid


def names(ledger: Ledger, owner: str) -> list[str]:
    return [each.file_name for each in list_attachments(ledger, owner, PHOTO)]


def undo(ledger: Ledger) -> str:
    step = history.undo(ledger, now=NOW)
    assert step
    return step.label


def add(ledger: Ledger, activity: str, paths: list[Path]) -> list[Attachment]:
    return photos.add_photos(ledger, OF_ACTIVITY, activity, paths, a_clerk())[0]


def test_five_photos_are_added_as_one_step_in_the_order_given(ledger: Ledger, activity: str, tmp_path: Path) -> None:
    said: list[tuple[int, int]] = []
    added, batch = photos.add_photos(
        ledger, OF_ACTIVITY, activity, some_photos(tmp_path, 5), a_clerk(), lambda *step: said.append(step)
    )
    assert names(ledger, activity) == [f"IMG_{place}.jpg" for place in range(5)]
    assert said == [(done, 5) for done in range(6)] and not batch.refused and not batch.left_out
    first = added[0]
    assert (first.width, first.height, first.suffix, first.full_digest) == (200, 150, ".jpg", "")
    assert decoded(file_store.read(ledger.folder, first)).size == (200, 150)
    assert undo(ledger) == "给活动“工间操”添加 5 张照片"
    assert names(ledger, activity) == []
    history.redo(ledger, now=NOW)
    assert len(names(ledger, activity)) == 5 and file_store.missing(ledger) == []


def test_a_broken_file_among_them_is_named_and_the_others_are_added(
    ledger: Ledger, activity: str, tmp_path: Path
) -> None:
    good, bad = some_photos(tmp_path, 2), tmp_path / "坏了.heic"
    bad.write_bytes(b"not a picture")
    _, batch = photos.add_photos(ledger, OF_ACTIVITY, activity, [good[0], bad, good[1]], a_clerk())
    assert names(ledger, activity) == ["IMG_0.jpg", "IMG_1.jpg"]
    assert [(refused.name, "“坏了.heic”" in refused.reason) for refused in batch.refused] == [("坏了.heic", True)]


def test_stopping_keeps_what_is_ready(ledger: Ledger, activity: str, tmp_path: Path) -> None:
    ready: list[int] = []
    _, batch = photos.add_photos(
        ledger,
        OF_ACTIVITY,
        activity,
        some_photos(tmp_path, 6),
        a_clerk(),
        lambda done, _total: ready.append(done),
        lambda: ready[-1] >= 2,
    )
    assert len(names(ledger, activity)) == 2 and batch.left_out == 4


def test_cases_keep_the_full_size_copy_and_activities_do_not(ledger: Ledger, tmp_path: Path) -> None:
    path = a_photo_file(tmp_path, "大.jpg", a_picture(3000, 2000))
    added, _ = photos.add_photos(ledger, OF_CASE, a_case(ledger), [path], a_clerk())
    assert added[0].width == 1600 and added[0].byte_count < added[0].full_byte_count
    assert decoded(file_store.read(ledger.folder, added[0], full=True)).size == (3000, 2000)


def test_a_hatched_case_gets_the_activities_photos_without_a_second_file(
    ledger: Ledger, activity: str, tmp_path: Path
) -> None:
    added = add(ledger, activity, some_photos(tmp_path, 3))
    recording.describe(ledger, added[0].uid, a_clerk(), caption="带头做操", photographer="李明", consent=True)
    before = stored(ledger)
    case = a_case(ledger)
    with ledger.transaction("由活动生成案例", at=NOW):
        photos.copy_photos(ledger, list_attachments(ledger, activity, PHOTO)[:2], case, a_clerk())
    copies = list_attachments(ledger, case, PHOTO)
    assert [(each.caption, each.photographer, each.consent) for each in copies] == [
        ("带头做操", "李明", True),
        ("", "", False),
    ]
    assert {each.uid for each in copies}.isdisjoint(each.uid for each in added) and stored(ledger) == before
    assert undo(ledger) == "由活动生成案例"
    assert list_attachments(ledger, case) == [] and len(names(ledger, activity)) == 3


def test_words_order_and_removal_are_steps_of_their_own(ledger: Ledger, activity: str, tmp_path: Path) -> None:
    first, second, third = add(ledger, activity, some_photos(tmp_path, 3))
    clerk = a_clerk()
    assert recording.describe(ledger, first.uid, clerk, caption="领操").revision == 2
    assert recording.describe(ledger, first.uid, clerk, caption="领操").revision == 2  # nothing new, nothing written
    recording.reorder(ledger, activity, PHOTO, [third.uid, first.uid, second.uid], clerk)
    assert names(ledger, activity) == ["IMG_2.jpg", "IMG_0.jpg", "IMG_1.jpg"]
    assert recording.remove(ledger, [third], clerk) == "已移除照片“IMG_2.jpg”"
    assert names(ledger, activity) == ["IMG_0.jpg", "IMG_1.jpg"]
    assert recording.consent_to_all(ledger, list_attachments(ledger, activity), clerk) == 2
    done = [undo(ledger) for _ in range(4)]
    assert done == ["勾选 2 张照片已征得同意", "移除照片“IMG_2.jpg”", "调整照片顺序", "修改照片“IMG_0.jpg”的说明"]
    assert names(ledger, activity) == ["IMG_0.jpg", "IMG_1.jpg", "IMG_2.jpg"]


def test_photos_added_later_come_last_even_after_some_were_removed(
    ledger: Ledger, activity: str, tmp_path: Path
) -> None:
    first, *_ = add(ledger, activity, some_photos(tmp_path, 2))
    recording.remove(ledger, [first], a_clerk())
    add(ledger, activity, [a_photo_file(tmp_path, "新.jpg")])
    assert names(ledger, activity) == ["IMG_1.jpg", "新.jpg"]


def test_photos_for_a_record_that_is_gone_are_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="这个活动已经不在台账里了"):
        add(ledger, "no such activity", some_photos(tmp_path, 1))
    with pytest.raises(UserError, match="这张照片已经不在台账里了"):
        recording.describe(ledger, "no such photo", a_clerk(), caption="说明")


def test_the_same_photo_twice_is_two_rows_and_one_file(ledger: Ledger, activity: str, tmp_path: Path) -> None:
    path = a_photo_file(tmp_path)
    add(ledger, activity, [path, path])
    assert len(names(ledger, activity)) == 2 and len(stored(ledger)) == 1


def test_a_stick_pulled_out_half_way_is_one_sentence_and_not_one_for_each_photo(
    ledger: Ledger, activity: str, tmp_path: Path
) -> None:
    ledger.folder.rename(tmp_path / "拔走了")
    batch = photos.prepare_all(ledger.folder, some_photos(tmp_path, 3))
    assert batch.fault.startswith("找不到") and batch.left_out == 3 and not batch.refused
    (tmp_path / "拔走了").rename(ledger.folder)
    assert activity and stored(ledger) == []


def test_when_the_disk_fails_what_is_ready_is_kept(ledger: Ledger, activity: str, tmp_path: Path) -> None:
    away = tmp_path / "拔走了"

    def pull_out(done: int, _total: int) -> None:
        if done == 2:
            ledger.folder.rename(away)

    batch = photos.prepare_all(ledger.folder, some_photos(tmp_path, 4), progress=pull_out)
    away.rename(ledger.folder)
    assert len(batch.photos) == 2 and batch.left_out == 2 and batch.fault
    assert len(photos.attach(ledger, OF_ACTIVITY, activity, batch.photos, a_clerk())) == 2


def stored(ledger: Ledger) -> list[str]:
    return sorted(path.name for path in (ledger.folder / "photos").rglob("*") if path.is_file())


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX's")
def test_killed_while_adding_nothing_is_orphaned(ledger: Ledger, activity: str, tmp_path: Path) -> None:
    """Killed after each number of photos: every row has its file, and what has no row is swept at the next start."""
    some_photos(tmp_path, 4)
    folder = ledger.folder
    ledger.close()
    script = textwrap.dedent(
        """
        import sys, pathlib
        from models.ledger import Ledger
        from models import photos
        from tests.factories import a_clerk
        folder, source, uid = map(pathlib.Path, sys.argv[1:4])
        ledger = Ledger.open(folder)
        paths = sorted(source.glob("IMG_*.jpg"))
        for round in range(3):
            photos.add_photos(ledger, "activity", str(uid), paths, a_clerk(), lambda *step: print(*step, flush=True))
            print("saved", flush=True)
        """
    )
    for lines in (1, 3, 5, 6, 9, 12):
        arguments = [sys.executable, "-c", script, str(folder), str(tmp_path), activity]
        with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout
            heard = [child.stdout.readline() for _ in range(lines)]
            child.send_signal(signal.SIGKILL)
            child.wait()
        with Ledger.open(folder) as opened:
            assert opened.find_damage() == "" and file_store.missing(opened) == []
            assert len(names(opened, activity)) >= 4 * heard.count("saved\n")
            used = {each.digest for each in list_attachments(opened, activity)}
            file_store.sweep(opened, NOW.replace(year=2099))
            assert {name.split(".")[0] for name in stored(opened)} == used
