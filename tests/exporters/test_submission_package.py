"""A submission is packed: the same content, the same bytes; a later version says what it changes."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from exporters.progress import ExportCancelled
from exporters.submission_mail import letter_for, mail_limit
from exporters.submission_package import BuiltPackage, build_package
from exporters.submission_volumes import write_volumes
from importers.package_reading import read_package
from models import activity_repository, file_store, periods
from models.attachment import OF_CASE
from models.case_repository import CASES
from models.ledger import Ledger
from models.notice import builtin_notice
from models.photos import attach, prepare_all
from models.recording import Clerk, record, record_many
from models.submission import EventKind, Submission, SubmissionEvent, SubmissionFile
from models.submission_content import PackageContent, collect
from models.submission_data import FILE_NAME
from models.submission_differences import ADDED, CHANGED, REMOVED
from models.submission_repository import add_event, add_submission
from tests.factories import a_sample_ledger, an_activity
from tests.models.photo_samples import a_photo_file

NOTICE = builtin_notice()
PERIOD = periods.quarter(2025, 3)
NOW = datetime(2025, 10, 10, 9, 30)
CLERK = Clerk(NOTICE, NOW, "赵芳")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return a_sample_ledger(tmp_path / "台账")


def packed(ledger: Ledger, **choices: object) -> BuiltPackage:
    return build_package(collect(ledger, NOTICE, PERIOD, NOW, **choices))  # pyright: ignore[reportArgumentType]


def kept(ledger: Ledger, built: BuiltPackage, *, sent: bool = True) -> Submission:
    """The package as the log keeps it."""
    files = [
        SubmissionFile(
            each.name,
            each.title,
            each.extent,
            file_store.store(ledger.folder, each.read(), each.suffix),
            each.suffix,
            each.byte_count,
        )
        for each in built.files
    ]
    content = built.content
    made = Submission(PERIOD.code, content.version, built.receipt_code, built.digest, NOW, forms=content.forms)
    saved = add_submission(ledger, made, files, ())
    if sent:
        add_event(ledger, SubmissionEvent(saved.uid, NOW, EventKind.SENT))
    return saved


def test_the_default_package_holds_the_ledger_the_cases_and_the_signed_list(ledger: Ledger) -> None:
    with ledger:
        built = packed(ledger)
    titles = [(each.title, each.suffix) for each in built.files]
    cases = len(built.content.cases)
    assert titles == [
        ("表10", ".pdf"),
        ("表2", ".pdf"),
        ("表2", ".xlsx"),
        *[("表3", ".pdf"), ("表3", ".docx")] * cases,
        ("数据", ".json"),
    ]
    assert cases > 1 and len({each.name for each in built.files}) == len(built.files)
    assert built.label.stem == "JZGH_410803_410803-0000-012_2025Q3_v1" and built.label.stem.isascii()


def test_the_list_prints_the_code_and_every_other_file(ledger: Ledger, tmp_path: Path) -> None:
    with ledger:
        built = packed(ledger)
    cover = tmp_path / "表10.pdf"
    cover.write_bytes(built.files[0].read())
    text = "".join("".join(page.extract_text() for page in PdfReader(cover).pages).split())
    assert built.receipt_code in text
    for file in built.files[1:]:
        assert "".join(file.name.split()) in text and file.digest[:8].upper() in text


def test_packing_twice_gives_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    with ledger:
        first, again = packed(ledger), packed(ledger)
    assert (first.digest, first.receipt_code) == (again.digest, again.receipt_code)
    paths = [
        write_volumes(built.files, built.label, tmp_path / name, 20 << 20)[0]
        for built, name in ((first, "一"), (again, "二"))
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert read_package([paths[0]]).receipt_code == first.receipt_code


def test_photos_go_under_their_captions_and_not_when_nobody_wants_them(ledger: Ledger, tmp_path: Path) -> None:
    with ledger:
        case = next(each for each in CASES.list_all(ledger) if each.number == "AL-2025-003")
        prepared = prepare_all(ledger.folder, [a_photo_file(tmp_path)], full=True).photos
        photos = [replace(photo, caption="师傅讲安全/第一课") for photo in prepared]
        attach(ledger, OF_CASE, case.uid, photos, CLERK)
        names = [each.name for each in packed(ledger).files if each.title == "照片"]
        assert len(names) == 1 and names[0].startswith("照片/AL-2025-003_1_师傅讲安全")
        assert "/" not in names[0].removeprefix("照片/")
        assert all(each.title != "照片" for each in packed(ledger, with_photos=False).files)
        assert all(each.title not in ("照片", "表3") for each in packed(ledger, cases=[]).files)


def test_nothing_new_is_pointed_out_even_if_a_record_was_saved_again(ledger: Ledger) -> None:
    with ledger:
        kept(ledger, packed(ledger))
        activity = activity_repository.list_in_period(ledger, PERIOD)[0]
        record(ledger, activity, replace(CLERK, now=NOW + timedelta(days=1)))
        content = collect(ledger, NOTICE, PERIOD, NOW + timedelta(days=1))
        assert content.version == 2 and content.unchanged
        assert not collect(ledger, NOTICE, PERIOD, NOW, forms=["表2", "表5", "表10"]).unchanged


def test_a_correction_says_what_it_changes(ledger: Ledger, tmp_path: Path) -> None:
    with ledger:
        kept(ledger, packed(ledger))
        first, second, *_ = activity_repository.list_in_period(ledger, PERIOD)
        record(ledger, first.with_values(people_offline=999, place="新礼堂"), CLERK)
        with ledger.transaction("删除", at=NOW):
            activity_repository.delete_activities(ledger, [second.uid], now=NOW)
        record_many(ledger, [an_activity(title="补记的活动", start=PERIOD.end)], CLERK, "补记")
        content = collect(ledger, NOTICE, PERIOD, NOW)
        built = build_package(content)
    found = content.differences
    assert found is not None and [found.count(kind) for kind in (ADDED, CHANGED, REMOVED)] == [1, 1, 1]
    changed = next(each for each in found.changes if each.change == CHANGED)
    assert [(field.label, field.new) for field in changed.fields] == [
        ("线下参加人次", "999 人次"),
        ("地点", "新礼堂"),
    ]
    page = next(each for each in built.files if each.title == "更正" and each.suffix == ".pdf")
    file = tmp_path / "更正.pdf"
    file.write_bytes(page.read())
    text = "".join("".join(page.extract_text() for page in PdfReader(file).pages).split())
    assert "新增1项，修改1项，删除1项" in text and "新礼堂" in text and second.number in text
    assert page.name.startswith("更正说明_")
    assert "、更正说明，下载后解压）" in letter_for(built, mail_limit(20)).body, "the letter says where to find it"
    assert (
        built.label.stem.endswith("_v2")
        and b'"changes"' in next(each for each in built.files if each.name == FILE_NAME).read()
    )


def test_a_correction_is_compared_with_what_the_superior_has(ledger: Ledger) -> None:
    with ledger:
        kept(ledger, packed(ledger))
        first = activity_repository.list_in_period(ledger, PERIOD)[0]
        record(ledger, first.with_values(place="新礼堂"), CLERK)
        made = kept(ledger, packed(ledger), sent=False)
        again = collect(ledger, NOTICE, PERIOD, NOW)
        assert again.same_as == made and again.version == 3, "it was packed already, though nobody sent it"
        record(ledger, first.with_values(place="老礼堂"), CLERK)
        third = collect(ledger, NOTICE, PERIOD, NOW)
        record(ledger, first, CLERK)
        back = collect(ledger, NOTICE, PERIOD, NOW)
        assert back.same_as == back.previous, "as the first one again, which the superior has"
    assert third.same_as is None and third.previous is not None and third.previous.version == 1
    assert third.differences is not None
    [change] = third.differences.changes
    assert [(field.old, field.new) for field in change.fields] == [(first.place, "老礼堂")]


def test_packing_can_be_stopped(ledger: Ledger) -> None:
    with ledger:
        content: PackageContent = collect(ledger, NOTICE, PERIOD, NOW)
    seen: list[int] = []

    def stop_at_the_third(done: int, _total: int) -> bool:
        seen.append(done)
        return len(seen) < 3

    with pytest.raises(ExportCancelled):
        build_package(content, stop_at_the_third)
    assert seen == sorted(seen) and len(seen) == 3
