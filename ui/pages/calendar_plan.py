"""The plan of one month beside the year view: lines that can be added, changed, deleted and made activities."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from models import drafts, planning
from models.activity import Activity, Status
from models.errors import UserError
from models.notice import Notice
from models.plan_item import MEETING, PLAN, PlanItem
from models.planning import PLAN_STATE_LABELS, PlanRow
from ui import operations
from ui.context import Context, Place
from ui.pages.calendar_plan_form import PlanForm
from ui.widgets.buttons import button, icon_button
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar, Ground
from ui.widgets.keyboard import give_back, keyboard_in, tab_through
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, row

KEEP_AFTER = 1000  # milliseconds after the last key until what is typed is kept as a draft
KIND = "plan_item"  # of those drafts
CHIPS = {"done": "done", "pending": "plan", "overdue": "warn", "cancelled": "cancelled"}


class MonthPlan(Bar):
    """The lines of a month. It writes by itself, through `operations.run`.

    What is typed into a line and not saved is kept as a draft of its month and comes back with it.
    """

    closed = Signal()
    register_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("detail", parent)
        self.setAccessibleName("本月计划")
        self._context, self._year, self._month = context, context.clock().year, context.clock().month
        self._rows: Sequence[PlanRow] = ()
        self.form: PlanForm | None = None
        self._editing = ""
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._keep.timeout.connect(self.keep_unsaved)
        self.heading, self.note = TextLabel(role="section"), TextLabel(role="note", tone="hint", wrap=True)
        self.close_button = icon_button("close", "关闭计划", small=True)
        self.close_button.clicked.connect(self.closed)
        self.close_button.hide()
        self.items, self._form_place = column(spacing=12), column(spacing=0)
        inside = self._inside = Ground("surface")
        column(
            row(self.heading, None, self.close_button), self.note, self._form_place, self.items, None,
            margins=(20, 16), spacing=12, parent=inside,
        )  # fmt: skip
        area = self.area = QScrollArea()
        area.setAccessibleName("本月计划")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        foot = Bar("footer")
        self.add_button, self.meet_button = button("新增计划", "add"), button("研究部署")
        self.add_button.clicked.connect(lambda: self.add(PLAN))
        self.meet_button.clicked.connect(lambda: self.add(MEETING))
        self.meet_button.setAccessibleName("新增研究部署")
        row(None, self.add_button, self.meet_button, None, margins=(12, 0), parent=foot)
        whole = column(area, foot, spacing=0, parent=self)
        whole.setStretch(0, 1)

    def show_month(self, year: int, month: int, rows: Sequence[PlanRow]) -> None:
        """Show the lines of a month; a line being written stays open as long as the month does."""
        if (year, month) != (self._year, self._month):
            self.keep_unsaved()
            self.close_form()
        self._year, self._month, self._rows = year, month, rows
        if self.form is None:
            self._restore()
        self.heading.setText(f"{month}月计划")
        done = sum(1 for each in rows if each.state == planning.PlanState.DONE)
        self.note.setText(f"{len(rows)} 项，已完成 {done} 项" if rows else "还没有计划")
        held = keyboard_in(self.items, self._inside)
        clear(self.items)
        for each in rows:
            if self.form is None or each.item.uid != self._editing:
                card = PlanCard(each, self)
                self.items.addWidget(card)
                card.show()
        for part in (self.items, self._form_place):  # what is put behind the button last comes first
            tab_through(self.close_button, part, self._inside)
        give_back(held, self.items, self._inside, self.add_button)

    @property
    def notice(self) -> Notice:
        """Whose words the lines use."""
        return self._context.notice

    def add(self, kind: str) -> None:
        """Open the boxes for a new line."""
        self._edit(self._blank(kind))

    def edit(self, item: PlanItem) -> None:
        """Open the boxes for a line."""
        self._edit(item)

    def delete(self, item: PlanItem) -> None:
        """Move a line to 回收站."""
        context = self._context
        operations.run(
            context, lambda: planning.delete_items(context.ledger, [item], context.clerk()), lambda done: done
        )

    def cancel(self, item: PlanItem) -> None:
        """Mark a line as cancelled, or take that back."""
        context, wanted = self._context, not item.cancelled
        operations.run(
            context,
            lambda: planning.cancel_item(context.ledger, item, context.clerk(), cancelled=wanted),
            "已取消这项计划" if wanted else "已恢复这项计划",
        )

    def make_activity(self, item: PlanItem) -> None:
        """Make the line a planned activity of its month."""
        context = self._context

        def words(activity: Activity) -> str:
            day = activity.start or item.day or context.clock().date()
            return f"已转为活动，先安排在 {day.month}月{day.day}日"

        operations.run(context, lambda: planning.to_activity(context.ledger, item, context.clerk()), words)

    def open_activity(self, uid: str) -> None:
        """Open the activity that a line became."""
        self._context.go_to.emit(Place("activities", uid=uid))

    def close_form(self) -> None:
        """Leave what is being written."""
        self._keep.stop()
        if self.form is not None:
            clear(self._form_place)
            self.form, self._editing = None, ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes, where nothing inside wants it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def keep_unsaved(self) -> None:
        """Keep what is typed in the open line."""
        self._keep.stop()
        form, context = self.form, self._context
        if form is None or not form.is_changed():
            return
        values = {"record": self._editing, "kind": MEETING if form.meeting else PLAN, "title": form.title.text()}
        values |= {"month": f"{self._year}-{self._month:02}", "texts": form.texts()}
        try:
            drafts.save_draft(context.ledger, self._key(), KIND, self._editing, values, context.clock())
        except UserError as error:
            context.went_wrong.emit(error.message)
            return
        context.drafts_changed.emit()

    def _restore(self) -> None:
        """Open what was being written in this month; the keyboard stays where it is."""
        draft = drafts.get_draft(self._context.ledger, self._key())
        if draft is None:
            return
        uid, kind = str(draft.values.get("record", "")), str(draft.values.get("kind", PLAN))
        item = next((each.item for each in self._rows if each.item.uid == uid), None) if uid else None
        texts = draft.values.get("texts")
        self._open(item or self._blank(kind)).restore(texts if isinstance(texts, dict) else {})
        self._keep.stop()

    def _key(self) -> str:
        return f"{KIND}:{self._year}-{self._month:02}"

    def _blank(self, kind: str) -> PlanItem:
        return PlanItem(kind=kind, month=f"{self._year}-{self._month:02}", leader=self._context.unit().contact)

    def _open(self, item: PlanItem) -> PlanForm:
        made = self.form = PlanForm(item, self._context.notice, self._context.clock().date())
        self._editing = item.uid
        made.saved.connect(self._save)
        made.left.connect(self._leave)
        made.typed.connect(self._keep.start)
        self._form_place.addWidget(made)
        made.show()
        return made

    def _edit(self, item: PlanItem) -> None:
        """Open the boxes; what stands in open ones is saved first, or says why it cannot be."""
        if self.form is not None and self.form.is_changed():
            self.form.commit()
            if self.form is not None:
                return
        self.close_form()
        made = self._open(item)
        self.show_month(self._year, self._month, self._rows)
        self.area.verticalScrollBar().setValue(0)
        made.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self, item: PlanItem) -> None:
        context = self._context
        saved = operations.run(context, lambda: planning.save_item(context.ledger, item, context.clerk()), "已保存计划")
        if saved is not None:
            self._leave()

    def _leave(self) -> None:
        drafts.delete_draft(self._context.ledger, self._key())
        self._context.drafts_changed.emit()
        self.close_form()
        self.show_month(self._year, self._month, self._rows)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)


class PlanCard(QWidget):
    """One line of the plan with its buttons."""

    def __init__(self, plan: PlanRow, owner: MonthPlan) -> None:
        super().__init__()
        item, entry = plan.item, plan.activity
        self.setAccessibleName(item.title or item.topic)
        head = row(WrapLabel(item.title or item.topic, "strong"), spacing=8)
        head.setStretch(0, 1)
        chip = Chip(CHIPS[plan.state], PLAN_STATE_LABELS[plan.state], "time" if plan.state == "overdue" else None)
        head.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        line = Bar("totals")
        line.setFixedHeight(1)
        whole = column(line, head, spacing=6, parent=self)
        if words := self._details(item, owner, plan):
            whole.addWidget(WrapLabel(words, "note", "hint"))
        flow = FlowLayout(spacing=8, line_spacing=6)
        for words, act in self._ways(plan, owner):
            made = button(words, small=True)
            made.setAccessibleName(f"{words}：{item.title or item.topic}")
            made.clicked.connect(act)
            flow.addWidget(made)
        whole.addLayout(flow)
        self._entry = entry

    def _details(self, item: PlanItem, owner: MonthPlan, plan: PlanRow) -> str:
        if item.kind == MEETING:
            day = f"{item.day.month}月{item.day.day}日" if item.day else ""
            topic = item.topic if item.topic != (item.title or item.topic) else ""
            parts = ["研究部署", day, f"主持人 {item.host}" if item.host else "", topic]
        else:
            form = owner.notice.brief("form", item.form) if item.form else ""
            parts = [form, f"责任人 {item.leader}" if item.leader else ""]
        if plan.activity:
            parts.append(f"活动在 {plan.activity.start.month}月{plan.activity.start.day}日")
        return " · ".join(part for part in parts if part)

    def _ways(self, plan: PlanRow, owner: MonthPlan) -> list[tuple[str, object]]:
        item, entry = plan.item, plan.activity
        ways: list[tuple[str, object]] = []
        if entry:
            if entry.status == Status.PLANNED:
                ways.append(("登记结果", lambda: owner.register_wanted.emit(entry.uid)))
            ways.append(("打开活动", lambda: owner.open_activity(entry.uid)))
        elif item.kind == PLAN and not item.cancelled:
            ways.append(("转为活动", lambda: owner.make_activity(item)))
        ways.append(("修改", lambda: owner.edit(item)))
        if not entry and item.kind == PLAN:
            ways.append(("恢复" if item.cancelled else "取消", lambda: owner.cancel(item)))
        ways.append(("删除", lambda: owner.delete(item)))
        return ways


def month_rows(rows: Sequence[PlanRow], month: int) -> list[PlanRow]:
    """The lines of one month."""
    return [each for each in rows if each.item.month.endswith(f"-{month:02}")]
