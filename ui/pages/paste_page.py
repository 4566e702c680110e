"""粘贴表格 (Ctrl+V in the list): what each cell of a block from Excel or WPS becomes, before it is written."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from models import grid_paste
from models.activity import Activity
from models.errors import UserError
from models.field_texts import empty_of
from models.grid_paste import NEW, SKIP, UPDATE, Block, PastedCell, PastedRow
from models.grid_paste_columns import NUMBER, column_label, guess_columns, offered_columns
from models.periods import Period
from ui import operations, theme, workers
from ui.context import Context
from ui.pages.bulk_frame import PreviewRow, PreviewTable, ToolPage
from ui.widgets.base import put_next_in_tab_order
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import Tick
from ui.widgets.labels import ElidedLabel, TextLabel
from ui.widgets.layouts import FlowLayout, clear, column, row

FIRST = 3  # columns of the preview before those of the block: tick, result, note
NOWHERE = "none"
KIND_TONES = {NEW: "ok", UPDATE: "info", SKIP: "hint"}
MAPPING_HEIGHT = 132  # pixels at 100 % text


class PastePage(ToolPage):
    """A block, its columns, and the rows it makes. Nothing is written before the button at the foot."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "粘贴表格", "导入", "check")
        self._block: Block = []
        self._fields: list[str] = []
        self._job: workers.Job | None = None
        self.listed_period: Callable[[], Period | None] = lambda: None
        self.rows: list[PastedRow] = []
        self.boxes: list[ChoiceBox] = []
        self.head_tick = Tick("第一行是标题")
        self.head_tick.toggled.connect(lambda _on: self._plan())
        hint = TextLabel("每一列放到哪一项（双击或按 F2 可以改单元格里的字）", "hint")
        self._mapping = QWidget()
        self._flow = FlowLayout(self._mapping, spacing=16, line_spacing=8)
        self._mapping_area = QScrollArea()
        self._mapping_area.setWidget(self._mapping)
        self._mapping_area.setWidgetResizable(True)
        self._mapping_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._mapping_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table = PreviewTable("粘贴预览，空格键勾选，F2 改字")
        self.table.preview.edited = self._edit
        self.table.preview.editable = self._raw
        self.table.preview.ticks_changed.connect(self._sum_up)
        self.middle.addLayout(row(hint, None, self.head_tick))
        self.middle.addWidget(self._mapping_area)
        self.middle.addWidget(self.table, 1)
        theme.changed.connect(self._measure)

    def show_text(self, text: str) -> bool:
        """Take the text of the clipboard. False, and said why, when there is no block in it."""
        try:
            self._block = grid_paste.split_block(text)
        except UserError as error:
            self.context.went_wrong.emit(error.message)
            return False
        has_head, self._fields = guess_columns(self._block, self.context.clerk())
        self.head_tick.blockSignals(True)
        self.head_tick.setChecked(has_head)
        self.head_tick.blockSignals(False)
        self._show_mapping()
        self._plan()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def act(self) -> None:
        """Write the ticked rows."""
        rows, clerk = [self.rows[place] for place in self.table.preview.ticked()], self.context.clerk()
        unseen = self._unseen([row.activity for row in rows if row.activity])
        done = operations.run(
            self.context, lambda: grid_paste.commit(self.context.ledger, rows, clerk), lambda words: words + unseen
        )
        if done:
            self.closed.emit()
        else:
            self._plan()

    def _unseen(self, records: Sequence[Activity]) -> str:
        """Words about rows that the list will not show, because it is set to another stretch of time."""
        period = self.listed_period()
        if period is None:
            return ""
        outside = sum(each.start is None or not period.start <= each.start <= period.end for each in records)
        return f"，其中 {outside} 条不在{period.label}里，点“全部”能看到" if outside else ""

    def _plan(self) -> None:
        """Work out the rows, in a worker: thousands of cells take their time."""
        if self._job:
            self._job.cancel()
        ledger, clerk, fields = self.context.ledger, self.context.clerk(), list(self._fields)
        body = self._body()
        self.subtitle.setText(f"{len(body)} 行，{len(fields)} 列")
        self.say("正在读取…", "导入", possible=False)

        def work(_job: workers.Job) -> list[PastedRow]:
            with ledger.reader() as reader:
                return grid_paste.plan(reader, body, fields, clerk)

        self._job = workers.start(work, self._take, self._fail)

    def _take(self, rows: list[PastedRow]) -> None:
        self._job = None
        self.rows = rows
        heads = ("", "结果", "说明", *(column_label(name) or self._head(at) for at, name in enumerate(self._fields)))
        chars = (2, 4, 11, *(16 if name in ("title", "summary") else 8 for name in self._fields))
        self.table.show_lines(heads, [_shown(each) for each in rows], chars)
        self._sum_up()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.context.went_wrong.emit(str(error))

    def _sum_up(self) -> None:
        chosen = [self.rows[place] for place in self.table.preview.ticked()]
        made = sum(each.kind == NEW for each in chosen)
        unread = sum(each.problems for each in chosen)
        parts = [f"新增 {made} 条", f"修改 {len(chosen) - made} 条", f"不导入 {len(self.rows) - len(chosen)} 行"]
        if "title" not in self._fields and NUMBER not in self._fields:
            parts.insert(0, "还没有指定哪一列是活动名称")
        if unread:
            parts.append(f"{unread} 格看不懂，不填进去")
        self.say("，".join(parts), f"导入 {len(chosen)} 行" if chosen else "导入", possible=bool(chosen))

    def _edit(self, place: int, at: int, text: str) -> None:
        self._block[place + self.head_tick.isChecked()][at - FIRST] = text
        self._plan()

    def _raw(self, place: int, at: int) -> str | None:
        """The text of a cell of the block, None for the columns before it."""
        return self._body()[place][at - FIRST] if at >= FIRST and place < len(self._body()) else None

    def _body(self) -> Block:
        return self._block[1:] if self.head_tick.isChecked() else self._block

    def _head(self, at: int) -> str:
        head = self._block[0][at].strip() if self.head_tick.isChecked() else ""
        return head[:12] or f"第 {at + 1} 列"

    def _show_mapping(self) -> None:
        """One box for each column of the block."""
        clear(self._flow)
        self.boxes = []
        for at, name in enumerate(self._fields):
            box = ChoiceBox([(NOWHERE, "不导入"), *offered_columns()], chars=8)
            box.set_value(name or NOWHERE)
            box.setAccessibleName(f"{self._head(at)}，放到")
            box.value_changed.connect(lambda value, at=at: self._choose(at, value))
            self.boxes.append(box)
            label = ElidedLabel(self._head(at), "note", "hint")
            label.setMaximumWidth(theme.px(120))
            holder = QWidget()
            column(label, box, spacing=2, parent=holder)
            self._flow.addWidget(holder)
            holder.show()
        put_next_in_tab_order(self.head_tick, self.boxes)
        self._measure()
        QTimer.singleShot(0, self, self._measure)  # once the page is in front and as wide as it will be

    def _choose(self, at: int, value: str | None) -> None:
        """Send a column somewhere; the column that went there before goes nowhere."""
        wanted = "" if value in (None, NOWHERE) else str(value)
        for other, name in enumerate(self._fields):
            if wanted and name == wanted and other != at:
                self._fields[other] = ""
                self.boxes[other].blockSignals(True)
                self.boxes[other].set_value(NOWHERE)
                self.boxes[other].blockSignals(False)
        self._fields[at] = wanted
        self._plan()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        """As high as the boxes need, up to a limit: then they scroll."""
        wanted = self._flow.heightForWidth(self._mapping_area.viewport().width())
        self._mapping_area.setFixedHeight(
            min(wanted, theme.px(MAPPING_HEIGHT), max(theme.px(58), self.height() // 4)) + 2
        )


def _shown(line: PastedRow) -> PreviewRow:
    unread = next((f"{column_label(cell.field)}：{cell.problem}" for cell in line.cells if cell.problem), "")
    cells = ["", line.kind, line.note or unread, *(_cell_text(cell) for cell in line.cells)]
    tones = ["text", KIND_TONES[line.kind], "warn", *(_cell_tone(cell, line) for cell in line.cells)]
    tips = {at: f"{cell.problem}。原文：{cell.text}" for at, cell in enumerate(line.cells, FIRST) if cell.problem}
    return PreviewRow(cells, tones, line.wanted if line.activity else None, tips)


def _cell_text(cell: PastedCell) -> str:
    if cell.problem:
        return f"{cell.text.strip()[:20]}：{cell.problem}"
    return cell.shown if cell.field else cell.text


def _cell_tone(cell: PastedCell, line: PastedRow) -> str:
    if cell.problem:
        return "error"
    if not cell.field or line.activity is None:
        return "hint"
    if line.before and cell.field != NUMBER and cell.value != empty_of(cell.field):
        return "info" if getattr(line.before, cell.field) != cell.value else "text2"
    return "text"
