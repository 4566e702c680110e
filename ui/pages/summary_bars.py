"""The bars above a summary: what can be done with it, and what the figure at the cursor is and how it was counted."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.summary_figures import Figure
from ui.widgets.base import announce
from ui.widgets.buttons import FULL, ICON_ONLY, NO_SHORTCUT, button, icon_button, link
from ui.widgets.chips import Chip
from ui.widgets.frames import Bar
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import row

INTRODUCTION = "带底色的数字随台账自动更新。点一下，这里说明它怎么算。"
FROZEN = "已定稿，带底色的数字停在定稿的时候。点一下，这里说明它怎么算。"


class SummaryBar(Bar):
    """Way back, state, length, and the tools."""

    back = Signal()
    insert = Signal()
    draft = Signal()
    undo = Signal()
    redo = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tools", parent)
        self.back_button = icon_button("arrow-left", "返回报表", shortcut_text="Esc")
        self.heading = TextLabel("编辑总结", "strong")
        self.chip = Chip("draft")
        self.length = TextLabel(role="hint")
        self.insert_button = button("插入数字", "add", "flat", "Ctrl+I")
        self.draft_button = button("重新起草", "refresh", "flat")
        self.undo_button = icon_button("arrow-go-back", "撤销", shortcut_text="Ctrl+Z")
        self.redo_button = icon_button("arrow-go-forward", "重做", shortcut_text="Ctrl+Y")
        for source, signal in (
            (self.back_button, self.back),
            (self.insert_button, self.insert),
            (self.draft_button, self.draft),
            (self.undo_button, self.undo),
            (self.redo_button, self.redo),
        ):
            source.clicked.connect(signal)
        row(
            self.back_button, self.heading, 4, self.chip, 4, self.length, None,
            self.insert_button, self.draft_button, self.undo_button, self.redo_button,
            margins=(12, 3), spacing=4, parent=self,
        )  # fmt: skip

    def show_state(self, *, finalised: bool) -> None:
        """草稿 or 定稿; at 定稿 there is nothing to write with."""
        self.chip.set_state("final" if finalised else "draft")
        self.insert_button.setEnabled(not finalised)
        self.draft_button.setEnabled(not finalised)

    def show_length(self, characters: int, pages: int) -> None:
        self.length.setText(f"{characters} 字，约 {pages} 页")

    def fit(self, width: float) -> None:
        """`width` in pixels at 100 % text: drop shortcuts, then words, where there is no room for them."""
        self.insert_button.set_brevity(FULL if width >= 800 else NO_SHORTCUT)
        self.draft_button.set_brevity(FULL if width >= 680 else ICON_ONLY)
        self.heading.setVisible(width >= 620)
        self.length.setVisible(width >= 520)


class FigureLine(Bar):
    """One line, always there so that nothing jumps. `records_wanted` asks for the records behind the figure."""

    records_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("tools", parent)
        self.name = TextLabel(role="strong")
        self.rule = ElidedLabel(role="note")
        self.records_link = link("")
        policy = self.records_link.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # else the line is lower without it, and everything below jumps
        self.records_link.setSizePolicy(policy)
        self.records_link.clicked.connect(self.records_wanted)
        line = row(self.name, spacing=8, margins=(24, 2), parent=self)
        line.addWidget(self.rule, 1)
        line.addWidget(self.records_link)
        self.show_nothing(finalised=False)

    def show_nothing(self, *, finalised: bool) -> None:
        """The cursor is at no figure."""
        self._say("", FROZEN if finalised else INTRODUCTION, "")

    def show_figure(self, figure: Figure, text: str, *, records: bool) -> None:
        """The cursor is at this figure, which reads `text` (as at 定稿). `records`: there are records to show."""
        whose = f"{figure.group}：" if figure.group and figure.group != "合计" else ""
        found = f"查看 {len(figure.sources)} 条记录" if records and figure.sources else ""
        now = "" if text == figure.text else f"（台账现在是 {figure.text}）"
        self._say(f"{whose}{figure.label} {text} {figure.unit}".rstrip() + now, figure.rule, found)

    def show_lost(self, name: str) -> None:
        """The cursor is at a figure that the ledger does not give any more."""
        self._say(name, "台账里已经没有这个数字了。请删掉，或换一个数字。", "")

    def _say(self, name: str, rule: str, records: str) -> None:
        self.name.setText(name)
        self.name.setVisible(bool(name))
        if self.rule.text() != rule or name:
            self.rule.setText(rule)
            announce(self.rule, f"{name}　{rule}".strip())
        self.records_link.setText(records)
        self.records_link.setVisible(bool(records))
