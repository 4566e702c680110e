"""All forms of a year in all formats: progress, stopping, faults of the disk, killed half-way, the same bytes again."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import exporters.file_set
from exporters.docx import write_docx
from exporters.pdf import render_pdf
from exporters.pdf.faces import Face
from exporters.progress import ExportCancelled
from exporters.report_files import FORMATS, export_reports
from models.errors import UserError
from models.ledger import Ledger
from models.report import DayEntry, MonthDay, MonthGrid, PictureSheet, Report
from tests.exporters.pdf_reading import page_texts
from tests.exporters.samples import ledger_report
from tests.exporters.test_atomic_write import file_size_limit
from tests.models.year_ledger import a_year_ledger, year_forms

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ledger with a few of everything."""
    folder = tmp_path_factory.mktemp("year") / "台账"
    a_year_ledger(folder, activities=45, cases=4, photographed=2).close()
    return folder


@pytest.fixture(scope="module")
def forms(small: Path) -> list[Report]:
    with Ledger.open(small) as ledger:
        return year_forms(ledger)


@pytest.fixture(scope="module")
def exported(forms: list[Report], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Watch]:
    """All of them exported once, to be read and copied only, and what was told of it."""
    folder, watch = tmp_path_factory.mktemp("exported"), Watch()
    export_reports(forms, folder, FORMATS, watch)
    return folder, watch


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


class Watch:
    """Notes what an export tells; stops it at call number `stop_at`."""

    def __init__(self, stop_at: int = 0) -> None:
        self.told: list[tuple[int, int]] = []
        self.stop_at = stop_at

    def __call__(self, done: int, total: int) -> bool:
        self.told.append((done, total))
        return len(self.told) != self.stop_at


# ─── progress and stopping ───


def test_progress_and_stopping(forms: list[Report], exported: tuple[Path, Watch], tmp_path: Path) -> None:
    """Stopped at a dozen places, the last call among them, the files of the export before are as they were."""
    folder = tmp_path / "报表"
    made, watch = exported
    shutil.copytree(made, folder)
    before = digests(folder)
    assert watch.told == sorted(watch.told)
    assert len({total for _, total in watch.told}) == 1
    assert watch.told[-1][0] == watch.told[-1][1]
    chance = random.Random(4)
    later = [replace(form, version=2) for form in forms]  # other names and other words
    for stop_at in (*chance.sample(range(1, len(watch.told)), 11), len(watch.told)):
        stopped = Watch(stop_at)
        with pytest.raises(ExportCancelled):
            export_reports(later, folder, FORMATS, stopped)
        assert len(stopped.told) == stop_at, "nothing more is told once it is to stop"
    assert digests(folder) == before


@pytest.mark.slow
def test_a_full_year_is_told_of_all_the_time_and_can_be_stopped(tmp_path: Path) -> None:
    with a_year_ledger(tmp_path / "台账") as ledger:
        forms = year_forms(ledger)
    folder = tmp_path / "报表"
    watch = Watch()
    export_reports(forms, folder, FORMATS, watch)
    before = digests(folder)
    assert len(watch.told) > 300
    stopped = Watch(len(watch.told) - 5)  # in the midst of the workbook, which takes longest to be given up
    with pytest.raises(ExportCancelled):
        export_reports([replace(form, version=2) for form in forms], folder, FORMATS, stopped)
    assert len(stopped.told) == stopped.stop_at
    assert digests(folder) == before


def test_thousands_of_activities_on_one_day_keep_nobody_waiting(tmp_path: Path) -> None:
    entries = tuple(DayEntry("●", f"第{number}期职工读书分享会", uid=f"u{number}") for number in range(5000))
    monday, *others = (MonthDay(date(2025, 9, day)) for day in range(1, 8))
    sheet = replace(ledger_report(1), blocks=(MonthGrid(((replace(monday, entries=entries), *others),)),))
    watch = Watch()
    export_reports([sheet], tmp_path, ["pdf"], watch)
    assert len(watch.told) > 100


# ─── the same bytes ───

AGAIN = """
import sys
from pathlib import Path
from exporters.report_files import FORMATS, export_reports
from models.ledger import Ledger
from tests.models.year_ledger import year_forms
with Ledger.open(Path(sys.argv[1])) as ledger:
    export_reports(year_forms(ledger), Path(sys.argv[2]), FORMATS)
"""


