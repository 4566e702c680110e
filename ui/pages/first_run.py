"""The first start: three short steps that can be left at any point. There is no ledger yet while this is shown."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from models.ledger import FILE_NAME
from models.notice import Notice
from models.periods import quarter_of
from models.preferences import Preferences
from models.unit import Unit
from ui import theme
from ui.pages.first_run_draft import FirstRunDraft, drop_draft, load_draft, save_draft
from ui.pages.first_run_folder import look_at
from ui.pages.first_run_frame import FirstRunFrame
from ui.pages.first_run_steps import STEPS

KEEP_AFTER = 500  # milliseconds after the last key
NOTHING_YET = "可以随时退出，填过的都会留着"
KEPT = "已填的内容已保存"
NOT_KEPT = "没能保存已填的内容，请不要关闭窗口，填完直接开始"


class FirstRunPage(FirstRunFrame):
    """本单位 → 上级工会 → 数据和备份. What is typed is kept in the settings folder until a ledger has it.

    `finished` carries the folder for the new ledger and the unit card as far as it is filled in;
    `existing_requested` a folder that holds a ledger already; `sample_requested` asks for invented data.
    """

    finished = Signal(object, object)  # Path, Unit
    sample_requested = Signal()
    existing_requested = Signal(object)  # Path

    def __init__(
        self,
        notice: Notice,
        default_folder: Path,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        clock: Callable[[], datetime] = datetime.now,
    ) -> None:
        last = Path(preferences.ledger) if preferences.ledger else None
        super().__init__(notice, last if last and (last / FILE_NAME).is_file() else None, parent)
        self._default_folder, self._clock = default_folder, clock
        self.folder = default_folder
        self.ask_folder: Callable[[Path, str], Path | None] = self._ask_with_dialog
        self._keep = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._restore(load_draft())
        self._connect()
        self._show_folder()
        self._show_header()

    def unit(self) -> Unit:
        """The unit card as far as it is typed."""
        return self.fields.unit(Unit())

    def show_problem(self, text: str) -> None:
        """Say why the ledger could not be opened or made; everything typed stays."""
        self.problem.set_message("error", text)
        self.problem.show()

    def show_step(self, index: int) -> None:
        """Go to a step, from 0."""
        index = max(0, min(index, len(STEPS) - 1))
        self.steps.setCurrentIndex(index)
        for stepper in self.steppers:
            stepper.set_current(index)
        self.back_button.setVisible(index > 0)
        last = index == len(STEPS) - 1
        self.next_button.setText("开始使用" if last else f"下一步：{STEPS[index + 1][0]}")
        self.later_button.setVisible(not last)
        self.pages[index].setFocus()
        self._keep.start()

    def next_step(self) -> None:
        """Go on; after the last step start."""
        if self.steps.currentIndex() < len(STEPS) - 1:
            self.show_step(self.steps.currentIndex() + 1)
        else:
            self.start()

    def start(self) -> None:
        """Ask for the ledger with what there is. A folder that cannot be written leads to its step instead."""
        self.keep()
        self.problem.hide()
        state = look_at(self.folder)
        if state.kind == "error":
            self.show_step(len(STEPS) - 1)
            self.show_problem(state.text)
            return
        self.finished.emit(self.folder, self.unit())
        if self.problem.isHidden() and (self.folder / FILE_NAME).exists():
            drop_draft()
            self._keep.stop()

    def choose_folder(self) -> None:
        """Ask for another folder for the new ledger."""
        chosen = self.ask_folder(self.folder, "把台账放在哪个文件夹")
        if chosen is not None:
            # an empty folder is taken as it is; into one with other things the ledger gets a folder of its own
            taken = any(chosen.iterdir()) and not (chosen / FILE_NAME).exists()
            self.folder = chosen / self._default_folder.name if taken else chosen
            self._show_folder()
            self._keep.start()

    def open_existing(self) -> None:
        """Ask for a folder that holds a ledger and have it opened."""
        chosen = self.ask_folder(self.last_ledger or self._default_folder, "打开哪个台账文件夹")
        if chosen is None:
            return
        if not (chosen / FILE_NAME).is_file():
            self.show_problem(f"“{chosen}”里没有找到台账。请选里面有 {FILE_NAME} 的那个文件夹。")
            return
        self.problem.hide()
        self.existing_requested.emit(chosen)

    def keep(self) -> None:
        """Put what is typed where a power cut does not reach it."""
        self._keep.stop()
        folder = "" if self.folder == self._default_folder else str(self.folder)
        kept = save_draft(FirstRunDraft(self.fields.typed(), folder, self.steps.currentIndex()))
        self.kept.set_state("ok" if kept else "error", KEPT if kept else NOT_KEPT)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.pages[self.steps.currentIndex()].setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._keep.isActive():
            self.keep()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _restore(self, draft: FirstRunDraft) -> None:
        self.fields.restore(draft.values)
        self.folder = Path(draft.folder) if draft.folder else self._default_folder
        self.show_step(draft.step)
        self._keep.stop()
        if any(draft.values.values()):
            self.kept.set_state("ok", KEPT)
        else:
            self.kept.set_state("", NOTHING_YET)

    def _show_folder(self) -> None:
        state = look_at(self.folder)
        self.folder_box.setText(str(self.folder))
        self.folder_box.setCursorPosition(0)
        self.folder_state.set_state(state.kind, state.text)

    def _show_header(self) -> None:
        """The line that forms will print, as it is filled in so far."""
        name = self.unit().name or "＿＿＿＿＿＿"
        self.printed.setText(f"填报单位：{name}　　报送期：{quarter_of(self._clock().date()).range_text}")

    def _change(self, name: str) -> None:
        self._keep.start()
        if name == "name":
            self._show_header()

    def _connect(self) -> None:
        self._keep.timeout.connect(self.keep)
        self.fields.changed.connect(self._change)
        self.next_button.clicked.connect(self.next_step)
        self.back_button.clicked.connect(lambda: self.show_step(self.steps.currentIndex() - 1))
        self.later_button.clicked.connect(self.start)
        self.change_folder.clicked.connect(self.choose_folder)
        for stepper in self.steppers:
            stepper.step_clicked.connect(self.show_step)
        for each in self.sample_buttons:
            each.clicked.connect(self.sample_requested)
        for each in self.existing_buttons:
            each.clicked.connect(self.open_existing)
        for each in self.last_buttons:
            each.clicked.connect(lambda: self.existing_requested.emit(self.last_ledger))
        theme.changed.connect(self.fit)

    def _ask_with_dialog(self, start: Path, question: str) -> Path | None:
        start = next((each for each in (start, *start.parents) if each.is_dir()), start)
        from ui.widgets.folder_dialog import ask_for_folder

        return ask_for_folder(self, question, start)
