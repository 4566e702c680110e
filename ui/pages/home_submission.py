"""The card of 首页 about the last submission: what became of it, and whether it has to be corrected."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from models.submission import SubmissionState
from ui.context import Place
from ui.pages.home_cards import LineCard

if TYPE_CHECKING:
    from models.submission_log import LastSubmission

# How each state is shown: icon and tone.
MARKS = {
    SubmissionState.GENERATED: ("mail-send", "warn"),
    SubmissionState.QUEUED: ("time", "warn"),
    SubmissionState.SENDING: ("question", "warn"),
    SubmissionState.SENT: ("mail-send", "info"),
    SubmissionState.RECEIVED: ("mail-check", "ok"),
    SubmissionState.RETURNED: ("arrow-go-back", "error"),
    SubmissionState.CORRECTED: ("history", "text2"),
}
_TO_SEND = (SubmissionState.GENERATED, SubmissionState.QUEUED)
BEGIN, LOOK, CORRECT, GO_ON = "生成报送", "查看", "更正报送", "去寄出"
NOTHING_YET = ("还没有报送过", "从检查到寄出，一步步来", "每次报送都会原样留底")


class SubmissionCard(LineCard):
    """`place_wanted` says where its button leads."""

    place_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__("mail-send", "info", "上次报送", LOOK)
        self._place = Place("submissions")
        self.triggered.connect(lambda: self.place_wanted.emit(self._place))
        self.show_last(None)

    def show_last(self, last: "LastSubmission | None") -> None:
        """Show the newest submission; None before the first."""
        if last is None:
            self.show_lines(*NOTHING_YET, icon="mail-send", tone="info")
            self._lead(BEGIN, Place("submit", action="new"))
            return
        logged, own = last.logged, last.logged.submission
        icon, tone = MARKS[logged.state]
        code = f"回执码 {own.receipt_code}"
        if logged.state in _TO_SEND:
            self.show_lines(last.headline, last.outcome, code, icon=icon, tone=tone)
            self._lead(GO_ON, Place("submit", uid=own.uid))
        elif last.outdated is not None and logged.state != SubmissionState.SENDING:
            self.show_lines(last.headline, last.outcome, last.correction, icon="alert-fill", tone="warn")
            self._lead(CORRECT, Place("submit", field=last.outdated.period, action="new"))
        else:
            self.show_lines(last.headline, last.outcome, code, icon=icon, tone=tone)
            self._lead(LOOK, Place("submissions", uid=own.uid))

    def _lead(self, words: str, place: Place) -> None:
        self._place = place
        if self.action.text() != words:
            self.action.setText(words)
        self.action.setAccessibleDescription(self.headline.text())
