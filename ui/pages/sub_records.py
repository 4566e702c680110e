"""The 作品/报道 or 先进典型 of one activity: a line for each, and a form that opens under them."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models import drafts
from models.errors import UserError
from models.publicity_recording import SubRecordKind, delete_sub_record, save_sub_record
from ui import operations
from ui.context import Context
from ui.pages.sub_record_form import SubRecordForm
from ui.widgets.base import put_next_in_tab_order, tab_stops
from ui.widgets.buttons import link
from ui.widgets.frames import Ground
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import clear, column, row
from ui.widgets.scrolling import bring_into_sight

KEEP_AFTER = 1000  # milliseconds after the last key until what is typed is kept as a draft


class SubRecords(QWidget):
    """`ready` saves the activity if it has no row yet and returns its uid, or "" when it could not."""

    count_changed = Signal(int)

    def __init__(self, context: Context, kind: SubRecordKind[Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.kind = context, kind
        self._owner = ""
        self._ready: Callable[[], str] | None = None
        self.form: SubRecordForm | None = None
        self.setAccessibleName(kind.noun)
        self.add_link = link(f"添加{kind.noun}", "add")
        self.add_link.clicked.connect(lambda: self.open_form(None))
        self._lines = column(spacing=2)
        self._place = column(spacing=0)
        head = row(TextLabel(kind.noun, "strong"), None, self.add_link)
        column(head, self._lines, self._place, spacing=4, parent=self)
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._keep.timeout.connect(self.keep_unsaved)
        context.changed.connect(self._follow)

    def show_owner(self, uid: str, *, ready: Callable[[], str] | None = None) -> None:
        """Show those of another activity; what was being typed for the last one was kept, and comes back with it."""
        if uid != self._owner:
            self.keep_unsaved()
            self._close_form()
        self._owner, self._ready = uid, ready
        self._reload()
        self._restore()

    def records(self) -> list[Any]:
        """Those of the activity, in the order they were entered."""
        return self.kind.table.list_where(self.context.ledger, activity_uid=self._owner) if self._owner else []

    def open_form(self, record: Any | None) -> None:
        """Add one (None), or change one; an open form is saved first."""
        if self.form and self.form.is_changed() and not self.form.commit():
            return
        owner = self._owner or (self._ready() if self._ready else "")
        if not owner:
            return
        self._owner = owner
        self._close_form()
        wanted = record or self.kind.new(owner)
        self.form = form = SubRecordForm(self.kind, wanted, self.context.notice, self.context.clock().date())
        form.saved.connect(self._save)
        form.left.connect(self._leave)
        form.typed.connect(self._keep.start)
        self._place.addWidget(form)
        form.show()
        self._put_in_tab_order()
        form.focus_first()
        bring_into_sight(form)
        bring_into_sight(form.boxes[self.kind.name_field])  # of a form taller than the page, where it begins

    def keep_unsaved(self) -> None:
        """Keep what is typed in the open form; it is put back when the activity is opened again."""
        self._keep.stop()
        form = self.form
        if form is None or not form.is_changed():
            return
        values = {"record": form.record().uid, **form.texts()}
        try:
            drafts.save_draft(self.context.ledger, self._key(), "sub_record", self._owner, values, self.context.clock())
        except UserError as error:
            self.context.went_wrong.emit(error.message)

    def _restore(self) -> None:
        if self.form or not self._owner:
            return
        draft = drafts.get_draft(self.context.ledger, self._key())
        if draft is None:
            return
        uid = str(draft.values.get("record", ""))
        record = next((each for each in self.records() if each.uid == uid), None)
        self.open_form(record)
        if self.form:
            self.form.restore(draft.values)

    def _key(self) -> str:
        return f"sub_record:{self.kind.table.name}:{self._owner}"

    def _save(self, record: Any) -> None:
        ledger, clerk = self.context.ledger, self.context.clerk()
        saved = operations.run(
            self.context,
            lambda: save_sub_record(ledger, self.kind, record, clerk),
            lambda kept: f"{self.kind.noun}{self.kind.name_of(kept)}已保存",
        )
        if saved is not None:
            self._leave()

    def _leave(self) -> None:
        drafts.delete_draft(self.context.ledger, self._key())
        self._close_form()
        self._reload()
        self.add_link.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_form(self) -> None:
        self._keep.stop()
        self.form = None
        clear(self._place)

    def _delete(self, record: Any) -> None:
        ledger, clerk = self.context.ledger, self.context.clerk()
        operations.run(self.context, lambda: delete_sub_record(ledger, self.kind, record, clerk), str)

    def _follow(self) -> None:
        if self._owner:
            self._reload()

    def _reload(self) -> None:
        records = self.records()
        clear(self._lines)
        for record in records:
            line = self._line(record)
            self._lines.addWidget(line)
            line.show()
        self._put_in_tab_order()
        self.count_changed.emit(len(records))

    def _put_in_tab_order(self) -> None:
        """Made late, lines and form would come last in the window."""
        lines = [item.widget() for index in range(self._lines.count()) if (item := self._lines.itemAt(index))]
        parts = [each for each in (*lines, self.form) if each is not None]
        put_next_in_tab_order(self.add_link, [stop for part in parts for stop in tab_stops(part)])

    def _line(self, record: Any) -> QWidget:
        made = Ground("surface")
        name = self.kind.name_of(record)
        words = ElidedLabel(name.strip("“”"))
        about = ElidedLabel(self.kind.summary(record, self.context.notice), "hint")
        lacking = self.kind.lacking(record)
        missing = [TextLabel("未填 " + "、".join(lacking), "small", "warn")] if lacking else []
        edit, remove = link("修改"), link("移除")
        edit.setAccessibleName(f"修改{name}")
        remove.setAccessibleName(f"移除{name}")
        edit.clicked.connect(lambda: self.open_form(record))
        remove.clicked.connect(lambda: self._delete(record))
        line = row(words, about, *missing, edit, remove, spacing=12, parent=made)
        line.setStretch(0, 2)
        line.setStretch(1, 3)
        return made
