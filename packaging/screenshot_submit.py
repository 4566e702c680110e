"""报送 on the pictures: the half year from its choice to the receipt, then a correction. Each scene goes on where the
one before ended, and they change the ledger.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from screenshot_sample import find
from screenshot_stage import Stage

from models import case_recording, recording
from models.activity_repository import list_undated
from models.case_repository import CASES
from models.periods import half
from models.settings import save_setting
from models.submission import Way
from ui.pages.submit_packing import FOLDER_SETTING

HALF_YEAR = half(2025, 1)
FOLDER = Path("D:/报送")  # below a temporary folder, like the ledger's
UNFINISHED = "“我的班组我的家”微课录制"
CORRECTED = "职工宣讲骨干培训班"
REASON = "征集到7月初截止，主要在上半年"


def submit_contents(stage: Stage) -> QWidget:
    """The period, the forms and the cases."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    save_setting(stage.window.context.ledger, FOLDER_SETTING, str(FOLDER))
    stage.go("submit", action="new", field=HALF_YEAR.code)
    stage.settle()
    return stage.window


def submit_checks(stage: Stage) -> QWidget:
    """What has to be mended or explained."""
    _advance(stage)
    return stage.window


def submit_view(stage: Stage) -> QWidget:
    """What the receiver sees, after everything was mended."""
    _mend(stage)
    page = _page(stage)
    page.check_again()
    stage.settle()
    for item in page.checks.items():
        if item.reason is not None:
            item.reason.setText(REASON)
    _advance(stage)
    return stage.window


def submit_pack(stage: Stage) -> QWidget:
    """What is packed, and how."""
    _advance(stage)
    return stage.window


def submit_send(stage: Stage) -> QWidget:
    """The three ways, and the code."""
    _advance(stage)
    return stage.window


def submit_receipt(stage: Stage) -> QWidget:
    """Sent; the code that is read out on the telephone is being typed."""
    page = _page(stage)
    page.send.set_way(Way.WEBMAIL)
    page.sending.note_sent(Way.WEBMAIL)
    stage.settle()
    page.receipt.ask_code()
    page.receipt.typed.setText(page.receipt.code.text())
    stage.settle()
    return stage.window


def submit_correction(stage: Stage) -> QWidget:
    """A later version: what it changes in the one before."""
    page, context = _page(stage), stage.window.context
    page.receipt.code_typed.emit(page.receipt.code.text())
    page.sending.finish()
    corrected = find(context.ledger, CORRECTED)
    people = (corrected.people_offline or 0) + 6
    recording.record(context.ledger, corrected.with_values(people_offline=people), context.clerk())
    context.changed.emit()
    stage.go("submit", action="new", field=HALF_YEAR.code)
    stage.window.activateWindow()  # else the frame round what has the keyboard is there or not
    _advance(stage)
    return stage.window


def submissions(stage: Stage) -> QWidget:
    """The log, with a version that has been corrected since."""
    page = _page(stage)
    for _ in range(2):
        _advance(stage)
    page.sending.note_sent(Way.WEBMAIL)
    stage.go("submissions")
    stage.window.activateWindow()
    stage.settle()
    return stage.window


def _page(stage: Stage) -> Any:
    return stage.page("submit")


def _advance(stage: Stage) -> None:
    _page(stage).advance()
    stage.settle()


def _mend(stage: Stage) -> None:
    """The draft nobody needs goes to 回收站; the case is looked over."""
    context = stage.window.context
    ledger, clerk = context.ledger, context.clerk()
    recording.delete(ledger, [each for each in list_undated(ledger) if each.title == UNFINISHED], clerk)
    for case in CASES.list_all(ledger):
        if case.finalised and not case.secret_checked:
            case_recording.record_case(ledger, replace(case, secret_checked=True), clerk)
    context.changed.emit()
    stage.settle()
