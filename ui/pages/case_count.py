"""How much is written of what should be: ✓ 74 / 50—600 字."""

from PySide6.QtWidgets import QWidget

from ui.widgets.labels import IconLabel, TextLabel
from ui.widgets.layouts import row


class CountLabel(QWidget):
    """Icon, number and limits. Too little is an error once the field was left, too much a hint at any time."""

    def __init__(self, minimum: int, limit: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._minimum, self._limit = minimum, limit
        self._icon = IconLabel("checkbox-circle", "ok", 18, self)
        self.number = TextLabel("0", "small", parent=self)
        self._range = TextLabel(f"/ {minimum}—{limit} 字", "hint", parent=self)
        row(self._icon, self.number, self._range, spacing=4, parent=self)
        policy = self._icon.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._icon.setSizePolicy(policy)

    def show_count(self, count: int, *, insisted: bool) -> None:
        """`insisted`: the field was left or 定稿 was pressed, so too little is an error now."""
        if count > self._limit:
            tone, icon = "warn", "alert-fill"
        elif count >= self._minimum:
            tone, icon = "ok", "checkbox-circle"
        elif insisted:
            tone, icon = "error", "error-warning-fill"
        else:
            tone, icon = "hint", ""
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.set_icon(icon, tone)
        self.number.setText(str(count))
        self.number.set_tone(tone)
        self.setAccessibleName(f"已写 {count} 字，要求 {self._minimum} 到 {self._limit} 字")

    def tone(self) -> str:
        """ok, warn, error or hint."""
        return str(self.number.property("tone"))
