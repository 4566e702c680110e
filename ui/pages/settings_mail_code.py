"""The box for a 授权码: shows dots and forgets what was typed as soon as it is taken or left."""

from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.edits import Edit


class CodeEdit(Edit):
    """`value` and `value_changed` only say whether something is typed; `text` is asked by nobody but who uses it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(chars=16, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> bool:
        """Whether something is typed."""
        return bool(self.text())

    def wipe(self) -> None:
        """Forget it. Unlike `clear`, this leaves nothing that 撤销 or 重做 in the box could bring back."""
        self.setText("")

    def _read(self, text: str) -> None:
        """Nobody is told what it says, not even who looks for the glyphs to show it."""
        self.value_changed.emit(bool(text))
