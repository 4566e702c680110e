"""The words of the photo selected: caption, photographer, consent. Written while one goes from photo to photo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from models.attachment import Attachment
from models.attachment_recording import CAPTION_LIMIT
from ui.widgets.buttons import link
from ui.widgets.choices import Tick
from ui.widgets.edits import CounterLineEdit
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

PHOTOGRAPHER_LIMIT = 20


class CaptionEdit(CounterLineEdit):
    """Enter goes on to the next photo, Esc takes back what was typed; neither reaches the page."""

    next_wanted = Signal()
    given_up = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.next_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class PhotoWords(QFrame):
    """One line (two on a narrow page) under the photos. `changed` carries the photo's uid and the new values."""

    changed = Signal(str, dict)
    next_wanted = Signal()
    back_wanted = Signal()
    view_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo: Attachment | None = None
        self._saving = False
        self.which = TextLabel("", "strong", parent=self)
        self.caption = CaptionEdit(CAPTION_LIMIT, placeholder="写清谁在做什么，Enter 到下一张", parent=self)
        self.caption.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.photographer = CaptionEdit(PHOTOGRAPHER_LIMIT, placeholder="选填", parent=self)
        self.consent = Tick("已征得同意", self)
        self.view_button = link("放大看", "zoom-in", parent=self)
        self.remove_button = link("移除", "delete-bin", parent=self)
        caption_label, by_label = TextLabel("说明", parent=self), TextLabel("摄影", parent=self)
        caption_label.setBuddy(self.caption)
        by_label.setBuddy(self.photographer)
        column(
            row(self.which, None, self.view_button, self.remove_button),
            row(caption_label, self.caption),
            row(by_label, self.photographer, 8, self.consent),
            spacing=6,
            margins=(0, 4),
            parent=self,
        )
        self._connect()
        self.hide()

    def _connect(self) -> None:
        for box in (self.caption, self.photographer):
            box.next_wanted.connect(self._next)
            box.given_up.connect(self._give_up)
            box.left.connect(self.keep)
        self.consent.toggled.connect(self.keep)
        self.view_button.clicked.connect(self.view_wanted)
        self.remove_button.clicked.connect(self.remove_wanted)

    def show_photo(self, photo: Attachment | None, number: int) -> None:
        """Show the words of a photo; what was typed for the one before it is kept first."""
        if photo and self._photo and photo.uid == self._photo.uid:
            typed = self._typed()
            untouched = {name for name, value in typed.items() if value == getattr(self._photo, name)}
            self._photo = photo
            self._fill(photo, untouched)
        else:
            self.keep()
            self._photo = photo
            if photo:
                self._fill(photo, {"caption", "photographer", "consent"})
        self.setVisible(photo is not None)
        if photo:
            self._name(number)

    def keep(self) -> None:
        """Hand over what was typed, if anything was."""
        if self._photo is None or self._saving:
            return
        changed = {name: value for name, value in self._typed().items() if value != getattr(self._photo, name)}
        if changed:
            self._saving = True
            try:
                self.changed.emit(self._photo.uid, changed)
            finally:
                self._saving = False

    def forget(self) -> None:
        """The photo is gone: nothing of it is to be kept."""
        self._photo = None
        self.hide()

    def _typed(self) -> dict[str, object]:
        return {
            "caption": " ".join(self.caption.text().split()),
            "photographer": " ".join(self.photographer.text().split()),
            "consent": self.consent.isChecked(),
        }

    def _fill(self, photo: Attachment, names: set[str]) -> None:
        saving, self._saving = self._saving, True
        if "caption" in names and self.caption.text() != photo.caption:
            self.caption.setText(photo.caption)
        if "photographer" in names and self.photographer.text() != photo.photographer:
            self.photographer.setText(photo.photographer)
        if "consent" in names:
            self.consent.setChecked(photo.consent)
        self._saving = saving

    def _name(self, number: int) -> None:
        self.which.setText(f"第 {number} 张")
        for box, what in ((self.caption, "说明"), (self.photographer, "摄影"), (self.consent, "已征得同意")):
            box.setAccessibleName(f"第 {number} 张照片，{what}")
        self.view_button.setAccessibleName(f"放大看第 {number} 张照片")
        self.remove_button.setAccessibleName(f"移除第 {number} 张照片")

    def _next(self) -> None:
        self.keep()
        self.next_wanted.emit()

    def _give_up(self) -> None:
        if self._photo:
            self._fill(self._photo, {"caption", "photographer"})
        self.back_wanted.emit()
