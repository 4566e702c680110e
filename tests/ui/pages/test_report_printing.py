"""Paper: each page on a sheet of its own, each form set up as it was last, several forms one after another."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from models.attachment import OF_ACTIVITY
from models.photos import add_photos
from models.preferences import Preferences, PrintSetup, load_preferences, save_preferences
from tests.factories import a_ledger, a_sample_ledger, an_activity
from tests.ui.driver import settle
from tests.ui.pages.report_desk import Desk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """The sample ledger of 2025, third quarter."""
    yield Desk(qtbot, a_sample_ledger(tmp_path / "台账"), tmp_path)
    settle()


def test_each_page_goes_on_a_sheet_of_its_own(desk: Desk, tmp_path: Path) -> None:
    desk.print_into(tmp_path / "印.pdf")
    desk.click(desk.page.print_button)
    pages = PdfReader(tmp_path / "印.pdf").pages
    assert desk.page.shown and desk.page.shown.document
    assert len(pages) == desk.page.shown.document.pages
    assert pages[0].mediabox.width > pages[0].mediabox.height, "横版"
    assert desk.well == ["已送到打印机"]


@pytest.mark.qt_log_ignore("QPainter::begin\\(\\): Returned false")
def test_a_printer_that_refuses_is_said(desk: Desk, tmp_path: Path) -> None:
    desk.print_into(tmp_path / "没有这个文件夹" / "印.pdf")
    desk.click(desk.page.print_button)
    assert len(desk.wrong) == 1 and "打印机" in desk.wrong[0]


def test_how_a_form_was_printed_is_remembered_for_that_form_alone(desk: Desk, tmp_path: Path) -> None:
    asked = desk.print_into(tmp_path / "印.pdf", copies=2)
    desk.click(desk.page.print_button)
    assert desk.page.shown and desk.page.shown.document
    assert len(PdfReader(tmp_path / "印.pdf").pages) == 2 * desk.page.shown.document.pages
    desk.print_into(tmp_path / "再印.pdf")
    desk.click(desk.page.print_button)
    assert len(PdfReader(tmp_path / "再印.pdf").pages) == 2 * desk.page.shown.document.pages
    assert load_preferences().print_setup("表2").copies == 2, "also in the next session"

    desk.choose("表5")
    again = desk.print_into(tmp_path / "表5.pdf")
    desk.click(desk.page.print_button)
    assert [printer.copyCount() for printer in (*asked, *again)] == [2, 1]


def test_leaving_the_dialog_prints_and_remembers_nothing(desk: Desk) -> None:
    desk.page.printing.ask_printer = lambda _printer, _pages: False
    desk.click(desk.page.print_button)
    assert desk.well == [] and desk.wrong == []
    assert load_preferences().print_setups == ()


def test_colour_and_copies_of_last_time_are_preset_and_an_unknown_printer_is_not(qtbot: QtBot) -> None:
    from models.report import Report, Signature
    from ui.pages.reports_print import printer_for, setup_of

    report = Report("表2", "台账", "台账", "", "", "", "", "landscape", (), Signature(), "", "")
    printer = printer_for(report, PrintSetup("早就拆掉的打印机", "none", 3, colour=False))
    assert printer.copyCount() == 3
    assert printer.colorMode() == QPrinter.ColorMode.GrayScale
    assert printer.printerName() != "早就拆掉的打印机"
    assert setup_of(printer).copies == 3 and not setup_of(printer).colour


def test_what_a_hand_has_spoilt_in_the_preferences_does_no_harm(tmp_path: Path) -> None:
    kept = Preferences().with_print_setup("表2", PrintSetup("HP", "long", 2, colour=False))
    save_preferences(kept, tmp_path)
    assert load_preferences(tmp_path) == kept
    file = tmp_path / "preferences.json"
    stored = json.loads(file.read_text("utf-8"))
    stored["print_setups"] = [["表2", {"copies": "many", "duplex": 7, "printer": None}], ["表3"], 5, [1, {}]]
    stored["photos_printed"] = "maybe"
    file.write_text(json.dumps(stored), "utf-8")
    assert load_preferences(tmp_path).print_setups == (("表2", PrintSetup()),)
    assert load_preferences(tmp_path).photos_printed


def test_several_forms_are_printed_one_after_another(desk: Desk, tmp_path: Path) -> None:
    asked = desk.print_into(tmp_path / "印.pdf")
    desk.click(desk.page.several_button)
    for key, tick in desk.page.batch.ticks.items():
        tick.setChecked(key in ("表5", "表6", "年历"))
    desk.click(desk.page.batch.print_button)
    assert len(asked) == 1, "asked once"
    files = sorted(tmp_path.glob("*.pdf"))
    assert [file.name for file in files] == ["印.pdf", "印_年历.pdf", "印_表6.pdf"]
    upright = [page.mediabox.height > page.mediabox.width for page in (PdfReader(file).pages[0] for file in files)]
    assert upright == [True, False, False], "each form on its own paper"
    assert desk.well == ["3 张表已送到打印机"]


def test_the_photos_of_the_registration_form_can_be_left_out_for_good(qtbot: QtBot, tmp_path: Path) -> None:
    from PIL import Image

    ledger = a_ledger(tmp_path / "台账", an_activity())
    desk = Desk(qtbot, ledger, tmp_path)
    picture = tmp_path / "照片.jpg"
    Image.new("RGB", (320, 240), "steelblue").save(picture)
    row = desk.page.shown.report.tables[0].rows[0]  # pyright: ignore[reportOptionalMemberAccess]
    _attach(desk, row.uid, picture)
    desk.choose("表1")
    shown = desk.page.shown
    assert shown and shown.document and shown.document.pages == 2
    assert desk.page.tools.photos.isVisible() and desk.page.tools.photos.isChecked()
    desk.page.tools.photos.click()
    settle()
    assert desk.page.shown and desk.page.shown.document and desk.page.shown.document.pages == 1
    assert load_preferences().photos_printed is False
    desk.choose("表2")
    assert not desk.page.tools.photos.isVisible()


def _attach(desk: Desk, uid: str, picture: Path) -> None:
    add_photos(desk.context.ledger, OF_ACTIVITY, uid, [picture], desk.context.clerk())
    desk.context.changed.emit()
