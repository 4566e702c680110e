"""The head of the calendar: which month, which view, and what can be done with it."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import plain_menu_text
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, button, icon_button
from ui.widgets.calendar_faces import long_day
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import row

MONTH, WEEK, LIST, YEAR = "month", "week", "list", "year"
VIEWS = {MONTH: "月", WEEK: "周", LIST: "列表", YEAR: "年度计划"}
WIDE, MEDIUM = 1100, 800  # content width ÷ text scale
STEPS = {
    MONTH: ("上个月", "下个月"),
    WEEK: ("上一周", "下一周"),
    LIST: ("上个月", "下个月"),
    YEAR: ("上一年", "下一年"),
}


class CalendarHeader(Bar):
    """Buttons only; the page decides what they do."""

    stepped = Signal(int)
    today_wanted = Signal()
    view_wanted = Signal(str)
    print_wanted = Signal()
    new_wanted = Signal()
    day_wanted = Signal()
    menu_chosen = Signal(str)  # export, import, mark

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("header", parent)
        self._view = ""
        self.title = TextLabel("日历", "title")
        self.back = icon_button("arrow-left-s", "上个月", "plain", "Ctrl+PgUp")
        self.month = TextLabel("", "heading")
        self.forth = icon_button("arrow-right-s", "下个月", "plain", "Ctrl+PgDown")
        self.today = button("今天", shortcut_text="T")
        self.today.set_brevity(NO_SHORTCUT)
        self.views = {name: button(words) for name, words in VIEWS.items()}
        self._group = QButtonGroup(self)
        for name, each in self.views.items():
            each.setCheckable(True)
            each.set_kind("flat")
            self._group.addButton(each)
            each.clicked.connect(lambda _checked=False, name=name: self.view_wanted.emit(name))
        self.view_box = ChoiceBox(list(VIEWS.items()))
        self.view_box.setAccessibleName("怎样看")
        self.view_box.hide()
        self.view_box.value_changed.connect(self._choose)
        self.day_button = button("这一天", "calendar")
        self.print_button = button("打印本月", "printer")
        self.more_button = icon_button("more", "更多操作", "plain")
        self.new_button = button("新建活动", "add", "primary", "Ctrl+N")
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.forth.clicked.connect(lambda: self.stepped.emit(1))
        self.today.clicked.connect(self.today_wanted)
        self.day_button.clicked.connect(self.day_wanted)
        self.print_button.clicked.connect(self.print_wanted)
        self.more_button.clicked.connect(self._show_menu)
        self.new_button.clicked.connect(self.new_wanted)
        segments = self._segments = Ground("card")
        segments.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row(*self.views.values(), margins=1, spacing=0, parent=segments)
        row(
            self.title, 4, self.back, self.month, self.forth, self.today, 4, segments, self.view_box, None,
            self.day_button, self.print_button, self.more_button, self.new_button,
            margins=(24, 0), parent=self,
        )  # fmt: skip
        for label in (self.title, self.month):
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def show_view(self, view: str, day: date, today: date) -> None:
        """Say what is in front."""
        self.views[view].setChecked(True)
        for name, each in self.views.items():
            each.setAccessibleDescription("正在看" if name == view else "")
            # one stop for Tab, on the view in front; arrow keys go through the others
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name == view else Qt.FocusPolicy.ClickFocus)
        self._view = view
        self.view_box.set_value(view)
        self.month.setText(f"{day.year}年" if view == YEAR else f"{day.year}年{day.month}月")
        for each, words in zip((self.back, self.forth), STEPS[view], strict=True):
            each.setText(words)
        self.print_button.setText("打印年度计划" if view == YEAR else "打印本月")
        self.today.setAccessibleDescription(long_day(today))

    def fit(self, room: float, *, side_open: bool) -> None:
        """Show what `room` (width ÷ text scale) has space for."""
        self.day_button.setVisible(room < WIDE)
        self.day_button.setCheckable(True)
        self.day_button.setChecked(side_open)
        self.title.setVisible(room >= MEDIUM)
        self._segments.setVisible(room >= MEDIUM)
        self.view_box.setVisible(room < MEDIUM)
        narrow = room < WIDE
        for each in (self.print_button, self.day_button):
            each.set_brevity(ICON_ONLY if narrow else FULL)
        self.new_button.set_brevity(NO_SHORTCUT)
        self.back.setVisible(room >= 560)
        self.forth.setVisible(room >= 560)
        self.today.setVisible(room >= 640)

    def _choose(self, view: str | None) -> None:
        if view and view != self._view:
            self.view_wanted.emit(view)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, name in (
            ("导出日历文件……（.ics，手机日历能读）", "export"),
            ("导入日历文件……（.ics）", "import"),
            ("标记这一天休、班……", "mark"),
        ):
            menu.addAction(plain_menu_text(words)).triggered.connect(
                lambda _=False, name=name: self.menu_chosen.emit(name)
            )
        hint = menu.sizeHint()
        menu.popup(
            self.more_button.mapToGlobal(QPoint(self.more_button.width() - hint.width(), self.more_button.height()))
        )


def room_of(widget: QWidget) -> float:
    """Content width ÷ text scale."""
    return widget.width() / theme.current().scale
