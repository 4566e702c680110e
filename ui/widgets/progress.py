"""Long work: what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.widgets.base import announce
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel
from ui.widgets.layouts import row


class ProgressStrip(Card):
    """A bar with words like 正在生成表1，第 6 / 14 份 and the button 停止."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(dense=True, parent=parent)
        self._words = ElidedLabel("", parent=self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.stop_button = Button("停止", small=True, parent=self)
        self.stop_button.clicked.connect(self._stop)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.body.addLayout(row(self._words, self.stop_button))
        self.body.addWidget(self._bar)

    def set_progress(self, text: str, done: int, total: int) -> None:
        """`text` says what is being done; `total` 0 means that the end is not known."""
        self._words.setText(f"{text}，第 {done} / {total} 份" if total else text)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._bar.setAccessibleName(self._words.text())
        if done in (0, total):
            announce(self, self._words.text())

    def text(self) -> str:
        return self._words.text()

    def start(self, text: str, total: int = 0) -> None:
        """Show the strip at the beginning of some work."""
        self.stop_button.setEnabled(True)
        self.stop_button.setText("停止")
        self.set_progress(text, 0, total)
        self.show()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_button.setText("正在停止")
        self.stopped.emit()
