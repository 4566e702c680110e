"""回收站: what was deleted, and the way back."""

from PySide6.QtWidgets import QFrame, QWidget

from models.activity import Activity
from models.activity_repository import list_deleted, restore_activities
from models.dates import format_date
from models.recording import quoted
from ui import operations
from ui.context import Context
from ui.widgets.buttons import Button, button
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import clear, column, row

MOST = 50  # records listed at once


class BinCard(Card):
    """The deleted records, the latest first, each with 恢复; and 恢复 for all that are listed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.count = TextLabel(role="hint")
        super().__init__("回收站", self.count, parent=parent)
        self._context = context
        self.restore_buttons: list[Button] = []
        self.lines = column(spacing=0)
        self.all_button = button("恢复列出的全部", "arrow-go-back", small=True)
        self.all_button.clicked.connect(lambda: self.restore(self._listed))
        self._listed: list[Activity] = []
        self.body.addLayout(self.lines)
        self.body.addLayout(row(None, self.all_button))
        self.reload()

    def reload(self) -> None:
        """List what lies in 回收站 now."""
        deleted = list_deleted(self._context.ledger)
        if deleted == self._listed and deleted:
            return
        self._listed = deleted[:MOST]
        clear(self.lines)
        self.restore_buttons = []
        more = f"，列出最近 {MOST} 条" if len(deleted) > MOST else ""
        self.count.setText(f"{len(deleted)} 条{more}" if deleted else "")
        if not deleted:
            self.lines.addWidget(TextLabel("是空的。删除的活动会放在这里，随时可以恢复。", "hint"))
        for index, activity in enumerate(self._listed):
            self.lines.addWidget(self._line(activity, first=index == 0))
        self.all_button.setVisible(len(self._listed) > 1)

    def restore(self, activities: list[Activity]) -> None:
        """Put records back where they were."""
        ledger, clerk = self._context.ledger, self._context.clerk()
        what = quoted(activities[0]) if len(activities) == 1 else f"{len(activities)} 条活动"

        def work() -> None:
            with ledger.transaction(f"恢复{what}", at=clerk.now, person=clerk.person):
                restore_activities(ledger, [activity.uid for activity in activities])

        operations.run(self._context, work, f"{what}已恢复")

    def _line(self, activity: Activity, *, first: bool) -> QWidget:
        title = activity.title or "未填名称"
        back = button("恢复", "arrow-go-back", small=True)
        back.setAccessibleName(f"恢复{title}")
        back.clicked.connect(lambda: self.restore([activity]))
        self.restore_buttons.append(back)
        holder = QWidget()
        line = row(TextLabel(activity.number, "hint"), spacing=12, margins=(0, 4))
        line.addWidget(ElidedLabel(title), 1)
        line.addWidget(TextLabel(format_date(activity.start) if activity.start else "没有日期", "hint"))
        line.addWidget(back)
        rule = QFrame()
        rule.setProperty("rule", "soft")
        rule.setVisible(not first)
        column(rule, line, spacing=0, parent=holder)
        return holder
