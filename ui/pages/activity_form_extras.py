"""Below the answers: photos and files, 作品/报道 and 典型. Each is kept at once, and none is required."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from models.attachment import FILE, OF_ACTIVITY, PHOTO
from models.attachment_repository import list_attachments
from models.publicity_repository import EXEMPLARS, WORKS
from ui.context import Context
from ui.widgets.accordion import Accordion
from ui.widgets.layouts import column

if TYPE_CHECKING:
    from ui.pages.sub_records import SubRecords
    from ui.widgets.file_list import FileList
    from ui.widgets.photo_strip import PhotoStrip

PICTURES, PUBLICITY = "pictures", "publicity"
GROUPS = {PICTURES: ("照片和附件", "不要求传照片"), PUBLICITY: ("作品、报道和典型", "登报、上网、推送的作品和宣传的人")}


class FormExtras(QWidget):
    """Two folded lines. What is in them belongs to the record in the ledger: `ready` saves a new one first."""

    opened = Signal()

    def __init__(self, context: Context, ready: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self._ready = context, ready
        self._uid = ""
        self._photos: PhotoStrip | None = None
        self._files: FileList | None = None
        self._records: tuple[SubRecords, ...] = ()
        self.accordion = Accordion()
        for key, (title, _hint) in GROUPS.items():
            build = self._build_pictures if key == PICTURES else self._build_publicity
            group = self.accordion.add(key, title, build)
            group.opened.connect(self.opened)
        column(self.accordion, parent=self)
        context.changed.connect(self.show_summaries)

    def show_record(self, uid: str) -> None:
        """Another record is in the form ("" for one that is not in the ledger yet); what was typed here is kept."""
        self.keep_unsaved()
        self._uid = uid
        for group in self.accordion.groups():
            group.set_open(False)
        self._pass_on()
        self.show_summaries()

    def record_saved(self, uid: str) -> None:
        """The new record has a row now."""
        if uid != self._uid:
            self._uid = uid
            self._pass_on()
            self.show_summaries()

    def keep_unsaved(self) -> None:
        """The form is being left: what is typed in captions and sub-records must not be lost."""
        for part in self._parts():
            part.keep_unsaved()

    def leave_form(self) -> bool:
        """Esc: put an open sub-record form away; False when there is none."""
        focused = self.focusWidget()
        for records in self._records:
            if records.form and focused is not None and records.form.isAncestorOf(focused):
                records.form.left.emit()
                return True
        return False

    def show_summaries(self) -> None:
        """Say in each line what is inside."""
        ledger, uid = self.context.ledger, self._uid
        photos = files = works = exemplars = 0
        if uid:
            photos = len(list_attachments(ledger, uid, PHOTO))
            files = len(list_attachments(ledger, uid, FILE))
            works = len(WORKS.list_where(ledger, activity_uid=uid))
            exemplars = len(EXEMPLARS.list_where(ledger, activity_uid=uid))
        self._tell(PICTURES, ((photos, "张照片"), (files, "个附件")))
        self._tell(PUBLICITY, ((works, "件作品、报道"), (exemplars, "个典型")))

    def open_group(self, key: str) -> None:
        """Open one of the two lines and put the keyboard there."""
        group = self.accordion.group(key)
        group.set_open(True)
        group.header.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, key: str, counts: tuple[tuple[int, str], ...]) -> None:
        words = "，".join(f"{number} {noun}" for number, noun in counts if number)
        self.accordion.group(key).set_summary(words or f"未填，{GROUPS[key][1]}", bool(words))

    def _build_pictures(self) -> QWidget:
        from ui.widgets.file_list import FileList
        from ui.widgets.photo_strip import PhotoStrip

        self._photos, self._files = PhotoStrip(self.context, OF_ACTIVITY), FileList(self.context, OF_ACTIVITY)
        return self._sheet(self._photos, self._files)

    def _build_publicity(self) -> QWidget:
        from models.publicity_recording import EXEMPLAR_KIND, WORK_KIND
        from ui.pages.sub_records import SubRecords

        self._records = (SubRecords(self.context, WORK_KIND), SubRecords(self.context, EXEMPLAR_KIND))
        return self._sheet(*self._records)

    def _sheet(self, *parts: QWidget) -> QWidget:
        sheet = QWidget()
        sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column(*parts, spacing=12, margins=(16, 8), parent=sheet)
        self._pass_on()
        return sheet

    def _parts(self) -> list["PhotoStrip | FileList | SubRecords"]:
        return [each for each in (self._photos, self._files, *self._records) if each is not None]

    def _pass_on(self) -> None:
        for part in self._parts():
            part.show_owner(self._uid, ready=self._ready)
