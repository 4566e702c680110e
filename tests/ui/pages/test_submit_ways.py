"""The last step of 报送: each way in which a package can leave, and what is noted of it."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter

from exporters.submission_mail import DRAFTS
from importers.package_reading import read_package
from models.activity_repository import list_in_period
from models.periods import quarter
from models.recording import record
from models.submission import EventKind
from tests.ui.pages.submit_desk import Desk, a_desk, to_step
from ui.pages.submit_state import SEND


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def test_nothing_is_said_of_a_password_where_there_is_none(desk: Desk) -> None:
    to_step(desk, SEND)
    assert "密码" not in desk.texts()


def test_each_part_of_the_mail_is_copied_by_its_button(desk: Desk) -> None:
    to_step(desk, SEND)
    send, submission = desk.page.send, desk.newest()
    wanted = {"收件人": submission.recipient, "主题": submission.subject, "正文": submission.body}
    for name, text in wanted.items():
        desk.click(send.copy_buttons[name])
        assert QGuiApplication.clipboard().text() == text
        assert send.copy_buttons[name].text() == "已复制"
    desk.click(desk.page.receipt.copy_button)
    assert QGuiApplication.clipboard().text() == submission.receipt_code
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[0].events[-1].way == "webmail"


def test_what_was_copied_out_of_one_version_is_not_called_copied_in_the_next(desk: Desk) -> None:
    to_step(desk, SEND)
    copier = desk.page.send.copy_buttons["主题"]
    desk.click(copier)
    assert copier.text() == "已复制"
    context = desk.window.context
    [activity] = list_in_period(context.ledger, quarter(2025, 3))
    record(context.ledger, activity.with_values(people_offline=81), context.clerk())
    context.changed.emit()
    desk.wait()
    desk.click(desk.page.back_button)
    while desk.step < SEND:
        desk.next()
    assert desk.newest().version == 2
    assert copier.text() == "复制" and copier.accessibleName() == "复制主题"


def test_what_goes_to_a_usb_stick_is_read_back(desk: Desk, tmp_path: Path) -> None:
    to_step(desk, SEND)
    stick = tmp_path / "U盘"
    stick.mkdir()
    desk.page.sending.ask_folder = lambda _question, _start: stick
    desk.click(desk.page.send.usb_link)
    [zipped] = stick.rglob("*.zip")
    assert read_package([zipped]).receipt_code == desk.newest().receipt_code
    [draft] = stick.rglob("*.eml")
    assert draft.parent == zipped.parent / DRAFTS, "whoever marks all files there attaches no draft to the mail"
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[0].events[-1].way == "usb"


def test_a_stick_has_all_of_it_or_nothing(desk: Desk, tmp_path: Path) -> None:
    to_step(desk, SEND)
    outgoing = desk.page.sending.outgoing
    assert outgoing is not None
    [mail] = outgoing.files.mails
    in_the_way = tmp_path / "U盘" / outgoing.files.folder.name / DRAFTS / mail.draft.name
    in_the_way.mkdir(parents=True)
    desk.page.sending.ask_folder = lambda _question, _start: tmp_path / "U盘"
    desk.click(desk.page.send.usb_link)
    assert mail.draft.name in desk.window.strips.message
    assert not [path for path in (tmp_path / "U盘").rglob("*") if path.is_file()]


def test_all_files_are_printed_as_one_job_on_the_paper_of_each(desk: Desk, tmp_path: Path) -> None:
    to_step(desk, SEND)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(100)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "报送材料.pdf"))
    desk.page.sending.ask_printer = lambda: printer
    told: list[str] = []
    desk.window.context.went_well.connect(lambda words, _undo: told.append(words))
    desk.click(desk.page.send.print_link)
    desk.qtbot.waitUntil(lambda: desk.page.sending.printing is None)
    parcel = desk.page.sending.parcel
    assert parcel is not None
    files = [file for file in parcel.package.files if file.suffix == ".pdf"]
    wanted = [page for file in files for page in PdfReader(BytesIO(file.read())).pages]
    printed = PdfReader(tmp_path / "报送材料.pdf").pages
    assert len(files) > 1 and len(printed) == len(wanted)
    lie = [page.mediabox.width > page.mediabox.height for page in printed]
    assert lie == [page.mediabox.width > page.mediabox.height for page in wanted] and len(set(lie)) == 2
    assert told and told[0].startswith("已交给打印机")
    assert not any(card.is_chosen() for card in desk.page.send.cards.values())
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[0].events[-1].way == "print"


def test_a_printer_that_is_not_chosen_is_no_way_of_sending(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.page.sending.ask_printer = lambda: None
    desk.click(desk.page.send.print_link)
    assert desk.page.send.cards["draft"].is_chosen() and desk.page.sending.printing is None
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[0].events[-1].way == "draft"


def test_nobody_can_say_by_hand_that_this_program_sent_it(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.page.send.cards["smtp"].choose()
    desk.click(desk.page.receipt.sent_button)
    event = desk.logged()[0].events[-1]
    assert (event.kind, event.way) == (EventKind.SENT, "")


def test_no_mail_program_leads_to_the_second_way(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.page.sending.open_path = lambda _path: False
    desk.click(desk.page.send.draft_button)
    assert "网页邮箱" in desk.window.strips.message
