"""The month or week of the calendar: one painted widget, moved by keys and mouse, fed with plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from ui import fonts, theme
from ui.widgets.base import announce, keyboard_on, plain_tip
from ui.widgets.calendar_faces import DayFace, EventFace, long_day
from ui.widgets.month_grid_keys import CONTROL, PAGES, day_by_key
from ui.widgets.month_grid_layout import EventPlace, GridLayout, lay_out, weeks_of
from ui.widgets.month_grid_paint import Drag, GridState, paint_grid

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TURN_AFTER = 700  # milliseconds that something dragged is held at the upper or lower edge


class MonthGrid(QWidget):
    """Whole weeks from Monday to Sunday. Events are moved by dragging, or with Ctrl+X and Ctrl+V.

    It keeps which day is current and which of its events has the keyboard (Tab goes through them); everything else
    it asks for by signal. `day_changed` may name a day that is not shown: show it.
    """

    day_changed = Signal(object)  # date
    day_opened = Signal(object)  # date: something new there, by double click or Enter
    day_wanted = Signal(object)  # date: show all of its events
    event_opened = Signal(str)
    event_moved = Signal(str, object, object)  # uid, from which day, to which day
    event_deleted = Signal(str)
    event_dated = Signal(str)  # F2: type another day
    menu_wanted = Signal(str, object)  # uid or empty, and where on the screen
    turned = Signal(int)  # while dragging: show the next (1) or previous (−1) page

    def __init__(self, day: date, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day, self._today, self._month = day, today, day.month
        self._first, self._weeks = weeks_of(day)
        self._faces: Mapping[date, DayFace] = {}
        self._events: Mapping[date, Sequence[EventFace]] = {}
        self._lines, self._chip = 1, -1
        self._cut: tuple[EventFace, date] | None = None
        self._pressed: tuple[EventPlace, QPoint] | None = None
        self._drag: Drag | None = None
        self._layout: GridLayout | None = None
        self._turn = 0
        self._holding = QTimer(self, interval=TURN_AFTER)
        self._holding.timeout.connect(lambda: self.turned.emit(self._turn))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._lay_out_anew)

    # ─── what is shown ───

    def show_days(
        self,
        first: date,
        weeks: int,
        month: int,
        faces: Mapping[date, DayFace],
        events: Mapping[date, Sequence[EventFace]],
        lines: int = 1,
    ) -> None:
        """Show `weeks` weeks from the Monday `first`; days outside `month` are pale (0: none are)."""
        self._first, self._weeks, self._month, self._lines = first, weeks, month, lines
        self._faces, self._events = faces, events
        fonts.ensure_glyphs("".join(face.title + face.note for held in events.values() for face in held))
        self._chip = min(self._chip, len(events.get(self._day, ())) - 1)
        self._lay_out_anew()
        self._say()

    def set_today(self, today: date) -> None:
        """The day in the circle."""
        self._today = today
        self.update()

    def day(self) -> date:
        """The current day."""
        return self._day

    def set_day(self, day: date) -> None:
        """Make another day the current one; `day_changed` follows."""
        if day == self._day:
            return
        self._day, self._chip = day, -1
        self.day_changed.emit(day)
        self._say()
        self.update()

    def current_event(self) -> EventFace | None:
        """The event that has the keyboard."""
        return self._held()[self._chip] if 0 <= self._chip < len(self._held()) else None

    def choose_event(self, uid: str) -> None:
        """Give the keyboard to an event of the current day."""
        self._chip = next((index for index, face in enumerate(self._held()) if face.uid == uid), -1)
        self._say()
        self.update()

    def drag(self) -> Drag | None:
        """What is being dragged."""
        return self._drag

    def places(self) -> GridLayout:
        """Where everything is."""
        if self._layout is None:
            self._layout = lay_out(self.size(), self._first, self._weeks, self._events, self._lines)
        return self._layout

    def spoken(self) -> str:
        """What a screen reader says of where the keyboard is."""
        chosen = self.current_event()
        if chosen:
            return f"{chosen.words}，{long_day(self._day)}第 {self._chip + 1} 项，共 {len(self._held())} 项"
        face, held = self._faces.get(self._day), self._held()
        words = [long_day(self._day), face.words if face else "", f"{len(held)} 项" if held else "没有活动"]
        listed = "：" + "、".join(each.words for each in held[:5]) if held else ""
        return "，".join(word for word in words if word) + listed

    def sizeHint(self) -> QSize:
        return QSize(theme.px(7 * 120), theme.px(32 + 5 * 96))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(7 * 44), theme.px(32) + self._weeks * theme.px(44))

    # ─── keys ───

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._step_by_tab(event):
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.places().event_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(place.face.words) if place else "", self)
            return True
        return super().event(event)

    def _step_by_tab(self, event: QKeyEvent) -> bool:
        """Tab and Shift+Tab go through the events of the day before they leave the grid."""
        if event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            return False
        wanted = self._chip + (1 if event.key() == Qt.Key.Key_Tab else -1)
        if -1 <= wanted < len(self._held()) and wanted != self._chip:
            self._choose_index(wanted)
            return True
        self._chip = -1
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if self._drag:
            self._drag_key(key)
        elif not (self._move_key(key, modifiers) or self._act_key(key, modifiers)):
            super().keyPressEvent(event)

    def _move_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether the key led to another day or event."""
        if self._weeks == 1 and not modifiers and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            wanted = self._chip + (1 if key == Qt.Key.Key_Down else -1)
            self._choose_index(max(-1, min(wanted, len(self._held()) - 1)))
            return True
        day = day_by_key(key, modifiers, self._day, self._today, by_week=self._weeks == 1)
        if day is not None:
            self.set_day(day)
        return day is not None

    def _act_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Whether the key did something with the day or the event that has the keyboard."""
        chosen = self.current_event()
        uid = chosen.uid if chosen else ""
        if modifiers == CONTROL and key == Qt.Key.Key_V and self._cut:
            (face, origin), self._cut = self._cut, None
            self.event_moved.emit(face.uid, origin, self._day)
        elif modifiers == CONTROL and key == Qt.Key.Key_X and uid:
            self._cut = (chosen, self._day) if chosen else None
            announce(self, f"已剪切，选好日期按 Ctrl+V：{chosen.words if chosen else ''}")
        elif key in ENTER and chosen:
            self.event_opened.emit(uid)
        elif key in ENTER:
            self.day_opened.emit(self._day)
        elif key == Qt.Key.Key_Delete and uid:
            self.event_deleted.emit(uid)
        elif key == Qt.Key.Key_F2 and uid:
            self.event_dated.emit(uid)
        elif key == Qt.Key.Key_Menu:
            self.menu_wanted.emit(uid, self.mapToGlobal(self._menu_point()))
        elif key == Qt.Key.Key_Escape and (self._cut or self._chip >= 0):
            self._cut, self._chip = None, -1
        else:
            return False
        self.update()
        return True

    def _drag_key(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self._end_drag()
        elif key in PAGES:
            self.turned.emit(PAGES[key])

    # ─── mouse ───

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point, places = event.position().toPoint(), self.places()
        day, place = places.day_at(point), places.event_at(point)
        if day is None:
            return
        if day != self._day:
            self.set_day(day)
        self._choose_index(place.index if place else -1)
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(place.face.uid if place else "", event.globalPosition().toPoint())
        elif place and place.face.uid:
            self._pressed = (place, point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed and not self._drag:
            place, start = self._pressed
            if (point - start).manhattanLength() >= QApplication.startDragDistance():
                self._drag = Drag(place.face, place.day, place.day, point)
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._drag:
            self._drag = replace(self._drag, point=point, target=self.places().day_at(point))
            self._hold_at_edge(point)
            self.update()
        elif not event.buttons():
            over = self.places().event_at(point) or self.places().more_at(point)
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, more = self._drag, self.places().more_at(event.position().toPoint())
        self._end_drag()
        if drag:
            if drag.target and drag.target != drag.origin:
                self.event_moved.emit(drag.face.uid, drag.origin, drag.target)
        elif more and event.button() == Qt.MouseButton.LeftButton:
            self.day_wanted.emit(more.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        point, places = event.position().toPoint(), self.places()
        if event.button() != Qt.MouseButton.LeftButton or places.more_at(point):
            return
        if place := places.event_at(point):
            self.event_opened.emit(place.face.uid)
        elif day := places.day_at(point):
            self.day_opened.emit(day)

    def _hold_at_edge(self, point: QPoint) -> None:
        """Something held at the upper or lower edge for a moment turns the page."""
        edge = theme.px(12)
        self._turn = -1 if point.y() < edge else 1 if point.y() > self.height() - edge else 0
        if self._turn and not self._holding.isActive():
            self._holding.start()
        elif not self._turn:
            self._holding.stop()

    def _end_drag(self) -> None:
        self._drag = self._pressed = None
        self._holding.stop()
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()

    # ─── painting ───

    def paintEvent(self, event: QPaintEvent) -> None:
        state = GridState(
            self._day,
            self._today,
            self._month,
            self._chip,
            keyboard_on(self),
            self._cut[0].uid if self._cut else "",
            self._drag,
            self._lines,
        )
        paint_grid(QPainter(self), self.places(), self._faces, state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out_anew()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._chip = len(self._held()) - 1
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._drag:
            self._end_drag()
        self.update()

    def _held(self) -> Sequence[EventFace]:
        return self._events.get(self._day, ())

    def _choose_index(self, index: int) -> None:
        if index != self._chip:
            self._chip = index
            self._say()
            self.update()

    def _menu_point(self) -> QPoint:
        places = self.places()
        for place in places.events:
            if (place.day, place.index) == (self._day, self._chip):
                return place.rect.bottomLeft()
        return places.cell(self._day).center() if places.holds(self._day) else self.rect().center()

    def _lay_out_anew(self) -> None:
        self._layout = None
        self.update()

    def _say(self) -> None:
        announce(self, self.spoken())
