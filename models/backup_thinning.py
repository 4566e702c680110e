"""Which backups may go: one a day for seven days, one a week for four weeks, one a month for twelve months."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

DAYS, WEEKS, MONTHS = 7, 4, 12
YOUNG = timedelta(days=1)  # whatever was made since then stays, so that this morning's mistake can be undone tonight


def superfluous(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The backups that need not be kept any longer. The newest never is among them.

    Days, weeks and months are counted by those that have a backup, not by the calendar: after half a year
    without one, the last ones are still there.
    """
    newest_first = sorted(set(moments), reverse=True)
    kept = {moment for moment in newest_first if moment > now - YOUNG}
    kept.update(newest_first[:1])
    for most, key in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        kept.update(_newest_of_each(newest_first, key, most))
    return set(newest_first) - kept


def _newest_of_each(newest_first: list[datetime], key: Callable[[datetime], object], most: int) -> list[datetime]:
    chosen: dict[object, datetime] = {}
    for moment in newest_first:
        chosen.setdefault(key(moment), moment)
    return list(chosen.values())[:most]


def _day(moment: datetime) -> object:
    return moment.date()


def _week(moment: datetime) -> object:
    return moment.isocalendar()[:2]


def _month(moment: datetime) -> object:
    return moment.year, moment.month
