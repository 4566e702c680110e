"""Step 5 of 报送: how large a mail may be, and what becomes of photos for which that is too small."""

import shutil
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from exporters.submission_mail import MailFiles
from importers.package_reading import read_package
from models.errors import UserError
from models.mail_limit import limit_mb
from models.mail_queue import begin, went_out
from tests.factories import NOW
from tests.ui.pages.submit_desk import Desk, a_desk, add_case_with_photos, to_step
from ui.pages.submit_state import PACK, SEND, VIEW


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def a_desk_with_photos(qtbot, folder: Path, count: int, size: tuple[int, int] = (900, 700)) -> Desk:
    desk = a_desk(qtbot, folder)
    add_case_with_photos(desk, count, size)
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


def test_what_lies_ready_is_divided_anew_and_stays_the_same_submission(qtbot, tmp_path: Path) -> None:
    desk = a_desk_with_photos(qtbot, tmp_path, 3)
    to_step(desk, SEND)
    kept = desk.newest()
    desk.click(desk.page.send.resize_link)
    assert desk.step == PACK and desk.page.pack.limit.hasFocus()
    assert not desk.page.pack.protected.isEnabled(), "its letter says that it has no password"
    type_limit(desk, "1")
    desk.next()
    assert desk.step == SEND and [each.submission for each in desk.logged()] == [kept]
    mails = ready(desk).mails
    assert len(mails) > 1
    assert all(sum(path.stat().st_size for path in mail.attachments) <= 1 << 20 for mail in mails)
    assert read_package(zips_of(desk)).receipt_code == kept.receipt_code
    for mail in mails:
        letter = BytesParser(policy=policy.default).parsebytes(mail.draft.read_bytes())
        body = letter.get_body()
        assert body is not None
        lines = [line for line in body.get_content().splitlines() if ".zip（" in line]
        assert [line.split("（")[0].split()[1] for line in lines] == [path.name for path in zips_of(desk)]
        assert f"共{len(mails)}封" in str(letter["Subject"])
    before = [path.read_bytes() for path in zips_of(desk)]
    shutil.rmtree(ready(desk).folder)
    desk.leave()
    desk.open()
    assert [path.read_bytes() for path in zips_of(desk)] == before, "remembered, and made again"
    assert limit_mb(desk.window.context.ledger, desk.window.context.notice) == 1


def test_mails_that_are_fewer_leave_nothing_of_the_many(qtbot, tmp_path: Path) -> None:
    desk = a_desk_with_photos(qtbot, tmp_path, 3)
    to_step(desk, PACK)
    type_limit(desk, "1")
    desk.next()
    many = ready(desk)
    desk.click(desk.page.send.resize_link)
    desk.click(desk.page.back_button)
    assert desk.step == SEND and ready(desk) is many, "nothing was changed"
    desk.click(desk.page.send.resize_link)
    type_limit(desk, "20")
    desk.next()
    files = ready(desk)
    assert len(files.mails) == 1
    there = {path for path in files.folder.rglob("*") if path.is_file()}
    assert there == {*files.attachments, files.mails[0].draft}


def test_a_package_with_a_password_is_divided_with_its_password(qtbot, tmp_path: Path) -> None:
    desk = a_desk_with_photos(qtbot, tmp_path, 3)
    to_step(desk, PACK)
    desk.page.pack.protected.click()
    desk.page.pack.password.setFocus()
    desk.qtbot.keyClicks(desk.page.pack.password, "jiaogong-1")
    desk.next()
    desk.click(desk.page.send.resize_link)
    type_limit(desk, "1")
    assert desk.page.pack.protected.isChecked() and not desk.page.next_button.isEnabled(), "it is kept nowhere"
    desk.qtbot.keyClicks(desk.page.pack.password, "jiaogong-2")
    desk.next()
    assert desk.step == SEND and len(ready(desk).mails) > 1
    assert read_package(zips_of(desk), "jiaogong-2").receipt_code == desk.newest().receipt_code
    with pytest.raises(UserError):
        read_package(zips_of(desk), "jiaogong-1")


def test_a_small_package_or_one_that_has_begun_to_leave_is_not_divided(qtbot, tmp_path: Path) -> None:
    small = a_desk(qtbot, tmp_path / "小")
    to_step(small, SEND)
    assert not small.page.send.resize_link.isVisible()
    desk = a_desk_with_photos(qtbot, tmp_path / "大", 3)
    to_step(desk, PACK)
    type_limit(desk, "1")
    desk.next()
    assert desk.page.send.resize_link.isVisible()
    ledger, own = desk.window.context.ledger, desk.newest()
    part = begin(ledger, own.uid, len(ready(desk).mails), "gonghui@126.com", NOW)
    went_out(ledger, own.uid, part, NOW)
    desk.page.refresh()
    assert not desk.page.send.resize_link.isVisible(), "the others have to follow as they are"


def ready(desk: Desk) -> MailFiles:
    outgoing = desk.page.sending.outgoing
    assert outgoing is not None
    return outgoing.files


def zips_of(desk: Desk) -> list[Path]:
    return [path for path in ready(desk).attachments if path.suffix == ".zip"]


def type_limit(desk: Desk, megabytes: str) -> None:
    limit = desk.page.pack.limit
    limit.setFocus()
    limit.selectAll()
    desk.qtbot.keyClicks(limit, megabytes)
    desk.page.pack.protected.setFocus()
    desk.wait()
