"""Buttons. The style sheet draws grounds and borders; icon, words and shortcut are painted here."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import fonts, icons, theme
from ui.widgets.base import keyboard_on, paint_frame, plain_tip, restyle

WORD_COLORS = {"primary": "on_accent", "danger": "error", "link": "focus", "toast": "toast_link"}
ICON_COLORS = {"primary": "on_accent", "danger": "error", "link": "focus", "toast": "toast"}
NO_MODIFIER, KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
FULL, NO_SHORTCUT, ICON_ONLY = 0, 1, 2  # how much of itself a button shows


class Button(QPushButton):
    """A button with an optional icon before the words and its shortcut in small type after them.

    `kind`: plain, primary (one a page), flat, danger, link. `shortcut_text` is only shown; the page owns the key.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "plain",
        shortcut_text: str = "",
        *,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._shortcut, self._small = kind, icon, shortcut_text, small
        self._brevity = FULL
        if icon and not icons.has_icon(icon):
            raise KeyError(icon)  # at once, not when somebody comes to see the button
        self._trailing_icon = False
        self.setProperty("kind", kind)
        if small:
            self.setProperty("dense", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if shortcut_text:
            self.setAccessibleDescription(shortcut_text)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Qt is never given the words: it would paint them itself and underline the letter after an &."""
        fonts.ensure_glyphs(text)
        self._words = text
        self.setAccessibleName(text)
        self._show_tip()
        self._remeasure()

    def text(self) -> str:
        return self._words

    def set_icon(self, name: str) -> None:
        self._icon = name
        self._remeasure()

    def set_kind(self, kind: str) -> None:
        self._kind = kind
        restyle(self, kind=kind)
        self._remeasure()

    def set_brevity(self, level: int) -> None:
        """NO_MODIFIER, KEYPAD = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier
        FULL, NO_SHORTCUT, or ICON_ONLY (only with an icon; the words move to the tool tip)."""
        self._brevity = level
        self._show_tip()
        self._remeasure()

    def put_icon_after(self) -> None:
        """Show the icon after the words, as for 打开通知全文 ↗."""
        self._trailing_icon = True

    def sizeHint(self) -> QSize:
        tall = theme.height(28 if self._small or self._kind == "link" else 34)
        if self._only_icon():
            return QSize(tall, tall)
        return QSize(sum(width for _, width in self._parts()) + 2 * self._padding(), tall)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (NO_MODIFIER, KEYPAD):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._remeasure()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        parts = self._parts()
        x = (self.width() - sum(width for _, width in parts)) // 2
        for what, width in parts:
            self._paint_part(painter, what, QRect(x, 0, width, self.height()))
            x += width

    def word_color(self) -> str:
        """Token of the words' colour in the present state."""
        return WORD_COLORS.get(self._kind, "text") if self.isEnabled() else "edge"

    def word_size(self) -> int:
        return 14 if self._small or self._kind in ("link", "pill") else theme.BODY

    def word_is_bold(self) -> bool:
        return self._kind in ("primary", "toast")

    def _only_icon(self) -> bool:
        return bool(self._icon) and (self._brevity == ICON_ONLY or not self.text())

    def _padding(self) -> int:
        return theme.px({"link": 4, "toast": 4, "pill": 13}.get(self._kind, 11 if self._small else 15))

    def _parts(self) -> list[tuple[str, int]]:
        """What is painted from left to right, and how wide each piece is."""
        icon = [("icon", theme.px(18))] if self._icon else []
        if self._only_icon():
            return icon
        gap = [("gap", theme.px(4 if self._kind == "link" else 7))]
        words = [("words", self._metrics(self.word_size(), self.word_is_bold()).horizontalAdvance(self.text()))]
        parts = [*words, *gap, *icon] if icon and self._trailing_icon else [*icon, *(gap if icon else []), *words]
        after = self._after_words()
        if after:
            parts += [
                ("gap", theme.px(7)),
                ("after", self._metrics(13 if self._kind != "pill" else 14, False).horizontalAdvance(after)),
            ]
        if self.menu() is not None:
            parts += [("gap", theme.px(4)), ("menu", theme.px(18))]
        return parts

    def _after_words(self) -> str:
        return self._shortcut if self._brevity == FULL else ""

    def _metrics(self, size: int, bold: bool) -> QFontMetrics:
        return QFontMetrics(theme.font(size, bold))

    def _paint_part(self, painter: QPainter, what: str, area: QRect) -> None:
        middle = int(Qt.AlignmentFlag.AlignCenter) | Qt.TextFlag.TextSingleLine
        enabled = self.isEnabled()
        if what in ("icon", "menu"):
            name = self._icon if what == "icon" else "arrow-down-s"
            ink = ICON_COLORS.get(self._kind, "text2") if enabled else "edge"
            icons.paint_icon(painter, area, name, ink)
        elif what == "words":
            font = theme.font(self.word_size(), self.word_is_bold())
            font.setUnderline(self._kind == "link" and enabled and self.underMouse())
            painter.setFont(font)
            painter.setPen(theme.color(self.word_color()))
            painter.drawText(area, middle, self.text())
        elif what == "after":
            painter.setFont(theme.font(13 if self._kind != "pill" else 14))
            painter.setPen(theme.color("edge" if not enabled else "on_accent" if self._kind == "primary" else "hint"))
            painter.drawText(area, middle, self._after_words())

    def _show_tip(self) -> None:
        tip = f"{self.text()}　{self._shortcut}" if self._shortcut else self.text()
        self.setToolTip(plain_tip(tip) if self._only_icon() else "")

    def _remeasure(self) -> None:
        self.updateGeometry()
        self.update()


class PrimaryButton(Button):
    """The one action a page is for; shows the keyboard focus as a white ring inside."""

    def __init__(self, text: str, icon: str = "", shortcut_text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(text, icon, "primary", shortcut_text, parent=parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if keyboard_on(self):
            painter = QPainter(self)
            paint_frame(painter, self.rect().adjusted(2, 2, -2, -2), "on_accent", radius=3)


class Pill(Button):
    """A filter that is on or off, with the number of records it finds."""

    def __init__(self, text: str, count: int | None = None, parent: QWidget | None = None) -> None:
        self._count = count
        super().__init__(text, kind="pill", small=True, parent=parent)
        self.setCheckable(True)
        self.toggled.connect(self._remeasure)

    def set_count(self, count: int | None) -> None:
        self._count = count
        self.setAccessibleDescription("" if count is None else f"{count} 条")
        self._remeasure()

    def word_is_bold(self) -> bool:
        return self.isChecked()

    def _after_words(self) -> str:
        return "" if self._count is None else str(self._count)


def button(
    text: str,
    icon: str = "",
    kind: str = "plain",
    shortcut_text: str = "",
    *,
    small: bool = False,
    parent: QWidget | None = None,
) -> Button:
    """A button of any kind; see Button."""
    if kind == "primary":
        return PrimaryButton(text, icon, shortcut_text, parent=parent)
    return Button(text, icon, kind, shortcut_text, small=small, parent=parent)


def icon_button(
    icon: str,
    label: str,
    kind: str = "flat",
    shortcut_text: str = "",
    *,
    small: bool = False,
    parent: QWidget | None = None,
) -> Button:
    """A square button with an icon alone; `label` is its tool tip and its name for a screen reader."""
    made = Button(label, icon, kind, shortcut_text, small=small, parent=parent)
    made.set_brevity(ICON_ONLY)
    return made


def link(text: str, icon: str = "", parent: QWidget | None = None) -> Button:
    """Words that act when clicked or on Space and Enter; reachable by Tab like any button."""
    return Button(text, icon, "link", parent=parent)
