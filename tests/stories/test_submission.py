"""报送 from 首页 to “sent” on the real window: the first time, left and gone on with, corrected, received."""

import shutil
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from importers.package_reading import read_package
from models.activity_repository import list_in_period
from models.periods import quarter
from models.recording import record
from models.submission import EventKind, SubmissionState
from tests.factories import an_activity
from tests.ui.driver import settle, type_chinese
from tests.ui.pages.submit_desk import Desk, a_desk, to_step
from ui.context import Place
from ui.pages.submit_state import CHECKS, CONTENTS, PACK, SEND, VIEW

THIRD = quarter(2025, 3)


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def submit_first(desk: Desk) -> None:
    desk.open(action="new")
    for _ in range(3):
        desk.next()
    assert desk.step == SEND


def test_four_clicks_from_the_first_page_to_ready_to_send(desk: Desk, home: Path) -> None:
    desk.click(desk.window.page("home").submit_button)  # pyright: ignore[reportAttributeAccessIssue]
    assert desk.step == CONTENTS
    assert desk.page.wish and desk.page.wish.stretch == THIRD
    desk.next()
    assert desk.step == VIEW, "nothing to mend and nothing to explain: straight on"
    desk.next()
    assert desk.step == PACK
    desk.next()
    assert desk.step == SEND
    assert desk.clicks <= 4
    [logged] = desk.logged()
    assert logged.state == SubmissionState.GENERATED
    mail = desk.page.sending.outgoing
    assert mail is not None
    draft = BytesParser(policy=policy.default).parsebytes(mail.files.mails[0].draft.read_bytes())
    assert draft["To"] == "jzghxjwlb@126.com"
    assert logged.submission.receipt_code in draft["Subject"]
    zips = [path for path in mail.files.attachments if path.suffix == ".zip"]
    package = read_package(zips)
    assert package.receipt_code == logged.submission.receipt_code == desk.page.receipt.code.text()
    cover = next(path for path in package.files if path.name.startswith("表10"))
    folder = home / "cover.pdf"
    folder.write_bytes(package.read(cover.name))
    printed = "".join(page.extract_text() for page in PdfReader(folder).pages)
    assert logged.submission.receipt_code in "".join(printed.split())


def test_a_hint_is_explained_a_missing_number_is_filled_in(qtbot, tmp_path: Path) -> None:
    lacking = an_activity(title="书法作品征集", people_offline=None)
    crowd = an_activity(title="收看大会", people_offline=320, place="大礼堂")
    desk = a_desk(qtbot, tmp_path, lacking, crowd)
    desk.open(action="new")
    desk.next()
    assert desk.step == CHECKS
    assert not desk.page.next_button.isEnabled()
    assert "必须改" in desk.page.reason.text()

    item = next(each for each in desk.page.checks.items() if each.reason is None)
    desk.click(item.go_button)
    assert desk.window.current_page() == "activities"
    form = desk.window.page("activities").form()  # pyright: ignore[reportAttributeAccessIssue]
    qtbot.keyClicks(form._section_with("people_offline").editor("people_offline").widget, "45")
    qtbot.keyClick(form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    desk.window.show_place(Place("submit"))
    desk.wait()
    assert desk.step == CHECKS
    assert desk.page.collected and not desk.page.collected.content.checks.hard

    waiting = desk.page.checks.unanswered()
    for _ in range(waiting):
        desk.answer("分两个会场收看，保卫科派人值守", 0 if waiting == 1 else desk.page.checks.unanswered() - 1)
    assert desk.page.next_button.isEnabled(), desk.page.reason.text()
    desk.next()
    assert desk.step == VIEW
    assert "已说明" in desk.texts()
    desk.next()
    desk.next()
    assert desk.newest().explained_findings == waiting


def test_left_at_the_check_and_gone_on_with_the_next_day(qtbot, tmp_path: Path) -> None:
    desk = a_desk(qtbot, tmp_path, an_activity(title="收看大会", people_offline=320))
    desk.open(action="new")
    desk.next()
    assert desk.step == CHECKS
    [line] = [item.reason for item in desk.page.checks.items() if item.reason is not None]
    type_chinese(line, "太长的说明" * 20)
    desk.leave()
    desk.open()
    assert desk.step == CHECKS
    [line] = [item.reason for item in desk.page.checks.items() if item.reason is not None]
    assert line.text() == "太长的说明" * 20
    assert not desk.page.next_button.isEnabled()


@pytest.mark.parametrize("step", [CONTENTS, VIEW, PACK, SEND])
def test_left_at_any_step_and_gone_on_with_the_next_day(desk: Desk, step: int) -> None:
    to_step(desk, step)
    desk.leave()
    desk.open()
    assert desk.step == step
    while desk.step < SEND:
        desk.next()
    [logged] = desk.logged()
    assert logged.state == SubmissionState.GENERATED
    outgoing = desk.page.sending.outgoing
    assert outgoing is not None and all(path.is_file() for path in outgoing.files.attachments)
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[0].state == SubmissionState.SENT


def test_a_package_that_was_made_is_sent_another_day(desk: Desk) -> None:
    submit_first(desk)
    folder = desk.page.sending.outgoing.files.folder  # pyright: ignore[reportOptionalMemberAccess]
    before = next(folder.glob("*.zip")).read_bytes()
    shutil.rmtree(folder)
    desk.leave()
    desk.open()
    assert desk.step == SEND
    assert next(folder.glob("*.zip")).read_bytes() == before, "made again, byte for byte"
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[0].state == SubmissionState.SENT
    desk.click(desk.page.receipt.received_button)
    type_chinese(desk.page.receipt.typed, "2222-2222")
    desk.click(desk.page.receipt.take_button)
    assert "对不上" in desk.page.receipt.problem.text()
    desk.page.receipt.typed.setText(desk.newest().receipt_code.lower().replace("-", " "))
    desk.click(desk.page.receipt.take_button)
    assert desk.logged()[0].state == SubmissionState.RECEIVED
    assert [event.kind for event in desk.logged()[0].events][-2:] == [EventKind.SENT, EventKind.RECEIVED]


def test_a_correction_shows_what_changed_before_it_is_packed(desk: Desk) -> None:
    submit_first(desk)
    desk.click(desk.page.receipt.sent_button)
    context = desk.window.context
    [activity] = list_in_period(context.ledger, THIRD)
    record(context.ledger, activity.with_values(people_offline=81), context.clerk())
    context.changed.emit()
    desk.open(action="new", field="2025Q3")
    assert "更正报送" in desk.page.contents.before.text()
    assert desk.page.next_button.hasFocus()
    desk.next()
    assert desk.step == VIEW
    assert "76" in desk.texts() and "→" in desk.texts() and "81" in desk.texts()
    desk.next()
    desk.next()
    assert desk.step == SEND
    second, first = desk.logged()
    assert (second.submission.version, second.submission.changed) == (2, 1)
    desk.click(desk.page.receipt.sent_button)
    assert desk.logged()[1].state == SubmissionState.CORRECTED
    assert first.submission.receipt_code != second.submission.receipt_code


def test_what_has_not_changed_is_not_sent_twice(desk: Desk) -> None:
    submit_first(desk)
    desk.click(desk.page.receipt.sent_button)
    desk.open(action="new", field="2025Q3")
    desk.next()
    assert desk.step == CHECKS
    assert "不用再报" in desk.page.reason.text()
    assert not desk.page.next_button.isEnabled()
    strip = next(each for each in desk.page.checks.findChildren(type(desk.page.contents.before)) if each.isVisible())
    desk.click(strip.links()[0])
    assert desk.step == SEND
    assert len(desk.logged()) == 1
