"""The list of cases: search, counts by state, the table, and what can be done with the case the keyboard is on."""

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from models import case_recording, drafts
from models.attachment_repository import count_photos
from models.case import CASE_STAGE_LABELS, Case, CaseStage
from models.case_repository import CASES
from models.drafts import CASE_KIND as KIND
from models.search import normalise
from ui import operations, theme
from ui.context import Context
from ui.pages.activity_form_keys import FormKeys
from ui.pages.cases_fate import fate_entries
from ui.pages.cases_table import CasesTable
from ui.pages.draft_strips import DraftStrips
from ui.submission_marks import marks_of
from ui.widgets.base import plain_menu_text, put_next_in_tab_order
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, Pill, button, icon_button
from ui.widgets.cards import EmptyState
from ui.widgets.edits import SearchEdit
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import FlowLayout, column, row

WORDS_FROM = 800
NOTHING_FOUND = ("没有找到", "换一个词，或放宽筛选条件", "清除筛选", "search")
NOTHING_YET = ("还没有案例", "挑一到五项活动，程序先写出初稿，再改成自己的话", "从活动生成案例", "lightbulb")
ALL = ""


class CasesList(QWidget):
    """Signals ask the page to act: `opened` and `copied` carry a uid, `resumed` a draft key."""

    new = Signal()
    hatch = Signal()
    opened = Signal(str)
    copied = Signal(str)
    resumed = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._cases: list[Case] = []
        self._photos: dict[str, int] = {}
        self.setAccessibleName("案例")
        self.table = CasesTable(context.notice)
        self.search = SearchEdit("名称、正文、执笔人，或拼音首字母 wskz")
        self.search.setAccessibleName("搜索案例")
        self.pills = {ALL: Pill("全部"), **{stage: Pill(label) for stage, label in CASE_STAGE_LABELS.items()}}
        self._lay_out()
        self._connect()
        self._press(ALL)

    def reload(self, keep: str = "") -> None:
        """Read the cases anew, staying on the same one (or going to `keep`, widening the filters if they hide it)."""
        self._cases = CASES.list_all(self.context.ledger)
        self._photos = count_photos(self.context.ledger, [case.uid for case in self._cases])
        if keep and all(case.uid != keep for case in self._chosen()):
            self.clear_filters()
        self._show(keep)
        self._show_drafts()

    def clear_filters(self) -> None:
        """Ask for everything again."""
        with QSignalBlocker(self.search):
            self.search.setText("")
        self._press(ALL)

    def take_keyboard(self) -> None:
        """The keyboard is in the list, or on the next step that an empty list offers."""
        target = self.empty.button if self.body.currentIndex() else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def delete_selected(self) -> None:
        """Move the selected cases to 回收站; a toast offers to take it back."""
        chosen = self.table.selected()
        if chosen:
            clerk = self.context.clerk()
            operations.run(self.context, lambda: case_recording.delete_cases(self.context.ledger, chosen, clerk), str)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with the selected case."""
        case = self.table.current()
        if case is None:
            return
        single = len(self.table.selected()) == 1
        self._add(menu, "打开\tEnter", lambda: self.opened.emit(case.uid), possible=single)
        self._add(menu, "复制为新案例\tCtrl+D", lambda: self.copied.emit(case.uid), possible=single)
        menu.addSeparator()
        for words, act, possible in fate_entries(self.context, case, self):
            self._add(menu, words, act, possible=possible and single)
        menu.addSeparator()
        self._add(menu, "移到回收站\tDelete", self.delete_selected)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.table.viewport().mapFromGlobal(event.globalPos())
        if self.table.isVisible() and self.table.viewport().rect().contains(place):
            self._open_menu(event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _add(self, menu: QMenu, words: str, act: Callable[[], object], *, possible: bool = True) -> None:
        action = menu.addAction(plain_menu_text(words))
        action.setEnabled(possible)
        action.triggered.connect(lambda _on=False: act())

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        self.fill_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _chosen(self) -> list[Case]:
        """The cases that search and state ask for."""
        stage = next(stage for stage, pill in self.pills.items() if pill.isChecked())
        wanted = normalise(self.search.text())
        return [case for case in self._cases if stage in (ALL, case.stage) and (not wanted or _holds(case, wanted))]

    def _show(self, keep: str = "") -> None:
        chosen = self._chosen()
        self.table.show_cases(chosen, self._photos, keep)
        counts = Counter(case.stage for case in self._cases)
        for stage, pill in self.pills.items():
            pill.set_count(counts[stage] if stage else len(self._cases))
        self._show_emptiness()
        self._show_foot()

    def _show_emptiness(self) -> None:
        """An empty list says why it is empty and offers the next step."""
        listed = self.table.rows.rowCount()
        if not listed:
            self.empty.set_words(*(NOTHING_FOUND if self._cases else NOTHING_YET))
        if bool(self.body.currentIndex()) == bool(listed):
            had = self.body.isAncestorOf(self.window().focusWidget() or self)
            self.body.setCurrentIndex(0 if listed else 1)
            if had:
                self.take_keyboard()

    def _show_foot(self) -> None:
        listed, selected = self.table.rows.rowCount(), len(self.table.selected())
        self.count_label.setText(f"共 {listed} 个" + (f"，已选 {selected} 个" if selected > 1 else ""))
        self.menu_button.setEnabled(selected > 0)
        case = self.table.current()
        heading = "退回的原因" if case and case.fate == CaseStage.RETURNED else "上级意见"
        note = f"{heading}：{case.fate_note}" if case and case.fate_note else ""
        self.note_label.setText(note)

    def _press(self, stage: str) -> None:
        for each, pill in self.pills.items():
            with QSignalBlocker(pill):
                pill.setChecked(each == stage)
        self._show()

    def _leave_emptiness(self) -> None:
        """What the button of the empty list does: widen the search, or begin with the first case."""
        if self._cases:
            self.clear_filters()
            self.take_keyboard()
        else:
            self.hatch.emit()

    def _show_drafts(self) -> None:
        """What was typed and never saved is offered above the list, one strip for each."""
        kept = drafts.list_drafts(self.context.ledger)
        self.draft_strip.show_drafts([draft for draft in kept if draft.kind == KIND])
        put_next_in_tab_order(self.new_button, self.draft_strip.stops)

    def _copy_current(self) -> None:
        if case := self.table.current():
            self.copied.emit(case.uid)

    def _focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._show())
        for stage, pill in self.pills.items():
            pill.clicked.connect(lambda _on, stage=stage: self._press(stage))
        self.table.opened.connect(self.opened)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_foot())
        self.empty.triggered.connect(self._leave_emptiness)
        marks = marks_of(self.context)
        marks.changed.connect(lambda: self.table.rows.mark(marks.marks))
        self.table.rows.mark(marks.marks)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, owner, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self, self._focus_search),
            (QKeySequence("Down"), self.search, self._focus_table),
            (QKeySequence("Ctrl+D"), self, self._copy_current),
            (QKeySequence(QKeySequence.StandardKey.Delete), self.table, self.delete_selected),
        ):
            QShortcut(keys, owner, context=within).activated.connect(act)
        FormKeys(self).add("Ctrl+N", self.new.emit)  # before the window's own, which begins an activity
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        """Show what the width has room for."""
        room = self.width() / theme.current().scale
        self.new_button.set_brevity(FULL if room >= WORDS_FROM else NO_SHORTCUT)
        self.hatch_button.set_brevity(FULL if room >= WORDS_FROM / 2 else ICON_ONLY)
        self.subtitle.setVisible(room >= WORDS_FROM)

    def _lay_out(self) -> None:
        header = Bar("header")
        self.subtitle = TextLabel("总结创新做法，报送市总宣教网络部", "hint")
        self.menu_button = icon_button("more", "对选中的案例")
        self.menu_button.clicked.connect(
            lambda: self._open_menu(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height())))
        )
        self.hatch_button = button("从活动生成案例", "lightbulb")
        self.hatch_button.clicked.connect(self.hatch)
        self.new_button = button("新建案例", "add", "primary", "Ctrl+N")
        self.new_button.clicked.connect(self.new)
        row(
            TextLabel("案例", "title"), 8, self.subtitle, None, self.menu_button, self.hatch_button, self.new_button,
            margins=(24, 0), parent=header,
        )  # fmt: skip
        self.draft_strip = DraftStrips(self.context)
        self.draft_strip.resumed.connect(self.resumed)
        filters = QWidget()
        pills = FlowLayout(spacing=8)
        for pill in self.pills.values():
            pills.addWidget(pill)
        column(self.search, pills, margins=(16, 12, 16, 10), parent=filters)
        self.empty = EmptyState("lightbulb", "", "", " ")
        empty = Ground("surface")
        column(self.empty, parent=empty)
        self.body = QStackedWidget()
        self.body.addWidget(self.table)
        self.body.addWidget(empty)
        foot = Bar("totals")
        self.count_label = TextLabel(role="note")
        self.note_label = ElidedLabel(role="note")
        row(self.count_label, 16, self.note_label, None, margins=(16, 8), parent=foot)
        whole = column(header, self.draft_strip, filters, self.body, foot, spacing=0, parent=self)
        whole.setStretch(3, 1)


def _holds(case: Case, wanted: str) -> bool:
    """Whether a case has this text anywhere that people remember it by; initials of the title count too."""
    texts = (case.title, case.number, case.problem, case.practice, case.insight, case.summary, case.author)
    if any(wanted in normalise(text) for text in texts):
        return True
    if not wanted.isascii():
        return False
    from models.pinyin import initials

    return wanted in initials(case.title)
