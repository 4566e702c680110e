"""The strip of the 报表 page that says how far something is, in a sentence of its own."""

from ui.widgets.base import announce
from ui.widgets.progress import ProgressStrip


class StepStrip(ProgressStrip):
    """As `ProgressStrip`, but the steps of the bar need not be what the sentence counts."""

    def show_step(self, words: str, done: int, total: int) -> None:
        """`words` says what is being done and how far it is; `total` 0 means that the end is not known."""
        if self.isHidden():
            self.start(words)
        told = self.text()
        self._words.setText(words)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        if told != words:
            self._bar.setAccessibleName(words)
        if done in (0, total):
            announce(self, words)