def test_the_same_forms_give_the_same_bytes_here_and_elsewhere(
    small: Path, forms: list[Report], exported: tuple[Path, Watch], tmp_path: Path
) -> None:
    here, again, there = exported[0], tmp_path / "二", tmp_path / "三"
    export_reports(forms, again, FORMATS)
    assert digests(again) == digests(here)
    changed = {"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "C", "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", AGAIN, small, there], env=os.environ | changed, cwd=tmp_path, check=True)
    assert digests(there) == digests(here)
    assert len(digests(here)) > 12


# ─── the disk refuses ───


def test_one_name_that_cannot_be_taken_keeps_all_old_files(
    forms: list[Report], exported: tuple[Path, Watch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows answers when Excel holds the second of the files open."""
    shutil.copytree(exported[0], tmp_path, dirs_exist_ok=True)
    before = digests(tmp_path)
    held = sorted(before)[1]
    really = os.replace

    def refuse(source: str | Path, target: str | Path) -> None:
        if Path(target).name == held and Path(target).parent == tmp_path and "replaced" not in str(source):
            raise PermissionError(13, "held open", str(target))
        really(source, target)

    monkeypatch.setattr(exporters.file_set.os, "replace", refuse)
    changed = [replace(form, basis="另一个依据") for form in forms]
    with pytest.raises(UserError, match=held.replace("（", ".").replace("）", ".")):
        export_reports(changed, tmp_path, FORMATS)
    assert digests(tmp_path) == before


def test_a_disk_without_second_names_keeps_the_old_files_too(
    forms: list[Report], exported: tuple[Path, Watch], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # what FAT says to a hard link

    monkeypatch.setattr(exporters.file_set.os, "link", refuse)
    for file in exported[0].glob("*.pdf"):
        shutil.copy2(file, tmp_path)
    before = digests(tmp_path)
    (tmp_path / max(before)).unlink()
    (tmp_path / max(before)).mkdir()  # the last name cannot be taken
    with pytest.raises(UserError, match="没有保存"):
        export_reports([replace(form, basis="另一个依据") for form in forms], tmp_path, ["pdf"])
    (tmp_path / max(before)).rmdir()
    del before[max(before)]
    assert digests(tmp_path) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("limit", [0, 20_000])
def test_a_full_disk_leaves_nothing(forms: list[Report], tmp_path: Path, limit: int) -> None:
    with file_size_limit(limit), pytest.raises(UserError, match="磁盘空间不够"):
        export_reports(forms, tmp_path, FORMATS)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_goes_away_meanwhile_is_said(forms: list[Report], tmp_path: Path) -> None:
    """The stick is pulled out; what is written last cannot be."""
    folder = tmp_path / "U盘"

    def pull_out(done: int, total: int) -> bool:
        if done > total / 2 and folder.exists():
            folder.rename(tmp_path / "拔出")
        return True

    with pytest.raises(UserError, match="找不到"):
        export_reports(forms, folder, FORMATS, pull_out)
    assert not folder.exists()


def test_a_file_in_place_of_the_folder_is_said(forms: list[Report], tmp_path: Path) -> None:
    (tmp_path / "报表").write_text("", "utf-8")
    with pytest.raises(UserError):
        export_reports(forms, tmp_path / "报表", FORMATS)


# ─── photos and fonts ───


def pictured(form: Report) -> Report:
    """The first sheet of 表1 with photos."""
    [first] = [one for one in form.sheets if any(isinstance(block, PictureSheet) for block in one.blocks)][:1]
    return replace(first, following=())


def huge_jpeg(width: int) -> bytes:
    """A file that says of itself that it is as wide and high as no camera makes it."""
    size = width.to_bytes(2, "big") * 2
    return b"\xff\xd8\xff\xc0\x00\x11\x08" + size + b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"


@pytest.mark.parametrize(
    "content",
    [None, b"", b"GIF89a", b"\xff\xd8", b"\xff\xd8\xff\xd9", b"\xff\xd8\xff\xe0\xff\xff" + b"x" * 50, os.urandom(999)],
    ids=["gone", "empty", "gif", "two bytes", "no picture", "torn", "noise"],
)
def test_a_photo_that_is_none_is_said_in_its_place(forms: list[Report], tmp_path: Path, content: bytes | None) -> None:
    form = pictured(forms[0])
    grid, sheet = form.blocks
    assert isinstance(sheet, PictureSheet)
    file = tmp_path / "photo.jpg"
    if content is not None:
        file.write_bytes(content)
    broken = replace(form, blocks=(grid, replace(sheet, pictures=(replace(sheet.pictures[0], file=file),))))
    said = "照片文件不在" if content is None else "照片文件已损坏"
    assert said in "".join(page_texts(render_pdf(broken).data))
    write_docx(broken, tmp_path / "a.docx")
    export_reports([broken], tmp_path / "报表", ["xlsx", "pdf"])


@pytest.mark.parametrize("width", [0, 1, 65535])
def test_a_photo_of_any_size_keeps_inside_the_page(forms: list[Report], tmp_path: Path, width: int) -> None:
    form = pictured(forms[0])
    grid, sheet = form.blocks
    assert isinstance(sheet, PictureSheet)
    (tmp_path / "photo.jpg").write_bytes(huge_jpeg(width))
    picture = replace(sheet.pictures[0], file=tmp_path / "photo.jpg")
    made = replace(form, blocks=(grid, replace(sheet, pictures=(picture,))))
    assert render_pdf(made).pages == 2
    write_docx(made, tmp_path / "a.docx")


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x00\x00" + b"\x00" * 40, os.urandom(999)])
def test_a_font_of_the_program_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "Song.ttf"
    if content is not None:
        file.write_bytes(content)
    face = Face(file, "Song")
    assert not face.usable()
    with pytest.raises(UserError, match=r"Song\.ttf.*重新安装"):
        face.has("字")


# ─── killed ───


def test_what_a_killed_export_left_is_swept_a_day_later(forms: list[Report], tmp_path: Path) -> None:
    names = [f".{digit * 16}.tmp" for digit in "abcd"]
    for name in names[:2]:
        (tmp_path / name / "replaced").mkdir(parents=True)
        (tmp_path / name / "半张.pdf").write_bytes(b"%PDF")
    for name in (*names[2:], ".tmp", ".abc.tmp", f"x{names[0]}", f"{names[0]}x", f".{'G' * 16}.tmp"):
        (tmp_path / name).write_bytes(b"half")
    old = time.time() - 25 * 3600
    for path in [path for path in tmp_path.iterdir() if path.name not in names[1::2]]:
        os.utime(path, (old, old))
    export_reports(forms[1:2], tmp_path, ["pdf"])
    left = {path.name for path in tmp_path.iterdir() if path.suffix != ".pdf"}
    assert left == {names[1], names[3], ".tmp", ".abc.tmp", f"x{names[0]}", f"{names[0]}x", f".{'G' * 16}.tmp"}


def test_a_link_that_looks_like_ours_is_not_followed(forms: list[Report], tmp_path: Path) -> None:
    dear = tmp_path / "宝贵"
    dear.mkdir()
    (dear / "一.pdf").write_bytes(b"dear")
    folder = tmp_path / "报表"
    folder.mkdir()
    link = folder / f".{'a' * 16}.tmp"
    link.symlink_to(dear)
    os.utime(link, (0, 0), follow_symlinks=False)
    export_reports(forms[1:2], folder, ["pdf"])
    assert not link.is_symlink()
    assert (dear / "一.pdf").read_bytes() == b"dear"


def _export_for_ever(versions: list[list[Report]], folder: Path) -> None:
    while True:
        for version in versions:
            export_reports(version, folder, FORMATS)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_killed_at_any_moment_no_file_is_half(forms: list[Report], tmp_path: Path) -> None:
    few = [form for form in forms if form.code in ("表2", "表3", "表4", "表6", "表9")]
    versions = [few, [replace(form, basis="另一个依据") for form in few]]
    whole: dict[str, set[str]] = {}
    for number, version in enumerate(versions):
        export_reports(version, tmp_path / str(number), FORMATS)
        for name, digest in digests(tmp_path / str(number)).items():
            whole.setdefault(name, set()).add(digest)
    folder = tmp_path / "报表"
    folder.mkdir()
    chance = random.Random(9)
    context = multiprocessing.get_context("fork")
    for _ in range(60):
        process = context.Process(target=_export_for_ever, args=(versions, folder))
        process.start()
        time.sleep(chance.uniform(0.02, 0.7))  # the moment is what is tried here
        process.kill()
        process.join()
        found = {path.name: path for path in folder.iterdir() if not path.name.startswith(".")}
        for name, path in found.items():
            assert hashlib.sha256(path.read_bytes()).hexdigest() in whole[name], name
    assert set(digests_of_files(folder)) == set(whole)
    left = [path for path in folder.iterdir() if path.name.startswith(".")]
    assert left, "none of the exports was killed on the way"
    for path in left:
        os.utime(path, (0, 0))
    export_reports(few, folder, FORMATS)
    assert digests(folder) == digests(tmp_path / "0")


def digests_of_files(folder: Path) -> Iterator[str]:
    return (path.name for path in folder.iterdir() if not path.name.startswith("."))
