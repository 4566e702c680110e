"""One activity in the day list: its chip, its buttons, its menu, and the boxes in which a result is registered."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from models.activity import STAGE_LABELS, Stage, Status
from models.calendar_query import CalendarEntry
from ui.pages.calendar_data import KINDS
from ui.widgets.base import plain_menu_text
from ui.widgets.buttons import Button, button, icon_button
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row
from ui.widgets.number_edit import NumberEdit
from ui.widgets.strips import MessageStrip

if TYPE_CHECKING:
    from ui.pages.calendar_day_list import DayList


class EntryCard(QWidget):
    """One activity: name, chip, when and where, and the buttons for its state."""

    def __init__(self, entry: CalendarEntry, today: date, owner: "DayList") -> None:
        super().__init__()
        self._entry, self._today, self._owner = entry, today, owner
        self.setAccessibleName(entry.name)
        if entry.is_overdue(today):
            chip = Chip("warn", "已过期", "time")
        else:
            chip = Chip(KINDS.get(entry.stage, "plan"), STAGE_LABELS.get(entry.stage, ""))
        title = WrapLabel(entry.name, "strong")
        head = row(title, spacing=8)
        head.setStretch(0, 1)
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        self._flow = FlowLayout(spacing=8, line_spacing=6)
        self._buttons: list[Button] = []
        for words, act in self._ways():
            made = button(words, small=True)
            made.setAccessibleName(f"{words}：{entry.name}")
            made.clicked.connect(act)
            self._flow.addWidget(made)
            self._buttons.append(made)
        more = icon_button("more", f"更多操作：{entry.name}", small=True)
        more.clicked.connect(lambda: self._show_menu(more))
        self._panel: FiguresPanel | None = None
        self._told = False
        line = Bar("totals")
        line.setFixedHeight(1)
        self._column = column(line, head, spacing=6, parent=self)
        details = WrapLabel(_details(entry) or "时间、地点未填", "note", "hint")
        below = row(details, spacing=8)
        below.setStretch(0, 1)
        below.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(below)
        self._column.addLayout(self._flow)

    def ask_figures(self, offline: str = "", online: str = "") -> None:
        """Show the boxes for 线下 and 线上, with what was typed; a day still to come says why it cannot be done yet."""
        last = self._entry.last_day
        if last > self._today:
            words = f"{last.month}月{last.day}日才结束，还不能登记。如果提前办了，先改日期。"
            if not self._told:
                ways = [("改期", lambda: self._owner.move_wanted.emit(self._entry.uid))]
                told = MessageStrip("info", words, ways)
                self._column.addWidget(told)
                told.show()
                self._owner.put_in_tab_order()
            self._told = True
            return
        if self._panel is None:
            self._panel = FiguresPanel()
            self._panel.saved.connect(self._save)
            self._panel.left.connect(self._leave)
            self._column.addWidget(self._panel)
            self._panel.offline.setText(offline)
            self._panel.online.setText(online)
            self._owner.put_in_tab_order()
        for each in (self, self._panel):  # now and not in a moment, or the keyboard could not go there
            each.show()
        self._panel.offline.setFocus(Qt.FocusReason.OtherFocusReason)

    def figures(self) -> "FiguresPanel | None":
        """The boxes, while they are open."""
        return self._panel

    def _save(self, offline: int | None, online: int | None) -> None:
        self._owner.end_registering()
        self._owner.completed.emit(self._entry.uid, offline, online)

    def _leave(self) -> None:
        self._owner.end_registering()
        if self._panel is not None:
            self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None

    def _ways(self) -> list[tuple[str, object]]:
        uid, owner = self._entry.uid, self._owner
        if self._entry.status == Status.PLANNED:
            return [
                ("登记结果", lambda: owner.register_wanted.emit(uid)),
                ("改期", lambda: owner.move_wanted.emit(uid)),
                ("取消计划", lambda: owner.cancel_wanted.emit(uid)),
            ]
        if self._entry.stage == Stage.CANCELLED:
            return [("打开", lambda: owner.opened.emit(uid)), ("恢复计划", lambda: owner.resume_wanted.emit(uid))]
        return [("打开", lambda: owner.opened.emit(uid)), ("改期", lambda: owner.move_wanted.emit(uid))]

    def _show_menu(self, near: QWidget) -> None:
        menu = entry_menu(self._owner, self._entry, self._owner)
        menu.popup(near.mapToGlobal(QPoint(0, near.height())))


class FiguresPanel(QWidget):
    """线下 and 线上; Enter in either saves, Esc leaves."""

    saved = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.offline, self.online = NumberEdit("人次", chars=6), NumberEdit("人次", chars=6)
        self.offline.setAccessibleName("线下参加人次")
        self.online.setAccessibleName("线上参与人次")
        self._problem = WrapLabel("", "small", "error")
        self._problem.hide()
        self.save_button = button("完成登记", "check", small=True)
        self.save_button.clicked.connect(self._save)
        leave = button("不登记", small=True)
        leave.clicked.connect(self.left)
        for edit in (self.offline, self.online):
            edit.returnPressed.connect(self._save)
        column(
            row(TextLabel("线下", "note"), self.offline, None),
            row(TextLabel("线上", "note"), self.online, None),
            self._problem,
            row(self.save_button, leave, None),
            spacing=6,
            parent=self,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        problems = [edit.problem() for edit in (self.offline, self.online)]
        problem = next((each for each in problems if each), "")
        if not problem and self.offline.value() is None and self.online.value() is None:
            problem = "请填线下或线上人次，没有的填 0。"
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        for edit, wrong in zip((self.offline, self.online), problems, strict=True):
            edit.set_state("error" if wrong else "")
        if not problem:
            self.saved.emit(self.offline.value(), self.online.value())


def entry_menu(owner: "DayList", entry: CalendarEntry, parent: QWidget) -> QMenu:
    """Everything that can be done with an activity, as a menu; it deletes itself."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    uid = entry.uid
    ways = [("打开　Enter", lambda: owner.opened.emit(uid))]
    if entry.status == Status.PLANNED:
        ways.append(("登记结果", lambda: owner.register_wanted.emit(uid)))
    ways.append(("改期……　F2", lambda: owner.move_wanted.emit(uid)))
    ways.append(("重复……", lambda: owner.repeat_wanted.emit(uid)))
    if entry.status == Status.PLANNED:
        ways.append(("取消计划", lambda: owner.cancel_wanted.emit(uid)))
    if entry.stage == Stage.CANCELLED:
        ways.append(("恢复计划", lambda: owner.resume_wanted.emit(uid)))
    ways.append(("移到回收站　Delete", lambda: owner.delete_wanted.emit(uid)))
    for words, act in ways:
        menu.addAction(plain_menu_text(words)).triggered.connect(act)
    return menu


def _details(entry: CalendarEntry) -> str:
    parts = [entry.start_time, entry.place, f"责任人 {entry.leader}" if entry.leader else ""]
    if entry.days > 1:
        parts.insert(0, f"{entry.start.month}月{entry.start.day}日—{entry.last_day.month}月{entry.last_day.day}日")
    return " · ".join(part for part in parts if part)
