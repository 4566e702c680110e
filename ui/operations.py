"""The one funnel for writes: call, catch, announce.

A page never writes by itself. It hands the work to `run`, which tells everybody when it succeeded and
says why when it did not; what the clerk typed stays where it is in both cases.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from models.errors import UserError
from ui.context import Context

if TYPE_CHECKING:
    from models.history import Step

Result = TypeVar("Result")


def run(context: Context, work: Callable[[], Result], done: Callable[[Result], str] | str = "") -> Result | None:
    """Do `work`; announce the change and, when `done` gives words for it, offer 撤销 in a toast.

    Returns what `work` returned, or None after a UserError, which has then been shown.
    """
    try:
        result = work()
    except UserError as error:
        context.went_wrong.emit(error.message)
        return None
    context.changed.emit()
    text = done if isinstance(done, str) else done(result)
    if text:
        context.went_well.emit(text, True)
    return result


def undo(context: Context) -> None:
    """Take back the latest step of this session and say which one it was."""
    from models import history

    clerk = context.clerk()
    step = _quietly(
        context, lambda: history.undo(context.ledger, now=clerk.now, person=clerk.person, since=context.session_start)
    )
    context.went_well.emit(f"已撤销：{step.label}" if step else "没有可以撤销的操作", False)


def redo(context: Context) -> None:
    """Do the step undone last once more."""
    from models import history

    clerk = context.clerk()
    step = _quietly(
        context, lambda: history.redo(context.ledger, now=clerk.now, person=clerk.person, since=context.session_start)
    )
    context.went_well.emit(f"已重做：{step.label}" if step else "没有可以重做的操作", False)


def _quietly(context: Context, work: "Callable[[], Step | None]") -> "Step | None":
    return run(context, work)
