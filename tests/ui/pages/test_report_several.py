"""Several forms at once: ticked, written into one folder, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models import periods
from tests.factories import a_ledger, a_sample_ledger, an_activity
from tests.ui.driver import settle
from tests.ui.pages.report_desk import Desk, answer_when_asked
from ui.widgets.base import application


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "送出"
    folder.mkdir()
    return folder


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, out: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter, with the panel open."""
    desk = Desk(qtbot, a_sample_ledger(tmp_path / "台账"), out)
    desk.click(desk.page.several_button)
    yield desk
    settle()


def tick(desk: Desk, *keys: str) -> None:
    for key, box in desk.page.batch.ticks.items():
        box.setChecked(key in keys)


def test_the_forms_with_something_in_them_are_ticked_to_begin_with(desk: Desk) -> None:
    batch = desk.page.batch
    assert batch.isVisible() and not desk.page.pdf_button.isEnabled()
    assert [form.key for form in batch.chosen()] == [f"表{number}" for number in range(1, 11)]
    desk.click(batch.none_link)
    assert not batch.export_button.isEnabled() and batch.reason.text() == "先勾要导出的表"
    desk.click(batch.all_link)
    assert len(batch.chosen()) == len(desk.page.offered)
    for box in batch.formats.values():
        box.setChecked(False)
    assert not batch.export_button.isEnabled() and batch.reason.text() == "先勾要做成的文件"
    assert batch.print_button.isEnabled(), "paper needs no kind of file"


def test_forms_without_records_are_not_ticked(qtbot: QtBot, tmp_path: Path, out: Path) -> None:
    desk = Desk(qtbot, a_ledger(tmp_path / "台账", an_activity()), out)
    desk.click(desk.page.several_button)
    assert {"表3", "表4", "表7", "表8"}.isdisjoint(form.key for form in desk.page.batch.chosen())
    assert desk.page.batch.ticks["表3"].isEnabled(), "but they may be"


def test_several_forms_go_into_one_folder_with_a_list_of_the_files(desk: Desk, out: Path) -> None:
    desk.page.batch.formats["docx"].setChecked(True)
    tick(desk, "表2", "表3", "表5", "表10")
    desk.click(desk.page.batch.export_button)
    desk.wait_for_work()
    kinds = sorted((path.name.split("_")[0], path.suffix) for path in out.iterdir())
    docx = [("表3", ".docx")] * 2
    assert kinds == sorted([("报表", ".xlsx"), *docx, *((code, ".pdf") for code in ("表2", "表3", "表5", "表10"))])
    [book] = out.glob("*.xlsx")
    sheets = [sheet.title for sheet in load_workbook(book).worksheets if sheet.sheet_state == "visible"]
    assert len(sheets) == 3 and sheets[0].startswith("表2")
    for file in out.glob("*.docx"):
        assert Document(str(file)).paragraphs
    [cover] = out.glob("表10*.pdf")
    listed = "".join(page.extract_text() for page in PdfReader(cover).pages).replace("\n", "")
    assert all(path.name in listed for path in out.iterdir() if path != cover)
    assert "7 个文件" in desk.page.done.text() and "用自带字体代替" in desk.page.done.text()
    desk.click(next(each for each in desk.page.done.links() if each.text() == "打开文件夹"))
    assert desk.opened == [out]
    assert desk.asked == 1 and desk.wrong == []


def test_an_export_that_is_stopped_leaves_no_file(desk: Desk, out: Path) -> None:
    desk.page.batch.export_button.click()
    desk.qtbot.waitUntil(lambda: any(out.iterdir()), timeout=60_000)  # the hidden folder they are written into
    assert not desk.page.batch.export_button.isEnabled(), "one at a time"
    desk.page.progress.stopped.emit()
    settle()
    assert list(out.iterdir()) == []
    assert not desk.page.progress.isVisible() and not desk.page.done.isVisible()
    assert desk.page.batch.export_button.isEnabled(), "it can be started again"


def test_closing_the_window_stops_an_export(desk: Desk, out: Path) -> None:
    desk.page.batch.export_button.click()
    assert desk.page.keep_unsaved()
    settle()
    assert list(out.iterdir()) == []


def test_long_work_says_how_far_it_is(desk: Desk) -> None:
    steps: list[str] = []
    desk.page.output.progressed.connect(lambda words, _done, _total: steps.append(words))
    desk.page.output._slow.setInterval(0)  # as if it had lasted a second
    desk.click(desk.page.batch.export_button)
    desk.wait_for_work()
    assert any(step.startswith("正在汇总和排版，第 ") and step.endswith(" / 10 张表") for step in steps)
    assert any(step.startswith("正在导出，第 ") and step.endswith(" 个文件") for step in steps)


def test_files_somebody_has_worked_on_are_asked_about_first(desk: Desk, out: Path) -> None:
    tick(desk, "表5")
    desk.click(desk.page.batch.export_button)
    desk.wait_for_work()
    [book] = out.glob("表5*.xlsx")
    book.write_bytes(b"edited by hand")
    answer_when_asked("不替换")
    desk.click(desk.page.batch.export_button)
    desk.wait_for_work()
    assert book.read_bytes() == b"edited by hand"


def test_what_cannot_be_made_into_the_files_ticked_is_said(desk: Desk, out: Path) -> None:
    tick(desk, "月历")
    desk.page.batch.formats["pdf"].setChecked(False)
    desk.click(desk.page.batch.export_button)
    desk.wait_for_work()
    assert len(desk.wrong) == 1 and "PDF" in desk.wrong[0] and list(out.iterdir()) == []


def test_the_panel_follows_the_period_and_keeps_what_is_ticked(desk: Desk) -> None:
    tick(desk, "表2")
    desk.context.set_period(periods.quarter(2026, 2))
    settle()
    batch = desk.page.batch
    assert batch.isVisible() and batch.period.text().startswith("2026年第二季度")
    assert batch.ticks["表2"].accessibleDescription() == "横版 · 本期无记录"
    assert [form.key for form in batch.chosen()] == ["表2"]


def test_esc_and_choosing_a_form_lead_back_to_the_preview(desk: Desk) -> None:
    focused = application().focusWidget()
    assert focused is desk.page.batch.ticks["表1"]
    desk.qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert desk.page.preview.isVisible() and desk.page.pdf_button.isEnabled()
    desk.click(desk.page.several_button)
    desk.choose("表5")
    assert desk.page.preview.isVisible()
