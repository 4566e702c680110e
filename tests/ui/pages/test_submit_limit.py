"""Step 5 of 报送: how large a mail may be, and what becomes of photos for which that is too small."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from importers.package_reading import read_package
from models import photos
from models.case_recording import record_case
from models.mail_limit import limit_mb
from tests.factories import a_case, a_clerk
from tests.models.photo_samples import encoded, noise
from tests.models.submitted import add_captioned_photo, explain_everything
from tests.ui.pages.submit_desk import Desk, a_desk, to_step
from ui.pages.submit_state import PACK, SEND, VIEW


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def a_desk_with_photos(qtbot, folder: Path, count: int, size: tuple[int, int] = (900, 700)) -> Desk:
    """A case goes along, with photos that no program makes any smaller."""
    desk = a_desk(qtbot, folder)
    ledger = desk.window.context.ledger
    case = a_case(period_start=date(2025, 7, 1), period_end=date(2025, 9, 1), secret_checked=True)
    case = record_case(ledger, case, a_clerk(), finalise=True)
    for number in range(count):
        picture = encoded(noise(*size), quality=90)
        add_captioned_photo(ledger, case.uid, photos.Pasted(f"现场{number}.jpg", lambda picture=picture: picture))
    explain_everything(ledger)
    desk.window.context.changed.emit()
    return desk


def test_a_smaller_limit_makes_several_mails_and_is_remembered(qtbot, tmp_path: Path) -> None:
    desk = a_desk_with_photos(qtbot, tmp_path, 3)
    to_step(desk, PACK)
    type_limit(desk, "1")
    assert desk.page.parcel is not None and desk.page.parcel.mails > 1
    assert f"分成 {desk.page.parcel.mails} 封邮件" in desk.page.pack.amount.text()
    desk.next()
    assert desk.step == SEND
    outgoing = desk.page.sending.outgoing
    assert outgoing is not None and len(outgoing.files.mails) > 1
    assert "这是第 1 封，每封都要寄" in desk.texts()
    desk.page.send.mail_box.set_value("2")
    assert "这是第 2 封，每封都要寄" in desk.texts()
    assert all(sum(path.stat().st_size for path in mail.attachments) <= 1 << 20 for mail in outgoing.files.mails)
    assert read_package([path for path in outgoing.files.attachments if path.suffix == ".zip"]).receipt_code
    assert limit_mb(desk.window.context.ledger, desk.window.context.notice) == 1


def test_a_limit_too_small_for_a_photo_is_refused_and_not_kept(qtbot, tmp_path: Path) -> None:
    desk = a_desk_with_photos(qtbot, tmp_path, 1, size=(2400, 2000))
    to_step(desk, PACK)
    type_limit(desk, "1")
    assert "照片" in desk.window.strips.message
    assert limit_mb(desk.window.context.ledger, desk.window.context.notice) == 20
    desk.next()
    assert desk.step == PACK and not desk.logged(), "not with another limit than the one that is shown"
    type_limit(desk, "20")
    desk.next()
    assert desk.step == SEND


def test_half_a_number_is_no_limit(desk: Desk) -> None:
    to_step(desk, PACK)
    limit = desk.page.pack.limit
    limit.selectAll()
    desk.qtbot.keyClicks(limit, "12")
    assert limit_mb(desk.window.context.ledger, desk.window.context.notice) == 20
    desk.qtbot.keyClick(limit, Qt.Key.Key_Return)
    assert limit_mb(desk.window.context.ledger, desk.window.context.notice) == 12
    limit.selectAll()
    desk.qtbot.keyClicks(limit, "0")
    assert not desk.page.next_button.isEnabled()


def test_a_disk_that_refuses_leaves_the_keyboard_where_it_was(desk: Desk) -> None:
    to_step(desk, PACK)
    folder = desk.page.packing.base_folder()
    folder.mkdir(parents=True, exist_ok=True)
    assert desk.page.parcel is not None
    desk.page.packing.folder_for(desk.page.parcel).write_text("a file where the folder should be")
    desk.page.next_button.setFocus()
    desk.qtbot.keyClick(desk.page.next_button, Qt.Key.Key_Space)
    assert desk.page.pack.hasFocus(), "not a button of the rail, which a second key would press"
    desk.wait()
    assert desk.window.strips.message and desk.step == PACK and not desk.logged()
    assert desk.page.next_button.hasFocus()


def test_going_back_while_it_packs_makes_no_submission(desk: Desk) -> None:
    to_step(desk, PACK)
    desk.page.next_button.click()
    assert desk.page.work.busy
    desk.click(desk.page.back_button)
    assert desk.step == VIEW and not desk.logged()
    desk.next()
    assert desk.page.pack.limit.isEnabled()
    desk.next()
    assert desk.step == SEND and len(desk.logged()) == 1


def type_limit(desk: Desk, megabytes: str) -> None:
    limit = desk.page.pack.limit
    limit.setFocus()
    limit.selectAll()
    desk.qtbot.keyClicks(limit, megabytes)
    desk.page.pack.protected.setFocus()
    desk.wait()
