"""Plain grounds: the bars and cards a page is built from, as the style sheet names them."""

from PySide6.QtWidgets import QFrame, QWidget

from ui import theme

ROOM = {"header": (34, 22), "footer": (34, 22), "status": (28, 0)}  # height of what it holds, and the air around it


class Bar(QFrame):
    """A ground with an edge on one side: header, footer, status, totals, tools, rail, side, list or detail.

    Header, footer and status bar have a fixed height that follows the text size.
    """

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setProperty("bar", kind)
        theme.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        if self._kind in ROOM:
            control, around = ROOM[self._kind]
            self.setFixedHeight(theme.height(control) + around)


class Ground(QFrame):
    """A filled area: window, surface, raised, canvas, card or inset."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", kind)
