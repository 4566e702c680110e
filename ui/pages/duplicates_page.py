"""查重: pairs that look alike, side by side, to be merged field by field or called distinct for good."""

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter

from models import duplicates, merging_records
from models.dates import format_short
from models.duplicates import MOST_PAIRS, Duplicate, Duplicates
from ui import operations, theme, workers
from ui.context import Context
from ui.pages.bulk_frame import PreviewRow, PreviewTable, ToolPage
from ui.pages.duplicates_compare import LEFT, Comparison
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.buttons import button
from ui.widgets.cards import EmptyState
from ui.widgets.progress import ProgressStrip

HEADS = ("日期", "两条记录", "为什么")
CHARS = (4, 14, 0)
RULE = "同一天或相邻一天、名称相似的，和同月同名的，会列在这里"
BESIDE_FROM = 900  # content width ÷ text scale from which the list stands beside the comparison


class DuplicatesPage(ToolPage):
    """The pairs of the whole ledger, the newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "查重", "合并", "check")
        self._job: workers.Job | None = None
        self._stale = False
        self.found = Duplicates(())
        self.distinct_button = button("不是重复")
        self.distinct_button.clicked.connect(self.call_distinct)
        self.footer.insertWidget(2, self.distinct_button)
        self.progress = ProgressStrip()
        self.progress.stopped.connect(self._stop)
        self.progress.hide()
        self.table = PreviewTable("疑似重复的活动")
        self.table.setSelectionMode(PreviewTable.SelectionMode.SingleSelection)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_pair())
        self.compare = Comparison(context)
        self.compare.changed.connect(self._sum_up)
        self.empty = EmptyState("checkbox-circle", "没有疑似重复的活动", RULE)
        self.split = QSplitter()
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.compare)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 3)
        self.middle.addWidget(self.progress)
        self.middle.addWidget(self.empty, 1)
        self.middle.addWidget(self.split, 1)
        self.empty.hide()
        context.changed.connect(self._follow)
        theme.changed.connect(self._fit)

    def begin(self) -> None:
        """Look for look-alikes and come to the front."""
        self.search()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Look through the ledger, in a worker."""
        self._stop()
        ledger = self.context.ledger
        if not self.found.pairs:
            self.progress.start("正在比对活动名称和日期")
        self.say("正在查找…", "合并", possible=False)

        def work(job: workers.Job) -> Duplicates:
            with ledger.reader() as reader:
                return duplicates.find_duplicates(reader, go_on=lambda: not job.cancelled)

        self._job = workers.start(work, self._take, self._fail)

    def current(self) -> Duplicate | None:
        """The pair in front."""
        place = self.table.currentIndex().row()
        return self.found.pairs[place] if 0 <= place < len(self.found.pairs) else None

    def act(self) -> None:
        """Merge the pair in front as the comparison says."""
        pair, clerk, choice = self.current(), self.context.clerk(), self.compare.choice()
        if pair:
            keep, drop = (pair.left, pair.right) if choice.keep == LEFT else (pair.right, pair.left)
            ledger = self.context.ledger
            operations.run(
                self.context, lambda: merging_records.merge(ledger, keep, drop, choice.from_other, clerk), str
            )

    def call_distinct(self) -> None:
        """Remember that the pair in front is no duplicate; it is not listed again."""
        pair, clerk = self.current(), self.context.clerk()
        if pair:
            operations.run(
                self.context, lambda: duplicates.call_distinct(self.context.ledger, pair.left, pair.right, clerk), str
            )

    def leave(self) -> None:
        self._stop()
        super().leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _take(self, found: Duplicates) -> None:
        self._job = None
        self.progress.hide()
        self.found = found
        lines = [_shown(pair) for pair in found.pairs]
        self.table.show_lines(HEADS, lines, CHARS)
        self.empty.setVisible(not lines)
        self.split.setVisible(bool(lines))
        more = f"，只列出最近 {MOST_PAIRS} 组" if found.more else ""
        self.subtitle.setText(f"{len(lines)} 组疑似重复{more}" if lines else "")
        if lines:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.table.selectionModel().select(self.table.currentIndex(), flags)
        self._show_pair()
        if self.isVisible() and not self.isAncestorOf(self.window().focusWidget() or self.window()):
            (self.table if lines else self.back_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.progress.hide()
        self.context.went_wrong.emit(str(error))

    def _stop(self) -> None:
        if self._job:
            self._job.cancel()
        self._job = None
        self.progress.hide()

    def _show_pair(self) -> None:
        self.compare.show_pair(self.current())
        put_next_in_tab_order(self.table, list(self.compare.radios.values()))
        self._sum_up()

    def _sum_up(self) -> None:
        pair = self.current()
        self.distinct_button.setEnabled(pair is not None)
        if pair is None:
            self.say("", "合并", possible=False)
            return
        keep, drop = (pair.left, pair.right) if self.compare.choice().keep == LEFT else (pair.right, pair.left)
        self.say(
            f"保留 {keep.number}，{drop.number} 移到回收站，照片和关联一并转过来。数字不相加。", "合并", possible=True
        )

    def _follow(self) -> None:
        if self.isVisible():
            self.search()

    def _fit(self) -> None:
        beside = self.width() / theme.current().scale >= BESIDE_FROM
        orientation = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.split.orientation() != orientation:
            self.split.setOrientation(orientation)
            self.split.setSizes([2000, 3000] if beside else [2000, 2000])


def _shown(pair: Duplicate) -> PreviewRow:
    day = format_short(pair.left.start) if pair.left.start else ""
    names = dict.fromkeys((pair.left.title, pair.right.title))
    return PreviewRow((day, " ｜ ".join(names), pair.reason), ("text2", "text", "hint"))
