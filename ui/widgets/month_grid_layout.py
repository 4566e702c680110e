"""Where the cells and events of a calendar grid are: geometry without painting, so that it can be asked and tested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QSize

from ui import theme
from ui.widgets.calendar_faces import EventFace, event_height
from ui.widgets.calendar_popup import month_later

HEAD, TOP, GAP, SIDE = 32, 30, 2, 5  # weekday line, day line of a cell, between events, left and right of them
NARROW = 88  # width ÷ text scale below which a cell shows only how many events there are


def weeks_of(month: date) -> tuple[date, int]:
    """The Monday a month's grid begins with, and how many weeks it takes (4 to 6)."""
    first = month.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    last = month_later(first, 1) - timedelta(days=1)
    return monday, (last - monday).days // 7 + 1


@dataclass(frozen=True, slots=True)
class EventPlace:
    """An event where it is painted; `index` counts the events of its day from 0."""

    rect: QRect
    day: date
    index: int
    face: EventFace


@dataclass(frozen=True, slots=True)
class MorePlace:
    """The line “还有 3 项” of a day (or “3 项” in a narrow cell)."""

    rect: QRect
    day: date
    count: int


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Cells of `weeks` weeks from Monday `first` in a widget of `size`, and what fits into them."""

    first: date
    weeks: int
    size: QSize
    events: tuple[EventPlace, ...]
    more: tuple[MorePlace, ...]

    @property
    def last(self) -> date:
        """The Sunday in the lower right corner."""
        return self.first + timedelta(days=7 * self.weeks - 1)

    @property
    def narrow(self) -> bool:
        """Whether cells have no room for titles."""
        return self.size.width() / 7 < NARROW * theme.current().scale

    def holds(self, day: date) -> bool:
        """Whether the day has a cell."""
        return self.first <= day <= self.last

    def cell(self, day: date) -> QRect:
        """The cell of a day that has one."""
        return cell_rect(self.size, self.weeks, (day - self.first).days)

    def day_at(self, point: QPoint) -> date | None:
        """The day whose cell is under a point."""
        head, size = theme.height(HEAD), self.size
        if not (0 <= point.x() < size.width() and head <= point.y() < size.height()):
            return None
        # the inverse of how cell_rect rounds
        column = min(6, (point.x() * 7 + 6) // max(1, size.width()))
        line = ((point.y() - head) * self.weeks + self.weeks - 1) // max(1, size.height() - head)
        line = min(self.weeks - 1, line)
        return self.first + timedelta(days=line * 7 + column)

    def events_of(self, day: date) -> list[EventFace]:
        """The events of a day for which there is room, in order."""
        return [place.face for place in self.events if place.day == day]

    def event_at(self, point: QPoint) -> EventPlace | None:
        """The event under a point."""
        return next((place for place in self.events if place.rect.contains(point)), None)

    def more_at(self, point: QPoint) -> MorePlace | None:
        """The line “还有 3 项” under a point."""
        return next((place for place in self.more if place.rect.contains(point)), None)


def cell_rect(size: QSize, weeks: int, index: int) -> QRect:
    """The cell with an index counted from the upper left."""
    line, column = divmod(index, 7)
    head, width, height = theme.height(HEAD), size.width(), size.height()
    left, right = width * column // 7, width * (column + 1) // 7
    top, bottom = head + (height - head) * line // weeks, head + (height - head) * (line + 1) // weeks
    return QRect(left, top, right - left, bottom - top)


def lay_out(
    size: QSize, first: date, weeks: int, events: Mapping[date, Sequence[EventFace]], lines: int = 1
) -> GridLayout:
    """Place as many events in each cell as fit; if some do not, the last line says how many more there are."""
    placed: list[EventPlace] = []
    more: list[MorePlace] = []
    tall, gap, top, side = event_height(lines), theme.px(GAP), theme.height(TOP), theme.px(SIDE)
    short = event_height()
    narrow = size.width() / 7 < NARROW * theme.current().scale
    for index in range(7 * weeks):
        day = first + timedelta(days=index)
        faces = events.get(day, ())
        if not faces:
            continue
        cell = cell_rect(size, weeks, index)
        room = cell.height() - top - gap
        fitting = 0 if narrow else min(len(faces), max(0, room // (tall + gap)))
        if fitting < len(faces):  # make room for the line
            fitting = 0 if narrow else max(0, (room - short - gap) // (tall + gap))
            below = min(cell.top() + top + fitting * (tall + gap), cell.bottom() - short)
            area = QRect(cell.left() + side, below, cell.width() - 2 * side, short)
            more.append(MorePlace(area, day, len(faces) - fitting))
        for number, face in enumerate(faces[:fitting]):
            area = QRect(
                cell.left() + side, cell.top() + top + number * (tall + gap), cell.width() - 2 * side + 1, tall
            )
            placed.append(EventPlace(area, day, number, face))
    return GridLayout(first, weeks, size, tuple(placed), tuple(more))
