"""What became of a case after it was sent: the menu entries for it, and the superior's words when it came back."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from models import case_recording
from models.case import CASE_STAGE_LABELS, Case, CaseStage
from ui import operations, theme
from ui.context import Context
from ui.widgets.buttons import button
from ui.widgets.labels import WrapLabel
from ui.widgets.layouts import column, row
from ui.widgets.text_edit import CounterTextEdit

NOTE_LIMIT = 200
FATES = (CaseStage.SUBMITTED, CaseStage.ADOPTED, CaseStage.RETURNED)

Entry = tuple[str, Callable[[], object], bool]  # words, what they do, whether that is possible now


class NoteDialog(QDialog):
    """Why a case came back; may stay empty. Esc leaves the case as it is."""

    def __init__(self, parent: QWidget | None, case: Case) -> None:
        super().__init__(parent)
        question = f"{case_recording.quoted(case)}被退回了？"
        self.setWindowTitle("标记为退回")
        self.setAccessibleName(question)
        self.note = CounterTextEdit(NOTE_LIMIT, 2, 5, placeholder="例如：做法写得太笼统，请补充具体数据")
        self.note.setAccessibleName("退回的原因，可不填")
        self.note.set_value(case.fate_note)
        heading = WrapLabel(question, "strong")
        body = WrapLabel("写下退回的原因，改的时候看得到，可不填。标记后案例可以接着修改，再次定稿。", "note")
        for words in (heading, body):
            words.setMinimumWidth(theme.px(340))
        self.keep = button("不标记")
        self.mark = button("标记为退回")
        self.keep.clicked.connect(self.reject)
        self.mark.clicked.connect(self.accept)
        column(heading, body, self.note, 4, row(None, self.mark, self.keep), margins=(16, 16), spacing=8, parent=self)
        self.note.setFocus()


def mark(context: Context, case: Case, fate: str, parent: QWidget) -> None:
    """Mark a case as sent, adopted or returned (then the note is asked for), or take the mark off (empty `fate`)."""
    note = ""
    if fate == CaseStage.RETURNED:
        dialog = NoteDialog(parent, case)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        note = dialog.note.value().strip()
        dialog.deleteLater()
        if not agreed:
            return
    words = f"标记为{CASE_STAGE_LABELS[fate]}" if fate else "取消标记"
    operations.run(
        context,
        lambda: case_recording.set_fate(context.ledger, case, fate, context.clerk(), note=note),
        f"{case_recording.quoted(case)}已{words}",
    )


def fate_entries(context: Context, case: Case, parent: QWidget) -> list[Entry]:
    """The menu entries for one case. Only what was finalised can have been sent."""
    entries: list[Entry] = []
    for fate in FATES:
        dots = "…" if fate == CaseStage.RETURNED else ""
        possible = case.finalised and case.fate != fate
        words = f"标记为{CASE_STAGE_LABELS[fate]}{dots}"
        entries.append((words, lambda fate=fate: mark(context, case, fate, parent), possible))
    if case.fate:
        entries.append(("取消标记", lambda: mark(context, case, "", parent), True))
    return entries
