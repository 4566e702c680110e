"""The activities of one day beside the calendar, each with what can be done with it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from models.calendar_query import CalendarEntry
from ui import theme
from ui.pages.calendar_entry import EntryCard
from ui.widgets.buttons import button, icon_button, link
from ui.widgets.calendar_faces import DayFace, long_day
from ui.widgets.frames import Bar, Ground
from ui.widgets.keyboard import Held, give_back, keyboard_in, tab_through
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row
from ui.widgets.strips import MessageStrip

WIDTH = 288
MOST = 30  # activities listed; a day with more has its list in 列表
OVERDUE_SHOWN = 3
AT_ONCE = 4  # activities built in one turn of the event loop


class DayList(Bar):
    """What is on a day. It only asks: every signal carries the uid of an activity (or a day)."""

    opened = Signal(str)
    new_wanted = Signal(object)  # date
    move_wanted = Signal(str)
    cancel_wanted = Signal(str)
    resume_wanted = Signal(str)
    delete_wanted = Signal(str)
    repeat_wanted = Signal(str)
    register_wanted = Signal(str)
    completed = Signal(str, object, object)  # uid, 线下, 线上 (int or None)
    list_wanted = Signal(object)  # date
    day_wanted = Signal(object)  # date of another plan that is overdue
    closed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent)
        self.setAccessibleName("这一天的活动")
        self._today, self._day = today, today
        self._face: DayFace | None = None
        self._entries: Sequence[CalendarEntry] = ()
        self._overdue: Sequence[CalendarEntry] = ()
        self._registering = ""
        self._typed = ("", "")  # into the boxes for the figures, while the list is built anew
        self._keyboard: Held | None = None
        self.cards: dict[str, EntryCard] = {}
        self.heading, self.note = TextLabel(role="section"), WrapLabel("", "note", "hint")
        self.close_button = icon_button("close", "关闭这一天", small=True)
        self.close_button.clicked.connect(self.closed)
        self.close_button.hide()
        self._items = column(spacing=12)
        inside = self._inside = Ground("surface")
        column(
            row(self.heading, None, self.close_button), self.note, self._items, None, margins=(20, 16), parent=inside
        )
        self.area = QScrollArea()
        self.area.setAccessibleName("这一天的活动")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        foot = Bar("footer")
        self.new_button = button("在这一天新建活动", "add")
        self.new_button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.new_button.clicked.connect(lambda: self.new_wanted.emit(self._day))
        row(self.new_button, margins=(20, 0), parent=foot)
        whole = column(self.area, foot, spacing=0, parent=self)
        whole.setStretch(0, 1)
        # held-down arrow keys run through the days; only the one they stop at is built
        self._due = QTimer(self, singleShot=True, interval=30)
        self._due.timeout.connect(self._begin)
        self._next = QTimer(self, interval=0)
        self._next.timeout.connect(self._build_some)
        self._waiting: list[CalendarEntry] = []

    def show_day(
        self, face: DayFace, entries: Sequence[CalendarEntry], overdue: Sequence[CalendarEntry], today: date
    ) -> None:
        """Show a day, and which plans of earlier days nobody has registered."""
        if face.day != self._day:
            self._registering = ""
        self._day, self._face, self._entries, self._overdue = face.day, face, entries, overdue
        self._today = today
        self.heading.setText(long_day(face.day).split("年", 1)[1])
        count = f"{len(entries)} 项" if entries else "没有活动"
        self.note.setText(" · ".join(part for part in (face.words, count) if part))
        self._due.start()

    def day(self) -> date:
        """The day shown."""
        return self._day

    def register(self, uid: str) -> None:
        """Open the boxes for the figures of an activity, with the keyboard in the first."""
        self.finish()
        if uid in self.cards:
            self._registering = uid
            self.cards[uid].ask_figures()
            self.area.ensureWidgetVisible(self.cards[uid])

    def end_registering(self) -> None:
        """The figures were given: the list is built anew without the boxes."""
        self._registering = ""

    def finish(self) -> None:
        """Build what was asked for now instead of bit by bit."""
        if self._due.isActive():
            self._begin()
        while self._next.isActive():
            self._build_some()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, where nothing inside wants it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _begin(self) -> None:
        self._due.stop()
        figures = self.cards[self._registering].figures() if self._registering in self.cards else None
        self._typed = (figures.offline.text(), figures.online.text()) if figures else ("", "")
        self._keyboard = keyboard_in(self._items, self._inside)
        clear(self._items)
        self.cards, self._waiting = {}, list(self._entries[:MOST])
        self._next.start()
        self._build_some()

    def _build_some(self) -> None:
        """A few cards at a time, so that a crowded day does not hold up the keys."""
        now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        for entry in now:
            card = self.cards[entry.uid] = EntryCard(entry, self._today, self)
            self._add(card)
        if not self._waiting:
            self._next.stop()
            self._build_rest()

    def _build_rest(self) -> None:
        if len(self._entries) > MOST:
            more = link(f"还有 {len(self._entries) - MOST} 项，在列表里看")
            more.clicked.connect(lambda: self.list_wanted.emit(self._day))
            self._add(more)
        for entry in self._overdue[:OVERDUE_SHOWN]:
            self._add(self._overdue_strip(entry))
        if len(self._overdue) > OVERDUE_SHOWN:
            more = link(f"另有 {len(self._overdue) - OVERDUE_SHOWN} 项过期计划，看下一项")
            after = self._overdue[OVERDUE_SHOWN].start
            more.clicked.connect(lambda: self.day_wanted.emit(after))
            self._add(more)
        self.put_in_tab_order()
        if self._registering in self.cards and self.isVisible():
            self.cards[self._registering].ask_figures(*self._typed)
        else:
            give_back(self._keyboard, self._items, self._inside, self.new_button)
        self._keyboard = None

    def put_in_tab_order(self) -> None:
        """Tab goes through the list as it is read, also through what opened in it just now."""
        tab_through(self.close_button, self._items, self._inside)

    def _add(self, widget: QWidget) -> None:
        self._items.addWidget(widget)
        widget.show()

    def _overdue_strip(self, entry: CalendarEntry) -> MessageStrip:
        day = entry.last_day
        title = entry.name if len(entry.name) <= 14 else entry.name[:14] + "…"
        ways = (
            ("登记结果", lambda: self.register_wanted.emit(entry.uid)),
            ("改期", lambda: self.move_wanted.emit(entry.uid)),
            ("取消计划", lambda: self.cancel_wanted.emit(entry.uid)),
        )
        strip = MessageStrip("warn", f"{day.month}月{day.day}日“{title}”还没有登记结果。", ways)
        for each in strip.links():
            each.setAccessibleName(f"{each.text()}：{entry.name}")
        return strip


def panel_width() -> int:
    """Width of what stands beside the calendar, at the text size in force."""
    return theme.px(WIDTH)
