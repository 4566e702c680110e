"""通知包: which notice is in force, others that are installed, and what changes when another takes its place."""

from collections.abc import Callable
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QWidget

from models.errors import UserError
from models.notice import Notice, load_notice
from models.notice_installing import Difference, Pack, choose_notice, install, list_packs, preview, uninstall
from ui import theme
from ui.context import Context
from ui.pages.settings_facts import FactsCard, line_up_tab_order
from ui.requests import requests
from ui.widgets.buttons import Button, button
from ui.widgets.confirm import confirm
from ui.widgets.file_dialog import ask_for_file
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row, scale
from ui.widgets.strips import MessageStrip

INSTALL, USE, CANCEL = "install", "use", ""
TITLE_BAR = 60  # pixels of the screen that a dialog leaves to the frame around it
HINT = "以前登记的记录仍按当时的通知显示，换通知包不会改动它们。"
SAME = "内容完全一样，换上以后什么都不变。"


class NoticeCard(FactsCard):
    """The notice in force; the packs of this ledger; 安装通知包 shows what would change before anything does."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        notice = context.notice
        super().__init__("通知包", TextLabel(f"版本 {notice.form_version}", "hint"), parent)
        self._context = context
        self._shown: list[str] | None = None
        self.ask_file: Callable[[], Path | None] = self._ask_with_dialog
        self.ask: Callable[[Notice, list[Difference], bool], str] = self._ask_preview
        self.use_buttons: dict[str, Button] = {}
        self.remove_buttons: dict[str, Button] = {}
        to, last = notice.recipient, notice.deadline
        self.add("通知", notice.title)
        self.add("文号", notice.basis)
        self.add("报给", f"{to.union}{to.department}　{to.email}　{to.contact} {to.phone}")
        self.add("截止日期", f"{last.year}年{last.month}月{last.day}日" if last else "通知没有规定")
        self.packs = column(spacing=4)
        self.install_button = button("安装通知包", "download-2")
        self.install_button.clicked.connect(self.install_from_file)
        self.body.addLayout(self.packs)
        self.body.addWidget(WrapLabel(HINT, "hint"))
        self.body.addLayout(row(self.install_button, None))
        self.reload()

    def reload(self) -> None:
        """List what is installed now."""
        packs, faults = list_packs(self._context.ledger)
        now = [f"{pack.file} {pack.notice.digest}" for pack in packs] + [fault.message for fault in faults]
        if now == self._shown:
            return
        self._shown = now
        clear(self.packs)
        self.use_buttons, self.remove_buttons = {}, {}
        for pack in packs if len(packs) > 1 else ():
            self.packs.addWidget(self._line(pack))
        each_line = [
            (use, *([gone] if (gone := self.remove_buttons.get(file)) else []))
            for file, use in self.use_buttons.items()
        ]
        line_up_tab_order(*chain(*each_line), self.install_button)
        for fault in faults:
            self.packs.addWidget(MessageStrip("warn", fault.message))

    def install_from_file(self) -> None:
        """Ask for a file, show what it changes, and install it if somebody wants that."""
        path = self.ask_file()
        if path is None:
            return
        try:
            new = load_notice(path)
            answer = self.ask(new, preview(self._context.notice, new), True)
            if answer == CANCEL:
                return
            pack = install(self._context.ledger, path)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        self.reload()
        if answer == USE:
            self._use(pack)
        else:
            self._context.went_well.emit(f"已安装通知包“{pack.notice.form_version}”", False)

    def _choose(self, pack: Pack) -> None:
        if self.ask(pack.notice, preview(self._context.notice, pack.notice), False) == USE:
            self._use(pack)

    def _use(self, pack: Pack) -> None:
        try:
            choose_notice(self._context.ledger, pack)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
            return
        requests.reopen.emit()

    def _remove(self, pack: Pack) -> None:
        question, consequence = (
            f"删除通知包“{pack.notice.form_version}”吗？",
            "按它登记的记录都还在，需要时可以再安装。",
        )
        if not confirm(self, question, consequence, "删除"):
            return
        try:
            uninstall(self._context.ledger, pack)
        except UserError as error:
            self._context.went_wrong.emit(error.message)
        self.reload()
        self.install_button.setFocus()

    def _line(self, pack: Pack) -> QWidget:
        current = pack.notice.digest == self._context.notice.digest
        holder = QWidget()
        line = row(IconLabel("check" if current else "file-text", "ok" if current else "text2", 18), parent=holder)
        line.addWidget(ElidedLabel(f"{pack.notice.form_version}　{pack.notice.title}"), 1)
        if current:
            line.addWidget(TextLabel("正在使用", "hint", "ok"))
        else:
            use = self.use_buttons[pack.file] = button("使用", small=True)
            use.setAccessibleName(f"使用通知包{pack.notice.form_version}")
            use.clicked.connect(lambda: self._choose(pack))
            line.addWidget(use)
            if pack.file:
                gone = self.remove_buttons[pack.file] = button("删除", "delete-bin", "flat", small=True)
                gone.setAccessibleName(f"删除通知包{pack.notice.form_version}")
                gone.clicked.connect(lambda: self._remove(pack))
                line.addWidget(gone)
        return holder

    def _ask_with_dialog(self) -> Path | None:
        return ask_for_file(self, "选通知包文件", str(Path.home()), "通知包 (*.toml)")

    def _ask_preview(self, new: Notice, differences: list[Difference], may_only_install: bool) -> str:
        dialog = PreviewDialog(new, differences, may_only_install, self)
        dialog.exec()
        dialog.deleteLater()
        return dialog.answer


class PreviewDialog(QDialog):
    """What another notice changes, line by line: subject, what was there, what comes. Esc changes nothing."""

    def __init__(
        self, new: Notice, differences: list[Difference], may_only_install: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.answer = CANCEL
        self.setWindowTitle("换通知包会改变什么")
        self.setAccessibleName(self.windowTitle())
        inside = QWidget()
        grid = scale(QGridLayout(inside), (12, 8), 8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column_number, words in enumerate(("", "现在", "换上以后")):
            grid.addWidget(TextLabel(words, "hint"), 0, column_number)
        for line, each in enumerate(differences, 1):
            for column_number, words in enumerate((each.subject, each.old or "—", each.new or "—")):
                label = WrapLabel(words, "small")
                label.setMinimumWidth(theme.px(120))
                grid.addWidget(label, line, column_number, Qt.AlignmentFlag.AlignTop)
        grid.setRowStretch(len(differences) + 1, 1)
        area = QScrollArea()
        area.setAccessibleName("改变的内容")
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setVisible(bool(differences))
        head = WrapLabel(f"{new.title}（{new.form_version}）", "strong")
        count = WrapLabel(f"共 {len(differences)} 处不同。{HINT}" if differences else SAME, "hint")
        self.use_button = button("安装并使用" if may_only_install else "使用", kind="primary")
        self.install_button = button("只安装")
        self.install_button.setVisible(may_only_install)
        self.cancel_button = button("不改变")
        for each, answer in ((self.use_button, USE), (self.install_button, INSTALL), (self.cancel_button, CANCEL)):
            each.clicked.connect(lambda _checked=False, answer=answer: self._answer(answer))
        buttons = row(None, self.use_button, self.install_button, self.cancel_button)
        whole = column(head, count, margins=(16, 16), parent=self)
        whole.addWidget(area, 1)
        whole.addLayout(buttons)
        wanted, room = QSize(theme.px(720), theme.px(460 if differences else 140)), self.screen().availableSize()
        self.resize(wanted.boundedTo(QSize(room.width() - 40, room.height() - TITLE_BAR)))
        self.cancel_button.setDefault(True)
        self.cancel_button.setFocus()

    def _answer(self, answer: str) -> None:
        self.answer = answer
        self.accept()
