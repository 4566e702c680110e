"""Boxes for whole numbers and for money, which accept any typing and say what is wrong with it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.widgets.edits import Edit

WIDE = str.maketrans(
    "０１２３４５６７８９．，－＋　", "0123456789.,-+ "
)  # what a Chinese input method types in full-width mode


class NumberEdit(Edit):
    """An optional whole number, right-aligned. Empty is None and never 0.

    Nothing is refused while typing: what cannot be read stays on screen, `value()` is then None and `problem()` a
    sentence.
    """

    def __init__(
        self,
        unit: str = "",
        maximum: int = 9_999_999,
        chars: int = 7,
        *,
        minimum: int = 0,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._unit, self._minimum, self._maximum = unit, minimum, maximum
        self._value: int | None = None
        super().__init__(chars, placeholder, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        if unit:
            self.setAccessibleDescription(unit)

    def value(self) -> int | None:
        """The number, or None when the box is empty or holds something else (then `problem` is not empty)."""
        return self._value

    def set_value(self, value: int | None) -> None:
        self.setText("" if value is None else self._written(value))

    def problem(self) -> str:
        """Why what is typed cannot be taken; empty if it can."""
        typed = self._plain()
        if not typed:
            return ""
        value = self._parsed(typed)
        if value is None:
            return self._unreadable(typed)
        if value < self._minimum:
            return f"不能小于 {self._written(self._minimum)}。"
        if value > self._maximum:
            return f"数字太大，最多 {self._written(self._maximum)}。"
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._value is not None and self.text() != self._written(self._value):
            self.setText(self._written(self._value))  # １２６ and 1,26 become 126, as it will be stored
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._unit:
            self._paint_inside_right(self._unit, "hint", 14)

    def _plain(self) -> str:
        """The typed text in half-width characters, without the separators people put between digits."""
        return self.text().translate(WIDE).replace(",", "").replace(" ", "")

    def _parsed(self, typed: str) -> int | None:
        digits = typed.removeprefix("+")
        return int(digits) if digits.removeprefix("-").isdecimal() and len(digits) <= 15 else None

    def _written(self, value: int) -> str:
        return str(value)

    def _unreadable(self, typed: str) -> str:
        if "." in typed and self._parsed(typed.replace(".", "", 1)) is not None:
            return "这里填整数，不要小数点。"
        return "这里只能填数字，例如 126。"

    def _read(self, text: str) -> None:
        value = None if self.problem() else self._parsed(self._plain())
        if value != self._value:
            self._value = value
            self.value_changed.emit(value)

    def _inside_right(self) -> int:
        return QFontMetrics(theme.font(14)).horizontalAdvance(self._unit) + theme.px(6) if self._unit else 0


class MoneyEdit(NumberEdit):
    """An optional amount of money: typed in 元, `value()` in 分 (int)."""

    def __init__(
        self,
        unit: str = "元",
        maximum: int = 99_999_999_999,
        chars: int = 8,
        *,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(unit, maximum, chars, placeholder=placeholder, parent=parent)

    def _parsed(self, typed: str) -> int | None:
        yuan, _, cents = typed.removeprefix("+").partition(".")
        if not (yuan or cents) or not (yuan or "0").removeprefix("-").isdecimal() or len(yuan) > 13:
            return None
        if cents and not (cents.isdecimal() and len(cents) <= 2):
            return None
        whole = abs(int(yuan or "0")) * 100 + int(cents.ljust(2, "0") or "0")
        return -whole if yuan.startswith("-") else whole

    def _written(self, value: int) -> str:
        yuan, cents = divmod(abs(value), 100)
        sign = "-" if value < 0 else ""
        return f"{sign}{yuan}.{cents:02}" if cents else f"{sign}{yuan}"

    def _unreadable(self, typed: str) -> str:
        if typed.replace(".", "", 1).isdecimal():
            return "小数点后最多两位，单位是元。"
        return "这里填金额，例如 1200 或 85.50。"
