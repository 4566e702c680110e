"""What of a calendar file the ledger has already, and taking in the rest as one step of 撤销."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from importers.ics import IcsEvent, IcsImport
from models.activity import Activity, Status
from models.calendar_query import list_live, same_day_titles
from models.ledger import Ledger
from models.recording import Clerk, record_many


@dataclass(frozen=True, slots=True)
class Move:
    """A planned activity of ours that was moved on the phone: as it is, and as it would be."""

    before: Activity
    after: Activity


@dataclass(frozen=True, slots=True)
class IcsPlan:
    """What taking in a file would do. `known` events are in the ledger already (same record, or same name and day)."""

    new: tuple[Activity, ...]
    moves: tuple[Move, ...]
    known: tuple[Activity, ...]


def compare(ledger: Ledger, imported: IcsImport) -> IcsPlan:
    """Sort the events of a file into new ones, moved ones of ours, and those the ledger has already.

    Only planned activities are offered to be moved, and only day and time. An activity of ours that is not in this
    ledger (another PC's, or in 回收站) counts as new.
    """
    wanted = sorted({event.own_uid for event in imported.events if event.own_uid})
    ours = {activity.uid: activity for activity in list_live(ledger, wanted)}
    days = [event.activity.start for event in imported.events if event.activity.start]
    titles = same_day_titles(ledger, min(days), max(days)) if days else {}
    new: list[Activity] = []
    moves: list[Move] = []
    known: list[Activity] = []
    seen: set[tuple[date | None, str, str]] = set()
    for event in imported.events:
        activity = event.activity
        key = (activity.start, activity.start_time, activity.title)
        before = ours.get(event.own_uid)
        if before:
            after = _moved(before, event)
            if after:
                moves.append(Move(before, after))
            else:
                known.append(before)
        elif key in seen or (activity.start and (activity.start, activity.title) in titles):
            known.append(activity)
        else:
            new.append(activity)
        seen.add(key)
    return IcsPlan(tuple(new), tuple(moves), tuple(known))


def take_in(ledger: Ledger, new: Sequence[Activity], moves: Sequence[Move], clerk: Clerk) -> str:
    """Save what was chosen of a plan as one step; returns what was done, as a toast says it."""
    parts = [f"新增 {len(new)} 项" if new else "", f"改期 {len(moves)} 项" if moves else ""]
    what = "，".join(part for part in parts if part)
    if not what:
        return "没有要导入的日程"
    record_many(ledger, [*new, *(move.after for move in moves)], clerk, f"导入日历：{what}")
    return f"已导入日历：{what}"


def _moved(before: Activity, event: IcsEvent) -> Activity | None:
    """Our activity at the day and time of the file; None when it stands there already, or is not planned any more."""
    there = event.activity
    if before.status != Status.PLANNED:
        return None
    times = (there.start_time, there.end_time) if there.start_time else (before.start_time, before.end_time)
    after = before.with_values(start=there.start, end=there.end, start_time=times[0], end_time=times[1])
    same = after == before or (
        (before.start, before.last_day) == (there.start, there.last_day)
        and _clock(times[0]) == _clock(before.start_time)
    )
    return None if same else after


def _clock(text: str) -> str:
    """9:00 and 09:00 are the same time."""
    return text.strip().zfill(5)
