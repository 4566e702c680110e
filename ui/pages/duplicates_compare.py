"""Two records side by side: a pair of radios for each answer that differs, and one for which record stays."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QScrollArea, QSizePolicy, QWidget

from models.activity import Activity
from models.attachment_repository import count_photos
from models.duplicates import Duplicate
from models.merging_records import Difference, differences
from ui import theme
from ui.context import Context
from ui.widgets.choices import Radio
from ui.widgets.frames import Ground
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, scale

LEFT, RIGHT = "left", "right"
NOTHING = "（没有填）"
AROUND = 250  # pixels at 100 % text beside the two answers: the label, the radios, the margins


@dataclass(frozen=True, slots=True)
class Choice:
    """Which record stays, and the fields whose answer comes from the other one."""

    keep: str
    from_other: frozenset[str]


class Comparison(QScrollArea):
    """Rebuilt for every pair; begins with the suggestion of `models.merging_records.differences`."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.differences: list[Difference] = []
        self.radios: dict[tuple[str, str], Radio] = {}  # (field or "", side)
        self.setAccessibleName("两条记录对照")
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_pair(self, pair: Duplicate | None) -> None:
        """Show two records, or nothing."""
        self.radios = {}
        self.differences = []
        body = Ground("surface")
        if pair:
            self.differences = differences(pair.left, pair.right, self._context.notice)
            column(self._grid(pair), None, margins=(16, 12), parent=body)
        self.setWidget(body)

    def choice(self) -> Choice:
        """What is chosen now."""
        keep = RIGHT if (right := self.radios.get(("", RIGHT))) and right.isChecked() else LEFT
        other = RIGHT if keep == LEFT else LEFT
        taken = [each.spec.name for each in self.differences if self.radios[(each.spec.name, other)].isChecked()]
        return Choice(keep, frozenset(taken))

    def _grid(self, pair: Duplicate) -> QGridLayout:
        grid = scale(QGridLayout(), spacing=6)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        photos = count_photos(self._context.ledger, [pair.left.uid, pair.right.uid])
        self._add(grid, 0, "", "保留哪条", (pair.left.number, pair.right.number), LEFT)
        for side, activity in enumerate((pair.left, pair.right), 1):
            grid.addWidget(WrapLabel(_about(activity, photos.get(activity.uid, 0)), "tiny"), 1, side)
        for line, each in enumerate(self.differences, 2):
            self._add(grid, line, each.spec.name, each.spec.label, (each.left, each.right), each.better)
        if not self.differences:
            grid.addWidget(TextLabel("各项内容完全相同", "hint"), 2, 1)
        return grid

    def _room(self) -> int:
        """Width of an answer that stands in one line beside its radio; a longer one is shown whole under it."""
        return (self.viewport().width() - theme.px(AROUND)) // 2

    def _add(self, grid: QGridLayout, line: int, name: str, label: str, words: tuple[str, str], better: str) -> None:
        words_label = TextLabel(label, "note", "hint")
        words_label.setMinimumHeight(theme.height(28) + 4)  # as high as a radio, so that they stand on one line
        grid.addWidget(words_label, line, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(self)
        for at, (side, text) in enumerate(zip((LEFT, RIGHT), words, strict=True), 1):
            long = self.fontMetrics().horizontalAdvance(text) > self._room() or "\n" in text
            radio = Radio("用这边的" if long else text or NOTHING)
            radio.setAccessibleName(f"{label}，{'左' if side == LEFT else '右'}边：{text or NOTHING}")
            radio.setChecked(side == better)
            radio.toggled.connect(lambda on: self.changed.emit() if on else None)
            radio.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            group.addButton(radio)
            self.radios[(name, side)] = radio
            holder = QWidget()
            inner = column(radio, spacing=2, parent=holder)
            if long:
                inner.addWidget(WrapLabel(text, "note"))
            grid.addWidget(holder, line, at, Qt.AlignmentFlag.AlignTop)


def _about(activity: Activity, photos: int) -> str:
    parts = [
        f"{activity.created_at:%Y-%m-%d %H:%M} 录入" if activity.created_at else "",
        activity.modified_by,
        f"{photos} 张照片" if photos else "",
        "定稿" if activity.finalised else "",
    ]
    return "，".join(part for part in parts if part)
