"""回收站: what was deleted, of every kind; the way back, and the way out for good."""

from collections import Counter
from itertools import chain

from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from models.bin_repository import KIND_LABELS, BinItem, list_bin, purge_items, restore_items
from models.dates import format_date
from ui import operations
from ui.context import Context
from ui.pages.settings_facts import line_up_tab_order
from ui.widgets.buttons import Button, Pill, button
from ui.widgets.cards import Card
from ui.widgets.confirm import confirm
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, row

MOST = 50  # records listed at once
EMPTY = "是空的。删除的活动、案例和计划会放在这里，随时可以恢复。"
FOR_GOOD = "永久删除后不能从回收站恢复，照片和说明也一起删除。关闭程序以前还可以撤销。"


class BinCard(Card):
    """The deleted records, the latest first, each with 恢复 and 永久删除; and the same for all that are listed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.count = TextLabel(role="hint")
        super().__init__("回收站", self.count, parent=parent)
        self._context = context
        self._kind = ""
        self._shown: tuple[list[BinItem], str] | None = None
        self._listed: list[BinItem] = []
        self._compact = False
        self._entries: list[QBoxLayout] = []
        self.restore_buttons: list[Button] = []
        self.purge_buttons: list[Button] = []
        self.pills: dict[str, Pill] = {}
        self._pill_line = FlowLayout(spacing=8)
        self.lines = column(spacing=0)
        self.all_button = button("恢复列出的全部", "arrow-go-back", small=True)
        self.purge_all_button = button("永久删除列出的全部", "delete-bin", "danger", small=True)
        self.all_button.clicked.connect(lambda: self.restore(self._listed))
        self.purge_all_button.clicked.connect(lambda: self.purge(self._listed))
        self.body.addLayout(self._pill_line)
        self.body.addLayout(self.lines)
        self.body.addLayout(row(None, self.all_button, self.purge_all_button))
        self.reload()

    def reload(self) -> None:
        """List what lies in 回收站 now."""
        deleted = list_bin(self._context.ledger)
        if self._kind not in {item.kind for item in deleted}:
            self._kind = ""
        if self._shown == (deleted, self._kind):
            return
        self._shown = (deleted, self._kind)
        self._show_pills(deleted)
        chosen = [item for item in deleted if self._kind in ("", item.kind)]
        self._listed = chosen[:MOST]
        clear(self.lines)
        self.restore_buttons, self.purge_buttons, self._entries = [], [], []
        more = f"，列出最近 {MOST} 条" if len(chosen) > MOST else ""
        self.count.setText(f"{len(chosen)} 条{more}" if deleted else "")
        if not deleted:
            self.lines.addWidget(WrapLabel(EMPTY, "hint"))
        for index, item in enumerate(self._listed):
            self.lines.addWidget(self._line(item, first=index == 0))
        self.set_compact(self._compact)
        for each in (self.all_button, self.purge_all_button):
            each.setVisible(len(self._listed) > 1)
        pairs = zip(self.restore_buttons, self.purge_buttons, strict=True)
        line_up_tab_order(*self.pills.values(), *chain(*pairs), self.all_button, self.purge_all_button)

    def show_kind(self, kind: str) -> None:
        """List only one kind of records, all with an empty one."""
        self._kind = kind
        self.reload()

    def set_compact(self, compact: bool) -> None:
        """The buttons of a record under its name, where they have no room beside it."""
        self._compact = compact
        way = QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        for entry in self._entries:
            entry.setDirection(way)

    def restore(self, items: list[BinItem]) -> None:
        """Put records back where they were."""
        ledger, clerk, what = self._context.ledger, self._context.clerk(), _words(items)

        def work() -> None:
            with ledger.transaction(f"恢复{what}", at=clerk.now, person=clerk.person):
                restore_items(ledger, items)

        operations.run(self._context, work, f"{what}已恢复")

    def purge(self, items: list[BinItem]) -> None:
        """Ask, then delete for good."""
        ledger, clerk, what = self._context.ledger, self._context.clerk(), _words(items)
        if not confirm(self, f"永久删除{what}吗？", FOR_GOOD, "永久删除"):
            return

        def work() -> None:
            with ledger.transaction(f"永久删除{what}", at=clerk.now, person=clerk.person):
                purge_items(ledger, items)

        operations.run(self._context, work, f"{what}已永久删除")

    def _show_pills(self, deleted: list[BinItem]) -> None:
        """One for every kind there is, if there are several; the keyboard stays on the one it is on."""
        counts = Counter(item.kind for item in deleted)
        wanted = {"": len(deleted)} | {kind: counts[kind] for kind in KIND_LABELS if kind in counts}
        if wanted.keys() != self.pills.keys():
            clear(self._pill_line)
            self.pills = {}
            for kind in wanted if len(counts) > 1 else ():
                pill = self.pills[kind] = Pill(KIND_LABELS.get(kind, "全部"))
                pill.clicked.connect(lambda _checked=False, kind=kind: self.show_kind(kind))
                self._pill_line.addWidget(pill)
                pill.show()
        for kind, pill in self.pills.items():
            pill.set_count(wanted[kind])
            pill.setChecked(kind == self._kind)

    def _line(self, item: BinItem, *, first: bool) -> QWidget:
        title = item.title or "未填名称"
        back = button("恢复", "arrow-go-back", small=True)
        back.setAccessibleName(f"恢复{title}")
        back.clicked.connect(lambda: self.restore([item]))
        gone = button("永久删除", "delete-bin", "flat", small=True)
        gone.setAccessibleName(f"永久删除{title}")
        gone.clicked.connect(lambda: self.purge([item]))
        self.restore_buttons.append(back)
        self.purge_buttons.append(gone)
        holder = QWidget()
        what = row(TextLabel(item.number or KIND_LABELS[item.kind], "hint"), spacing=12)
        what.addWidget(ElidedLabel(title), 1)
        what.addWidget(TextLabel(f"{format_date(item.deleted_at.date())} 删除", "hint"))
        line = row(spacing=12, margins=(0, 4))
        line.addLayout(what, 1)
        line.addLayout(row(None, back, gone, spacing=12))
        self._entries.append(line)
        rule = QFrame()
        rule.setProperty("rule", "soft")
        rule.setVisible(not first)
        column(rule, line, spacing=0, parent=holder)
        return holder


def _words(items: list[BinItem]) -> str:
    if len(items) > 1:
        kinds = {item.kind for item in items}
        return f"{len(items)} 条{KIND_LABELS[items[0].kind] if len(kinds) == 1 else '记录'}"
    title = items[0].title or items[0].number or KIND_LABELS[items[0].kind]
    short = title if len(title) <= 20 else title[:20] + "…"
    return f"“{short.replace('“', '‘').replace('”', '’')}”"
