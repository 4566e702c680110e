"""更正报送: what this version changes in the one before, old → new, before it is packed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from models.submission_content import PackageContent
from models.submission_differences import ADDED, CHANGE_LABELS, CHANGED, KIND_LABELS, REMOVED, RecordChange
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import WrapLabel
from ui.widgets.layouts import clear, column, row

MOST, MOST_FIELDS = 20, 8
CHIPS = {ADDED: "ok", CHANGED: "info", REMOVED: "neutral"}
ICONS = {ADDED: "add", CHANGED: "pencil", REMOVED: "delete-bin"}


class ChangesCard(Card):
    """Hidden for a first version."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("这次改了什么", dense=True, parent=parent)
        self.counts = WrapLabel(role="hint")
        self._list = column(spacing=6)
        self.body.addWidget(self.counts)
        self.body.addLayout(self._list)
        self.hide()

    def show_differences(self, content: PackageContent) -> None:
        """List what differs from the version before."""
        found, previous = content.differences, content.previous
        self.setVisible(found is not None and previous is not None)
        clear(self._list)
        if found is None or previous is None:
            return
        counts = "，".join(f"{CHANGE_LABELS[each]} {found.count(each)} 项" for each in (ADDED, CHANGED, REMOVED))
        same = "" if found.changes else "记录没有改动，换了要报的表。"
        self.counts.setText(
            f"和第{previous.version}版（{previous.number}）比：{counts}。{same}附一页《更正说明》一起报。"
        )
        for change in found.changes[:MOST]:
            self._add(change)
        if len(found.changes) > MOST:
            self._list.addWidget(WrapLabel(f"另有 {len(found.changes) - MOST} 项，见《更正说明》。", "hint"))

    def _add(self, change: RecordChange) -> None:
        names = (KIND_LABELS.get(change.kind, change.kind), change.number, change.title)
        words = [" ".join(part for part in names if part)]
        words += [f"{field.label}：{field.old} → {field.new}" for field in change.fields[:MOST_FIELDS]]
        if len(change.fields) > MOST_FIELDS:
            words.append(f"还有 {len(change.fields) - MOST_FIELDS} 处")
        line = row(spacing=8)
        chip = Chip(CHIPS[change.change], CHANGE_LABELS[change.change], ICONS[change.change])
        line.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrapLabel("\n".join(words), "small"), 1)
        self._list.addLayout(line)
