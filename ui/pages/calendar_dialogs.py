"""Small questions of the calendar: another day, and the word on a day (休, 班)."""

from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from models.dates import parse_date
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.calendar_faces import long_day
from ui.widgets.choices import RadioGroup
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import Edit
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row

NO_MARK = "clear"
MARKS = (("off", "休：放假"), ("work", "班：调休上班"), ("none", "普通日"), (NO_MARK, "按国家安排，不另标记"))


class DayDialog(QDialog):
    """Asks for a day. `day()` is the answer once accepted."""

    def __init__(self, parent: QWidget, title: str, day: date, today: date) -> None:
        super().__init__(parent)
        self.setWindowTitle("改期")
        self.setAccessibleName(f"把{title}改到哪一天")
        self.edit = DateEdit(lambda text: parse_date(text, today), "10-17、下周五", today=lambda: today, parent=self)
        self.edit.setAccessibleName("新的日期")
        self.edit.set_value(day)
        self.edit.selectAll()
        self._problem = WrapLabel("", "small", "error")
        self._problem.hide()
        self.ok_button = button("改到这一天")
        self.ok_button.setDefault(True)
        self.ok_button.clicked.connect(self.accept)
        keep = button("不改")
        keep.clicked.connect(self.reject)
        self.edit.value_changed.connect(self._follow)
        self._weekday = TextLabel(long_day(day), "hint")
        heading = WrapLabel(f"“{title}”改到哪一天？", "strong")
        heading.setMinimumWidth(theme.px(300))
        entry = row(self.edit, self._weekday, None)
        buttons = row(None, self.ok_button, keep)
        column(heading, entry, self._problem, 8, buttons, margins=(16, 16), spacing=8, parent=self)
        self.edit.setFocus()

    def day(self) -> date | None:
        """The day typed, None if it is none."""
        return self.edit.value()

    def accept(self) -> None:
        self.edit.tidy()
        problem = self.edit.problem() or ("" if self.day() else "请填写日期。")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self.edit.set_state("error" if problem else "")
        if not problem:
            super().accept()

    def _follow(self) -> None:
        day = self.day()
        self._weekday.setText(long_day(day) if day else "")


def ask_for_day(parent: QWidget, title: str, day: date, today: date) -> date | None:
    """The day an activity shall begin on; None when the question was left."""
    dialog = DayDialog(parent, title or "未命名的活动", day, today)
    chosen = dialog.day() if dialog.exec() else None
    dialog.deleteLater()
    return chosen


class MarkDialog(QDialog):
    """Asks what a day is: off, work, an ordinary day, or what the country says."""

    def __init__(self, parent: QWidget, day: date, kind: str, label: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("标记休、班")
        self.setAccessibleName(f"{long_day(day)}是什么日子")
        self.kinds = RadioGroup(MARKS, columns=2, parent=self)
        self.kinds.set_value(kind or NO_MARK)
        self.kinds.setAccessibleName("这一天")
        self.kinds.setMinimumWidth(theme.px(420))
        self.label = Edit(12, "例如 厂休")
        self.label.setAccessibleName("说明")
        self.label.setMaxLength(20)
        self.label.set_value(label)
        save, keep = button("保存"), button("不改")
        save.setDefault(True)
        save.clicked.connect(self.accept)
        keep.clicked.connect(self.reject)
        heading = WrapLabel(long_day(day), "strong")
        heading.setMinimumWidth(theme.px(300))
        words = row(TextLabel("说明"), self.label, TextLabel("可不填", "hint"), None)
        column(heading, self.kinds, words, 8, row(None, save, keep), margins=(16, 16), spacing=8, parent=self)

    def kind(self) -> str:
        """off, work, none, or empty for no mark."""
        chosen = self.kinds.value() or NO_MARK
        return "" if chosen == NO_MARK else chosen
