"""What can be done with an activity from the calendar; asks first where something could be lost."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.activity import Activity
from models.activity_repository import get_activity
from ui import operations
from ui.context import Context, Place
from ui.widgets.calendar_faces import short_day
from ui.widgets.confirm import Answer, ask, confirm

if TYPE_CHECKING:
    from models.recurrence import Rule, Scope

STAY = "不改"


class CalendarActions(QObject):
    """Every way by which the calendar changes an activity. `page` is where questions are asked."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def new_on(self, day: date) -> None:
        """A new activity on this day, in the form."""
        self._context.go_to.emit(Place("activities", action=f"new:{day.isoformat()}"))

    def open(self, uid: str) -> None:
        """The activity in the form; what has no record is the deadline and leads to the reports."""
        self._context.go_to.emit(Place("activities", uid=uid) if uid else Place("reports"))

    def move(self, uid: str, origin: date, target: date) -> bool:
        """Move an activity by as many days as lie between the two; True when it was moved."""
        activity = self._activity(uid)
        if activity is None or activity.start is None or origin == target:
            return False
        return self.move_to(activity, activity.start + (target - origin))

    def move_to(self, activity: Activity, start: date) -> bool:
        """Have an activity begin on another day. What took place is asked about first, and a repetition, how far."""
        from models import recurrence, scheduling

        if activity.start == start:
            return False
        question = scheduling.confirmation(activity, start, self._context.clock().date())
        if question and not confirm(self._page, "改动已完成的活动？", question, "改到这一天", STAY, danger=False):
            return False
        scope = self._scope(activity, "改期")
        if scope is None:
            return False
        ledger, clerk = self._context.ledger, self._context.clerk()

        def work() -> int:
            if scope == "this":
                scheduling.reschedule(ledger, activity, start, clerk)
                return 1
            return recurrence.apply_change(ledger, activity, scheduling.moved_to(activity, start), scope, clerk)

        return bool(operations.run(self._context, work, lambda count: _moved_words(activity, start, count)))

    def complete(self, uid: str, offline: int | None, online: int | None) -> bool:
        """计划 → 已完成 with the figures; True when it was saved."""
        from models import planning

        activity = self._activity(uid)
        if activity is None:
            return False
        done = operations.run(
            self._context,
            lambda: planning.complete(
                self._context.ledger, activity, self._context.clerk(), people_offline=offline, people_online=online
            ),
            lambda saved: f"已登记{_quoted(saved)}的结果",
        )
        return done is not None

    def cancel(self, uid: str) -> None:
        """Mark it as cancelled; it stays in the ledger."""
        from models import scheduling

        self._change(uid, lambda one: scheduling.cancel(self._context.ledger, one, self._context.clerk()), "已取消{}")

    def resume(self, uid: str) -> None:
        """Take a cancellation back."""
        from models import scheduling

        self._change(uid, lambda one: scheduling.resume(self._context.ledger, one, self._context.clerk()), "已恢复{}")

    def delete(self, uid: str) -> None:
        """To 回收站; of a repetition as much as is asked for."""
        from models import recording, recurrence

        activity = self._activity(uid)
        if activity is None:
            return
        scope = self._scope(activity, "删除")
        if scope is None:
            return
        ledger, clerk = self._context.ledger, self._context.clerk()
        if scope == "this":
            operations.run(self._context, lambda: recording.delete(ledger, [activity], clerk), lambda words: words)
        else:
            operations.run(
                self._context,
                lambda: recurrence.delete_series(ledger, activity, scope, clerk),
                lambda words: words,
            )

    def ask_day(self, uid: str) -> bool:
        """Ask for another day with a date box and move the activity there."""
        from ui.pages.calendar_dialogs import ask_for_day

        activity = self._activity(uid)
        if activity is None or activity.start is None:
            return False
        day = ask_for_day(self._page, activity.title, activity.start, self._context.clock().date())
        return day is not None and self.move_to(activity, day)

    def repeat(self, uid: str) -> None:
        """Ask for a rule and make the activities."""
        from models import recurrence
        from models.calendar_days import day_info, read_marks
        from ui.pages.calendar_repeat import RepeatDialog

        activity = self._activity(uid)
        if activity is None or activity.start is None:
            return
        ledger, notice = self._context.ledger, self._context.notice
        marks = read_marks(ledger)
        dialog = RepeatDialog(
            self._page, activity, lambda day: day_info(day, notice, marks), self._context.clock().date()
        )
        if dialog.exec():
            rule = dialog.rule()
            operations.run(
                self._context,
                lambda: recurrence.repeat(ledger, activity, rule, self._context.clerk(), dialog.info_of),
                lambda made: _repeated_words(rule, activity, len(made)),
            )
        dialog.deleteLater()

    def _change(self, uid: str, work: Callable[[Activity], Activity], words: str) -> None:
        activity = self._activity(uid)
        if activity is not None:
            operations.run(self._context, lambda: work(activity), words.format(_quoted(activity)))

    def _activity(self, uid: str) -> Activity | None:
        return get_activity(self._context.ledger, uid) if uid else None

    def _scope(self, activity: Activity, verb: str) -> "Scope | None":
        """How much of a repetition is meant; None when the question was left. Not asked when it stands alone."""
        from models import recurrence

        if not activity.series or not recurrence.in_scope(self._context.ledger, activity, "all"):
            return "this"
        later = recurrence.in_scope(self._context.ledger, activity, "later")
        answers = [Answer("this", f"只{verb}这一次", "plain")]
        if later:
            answers.append(Answer("later", "这次及以后"))
        answers += [Answer("all", "全部"), Answer("none", f"不{verb}")]
        consequence = f"{_quoted(activity)}是重复的活动。已完成、已取消的那几次不受影响。"
        chosen = ask(self._page, f"{verb}哪几次？", consequence, answers, "none")
        scopes: dict[str, Scope] = {"this": "this", "later": "later", "all": "all"}
        return scopes.get(chosen)


def _quoted(activity: Activity) -> str:
    from models.recording import quoted

    return quoted(activity)


def _repeated_words(rule: "Rule", activity: Activity, count: int) -> str:
    from models.recurrence import describe

    words = f"已安排重复：{describe(rule, activity.start or date.min)}"
    return words if rule.count else f"{words}，共 {count} 次"


def _moved_words(activity: Activity, start: date, count: int) -> str:
    if count > 1 and activity.start:
        days = abs((start - activity.start) // timedelta(days=1))
        return f"重复的 {count} 次已{'推后' if start > activity.start else '提前'} {days} 天"
    return f"{_quoted(activity)}已改到 {short_day(start)}"
