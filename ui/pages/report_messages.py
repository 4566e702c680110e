"""What stands above the page: what went out and where to, the mail draft that was made, how far something is."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.pages.reports_output import Draft, open_in_desktop, replaced_words
from ui.pages.reports_strips import LetterCard

if TYPE_CHECKING:
    from exporters.report_files import ExportResult
    from ui.pages.reports import ReportsPage

MOST_NAMED = 3  # files named in the message
UNSAVED = "编辑总结时改的内容还没有点“保存”，预览和导出里没有。"


class ReportMessages(QObject):
    """Fills the strips of the frame and makes room for them."""

    def __init__(self, page: "ReportsPage") -> None:
        super().__init__(page)
        self._page = page
        self.letter_card: LetterCard | None = None
        self.open_file = open_in_desktop

    def show_problem(self, text: str, culprit: str) -> None:
        """A form that cannot be made or printed says why and leads to the record to mend; no text hides it."""
        page = self._page
        if text:
            links = [("打开这条记录", lambda: page.side.open_record(culprit))] if culprit else []
            page.problem.set_message("error", text, links)
        page.problem.setVisible(bool(text))
        self.make_room()

    def show_unsaved(self, waiting: bool) -> None:
        """What was typed into the summary and not saved is not on the page: say so, and lead back to it."""
        page = self._page
        if waiting and page.unsaved.isHidden():
            page.unsaved.set_message("warn", UNSAVED, [("继续编辑", page.edit_summary)])
        page.unsaved.setVisible(waiting)
        self.make_room()

    def show_exported(self, result: "ExportResult") -> None:
        """Name what was written, what it is printed with, and the ways on."""
        files, page = result.files, self._page
        names = "、".join(path.name for path in files) if len(files) <= MOST_NAMED else f"{len(files)} 个文件"
        links = [("打开文件夹", lambda: self.open_path(files[0].parent))]
        if len(files) == 1:
            links.append(("打开文件", lambda: self.open_path(files[0])))
        links += [("换文件夹", page.several.change_folder), ("收起", self.hide_done)]
        page.done.set_message("ok", f"已导出 {names}。{replaced_words(result.replaced)}", links)
        page.done.show()
        self.make_room()

    def show_draft(self, draft: Draft) -> None:
        """Offer every part of the mail to be copied, and open it."""
        self.drop_letter()
        card = self.letter_card = LetterCard(draft.letter, draft.attachments)
        card.copied.connect(lambda words: self._page.context.went_well.emit(words, False))
        card.folder_wanted.connect(lambda: self.open_path(draft.file.parent))
        card.draft_wanted.connect(lambda: self.open_path(draft.file))
        card.closed.connect(self.drop_letter)
        self._page.above.addWidget(card)
        card.show()  # else it counts as hidden until the next turn of the event loop
        self.hide_done()  # of an earlier export; the card needs the room
        self.open_file(draft.file)  # where no mail program takes it, the card is the way on

    def drop_letter(self) -> None:
        """The draft is of no interest any more."""
        if self.letter_card is not None:
            self.letter_card.hide()
            self.letter_card.deleteLater()
            self.letter_card = None
        self.make_room()

    def hide_done(self) -> None:
        """What was exported has been read."""
        self._page.done.hide()
        self.make_room()

    def show_step(self, words: str, done: int, total: int) -> None:
        """Say how far something is."""
        self._page.progress.show_step(words, done, total)
        self.make_room()

    def hide_progress(self) -> None:
        """Nothing is under way."""
        self._page.progress.hide()
        self.make_room()

    def open_path(self, path: Path) -> None:
        """Open a file or folder with the system's program for it."""
        if not self.open_file(path):
            self._page.context.went_wrong.emit(f"系统里没有能打开它的程序，请自己到文件夹里找：{path}")

    def make_room(self) -> None:
        """The strip's ground is there only while something stands on it."""
        page = self._page
        parts = (page.problem, page.unsaved, page.progress, page.done, self.letter_card)
        page.messages.setVisible(any(part is not None and not part.isHidden() for part in parts))
