"""Step 3: what must be mended and what must be explained before anything is sent."""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.checks import Finding
from models.submission import Submission
from ui import theme
from ui.pages.check_panel_items import FindingItem, RecordCard
from ui.pages.check_panel_outcome import MOST, Group
from ui.pages.submit_rules import found_right
from ui.pages.submit_work import Collected
from ui.widgets.base import announce
from ui.widgets.buttons import link
from ui.widgets.labels import IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row
from ui.widgets.strips import MessageStrip

KEEP_AFTER = 800  # milliseconds after a key, however fast others follow
HARD_HINT = "改好才能报送，随时可以保存退出"
SOFT_HINT = "可以改，也可以写一句核实说明后照报"


def key_of(finding: Finding) -> str:
    """What a half-written explanation is kept under."""
    return f"{finding.uid} {finding.rule_id} {finding.field}"


class ChecksStep(QWidget):
    """`go` and `repaired` carry a Finding, `explained` a Finding and the words. `typed_changed`: see `typed`."""

    go = Signal(object)
    repaired = Signal(object)
    explained = Signal(object, str)
    typed_changed = Signal()
    readiness_changed = Signal()  # whether every hint has its line
    answered = Signal()  # Enter in the last line that was missing: nothing is left to do
    last_wanted = Signal(str)  # uid of a submission

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("逻辑检查结果")
        self.collected: Collected | None = None
        self._typed: dict[str, str] = {}
        self.cards: list[RecordCard] = []
        self._soon = QTimer(self, singleShot=True, interval=KEEP_AFTER)
        self._soon.timeout.connect(self.typed_changed)
        self.list = column(margins=(24, 16), spacing=12, parent=self)
        self.waiting = TextLabel("正在检查……", "hint")
        self.list.addWidget(self.waiting)
        self.more: QWidget | None = None

    def show_collected(self, found: Collected, typed: Mapping[str, str]) -> None:
        """Show the findings anew; what is half-written and where the keyboard is stays as it was."""
        half = {**typed, **self.typed()}
        focused = self.focusWidget()
        here = next((key_of(each.finding) for each in self.items() if focused and each.isAncestorOf(focused)), None)
        self._clear()
        self.collected = found
        checks, content = found.content.checks, found.content
        announce(self, f"必须改 {len(checks.hard)} 项，提示 {len(checks.soft)} 项")
        if content.same_as is not None:
            self._add_unchanged(content.same_as)
        self._add_section(f"必须改 {len(checks.hard)} 项", HARD_HINT, "", found.hard)
        told = f"已说明 {len(checks.explained)} / {len(checks.soft)}"
        self._add_section(f"提示 {len(checks.soft)} 项", SOFT_HINT, told, found.soft)
        self._add_right(checks.findings, checks.records)
        self.list.addStretch(1)
        for item in self.items():
            if item.reason is not None:
                text = half.get(key_of(item.finding), "")
                if text and text != item.finding.explanation:
                    item.reason.setText(text)
                item.reason.textEdited.connect(self._follow_typing)
                item.reason.returnPressed.connect(lambda item=item: self._after_enter(item))
        if focused is not None:
            self._take_keyboard(here or "")

    def show_waiting(self) -> None:
        """Say that the check is under way, when there is nothing to show yet."""
        if self.collected is None:
            self.waiting.show()

    def forget(self) -> None:
        """Another period: what is shown is of no use any more."""
        self._clear()
        self.collected = None
        self.list.addWidget(self.waiting)

    def items(self) -> Iterator[FindingItem]:
        """The findings on screen, in reading order."""
        for card in self.cards:
            yield from card.items

    def typed(self) -> dict[str, str]:
        """Explanations that are not stored: half-written, or too long."""
        return {
            key_of(item.finding): item.reason.text()
            for item in self.items()
            if item.reason is not None and item.reason.text().strip() != item.finding.explanation
        }

    def keep(self) -> None:
        """Have every explanation that can be stored stored now."""
        for item in list(self.items()):
            item.keep()

    def first_open(self) -> FindingItem | None:
        """The first thing that is left to do."""
        return next((each for each in self.items() if each.reason is None or each.finding.open), None)

    def unanswered(self) -> int:
        """Hints without a line, and lines that are too long."""
        return sum(each.reason is not None and not _is_answered(each) for each in self.items())

    def _after_enter(self, line: FindingItem) -> None:
        """Enter goes on to what is to be done next, once the line is written."""
        if not _is_answered(line):
            return
        items = list(self.items())
        at = items.index(line)
        waiting = next((each for each in items[at:] + items[:at] if not _is_answered(each)), None)
        if waiting is None:
            self.answered.emit()
        else:
            (waiting.reason or waiting.go_button).setFocus()

    def _follow_typing(self, _text: str) -> None:
        if not self._soon.isActive():
            self._soon.start()
        self.readiness_changed.emit()

    def _take_keyboard(self, here: str) -> None:
        """Back to the finding it was at, or to what is to be done next when that one has gone."""
        wanted = next((each for each in self.items() if key_of(each.finding) == here), None) or self.first_open()
        if wanted is not None:
            (wanted.reason or wanted.go_button).setFocus()

    def _clear(self) -> None:
        self._soon.stop()
        for item in self.items():
            item.forget()
        self.list.removeWidget(self.waiting)
        self.waiting.hide()
        clear(self.list)
        self.cards, self.more = [], None

    def _add_unchanged(self, made: Submission) -> None:
        same = f"内容和第{made.version}版（{made.number}）完全一样，不用再报。"
        text = f"{same}退回的要先改好；只是原样再寄一次，就打开上次报送。"
        see = ("查看上次报送", lambda: self.last_wanted.emit(made.uid))
        strip = MessageStrip("warn", text, [see])
        self.list.addWidget(strip)
        strip.show()

    def _add_section(self, title: str, hint: str, told: str, groups: tuple[Group, ...]) -> None:
        if not groups:
            return
        head = row(TextLabel(title, "section"), spacing=8)
        head.addWidget(WrapLabel(hint, "hint"), 1)
        if told:
            head.addWidget(TextLabel(told, "hint"))
        self.list.addLayout(head)
        for group in groups[:MOST]:
            card = RecordCard(group.title, group.number, group.findings)
            for item in card.items:
                item.go.connect(self.go)
                item.repaired.connect(self.repaired)
                item.explained.connect(self.explained)
            self.cards.append(card)
            self.list.addWidget(card)
            card.show()  # at once: what is not visible yet cannot take the keyboard
        if len(groups) > MOST:
            words = f"另有 {len(groups) - MOST} 条记录，改完上面的再列出来。"
            self.list.addWidget(TextLabel(words, "hint"))
        self.list.addSpacing(theme.px(8))

    def _add_right(self, findings: Iterable[Finding], records: int) -> None:
        """其余 38 项检查逻辑正确, which can be opened."""
        right = found_right(findings)
        words = f"其余 {len(right)} 项检查逻辑正确" if list(findings) else f"{len(right)} 项检查全部逻辑正确"
        opener = link("展开")
        opener.setAccessibleName(f"展开：{words}")
        line = row(IconLabel("checkbox-circle", "ok"), TextLabel(words), opener, None, spacing=8)
        self.list.addLayout(line)
        names = WrapLabel(f"查了 {records} 条记录：{'、'.join(right)}。", "hint")
        names.hide()
        self.list.addWidget(names)
        self.more = names

        def toggle() -> None:
            names.setVisible(names.isHidden())
            opener.setText("展开" if names.isHidden() else "收起")
            opener.setAccessibleName(f"{opener.text()}：{words}")

        opener.clicked.connect(toggle)


def _is_answered(item: FindingItem) -> bool:
    """Whether it is a hint with a line that can be kept."""
    return item.reason is not None and bool(item.reason.text().strip()) and not item.reason.is_over()
