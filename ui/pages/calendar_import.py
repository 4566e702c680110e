"""What a calendar file holds, with ticks for what is to be taken."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from models.activity import STATUS_LABELS
from ui import fonts, theme
from ui.widgets.buttons import button
from ui.widgets.calendar_faces import short_day
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from importers.ics import IcsEvent, IcsImport

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class ImportDialog(QDialog):
    """Events that are in the ledger already are not ticked; what was left out stands below with its reason."""

    def __init__(self, parent: QWidget | None, found: "IcsImport", known: Sequence[str]) -> None:
        super().__init__(parent)
        self._events = found.events
        self.setWindowTitle("导入日历文件")
        self.setAccessibleName("选择要导入的活动")
        self.list = QListWidget()
        self.list.setAccessibleName("日历文件里的活动，空格选或不选")
        self.list.setUniformItemSizes(True)
        self.list.setMinimumSize(theme.px(520), theme.px(260))
        for event, reason in zip(found.events, known, strict=True):
            self.list.addItem(self._item(event, reason))
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.itemChanged.connect(lambda _item: self._count())
        every, none = button("全选", small=True), button("全不选", small=True)
        every.clicked.connect(lambda: self._tick_all(CHECKED))
        none.clicked.connect(lambda: self._tick_all(UNCHECKED))
        self.count_label = TextLabel("", "hint")
        self.take_button, leave = button("导入"), button("不导入")
        self.take_button.setDefault(True)
        self.take_button.clicked.connect(self.accept)
        leave.clicked.connect(self.reject)
        calendar = f"“{found.calendar}”里有" if found.calendar else "文件里有"
        heading = WrapLabel(f"{calendar} {len(found.events)} 项活动，导入哪些？", "strong")
        self.skipped = WrapLabel(_skipped_words(found), "note", "warn")
        self.skipped.setVisible(bool(found.skipped))
        column(
            heading,
            TextLabel("今天以后的作为计划，以前的作为草稿，导入后再补内容", "hint", wrap=True),
            self.list,
            row(every, none, None, self.count_label),
            self.skipped,
            row(None, self.take_button, leave),
            margins=(16, 16), spacing=8, parent=self,
        )  # fmt: skip
        self._count()

    def chosen(self) -> "list[IcsEvent]":
        """The events that are ticked."""
        return [event for row, event in enumerate(self._events) if self.list.item(row).checkState() == CHECKED]

    def _item(self, event: "IcsEvent", reason: str) -> QListWidgetItem:
        one = event.activity
        when = f"{one.start.year}年{short_day(one.start)}" if one.start else ""
        known = f"〔{reason}〕" if reason else ""
        parts = [when, one.start_time, known, one.title, one.place, STATUS_LABELS.get(one.status, "")]
        words = "　".join(part for part in parts if part)
        fonts.ensure_glyphs(words)
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(UNCHECKED if reason else CHECKED)
        return item

    def _tick_all(self, state: Qt.CheckState) -> None:
        for row_number in range(self.list.count()):
            self.list.item(row_number).setCheckState(state)

    def _count(self) -> None:
        number = len(self.chosen())
        self.count_label.setText(f"已选 {number} 项")
        self.take_button.setEnabled(bool(number))


def _skipped_words(found: "IcsImport") -> str:
    lines = [f"{each.title}：{each.reason}" for each in found.skipped[:5]]
    more = f"另有 {len(found.skipped) - 5} 项没有读入" if len(found.skipped) > 5 else ""
    return "\n".join([*lines, more] if more else lines)
