"""A submission comes out of the log as it was sent, whatever happened to the records since."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from exporters.pdf.fonts import font_set
from exporters.submission_export import copy_for_viewing, export_again, limit_of
from exporters.submission_mail import letter_for, mail_limit, write_mail
from exporters.submission_package import build_package
from importers.package_reading import read_package
from models import history
from models.activity_repository import list_in_period
from models.backup import back_up
from models.bin_repository import list_bin, purge_items
from models.case_recording import delete_cases
from models.case_repository import CASES
from models.errors import UserError
from models.file_store import sweep
from models.ledger import Ledger
from models.notice import Notice, builtin_notice
from models.notice_installing import Pack, choose_notice, current_notice, install, uninstall
from models.recording import delete, record
from models.restore import restore
from models.settings import save_setting
from models.submission import Submission
from models.submission_content import collect
from models.submission_repository import list_files, list_submissions
from models.submitting import keep_submission, register_sent
from models.unit_repository import get_unit, save_unit
from tests.factories import NOW, a_clerk, an_activity
from tests.models.submitted import THIRD, a_ready_ledger

LATER = NOW + timedelta(days=400)
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with a_ready_ledger(tmp_path / "台账") as opened:
        yield opened


def sent(
    ledger: Ledger, folder: Path, limit_mb: int = 20, notice: Notice | None = None
) -> tuple[Submission, dict[str, bytes]]:
    """A real package of the third quarter, kept and written as the wizard does; and the bytes of its zips."""
    package = build_package(collect(ledger, notice or builtin_notice(), THIRD, NOW), fonts=font_set(()))
    limit = mail_limit(limit_mb)
    letter = letter_for(package, limit)
    kept = keep_submission(
        ledger,
        package.content,
        package.files,
        digest=package.digest,
        receipt_code=package.receipt_code,
        letter=letter,
        limit_mb=limit_mb,
    )
    mail = write_mail(package, folder, letter, limit=limit)
    register_sent(ledger, kept, "webmail", NOW)
    return kept, {path.name: path.read_bytes() for path in mail.attachments if path.suffix == ".zip"}


def again(ledger: Ledger, submission: Submission, folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in export_again(ledger, submission, folder)}


def change_everything(ledger: Ledger) -> None:
    """Edit, add, delete, purge and undo, move house, sweep."""
    start = ledger.last_change()
    for activity in list_in_period(ledger, THIRD):
        record(ledger, activity.with_values(title=f"改{activity.title}", people_offline=9), a_clerk(LATER))
    record(ledger, an_activity(title="新的"), a_clerk(LATER))
    with ledger.transaction("改单位", at=LATER):
        unit = replace(get_unit(ledger), name="别的工会", code="X-9", area="410811", phone="1")
        save_unit(ledger, unit, now=LATER)
    delete(ledger, list_in_period(ledger, THIRD), a_clerk(LATER))
    delete_cases(ledger, CASES.list_all(ledger), a_clerk(LATER))
    with ledger.transaction("清空", at=LATER):
        purge_items(ledger, list_bin(ledger))
    sweep(ledger, LATER)
    while history.undo(ledger, now=LATER, since=start):
        pass
    history.redo(ledger, now=LATER, since=start)


def test_nothing_that_is_edited_later_changes_what_was_submitted(ledger: Ledger, tmp_path: Path) -> None:
    kept, zips = sent(ledger, tmp_path / "寄出")
    assert again(ledger, kept, tmp_path / "一") == zips
    change_everything(ledger)
    assert again(ledger, kept, tmp_path / "二") == zips
    package = read_package(list(export_again(ledger, kept, tmp_path / "三")))
    assert (package.receipt_code, package.digest) == (kept.receipt_code, kept.digest)
    assert [file.digest for file in package.files] == [file.digest for file in list_files(ledger, kept.uid)]


def test_the_limit_that_somebody_chose_holds_for_the_next_time_too(ledger: Ledger, tmp_path: Path) -> None:
    kept, zips = sent(ledger, tmp_path / "寄出", limit_mb=7)
    assert limit_of(ledger, kept) == 7 and again(ledger, kept, tmp_path / "一") == zips
    save_setting(ledger, f"submission-limit-mb:{kept.digest}", "nonsense")
    assert limit_of(ledger, kept) == builtin_notice().thresholds.attachment_mb == 20


def test_the_limit_stays_when_its_notice_is_replaced_or_taken_away(ledger: Ledger, tmp_path: Path) -> None:
    """A corrected pack takes the place of one with the same id and version."""
    source = tmp_path / "通知.toml"

    def pack_with(megabytes: int) -> Pack:
        own = builtin_notice().content.decode().replace(builtin_notice().id, "another-notice")
        source.write_text(own.replace("attachment_mb = 20", f"attachment_mb = {megabytes}"), "utf-8")
        return install(ledger, source)

    pack = pack_with(12)
    kept, zips = sent(ledger, tmp_path / "寄出", limit_mb=12, notice=pack.notice)
    assert kept.notice_id == "another-notice" and limit_of(ledger, kept) == 12
    pack = pack_with(3)
    assert limit_of(ledger, kept) == 12 and again(ledger, kept, tmp_path / "一") == zips
    uninstall(ledger, pack)
    assert limit_of(ledger, kept) == 12 and again(ledger, kept, tmp_path / "二") == zips


def test_with_a_password_it_reads_back_whole(ledger: Ledger, tmp_path: Path) -> None:
    kept, _ = sent(ledger, tmp_path / "寄出")
    paths = export_again(ledger, kept, tmp_path / "密", password="桃李不言")
    with pytest.raises(UserError, match="密码"):
        read_package(list(paths))
    assert read_package(list(paths), "桃李不言").digest == kept.digest


@pytest.mark.parametrize(("damage", "sentence"), [("gone", "不在台账文件夹里了"), ("changed", "已损坏")])
def test_a_file_that_is_not_what_it_was_is_never_given_out(
    ledger: Ledger, tmp_path: Path, damage: str, sentence: str
) -> None:
    kept, _ = sent(ledger, tmp_path / "寄出")
    file = next(each for each in list_files(ledger, kept.uid) if each.suffix == ".xlsx")
    path = ledger.folder / "photos" / file.digest[:2] / f"{file.digest}.xlsx"
    path.unlink() if damage == "gone" else path.write_bytes(b"x" * file.byte_count)
    with pytest.raises(UserError, match=f"{kept.number} 里的“{file.name}”.*{sentence}"):
        export_again(ledger, kept, tmp_path / "再")
    with pytest.raises(UserError, match=sentence):
        copy_for_viewing(ledger, kept, file, tmp_path / "看")
    assert not (tmp_path / "再").exists() and not list(tmp_path.glob("看/*/*"))


def test_what_is_opened_is_a_copy_that_nobody_can_save_over(ledger: Ledger, tmp_path: Path) -> None:
    kept, zips = sent(ledger, tmp_path / "寄出")
    for file in list_files(ledger, kept.uid):
        copy = copy_for_viewing(ledger, kept, file, tmp_path / "看")
        assert copy.name == Path(file.name).name and copy.stat().st_size == file.byte_count
        assert not copy.stat().st_mode & stat.S_IWUSR
        copy.chmod(0o600)
        copy.write_bytes(b"changed")
    assert again(ledger, kept, tmp_path / "再") == zips


OUTSIDE = """
import sys
from pathlib import Path
from exporters.submission_export import export_again
from models.ledger import Ledger
from models.submission_repository import list_submissions
with Ledger.open(Path(sys.argv[1]), exclusive=False) as ledger:
    [logged] = list_submissions(ledger)
    export_again(ledger, logged.submission, Path(sys.argv[2]))
