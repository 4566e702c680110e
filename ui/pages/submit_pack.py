"""Step 5: what the package is called, how large a mail may be, whether it has a password, and where the files go."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.mail_limit import LEAST_MB, MOST_MB
from models.reports.table3 import size_text
from ui.pages.submit_mail import Parcel
from ui.widgets.buttons import button
from ui.widgets.cards import Card
from ui.widgets.choices import Tick
from ui.widgets.edits import Edit
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import column, row
from ui.widgets.number_edit import NumberEdit

SHORTEST = 6
LIMIT_HINT = "超过就分成几封。照片放后面，表都在第一封。视频不放。"
PASSWORD_HINT = "密码不写进邮件，程序也不保存。请打电话告诉对方。有密码时不另附表2，对方解压才能看。"
HAS_PASSWORD = "这一版有密码。压缩包要重新做，请再设一次，打电话告诉对方。"
NO_PASSWORD = "这一版没有密码，信里也是这样写的，重新打包不能加。"
CHECKED_HINT = "打包以后会逐个文件读回来核对，核对无误才算生成。"


class PackStep(QWidget):
    """`changed` when an option was changed, `typed` while the limit is being typed: half a number is no choice yet.
    `folder_wanted` to choose another folder.
    """

    changed = Signal()
    typed = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("打包")
        self.name, self.amount = TextLabel(role="strong", selectable=True), WrapLabel(role="note")
        self.limit = NumberEdit("MB", MOST_MB, 4, minimum=LEAST_MB)
        self.limit.setAccessibleName("每封邮件的附件最多")
        self.limit_problem = WrapLabel(role="small", tone="error")
        self.protected = Tick("给压缩包加密码")
        self.password = Edit(chars=14)
        self.password.setAccessibleName("压缩包的密码")
        self.password_problem = WrapLabel(role="small", tone="error")
        self.password_hint = WrapLabel(PASSWORD_HINT, "hint")
        self.folder = ElidedLabel(role="small")
        self.folder_button = button("换文件夹", "folder-open", small=True)
        self._free = True  # whether there is a password is the clerk's to say
        self._lay_out()
        self.limit.textChanged.connect(self._type)  # not textEdited: that comes before the number is read
        self.limit.editingFinished.connect(self.changed)
        self.protected.toggled.connect(self._judge)
        self.protected.clicked.connect(lambda on: self.password.setFocus() if on else None)
        self.password.textEdited.connect(self._judge)
        self.folder_button.clicked.connect(self.folder_wanted)
        self._judge()

    def show_parcel(self, parcel: Parcel, limit_mb: int, folder: Path) -> None:
        """Show what is about to be packed."""
        package = parcel.package
        self.name.setText(f"{package.label.stem}.zip")
        mails = f"，分成 {parcel.mails} 封邮件" if parcel.mails > 1 else "，一封邮件"
        self.amount.setText(f"{len(package.files)} 个文件，约 {size_text(parcel.byte_count)}{mails}。{CHECKED_HINT}")
        if self.limit.value() != limit_mb:
            self.limit.set_value(limit_mb)
        self.folder.setText(str(folder))
        self._tell()

    def fix_password(self, protected: bool | None) -> None:
        """A package that is kept has one or has none, as its letter says; None leaves it to the clerk again."""
        self._free = protected is None
        self.protected.setChecked(bool(protected))
        self.protected.setEnabled(self._free)
        self.password_hint.setText(PASSWORD_HINT if self._free else HAS_PASSWORD if protected else NO_PASSWORD)
        self._tell()

    def limit_mb(self) -> int | None:
        """The limit as typed, None while it cannot be read."""
        return None if self.limit.problem() else self.limit.value()

    def secret(self) -> str:
        """The password, empty for none."""
        return self.password.text() if self.protected.isChecked() else ""

    def problem(self) -> str:
        """Why this cannot be packed; empty when it can."""
        if self.limit_mb() is None:
            return self.limit.problem() or "附件最多多大没有填"
        if self.protected.isChecked() and len(self.password.text()) < SHORTEST:
            return f"密码至少 {SHORTEST} 位"
        return ""

    def set_busy(self, busy: bool) -> None:
        """Nothing can be changed while it is being packed."""
        for each in (self.limit, self.folder_button):
            each.setEnabled(not busy)
        self.protected.setEnabled(not busy and self._free)
        self.password.setEnabled(not busy and self.protected.isChecked())

    def take_keyboard(self) -> None:
        """To what is to be typed: the password, where there has to be one, else the limit."""
        wanted = self.password if self.protected.isChecked() else self.limit
        wanted.setFocus()
        wanted.selectAll()

    def _type(self) -> None:
        self._tell()
        self.typed.emit()

    def _judge(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        on = self.protected.isChecked()
        self.password.setEnabled(on)
        self.limit.set_state("error" if self.limit_mb() is None else "")
        self.limit_problem.setText(self.limit.problem())
        self.limit_problem.setVisible(bool(self.limit.problem()))
        short = on and 0 < len(self.password.text()) < SHORTEST
        self.password.set_state("error" if short else "")
        self.password_problem.setText(f"密码至少 {SHORTEST} 位，现在 {len(self.password.text())} 位。")
        self.password_problem.setVisible(short)

    def _lay_out(self) -> None:
        what = Card("报送包", dense=True)
        what.body.addWidget(self.name)
        what.body.addWidget(self.amount)
        how = Card("邮件附件", dense=True)
        limit = row(TextLabel("每封最多"), self.limit, spacing=8)
        limit.addWidget(WrapLabel(LIMIT_HINT, "hint"), 1)
        how.body.addLayout(limit)
        how.body.addWidget(self.limit_problem)
        how.body.addLayout(row(self.protected, self.password, None, spacing=8))
        how.body.addWidget(self.password_problem)
        how.body.addWidget(self.password_hint)
        where = Card("文件放到", dense=True)
        line = row(spacing=8)
        line.addWidget(self.folder, 1)
        line.addWidget(self.folder_button)
        where.body.addLayout(line)
        column(what, how, where, margins=(24, 16), spacing=16, parent=self)
