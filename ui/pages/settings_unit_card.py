"""The unit card on the 设置 page: edit, save, and keep what was typed and not saved."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from models import drafts
from models.fields import UNIT_FIELDS
from models.recording import Clerk
from models.unit import Unit
from models.unit_repository import save_unit
from ui import operations
from ui.context import Context
from ui.pages.settings_unit_fields import UnitFields, Values, hint_of
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.form import FieldForm, FieldLabel, FieldRow, Inline
from ui.widgets.labels import TextLabel
from ui.widgets.strips import MessageStrip

KEY = KIND = "unit"
KEEP_AFTER = 1000  # milliseconds after the last key
PAIRS = {"contact": "phone", "workers": "members"}  # fields that share a row


class UnitCard(Card):
    """All fields of the card. 保存 writes them as one step that can be undone; until then a draft keeps them.

    `state` and `save_button` stand in the page's header, always in sight.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("单位档案", TextLabel("填一次，各表都用", "hint"), parent=parent)
        self._context = context
        self._filling = False
        self._stored: Values | None = None  # what the boxes hold when they show the stored card
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._keep.timeout.connect(self.keep)
        self.fields = UnitFields(context.notice, self)
        self.form = FieldForm()
        self.kept = MessageStrip("info", "")
        self.state = TextLabel(role="hint")
        self.save_button = button("保存", "save-3", "primary", "Ctrl+S")
        self.body.addWidget(self.kept)
        self._add_rows()
        self.body.addWidget(self.form)
        self.fields.changed.connect(self._change)
        self.form.row_left.connect(self._judge)
        self.save_button.clicked.connect(self.save)
        self.reload()

    @property
    def edited(self) -> bool:
        """Whether something stands in the boxes that is not in the ledger."""
        return self._stored is not None and self.fields.typed() != self._stored

    def reload(self) -> None:
        """Show the card as stored, with what was typed and not saved on top. Typing in progress stays."""
        if self.edited:
            return
        self._fill(self._context.unit())
        self._stored = self.fields.typed()
        draft = drafts.get_draft(self._context.ledger, KEY)
        self.kept.setVisible(draft is not None)
        if draft is not None:
            self._filling = True
            self.fields.restore({name: str(text) for name, text in draft.values.items()})
            self._filling = False
            when = f"{draft.saved_at.month}月{draft.saved_at.day}日 {draft.saved_at:%H:%M}"
            self.kept.set_message("info", f"{when} 改过的内容还没有保存。", [("放弃改动", self.give_up)])
        self._show_state()

    def save(self) -> None:
        """Store the card; fields that cannot be stored as typed are named and nothing is written."""
        problems = self.fields.problems()
        for each in self.form.rows():
            self._judge(each)
        if problems:
            self.form.focus_next_problem()
            return
        saved = operations.run(self._context, self._write, "单位档案已保存")
        if saved is not None:
            self._stored = self.fields.typed()
            self.kept.hide()
            self._show_state()

    def give_up(self) -> None:
        """Forget what was typed and show the card as stored."""
        self._keep.stop()
        drafts.delete_draft(self._context.ledger, KEY)
        self._stored = self.fields.typed()
        self.reload()

    def keep(self) -> None:
        """Put what is typed where a power cut does not reach it."""
        self._keep.stop()
        ledger = self._context.ledger
        if self.edited:
            drafts.save_draft(ledger, KEY, KIND, self._context.unit().uid, self.fields.typed(), self._context.clock())
        else:
            drafts.delete_draft(ledger, KEY)

    def keep_if_pending(self) -> None:
        """Keep at once what the timer would keep soon."""
        if self._keep.isActive():
            self.keep()

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field, in sight."""
        box = self.fields.boxes.get(name)
        if box is not None:
            box.setFocus()
            next(each for each in self.form.rows() if each.isAncestorOf(box)).bring_into_view()

    def _write(self) -> Unit:
        context = self._context
        wanted = self.fields.unit(context.unit())
        clerk = Clerk(context.notice, context.clock(), wanted.contact)
        with context.ledger.transaction("修改单位档案", at=clerk.now, person=clerk.person):
            saved = save_unit(context.ledger, wanted, now=clerk.now, person=clerk.person)
        drafts.delete_draft(context.ledger, KEY)
        self._keep.stop()
        return saved

    def _fill(self, unit: Unit) -> None:
        self._filling = True
        self.fields.fill(unit)
        self._filling = False

    def _change(self, _name: str) -> None:
        if not self._filling:
            self._keep.start()
            self._show_state()

    def _show_state(self) -> None:
        edited = self.edited
        self.state.setText("单位档案有改动，还没有保存" if edited else "没有改动")
        self.save_button.setEnabled(edited)

    def _judge(self, left: FieldRow) -> None:
        """Say under a row what cannot be stored as it is typed."""
        problems = self.fields.problems()
        for name, box in self.fields.boxes.items():
            if left.isAncestorOf(box) and name in problems:
                left.set_problem("error", problems[name], field=box)
                return
        left.set_problem("")

    def _add_rows(self) -> None:
        beside = set(PAIRS.values())
        for spec in UNIT_FIELDS:
            if spec.name in beside:
                continue
            box: QWidget = self.fields.boxes[spec.name]
            if second := PAIRS.get(spec.name):
                other = next(each for each in UNIT_FIELDS if each.name == second)
                box = Inline([box], [FieldLabel(other.label, other.required), self.fields.boxes[second]], spacing=16)
            self.form.add(spec.name, spec.label, box, required=spec.required, hint=hint_of(spec.name))
