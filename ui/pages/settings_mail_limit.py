"""每封附件大小: above it a package becomes several mails. Counts for every way of sending by mail."""

from PySide6.QtWidgets import QWidget

from models.errors import UserError
from models.mail_limit import LEAST_MB, MOST_MB, chosen_limit_mb, save_limit_mb
from ui.context import Context
from ui.widgets.form import FieldForm
from ui.widgets.number_edit import NumberEdit


class LimitForm(FieldForm):
    """One number, kept when the box is left; empty leaves it to the notice pack."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        usual = context.notice.thresholds.attachment_mb
        self.add_rule()
        self.box = NumberEdit("MB", MOST_MB, 4, minimum=LEAST_MB, placeholder=str(usual))
        hint = f"超过就分成几封，各种邮件方式都一样。不填就用通知包里的 {usual} MB；邮箱嫌邮件太大时改小一些。"
        self.line = self.add("limit", "每封附件大小", self.box, hint=hint)
        self.box.editingFinished.connect(self.keep)
        self.reload()

    def reload(self) -> None:
        """Show what is kept, unless something is being typed."""
        if not self.box.isModified():
            self.box.set_value(chosen_limit_mb(self._context.ledger))

    def keep(self) -> None:
        """Keep what is typed, or say why it cannot be."""
        if not self.box.isModified():
            return
        problem = self.box.problem()
        self.line.set_problem("error" if problem else "", problem)
        chosen = self.box.value()
        if problem or chosen == chosen_limit_mb(self._context.ledger):
            self.box.setModified(bool(problem))
            return
        try:
            save_limit_mb(self._context.ledger, chosen)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        self.box.setModified(False)
        usual = self._context.notice.thresholds.attachment_mb
        self._context.went_well.emit(f"每封附件最多 {chosen or usual} MB", False)