"""


def test_another_computer_another_time_zone_and_another_notice_give_the_same_bytes(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Out of a backup that was brought to another folder after everything had been edited, the packs included."""
    kept, zips = sent(ledger, tmp_path / "寄出", limit_mb=7)
    change_everything(ledger)
    source = tmp_path / "通知.toml"
    own = builtin_notice().content.decode().replace(builtin_notice().id, "another-notice")
    source.write_text(own.replace("attachment_mb = 20", "attachment_mb = 3"), "utf-8")
    choose_notice(ledger, install(ledger, source))
    backup = back_up(ledger, tmp_path / "U盘", LATER)
    ledger.close()
    shutil.rmtree(ledger.folder)
    restore(backup.path, tmp_path / "新电脑", LATER)
    with Ledger.open(tmp_path / "新电脑") as elsewhere:
        [logged] = list_submissions(elsewhere)
        assert logged.submission == kept and current_notice(elsewhere).id == "another-notice"
        assert again(elsewhere, logged.submission, tmp_path / "再") == zips
    for zone in ("America/New_York", "Pacific/Kiritimati"):
        environment = os.environ | {"TZ": zone, "LC_ALL": "C", "LANG": "C"}
        command = [sys.executable, "-c", OUTSIDE, str(tmp_path / "新电脑"), str(tmp_path / zone)]
        subprocess.run(command, check=True, env=environment, cwd=ROOT)
        assert {path.name: path.read_bytes() for path in (tmp_path / zone).iterdir()} == zips
