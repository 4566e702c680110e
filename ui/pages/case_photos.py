"""The photos of a case, and those of its activities that may be taken over."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.attachment import OF_CASE, Attachment
from models.case_repository import linked_activities
from models.checks.findings import Finding
from ui import operations
from ui.context import Context
from ui.pages.case_messages import FieldMessages
from ui.pages.case_photo_pick import PhotoPick
from ui.pages.case_session import CaseSession
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.layouts import column
from ui.widgets.photo_strip import PhotoStrip
from ui.widgets.strips import MessageStrip


class CasePhotos(QWidget):
    """Photo strip, messages, and the offer of photos that the activities have already."""

    def __init__(self, context: Context, session: CaseSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._session = context, session
        self._declined: set[str] = set()  # activities whose photos are not wanted for this case
        self.strip = PhotoStrip(context, OF_CASE)
        self._shown: str | None = None  # whose photos are in the strip
        self.messages = FieldMessages(self.strip)
        self.offered = MessageStrip("info", " ", closable=True)
        self.offered.hide()
        self.pick: PhotoPick | None = None
        self._column = column(self.strip, self.messages, self.offered, spacing=6, parent=self)

    def start(self) -> None:
        """Another case is in the editor."""
        self._declined.clear()
        self._shown = None
        self._close_pick()
        self.follow_record()
        self.offer()

    def follow_record(self) -> None:
        """Show the photos of the case in the editor; a new one is saved when its first photo comes."""
        state = self._session.state
        uid = state.base.uid if state.stored else ""
        if uid != self._shown:
            self._shown = uid
            self.strip.show_owner(uid, ready=self._ready)

    def offer(self) -> None:
        """Say that the linked activities have photos the case could use, unless it has them already."""
        found = self._candidates()
        self.offered.setVisible(bool(found) and self.pick is None)
        if found:
            text = f"关联活动有 {len(found)} 张照片，可以选来用。"
            self.offered.set_message("info", text, [("选照片", self._open_pick)])
            put_next_in_tab_order(self.strip, self.offered.links())
        if self.pick is not None:
            self.pick.show_photos(found)
            if not found:
                self._close_pick()

    def take_keyboard(self) -> None:
        """Put the keyboard into the photos."""
        self.strip.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what is wrong with the photos."""
        self.messages.show_findings(findings)

    def keep_words(self) -> None:
        """The editor is put away: keep the words being typed. Photos that are being added go on being added."""
        self.strip.words.keep()

    def keep_unsaved(self) -> None:
        """The window is being closed: keep the words being typed and the photos that are ready."""
        self.strip.keep_unsaved()

    def _ready(self) -> str:
        return self._session.state.base.uid if self._session.keep_record() else ""

    def _candidates(self) -> list[Attachment]:
        from models.case_hatching import photo_candidates

        record = self._session.state.record()
        if not record.activities:
            return []
        taken = {photo.digest for photo in self.strip.photos()}
        activities = [each for each in linked_activities(self.context.ledger, record) if each.uid not in self._declined]
        return [each for each in photo_candidates(self.context.ledger, activities) if each.digest not in taken]

    def _open_pick(self) -> None:
        if self.pick is None:
            self.pick = PhotoPick(self.context)
            self.pick.taken.connect(self._take)
            self.pick.closed.connect(self._decline)
            self._column.addWidget(self.pick)
            put_next_in_tab_order(self.strip, self.pick.stops())
        self.offer()
        if self.pick is not None:
            self.pick.show()
            self.pick.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, photos: Sequence[Attachment]) -> None:
        """Give the case these photos as well; a new case is saved first, so that they belong to something."""
        from models.photos import copy_photos

        uid = self._ready()
        if not uid:
            return
        ledger, clerk = self.context.ledger, self.context.clerk()
        operations.run(
            self.context,
            lambda: copy_photos(ledger, photos, uid, clerk),
            lambda done: f"已取用 {len(done)} 张照片",
        )
        self._close_pick()
        self.follow_record()
        self.offer()
        self.take_keyboard()

    def _decline(self) -> None:
        self._declined |= set(self._session.state.value("activities"))
        self._close_pick()
        self.offer()
        self.take_keyboard()

    def _close_pick(self) -> None:
        if self.pick is not None:
            self._column.removeWidget(self.pick)
            self.pick.hide()
            self.pick.deleteLater()
            self.pick = None
