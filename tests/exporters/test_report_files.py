"""One report becomes the files a clerk keeps and sends: complete, named for people here, for machines in the mail."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from exporters.pdf import render_pdf
from exporters.pdf.fonts import font_set
from exporters.pdf.replacements import replaced_fonts
from exporters.progress import ExportCancelled
from exporters.report_files import WrittenFile, attachment_names, export_letter, export_report, export_reports
from models import periods, reports
from models.errors import UserError
from models.ledger import Ledger
from models.letters import Letter, compose_letter
from models.notice import Notice, builtin_notice
from models.recording import Clerk, record_many
from models.report import Report
from models.samples import sample_activities, sample_unit
from models.unit import Unit
from models.unit_repository import get_unit, save_unit

NOW = datetime(2025, 10, 10, 9, 30)
PERIOD = periods.quarter(2025, 3)
STEM = "表2_活动台账_焦作市云台示例化工有限公司工会_2025Q3_v1"
MAIL_STEM = "JZGH_410803_410803-0000-012_2025Q3_v1"


@pytest.fixture
def notice() -> Notice:
    return builtin_notice()


@pytest.fixture
def ledger(tmp_path: Path, notice: Notice) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "台账") as ledger:
        with ledger.transaction("示例", at=NOW):
            save_unit(ledger, sample_unit(), now=NOW)
        record_many(ledger, sample_activities(), Clerk(notice, NOW), "示例")
        yield ledger


@pytest.fixture
def report(ledger: Ledger, notice: Notice) -> Report:
    return reports.build("表2", ledger, notice, PERIOD, NOW.date())


@pytest.fixture
def unit(ledger: Ledger) -> Unit:
    return get_unit(ledger)


@pytest.fixture
def letter(notice: Notice, unit: Unit, report: Report) -> Letter:
    return compose_letter(notice, unit, PERIOD, [report], attachment_names(report, unit))


def read_mail(file: Path) -> EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_pdf_and_excel_lie_in_the_folder_under_their_chinese_names(report: Report, tmp_path: Path) -> None:
    folder = tmp_path / "导出" / "三季度"
    result = export_report(report, folder)

    assert sorted(path.name for path in folder.iterdir()) == [f"{STEM}.pdf", f"{STEM}.xlsx"]
    assert result.files == (folder / f"{STEM}.pdf", folder / f"{STEM}.xlsx")
    assert result.pages == len(PdfReader(result.files[0]).pages)
    assert result.fonts
    assert load_workbook(result.files[1]).worksheets[0].max_row > len(report.tables[0].rows)


def test_exporting_again_replaces_the_file_and_nothing_else(report: Report, tmp_path: Path) -> None:
    other = tmp_path / "别动我.txt"
    other.write_text("照旧", "utf-8")
    first = export_report(report, tmp_path, ["pdf"]).files[0].read_bytes()
    assert export_report(report, tmp_path, ["pdf"]).files[0].read_bytes() == first
    assert other.read_text("utf-8") == "照旧"


def test_an_unknown_format_is_refused_with_those_that_exist(report: Report, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="pdf、xlsx"):
        export_report(report, tmp_path, ["wps"])


def test_progress_runs_evenly_over_both_files_and_ends_at_the_end(report: Report, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    export_report(report, tmp_path, progress=progress)
    assert told == sorted(told)
    assert {total for _done, total in told} == {2000}
    assert told[-1][0] == 2000


def test_stopping_leaves_the_old_files_as_they_were(report: Report, tmp_path: Path) -> None:
    (tmp_path / f"{STEM}.pdf").write_bytes(b"old")
    with pytest.raises(ExportCancelled):
        export_report(report, tmp_path, progress=lambda _done, _total: False)
    assert [path.name for path in tmp_path.glob("*.*")] == [f"{STEM}.pdf"]
    assert (tmp_path / f"{STEM}.pdf").read_bytes() == b"old"


def test_a_file_in_place_of_the_folder_is_said_in_a_sentence(report: Report, tmp_path: Path) -> None:
    blocked = tmp_path / "占位"
    blocked.write_text("", "utf-8")
    with pytest.raises(UserError) as raised:
        export_report(report, blocked)
    assert "占位" in raised.value.message


def test_a_unit_without_a_code_goes_by_its_own_id(report: Report, unit: Unit) -> None:
    names = attachment_names(report, replace(unit, code="", uid="0197-aabb-ccdd1122"))
    assert names[0] == "JZGH_410803_ccdd1122_2025Q3_v1.pdf"


def test_the_mail_draft_is_ready_to_be_sent(
    report: Report, unit: Unit, notice: Notice, letter: Letter, tmp_path: Path
) -> None:
    draft = export_letter(letter, report, unit, notice, tmp_path / "寄出")

    assert draft.name == f"{STEM}.eml"
    message = read_mail(draft)
    assert message["To"] == "jzghxjwlb@126.com"
    assert message["From"] == "xuanjiao@example.com"
    assert message["Subject"] == letter.subject
    body = message.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == letter.body
    attached = list(message.iter_attachments())
    assert [part.get_filename() for part in attached] == [f"{MAIL_STEM}.pdf", f"{MAIL_STEM}.xlsx"]
    for part in attached:
        beside = draft.parent / str(part.get_filename())
        assert part.get_content() == beside.read_bytes(), "what is dragged into webmail is what the draft holds"
        assert beside.name in letter.body


def test_a_wrong_address_stops_the_draft_before_anything_is_written(
    report: Report, unit: Unit, notice: Notice, letter: Letter, tmp_path: Path
) -> None:
    folder = tmp_path / "寄出"
    with pytest.raises(UserError, match="写得不对"):
        export_letter(replace(letter, recipient="jzghxjwlb"), report, unit, notice, folder)
    assert not folder.exists()


def test_several_forms_share_one_workbook_and_have_a_pdf_each(ledger: Ledger, notice: Notice, tmp_path: Path) -> None:
    chosen = list(reports.build_all(["表2", "表8"], ledger, notice, PERIOD, NOW.date()))
    result = export_reports(chosen, tmp_path, ["pdf", "xlsx"])

    short = STEM.split("_")[2]
    names = [f"{STEM}.pdf", f"表8_年度计划_{short}_2025_v1.pdf", f"报表_{short}_2025Q3_v1.xlsx"]
    assert [path.name for path in result.files] == names
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == sorted([*names])
    assert load_workbook(result.files[2]).sheetnames == ["表2活动台账", "表8年度计划", "来源"]
    assert result.pages == sum(len(PdfReader(path).pages) for path in result.files[:2])
    pages = [f"{len(PdfReader(path).pages)}页" for path in result.files[:2]]
    rows = sum(len(report.tables[0].rows) for report in chosen)
    assert [each.extent for each in result.written] == [*pages, f"{rows}行"]


def test_several_forms_given_up_on_the_way_leave_no_file(ledger: Ledger, notice: Notice, tmp_path: Path) -> None:
    chosen = list(reports.build_all(["表2", "表8"], ledger, notice, PERIOD, NOW.date()))
    folder = tmp_path / "导出"
    seen: list[int] = []

    def stop_in_the_second_file(done: int, total: int) -> bool:
        seen.append(done)
        return done * 3 <= total  # the first of three files

    with pytest.raises(ExportCancelled):
        export_reports(chosen, folder, ["pdf", "xlsx"], stop_in_the_second_file)
    assert max(seen) > 1000, "the first file was finished"
    assert list(folder.iterdir()) == []


def test_a_cover_lists_what_was_written(ledger: Ledger, notice: Notice, tmp_path: Path) -> None:
    chosen = list(reports.build_all(["表2", "表8"], ledger, notice, PERIOD, NOW.date()))
    listed: list[str] = []

    def cover(files: Sequence[WrittenFile]) -> Report:
        listed.extend(f"{each.path.name} {each.extent} {each.path.stat().st_size > 0}" for each in files)
        return replace(chosen[0], code="表10", file_stem="报送清单")

    result = export_reports(chosen, tmp_path, ["pdf"], cover=cover)
    pages = [f"{len(PdfReader(path).pages)}页" for path in result.files[:2]]
    assert listed == [f"{path.name} {extent} True" for path, extent in zip(result.files[:2], pages, strict=True)]
    assert result.files[-1].name.startswith("表10_报送清单_") and result.files[-1].exists()


def test_fonts_that_the_computer_lacks_are_named(report: Report) -> None:
    bundled = font_set(())
    used = render_pdf(report, fonts=bundled).fonts
    assert replaced_fonts(report, used, bundled) == ("方正小标宋（用 Noto Serif SC Bold 代替）",)
