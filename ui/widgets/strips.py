"""Messages that stand where they belong: below a field, above a list, in a page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui import theme
from ui.widgets.base import announce, restyle
from ui.widgets.buttons import Button, icon_button, link
from ui.widgets.labels import IconLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, row, scale

Links = Sequence[tuple[str, Callable[[], object]]]
ICONS = {"error": "error-warning-fill", "warn": "alert-fill", "info": "information", "ok": "checkbox-circle"}
SPOKEN = {"error": "错误", "warn": "提示", "info": "说明", "ok": "完成"}


class MessageStrip(QFrame):
    """Icon, one or two sentences, and ways out as links. `kind`: error, warn, info, ok.

    A `bare` strip has no ground and colours its words: the message under a field in error.
    """

    def __init__(
        self,
        kind: str,
        text: str,
        links: Links = (),
        *,
        bare: bool = False,
        closable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._bare = bare
        self._icon = IconLabel(ICONS[kind], kind, 18, self)
        self._words = WrapLabel("", "small", parent=self)
        self._buttons: list[Button] = []
        self._flow = FlowLayout(spacing=8, line_spacing=0)
        self._flow.addWidget(self._words)
        self._row = row(margins=(0, 0) if bare else (12, 4), spacing=8, parent=self)
        self._row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._flow, 1)
        if closable:
            close = icon_button("close", "关闭提示", small=True, parent=self)
            close.clicked.connect(self.hide)
            self._row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.set_message(kind, text, links)

    def set_message(self, kind: str, text: str, links: Links = ()) -> None:
        """Say something else."""
        restyle(self, strip="" if self._bare else kind)
        self._icon.set_icon(ICONS[kind], kind)
        self._words.setText(text)
        self._words.set_tone("error" if self._bare and kind == "error" else "")
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self._buttons = [link(words, parent=self) for words, _ in links]
        for button, (_, act) in zip(self._buttons, links, strict=True):
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._flow.addWidget(button)
            button.show()
        self._level()
        announce(self, f"{SPOKEN[kind]}：{text}")

    def text(self) -> str:
        return self._words.text()

    def links(self) -> list[Button]:
        """The links' buttons, in reading order."""
        return list(self._buttons)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._level()

    def _level(self) -> None:
        """Bring icon and words to the height of a link, so that they stand on one line."""
        tall = theme.height(28)
        self._icon.setMinimumHeight(tall)
        self._words.setContentsMargins(0, pad := max(0, (tall - self._words.fontMetrics().height() + 1) // 2), 0, pad)
        scale(self._row, (0, 0) if self._bare else (12, 4), 8)
