"""报送: from “which period” to “sent” in six steps, each of which can be left and come back to."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.periods import Period, parse_period
from ui.context import Context, Place
from ui.pages.submit_frame import SubmitFrame
from ui.pages.submit_look import Look
from ui.pages.submit_mail import Parcel
from ui.pages.submit_packing import SubmitPacking
from ui.pages.submit_preset import likely_period
from ui.pages.submit_reasons import reason_for
from ui.pages.submit_repack import SubmitRepacking
from ui.pages.submit_sending import SubmitSending
from ui.pages.submit_state import CHECKS, CONTENTS, PACK, PERIOD, SEND, VIEW, Wish, is_open, keep_wish, load_wish
from ui.pages.submit_wiring import connect
from ui.pages.submit_work import Collected, SubmitWork

FOLLOW_AFTER = 400  # milliseconds after the last change in the ledger


class SubmitPage(SubmitFrame):
    """Follows the ledger while it is visible. What is chosen is kept in the ledger after each step and each tick."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.wish: Wish | None = None
        self.look: Look | None = None
        self.collected: Collected | None = None
        self.parcel: Parcel | None = None
        self.onward = False  # the check was asked for in order to go on: if all is right nothing else is shown
        self.work = SubmitWork(context, self)
        self.packing = SubmitPacking(self)
        self.repacking = SubmitRepacking(self)
        self.sending = SubmitSending(self)
        self.follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        connect(self)

    def show_place(self, place: Place, came_from: str = "") -> None:
        """`uid` opens one that is made, `action` new begins one (of period `field`); or what was begun goes on."""
        if place.uid:
            self.sending.open(place.uid)
        elif place.action == "new":
            self.begin(parse_period(place.field) if place.field else None)
        elif self.wish is None:
            self._resume(load_wish(self.context.ledger))
        else:
            self.refresh()

    def keep_unsaved(self) -> bool:
        """Called when the window closes: explanations and choices are kept. False when the disk refused."""
        if self.wish is None:
            return True
        self.checks.keep()
        return self.keep(typed=self.checks.typed())

    def begin(self, period: Period | None = None) -> None:
        """Start with a period, or go on with what was begun for it; without one, with the most likely."""
        kept = self.wish or load_wish(self.context.ledger)
        same = kept is not None and not kept.submission and period is not None and kept.period == period.code
        if kept is not None and (same or (period is None and is_open(self.context.ledger, kept))):
            self._resume(kept)
            return
        wanted = period or likely_period(self.context.ledger, self.context.clock().date())
        typed = kept.typed if kept else {}
        self._resume(Wish(wanted.code, typed=typed))

    def refresh(self) -> None:
        """Read anew what the step in front shows, if anything it depends on has changed."""
        self.follow.stop()
        wish = self.wish
        if wish is None:
            return
        if wish.submission:
            self.sending.refresh()
            return
        self.work.look(wish, list(self.forms.values()))
        self.offer_periods()
        if wish.step in (PERIOD, CONTENTS):
            return
        if self.collected is None or self.collected.key != self.work.key(wish):
            self.work.collect(wish)
        elif wish.step in (VIEW, PACK) and self.parcel is None:
            self.packing.build()
        self.judge()

    def keep(self, **changes: Any) -> bool:
        """Take over and remember; False when the disk refused (what is chosen stays on screen)."""
        assert self.wish is not None
        self.wish = replace(self.wish, **changes)
        try:
            keep_wish(self.context.ledger, self.wish)
        except UserError as error:
            self.context.went_wrong.emit(error.message)
            return False
        return True

    def go(self, step: int) -> None:
        """Show a step; what was being made for the one in front is given up."""
        self.packing.drop()
        if step != PACK:
            self.repacking.end()
        self.keep(step=step)
        self.show_parts(step)
        self.panes.to_top()
        self.refresh()
        self.judge()
        self.take_keyboard(anew=True)

    def judge(self) -> None:
        """Say why one cannot go on, if so."""
        reason, tone = reason_for(self)
        self.show_reason(reason, tone)
        ready = not reason and not self.work.busy
        if not ready and self.wish is not None and self.window().focusWidget() is self.next_button:
            self.steps[self.wish.step].setFocus()  # it cannot keep it, and Qt would take whatever comes next
        self.next_button.setEnabled(ready)
        self._say_what()

    def forget(self) -> None:
        """All is done: nothing to come back to."""
        self.wish = self.collected = self.parcel = None
        try:
            keep_wish(self.context.ledger, None)
        except UserError as error:
            self.context.went_wrong.emit(error.message)

    # ─── going on ───

    def advance(self) -> None:
        """下一步."""
        assert self.wish is not None
        step = self.wish.step
        if step == VIEW:
            self.go(PACK)
        elif step == PACK:
            self.packing.pack()
        elif step == CHECKS:
            self.onward = True
            self.checks.keep()
            self._go_on()
        else:
            self.keep(step=CHECKS)
            self.show_parts(CHECKS)
            self._go_on()

    def _go_on(self) -> None:
        """On to what the receiver will see, if the check finds nothing left to do."""
        self.onward = True
        self.refresh()
        if not self.work.busy and self.collected is not None:
            self._after_checks(self.collected)

    def back(self) -> None:
        """上一步."""
        assert self.wish is not None
        self.onward = False
        if self.repacking.back():
            return
        if self.wish.submission:  # what is made stays as it is: this is the way to the next version
            self._resume(Wish(self.wish.period, self.wish.forms, self.wish.cases, self.wish.with_photos))
        else:
            self.go(max(CONTENTS, self.wish.step - 1))

    def choose_step(self, step: int) -> None:
        """A step that is done was clicked."""
        if self.wish is not None and self.wish.submission:
            self.back()
        else:
            self.onward = False
            self.go(max(CONTENTS, step))

    def _resume(self, wish: Wish | None) -> None:
        if wish is not None and wish.submission:
            self.sending.open(wish.submission, wish)
            return
        self.collected = self.parcel = None
        self.checks.forget()
        self.wish = wish or Wish(likely_period(self.context.ledger, self.context.clock().date()).code)
        self.contents.show_wish(self.wish)
        self.go(max(CONTENTS, self.wish.step))

    # ─── what was found ───

    def take_wish(self, wish: Wish) -> None:
        """Something was chosen on the first screen."""
        other = self.wish is None or wish.period != self.wish.period
        self.keep(period=wish.period, forms=wish.forms, cases=wish.cases, with_photos=wish.with_photos)
        assert self.wish is not None
        if other:
            self.collected = self.parcel = None
            self.checks.forget()
            self.context.set_period(self.wish.stretch)
            self.work.look(self.wish, list(self.forms.values()))
        elif self.look is not None:
            self.side.show_look(self.look, self.wish)
        self.judge()

    def take_look(self, look: Look) -> None:
        """What there is in the period was read."""
        if self.wish is None or self.wish.stretch != look.period:
            return
        self.look = look
        self.contents.show_look(look, self.wish)
        self.side.show_look(look, self.wish)
        self.judge()

    def take_collected(self, found: Collected) -> None:
        """What would be submitted was read and checked."""
        if self.wish is None:
            return
        self.collected, self.parcel = found, None
        place = self.panes.area.verticalScrollBar().value()
        self.checks.show_collected(found, self.wish.typed)
        self.panes.area.verticalScrollBar().setValue(place)
        self.keep(typed=self.checks.typed())
        self._after_checks(found)

    def _after_checks(self, found: Collected) -> None:
        assert self.wish is not None
        fine = found.content.checks.passed and not found.content.unchanged
        step, onward, self.onward = self.wish.step, self.onward, False
        self.judge()
        if step == CHECKS and onward and fine:
            self.go(VIEW)
        elif step in (VIEW, PACK) and not fine:
            self.go(CHECKS)
        elif step in (VIEW, PACK):
            self.packing.build()
        else:
            self.take_keyboard()

    def fail(self, error: Exception) -> None:
        """Something could not be done; what was typed stays."""
        self.onward = False
        self.pack.set_busy(False)
        self.judge()
        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)
        self.take_keyboard()

    # ─── wiring ───

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.refresh)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.follow.stop()  # when it is shown it reads anew; a closed window has no ledger to read

    def event(self, event: QEvent) -> bool:
        """F9 checks again here, instead of leading to the page 逻辑检查."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_again(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_again(event):
            self.check_again()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_page()
        else:
            super().keyPressEvent(event)

    def check_again(self) -> None:
        """重新检查."""
        if self.wish is not None:
            self.checks.keep()
            self.work.collect(self.wish)
            self.judge()

    def _is_again(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_F9 and self.wish is not None and self.wish.step == CHECKS

    def close_page(self) -> None:
        """✕: everything is kept."""
        self.keep_unsaved()
        self.closed.emit()

    def _say_what(self) -> None:
        wish, parts = self.wish, []
        if wish is not None:
            version = self.sending.version() if wish.step == SEND else self.look.version if self.look else 0
            parts = [wish.stretch.label, *([f"第{version}版"] if version else [])]
            to = self.context.notice.recipient
            parts += [f"报{to.union}{to.department}"] if wish.step != SEND else []
        self.what.setText(" · ".join(parts))

    def take_keyboard(self, *, anew: bool = False) -> None:
        """To what is to be done first; unless it is come to `anew`, not while the clerk is busy in the step."""
        step = self.wish.step if self.wish else CONTENTS
        busy, pane = self.focusWidget(), self.steps[step]
        if not anew and busy not in (None, pane) and pane.isAncestorOf(busy) and busy.isVisible():
            return
        if step == CHECKS and (item := self.checks.first_open()) is not None:
            (item.reason or item.go_button).setFocus()
        elif step == SEND:
            self.send.take_keyboard()
        elif self.next_button.isEnabled():
            self.next_button.setFocus()
        elif step in (PERIOD, CONTENTS):
            self.contents.take_keyboard()
        else:
            pane.setFocus()  # what is waited for is under way: an impatient key leads nowhere
