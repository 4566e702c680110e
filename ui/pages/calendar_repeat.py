"""重复: a rule, and the days it means, before anything is made."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, cast, get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from models.activity import Activity
from models.calendar_days import is_rest_day
from models.dates import parse_date
from models.errors import UserError
from models.recurrence import KIND_LABELS, LIMIT, REST_DAY_LABELS, Kind, OnRestDay, Rule, describe, occurrences
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.calendar_faces import short_day
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import RadioGroup
from ui.widgets.date_edit import DateEdit
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row
from ui.widgets.number_edit import NumberEdit

if TYPE_CHECKING:
    from models.calendar_days import DayInfo

COUNT, UNTIL = "count", "until"
USUAL_COUNT = 4


class RepeatDialog(QDialog):
    """How often, until when, what on holidays; the days stand below and follow. `rule()` is the answer."""

    def __init__(
        self, parent: QWidget | None, activity: Activity, info_of: "Callable[[date], DayInfo]", today: date
    ) -> None:
        super().__init__(parent)
        assert activity.start is not None
        self._first, self.info_of = activity.start, info_of
        self.setWindowTitle("重复")
        self.setAccessibleName(f"重复安排{activity.title}")
        self.kind = ChoiceBox(list(KIND_LABELS.items()))
        self.kind.setAccessibleName("多久一次")
        self.kind.set_value("weekly")
        self.end = RadioGroup(((COUNT, "共几次"), (UNTIL, "到哪一天")))
        self.end.set_value(COUNT)
        self.count = NumberEdit("次", LIMIT, 4, minimum=1)
        self.count.setAccessibleName("一共几次，第一次算在内")
        self.count.set_value(USUAL_COUNT)
        self.until = DateEdit(lambda text: parse_date(text, today), "12-31", today=lambda: today)
        self.until.setAccessibleName("重复到哪一天")
        self.until.set_value(date(self._first.year, 12, 31))
        self.rest = ChoiceBox(list(REST_DAY_LABELS.items()))
        self.rest.setAccessibleName("遇到节假日")
        self.rest.set_value("keep")
        self.summary = WrapLabel("", "note")
        self.days = QListWidget()
        self.days.setAccessibleName("会安排在这些日子")
        self.days.setMinimumHeight(theme.px(150))
        self.make_button = button("安排")
        self.make_button.setDefault(True)
        self.make_button.clicked.connect(self.accept)
        keep = button("不重复")
        keep.clicked.connect(self.reject)
        heading = WrapLabel(f"“{activity.title}”从 {short_day(self._first)} 起重复", "strong")
        heading.setMinimumWidth(theme.px(380))
        self._count_row, self._until_row = QWidget(), QWidget()
        row(TextLabel("一共"), self.count, TextLabel("这一次算在内", "hint"), None, parent=self._count_row)
        row(TextLabel("到"), self.until, TextLabel("包括这一天", "hint"), None, parent=self._until_row)
        column(
            heading,
            row(self.kind, TextLabel("遇节假日"), self.rest, None),
            self.end, self._count_row, self._until_row, self.summary, self.days, 4,
            row(None, self.make_button, keep),
            margins=(16, 16), spacing=8, parent=self,
        )  # fmt: skip
        for field in (self.kind, self.end, self.count, self.until, self.rest):
            field.value_changed.connect(self._follow)
        self.kind.setFocus()
        self._follow()

    def rule(self) -> Rule:
        """What was chosen."""
        by_count = self.end.value() == COUNT
        kind, rest = self.kind.value() or "weekly", self.rest.value() or "keep"
        assert kind in get_args(Kind) and rest in get_args(OnRestDay)
        return Rule(
            cast("Kind", kind),
            None if by_count else self.until.value(),
            self.count.value() if by_count else None,
            cast("OnRestDay", rest),
        )

    def planned_days(self) -> list[date]:
        """The days the rule means. Raises UserError as `occurrences` does."""
        return occurrences(self.rule(), self._first, self.info_of)

    def _follow(self, _value: object = None) -> None:
        by_count = self.end.value() == COUNT
        self._count_row.setVisible(by_count)
        self._until_row.setVisible(not by_count)
        typed = self.count if by_count else self.until
        self.days.clear()
        try:
            if problem := typed.problem():
                raise UserError(problem)
            found = self.planned_days()
        except UserError as error:
            self.summary.set_tone("error")
            self.summary.setText(error.message)
            self.make_button.setEnabled(False)
            return
        rests = 0
        for day in found:
            info = self.info_of(day)
            words = f"{day.year}年{short_day(day)}"
            if is_rest_day(info):
                rests += 1
                words += f"　{info.name or info.festival or '休息日'}" + ("　休" if info.kind else "")
            item = QListWidgetItem(words)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.days.addItem(item)
        note = f"，其中 {rests} 次在节假日或周末" if rests else ""
        self.summary.set_tone("warn" if rests else "")
        count = "" if by_count else f"：{len(found)} 次"
        self.summary.setText(f"{describe(self.rule(), self._first)}{count}{note}")
        self.make_button.setEnabled(len(found) > 1)
