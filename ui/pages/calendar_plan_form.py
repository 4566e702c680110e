"""The boxes of one line of the plan, or of a 研究部署; Enter saves, Esc leaves."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from models import planning
from models.dates import parse_date
from models.notice import Notice
from models.plan_item import MEETING, PlanItem
from ui.widgets.base import announce
from ui.widgets.buttons import button
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.edits import Edit
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row


class PlanForm(QWidget):
    """Label above box, because the pane is narrow. `typed` follows every change."""

    saved = Signal(object)  # PlanItem
    left = Signal()
    typed = Signal()

    def __init__(self, item: PlanItem, notice: Notice, today: date) -> None:
        super().__init__()
        self._item = item
        self.meeting = item.kind == MEETING
        self.setAccessibleName("研究部署" if self.meeting else "计划")
        self.title = self._edit("议题" if self.meeting else "计划内容", item.topic if self.meeting else item.title)
        fields = self._meeting_fields(item, today) if self.meeting else self._plan_fields(item, notice, today)
        self._problem = WrapLabel("", "small", "error")
        self._problem.hide()
        self.save_button, leave = button("保存", small=True), button("不保存", small=True)
        self.save_button.clicked.connect(self.commit)
        leave.clicked.connect(self.left)
        whole = column(spacing=2, parent=self)
        for label, field in fields:
            whole.addWidget(TextLabel(label, "note", "text2"))
            whole.addWidget(field)
        whole.addWidget(self._problem)
        whole.addSpacing(6)
        whole.addLayout(row(self.save_button, leave, None))
        self._order = [field for _, field in fields]
        for field in self._order:
            field.value_changed.connect(lambda _value: self.typed.emit())
        self._opened = self.texts()

    def _plan_fields(self, item: PlanItem, notice: Notice, today: date) -> list[tuple[str, Edit | ChoiceBox]]:
        year = item.month[:4] or str(today.year)
        self.month = ChoiceBox([(f"{year}-{number:02}", f"{number}月") for number in range(1, 13)])
        self.month.setAccessibleName("月份")
        self.month.set_value(item.month or None)
        self.form = ChoiceBox([(form.code, form.brief) for form in notice.forms], optional=True)
        self.form.setAccessibleName("活动形式")
        self.form.set_value(item.form or None)
        self.leader = self._edit("责任人", item.leader)
        return [("计划内容", self.title), ("月份", self.month), ("活动形式", self.form), ("责任人", self.leader)]

    def _meeting_fields(self, item: PlanItem, today: date) -> list[tuple[str, Edit | ChoiceBox]]:
        self.day = DateEdit(lambda text: parse_date(text, today), "10-17", today=lambda: today)
        self.day.setAccessibleName("日期")
        self.day.set_value(item.day)
        self.host = self._edit("主持人", item.host)
        return [("日期", self.day), ("议题", self.title), ("主持人", self.host)]

    def first_field(self) -> QWidget:
        """Where typing begins."""
        return self._order[0]

    def record(self) -> PlanItem:
        """The line as typed; a day that cannot be read counts as not filled in."""
        if self.meeting:
            values = {"day": self.day.value(), "topic": self.title.text(), "host": self.host.text(), "title": ""}
        else:
            values = {
                "title": self.title.text(),
                "month": self.month.value() or "",
                "form": self.form.value() or "",
                "leader": self.leader.text().strip(),
            }
        return replace(self._item, **values)

    def texts(self) -> dict[str, str]:
        """What stands in the boxes, as a draft keeps it."""
        return {
            box.accessibleName(): (box.value() or "") if isinstance(box, ChoiceBox) else box.text()
            for box in self._order
        }

    def restore(self, texts: Mapping[str, Any]) -> None:
        """Put back what `texts` gave."""
        for box in self._order:
            text = str(texts.get(box.accessibleName(), ""))
            if isinstance(box, ChoiceBox):
                box.set_value(text or None)
            else:
                box.setText(text)

    def is_changed(self) -> bool:
        """Whether something was typed that is not saved."""
        return self.texts() != self._opened

    def commit(self) -> None:
        """Ask to save, or say under the boxes what is missing."""
        if self.meeting:
            self.day.tidy()
        made = self.record()
        problem = (self.day.problem() if self.meeting else "") or planning.lacking(made)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            announce(self._problem, problem)
            missing = self.day if self.meeting and not self.day.value() else self.title
            missing.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.saved.emit(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        else:
            super().keyPressEvent(event)

    def _edit(self, label: str, text: str) -> Edit:
        made = Edit()
        made.setAccessibleName(label)
        made.set_value(text)
        return made
