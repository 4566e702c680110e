"""查找替换 (Ctrl+H): every place with what stands around it, ticked ones replaced as one step."""

from PySide6.QtCore import Qt, QTimer

from models import find_replace
from models.activity_query import ActivityQuery
from models.field_texts import TEXT_FIELDS
from models.fields import activity_field
from models.find_replace import MOST_HITS, Found, Hit
from ui import operations, workers
from ui.context import Context
from ui.pages.bulk_frame import PreviewRow, PreviewTable, ToolPage
from ui.widgets.buttons import button
from ui.widgets.choices import RadioGroup, TickGroup
from ui.widgets.edits import Edit
from ui.widgets.form import FieldForm
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import row

HEADS = ("", "活动名称", "在哪一项", "原文", "替换后")
CHARS = (2, 12, 6, 18, 0)
LISTED, ALL = "listed", "all"


class FindReplacePage(ToolPage):
    """Looks through the list that was in front, or the whole ledger."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "查找替换", "替换", "edit-box")
        self._query = ActivityQuery()
        self._job: workers.Job | None = None
        self.found = Found(())
        self._searched = ""
        self.what, self.by = Edit(placeholder="不分大小写"), Edit(placeholder="留空就是把找到的文字删去")
        self.where = RadioGroup([(LISTED, "列表里的活动"), (ALL, "全部活动")])
        self.where.set_value(LISTED)
        self.fields = TickGroup([(name, activity_field(name).label) for name in TEXT_FIELDS])
        self.fields.set_value(TEXT_FIELDS)
        self.fields_button = button("", "arrow-down-s", small=True)
        self.fields_button.clicked.connect(self._toggle_fields)
        form = FieldForm(spacing=8)
        form.add("what", "查找", self.what)
        form.add("by", "替换为", self.by)
        form.add("where", "范围", self.where)
        self._fields_row = form.add("fields", "查哪些项", self.fields)
        self.form = form
        self.table = PreviewTable("找到的地方，空格键勾选")
        self.tick_all, self.tick_none = button("全部勾选", small=True), button("全部不选", small=True)
        self.tick_all.clicked.connect(lambda: self._tick(on=True))
        self.tick_none.clicked.connect(lambda: self._tick(on=False))
        self.note = TextLabel(role="hint")
        self.middle.addWidget(form)
        self.middle.addLayout(row(self.fields_button, None, self.note, self.tick_all, self.tick_none))
        self.middle.addWidget(self.table, 1)
        self._due = QTimer(self, singleShot=True, interval=200)
        self._due.timeout.connect(self.search)
        for signal in (self.what.textChanged, self.where.value_changed, self.fields.value_changed):
            signal.connect(self._due.start)
        self.by.textChanged.connect(lambda _text: self._show(keep_ticks=True))
        self.fields.value_changed.connect(lambda _names: self._show_fields())
        self.table.preview.ticks_changed.connect(self._sum_up)
        context.changed.connect(self._follow)
        self._fields_row.hide()
        self._show_fields()
        self._show()

    def begin(self, query: ActivityQuery, count: str) -> None:
        """Come to the front over a list; `count` says how long it is."""
        self._query = query
        self.subtitle.setText(count)
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)
        self.what.selectAll()
        self.search()

    def search(self) -> None:
        """Look for the text, in a worker."""
        self._due.stop()
        if self._job:
            self._job.cancel()
            self._job = None
        self._searched = text = self.what.text()
        names = tuple(self.fields.value())
        if not text or not names:
            self._take(Found(()))
            return
        ledger, query = self.context.ledger, self._query if self.where.value() == LISTED else ActivityQuery()

        def work(job: workers.Job) -> Found:
            with ledger.reader() as reader:
                return find_replace.find(reader, text, names, query, lambda: not job.cancelled)

        self._job = workers.start(work, self._take, self._fail)

    def act(self) -> None:
        """Replace the ticked places."""
        hits = [self.found.hits[place] for place in self.table.preview.ticked()]
        text, by, clerk = self._searched, self.by.text(), self.context.clerk()
        if not hits or text != self.what.text():
            self.search()
            return
        if operations.run(self.context, lambda: find_replace.apply(self.context.ledger, hits, text, by, clerk), str):
            self.closed.emit()

    def leave(self) -> None:
        if self._job:
            self._job.cancel()
        super().leave()

    def _take(self, found: Found) -> None:
        self._job = None
        self.found = found
        self._show()

    def _fail(self, error: Exception) -> None:
        self._job = None
        self.context.went_wrong.emit(str(error))

    def _show(self, *, keep_ticks: bool = False) -> None:
        by = self.by.text()
        ticks = [bool(line.ticked) for line in self.table.preview.lines] if keep_ticks else [True] * self._count()
        lines = [_shown(hit, by, ticked=ticked) for hit, ticked in zip(self.found.hits, ticks, strict=True)]
        self.table.show_lines(HEADS, lines, CHARS)
        self.note.setText(f"只列出前 {MOST_HITS} 处，替换后可再找一次" if self.found.more else "")
        for each in (self.tick_all, self.tick_none):
            each.setEnabled(bool(lines))
        self._sum_up()

    def _count(self) -> int:
        return len(self.found.hits)

    def _sum_up(self) -> None:
        places = self.table.preview.ticked()
        records = len({self.found.hits[place].activity.uid for place in places})
        if not self.what.text():
            summary = "请填要查找的文字"
        elif not self.found.hits:
            summary = "没有找到"
        else:
            summary = f"找到 {self._count()} 处，将替换 {len(places)} 处，在 {records} 条活动里"
        possible = bool(places) and self.by.text() != self.what.text()
        self.say(summary, f"替换 {len(places)} 处" if places else "替换", possible=possible)

    def _tick(self, *, on: bool) -> None:
        self.table.preview.tick(range(self._count()), on)

    def _toggle_fields(self) -> None:
        self._fields_row.setVisible(self._fields_row.isHidden())
        self._show_fields()

    def _show_fields(self) -> None:
        chosen = len(self.fields.value())
        self.fields_button.setText(f"查找 {chosen} 项文字" if chosen < len(TEXT_FIELDS) else "查找全部文字项")
        self.fields_button.set_icon("arrow-down-s" if self._fields_row.isHidden() else "arrow-up-s")

    def _follow(self) -> None:
        if self.isVisible():
            self._due.start()


def _shown(hit: Hit, by: str, *, ticked: bool) -> PreviewRow:
    new = hit.context(find_replace.replaced_text(hit, by))
    name, label = hit.activity.title or hit.activity.number, activity_field(hit.field).label
    cells = ("", name, label, hit.context(hit.found), new)
    return PreviewRow(cells, ("text", "text", "hint", "text2", "text"), ticked)
