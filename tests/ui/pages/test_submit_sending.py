"""The last two steps of 报送: packing, and what leaves by which way – never twice, and never a password with it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from exporters.submission_mail import letter_for
from importers.package_reading import read_package
from models.errors import UserError
from models.settings import get_setting
from models.submission import Submission
from tests.factories import NOW
from tests.ui.driver import settle
from tests.ui.pages.submit_desk import Desk, a_desk, to_step
from ui.pages.submit_mail import is_protected
from ui.pages.submit_state import CONTENTS, PACK, SEND, SETTING, VIEW


@pytest.fixture
def desk(qtbot, tmp_path: Path) -> Desk:
    return a_desk(qtbot, tmp_path)


def submitted(period: str, version: int = 1) -> Submission:
    return Submission(period, version, "7KQM-4HXT", "ab" * 32, NOW)


def test_a_password_hides_everything_and_is_kept_nowhere(desk: Desk) -> None:
    secret = "gonghui-2025"
    to_step(desk, PACK)
    desk.page.pack.protected.click()
    assert not desk.page.next_button.isEnabled()
    desk.qtbot.keyClicks(desk.page.pack.password, secret)
    desk.next()
    assert desk.step == SEND
    outgoing = desk.page.sending.outgoing
    assert outgoing is not None
    assert [path.suffix for path in outgoing.files.attachments] == [".zip"]
    with pytest.raises(UserError, match="密码"):
        read_package(outgoing.files.attachments)
    assert read_package(outgoing.files.attachments, secret).receipt_code == desk.newest().receipt_code
    assert is_protected(desk.newest())
    assert "打电话时把密码告诉对方" in desk.texts(), "nobody else can"
    folder = desk.window.context.ledger.folder
    files = [path for path in (*folder.rglob("*"), *outgoing.files.folder.rglob("*")) if path.is_file()]
    assert not any(secret.encode() in path.read_bytes() for path in files)


def test_the_letter_of_a_package_without_password_does_not_speak_of_one(desk: Desk) -> None:
    to_step(desk, VIEW)
    parcel = desk.page.parcel
    assert parcel is not None
    kept = replace(submitted("2025Q3"), body=parcel.letter.body)
    assert not is_protected(kept)
    package = parcel.package
    assert is_protected(replace(kept, body=letter_for(package, 1 << 20, protected=True).body))  # pyright: ignore


def test_files_that_have_gone_and_had_a_password_are_packed_with_a_new_one(desk: Desk) -> None:
    to_step(desk, PACK)
    desk.page.pack.protected.click()
    desk.qtbot.keyClicks(desk.page.pack.password, "gonghui-2025")
    desk.next()
    uid, outgoing = desk.newest().uid, desk.page.sending.outgoing
    assert outgoing is not None
    shutil.rmtree(outgoing.files.folder)
    desk.leave()
    desk.open(uid=uid)
    assert desk.step == PACK
    assert "再设一次密码" in desk.window.strips.message
    desk.qtbot.keyClicks(desk.page.pack.password, "another-2025")
    desk.next()
    assert desk.step == SEND and len(desk.logged()) == 1
    again = desk.page.sending.outgoing
    assert again is not None
    assert read_package(again.files.attachments, "another-2025").receipt_code == desk.newest().receipt_code


def test_stopping_leaves_nothing_behind(desk: Desk) -> None:
    to_step(desk, PACK)
    parcel = desk.page.parcel
    assert parcel is not None
    folder = desk.page.packing.folder_for(parcel)
    desk.page.next_button.click()
    assert desk.page.work.busy
    desk.page.packing.stop()
    settle()
    assert desk.step == PACK and not desk.logged()
    assert desk.page.next_button.isEnabled()
    assert not [*folder.rglob("*.eml")]
    desk.next()
    assert desk.step == SEND and len(desk.logged()) == 1


def test_going_back_from_a_package_begins_the_next_version(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.click(desk.page.back_button)
    assert desk.step == CONTENTS
    assert "第1版" in desk.page.contents.before.text()
    assert len(desk.logged()) == 1


def test_done_forgets_where_one_was(desk: Desk) -> None:
    to_step(desk, SEND)
    desk.click(desk.page.done_button)
    assert desk.window.current_page() == "home"
    assert get_setting(desk.window.context.ledger, SETTING) is None
