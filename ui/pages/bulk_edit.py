"""批量修改: choose a field and a value, see what becomes of each record, write it as one step."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from models import bulk
from models.activity import Activity
from models.activity_list_repository import list_by_uids
from models.bulk import BulkChange, BulkLine, Doing
from models.field_texts import empty_of
from models.fields import ACTIVITY_FIELDS, Kind, activity_field
from ui import operations
from ui.context import Context
from ui.pages.bulk_frame import PreviewRow, PreviewTable, ToolPage
from ui.pages.bulk_values import ValueBox
from ui.widgets.base import put_next_in_tab_order, tab_stops
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import Tick
from ui.widgets.form import FieldForm
from ui.widgets.layouts import clear, column

HEADS = ("编号", "活动名称", "原来", "改为", "说明")
CHARS = (7, 16, 12, 12, 0)
EMPTYING = "清空这一项"


class BulkEditPage(ToolPage):
    """One change for the records it was opened with."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "批量修改", "修改", "edit-box")
        self._activities: list[Activity] = []
        self.lines: list[BulkLine] = []
        self.field = ChoiceBox([(spec.name, spec.label) for spec in ACTIVITY_FIELDS], "请选择要改的一项", chars=14)
        self.doing = ChoiceBox([(each.value, each.value) for each in Doing], chars=5)
        self.doing.set_value(Doing.SET)
        self.value: ValueBox | None = None
        self.emptying: Tick | None = None
        self._value_place = QWidget()
        self._value_column = column(parent=self._value_place)
        self.form = FieldForm()
        self.form.add("field", "要改的一项", self.field)
        self._doing_row = self.form.add("doing", "怎么改", self.doing)
        self._value_row = self.form.add("value", "改成", self._value_place)
        self.table = PreviewTable("修改前后对照")
        self.middle.addWidget(self.form)
        self.middle.addWidget(self.table, 1)
        self._due = QTimer(self, singleShot=True, interval=120)
        self._due.timeout.connect(self.preview)
        self.field.value_changed.connect(lambda _name: self._take_field())
        self.doing.value_changed.connect(lambda _doing: self._take_doing())
        context.changed.connect(self._follow)
        self._take_field()

    def show_records(self, activities: Sequence[Activity]) -> None:
        """Begin with these records; the field chosen last time is offered again, its value is not."""
        self._activities = list(activities)
        self.subtitle.setText(f"已选 {len(self._activities)} 条活动")
        self._take_field()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def preview(self) -> None:
        """Work out what each record becomes, and show it."""
        self._due.stop()
        change = self._change()
        problem = self.value.problem() if self.value else ""
        self._value_row.set_problem("error" if problem else "", problem)
        if change is None or problem:
            self.lines = []
            reason = "请先改正上面的值" if problem else self._what_is_missing()
            lines = [PreviewRow((each.number, each.title, "", "", "")) for each in self._activities]
            self.table.show_lines(HEADS, lines, CHARS)
            self.say(reason, "修改", possible=False)
            return
        self.lines = bulk.preview(self._activities, change, self.context.clerk())
        self.table.show_lines(HEADS, [_shown(line) for line in self.lines], CHARS)
        changing = sum(line.after is not None for line in self.lines)
        same = len(self.lines) - changing
        rest = f"，{same} 条不变" if same else ""
        self.say(
            f"将修改 {changing} 条{rest}。写入后可以整批撤销。" if changing else "按这个值没有要改的记录",
            f"修改 {changing} 条" if changing else "修改",
            possible=bool(changing),
        )

    def act(self) -> None:
        """Write what the preview shows."""
        self.preview()
        change, clerk = self._change(), self.context.clerk()
        if change is None or not self.act_button.isEnabled():
            return
        lines, self._activities = self.lines, []  # what follows the change is not to work out a preview of it
        done = operations.run(self.context, lambda: bulk.apply(self.context.ledger, lines, change, clerk), str)
        if done:
            self.closed.emit()
        else:
            self._activities = [line.before for line in lines]
            self._follow()

    def _change(self) -> BulkChange | None:
        name = self.field.value()
        if not name or self.value is None:
            return None
        doing = self._how(name)
        if self.emptying and doing is Doing.SET and self.emptying.isChecked():
            return BulkChange(name, doing, empty_of(name))
        value = self.value.value()
        if value == empty_of(name) and activity_field(name).kind is not Kind.FLAG:
            return None  # a box nobody has typed into yet must not be one key away from emptying every record
        return BulkChange(name, doing, value)

    def _how(self, name: str) -> Doing:
        several = activity_field(name).kind is Kind.MULTI
        return Doing(self.doing.value() or Doing.SET) if several else Doing.SET

    def _what_is_missing(self) -> str:
        name = self.field.value()
        if not name:
            return "请先选择要改的一项"
        return f"请填要改成什么，或勾选“{EMPTYING}”" if self._how(name) is Doing.SET else "请先选要添加或去掉的"

    def _take_doing(self) -> None:
        name = self.field.value()
        if self.emptying and name:
            self.emptying.setVisible(self._how(name) is Doing.SET)
        self._take_emptying()

    def _take_emptying(self) -> None:
        if self.value and self.emptying:
            self.value.setEnabled(not (self.emptying.isChecked() and not self.emptying.isHidden()))
        self._due.start()

    def _take_field(self) -> None:
        """Offer the box of the chosen field, empty."""
        clear(self._value_column)
        name = self.field.value()
        self._doing_row.setVisible(bool(name) and activity_field(name).kind is Kind.MULTI)
        self._value_row.setVisible(bool(name))
        self.value = ValueBox(name, self.context) if name else None
        self.emptying = None
        if self.value and name:
            self._value_column.addWidget(self.value)
            self._value_place.setFocusProxy(self.value)
            self.value.show()
            stops = tab_stops(self.value)
            if activity_field(name).kind is not Kind.FLAG:
                self.emptying = Tick(EMPTYING)
                self.emptying.toggled.connect(lambda _on: self._take_emptying())
                self._value_column.addWidget(self.emptying)
                self.emptying.setVisible(self._how(name) is Doing.SET)
                stops.append(self.emptying)
            put_next_in_tab_order(self.doing, stops)
            self.value.changed.connect(self._due.start)
        self.preview()

    def _follow(self) -> None:
        """The ledger has changed (撤销, for one): show the records as they are now."""
        if self._activities and self.isVisible():
            self._activities = list_by_uids(self.context.ledger, [each.uid for each in self._activities])
            self.preview()


def _shown(line: BulkLine) -> PreviewRow:
    cells = (line.before.number, line.before.title or "（未填名称）", line.old, line.new, line.note)
    if line.after is None:
        return PreviewRow((*cells[:3], "不变", line.note), ("hint",) * 5)
    return PreviewRow(cells, ("hint", "text", "text2", "text", "warn"))
