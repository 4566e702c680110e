"""Several forms at once: which, as what, and where to; then they are written into one folder or sent to the printer."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from models.periods import Period
from ui import theme
from ui.pages.report_amounts import Amount
from ui.pages.report_forms import BLANK, FORMS, Form
from ui.widgets.base import announce
from ui.widgets.buttons import button, icon_button, link
from ui.widgets.cards import Card
from ui.widgets.choices import Tick
from ui.widgets.frames import Bar, Ground
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, column, row, scale

FORMATS = {"pdf": "PDF，每张表一个文件", "xlsx": "Excel，所有表放一个工作簿", "docx": "Word，案例和总结可再改"}
TWO_COLUMNS_FROM = 680  # width ÷ text scale
HOW = "日历和空白表只有 PDF，总结没有 Excel，Word 只有案例和总结。全部完成才出现在文件夹里，中途停止不留半截文件。"


class BatchPanel(Ground):
    """`export_wanted` and `print_wanted` ask for what is ticked."""

    export_wanted = Signal()
    print_wanted = Signal()
    folder_wanted = Signal()
    closed = Signal()

    def __init__(self, forms: Mapping[str, Form], parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self._forms = forms
        self._amounts: Mapping[str, Amount] = {}
        self._busy = False
        self._columns = 0
        self.period = TextLabel(role="hint")
        self.ticks = {key: Tick(_words(form)) for key, form in forms.items()}
        self._hints = {key: TextLabel(role="hint") for key in forms}
        self.formats = {format: Tick(words) for format, words in FORMATS.items()}
        for format in ("pdf", "xlsx"):
            self.formats[format].setChecked(True)
        self.folder = ElidedLabel(role="small")
        self.folder_button = button("换文件夹", "folder-open", small=True)
        self.reason = TextLabel(role="hint")
        self.print_button = button("打印所选", "printer")
        self.export_button = button("导出所选", "download-2", "primary")
        self.close_button = icon_button("close", "回到预览　Esc", small=True)
        self.all_link, self.usual_link, self.none_link = (link(words) for words in ("全选", "只选有记录的", "全不选"))
        self._lay_out()
        self._connect()
        self._arrange(2)
        self._judge()

    def begin(self, period: Period, amounts: Mapping[str, Amount], folder: Path | None) -> None:
        """Start with the forms of the period that have something in them."""
        self.show_period(period)
        self.show_folder(folder)
        self.show_amounts(amounts)
        self.tick_usual()
        announce(self, f"一次导出几张表，{period.label}")
        self.take_keyboard()

    def show_period(self, period: Period) -> None:
        """Name the period that the forms are filled for."""
        self.period.setText(f"{period.label}　{period.short_range}")

    def show_amounts(self, amounts: Mapping[str, Amount]) -> None:
        """Tell what there is for each form."""
        self._amounts = amounts
        for key, label in self._hints.items():
            words = amounts[key].hint(self._forms[key]) if key in amounts else ""
            label.setText(words)
            self.ticks[key].setAccessibleDescription(words)

    def show_folder(self, folder: Path | None) -> None:
        """Tell where the files will go."""
        self.folder.setText(str(folder) if folder else "导出时再选")

    def take_keyboard(self) -> None:
        """The keyboard is on the first form."""
        next(iter(self.ticks.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[Form, ...]:
        """The forms that are ticked, in the order of the list."""
        return tuple(self._forms[key] for key, tick in self.ticks.items() if tick.isChecked())

    def chosen_formats(self) -> tuple[str, ...]:
        """The formats that are ticked."""
        return tuple(format for format, tick in self.formats.items() if tick.isChecked())

    def tick_usual(self) -> None:
        """Tick the forms that have something in them; calendars and blank forms only when somebody wants them."""
        has = {key for key, amount in self._amounts.items() if amount.has}
        self._tick(key for key, form in self._forms.items() if form.section == FORMS and key in has)

    def set_busy(self, busy: bool) -> None:
        """While something is written or printed nothing else can be started."""
        self._busy = busy
        self._judge()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() / theme.current().scale >= TWO_COLUMNS_FROM else 1)

    def _tick(self, keys: Iterable[str]) -> None:
        wanted = set(keys)
        for key, tick in self.ticks.items():
            tick.setChecked(key in wanted)

    def _judge(self) -> None:
        forms, formats = bool(self.chosen()), bool(self.chosen_formats())
        self.print_button.setEnabled(forms and not self._busy)
        self.export_button.setEnabled(forms and formats and not self._busy)
        reason = "先勾要导出的表" if not forms else "" if formats else "先勾要做成的文件"
        self.reason.setText("" if self._busy else reason or f"已选 {len(self.chosen())} 张表")

    def _arrange(self, columns: int) -> None:
        """The forms in one column or two, each column read downwards."""
        if columns == self._columns:
            return
        self._columns = columns
        high = -(-len(self.ticks) // columns)
        for number, key in enumerate(self.ticks):
            across, down = number // high, number % high
            self._grid.addWidget(self.ticks[key], down, across * 3)
            self._grid.addWidget(self._hints[key], down, across * 3 + 1)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(2, theme.px(24) if columns > 1 else 0)
        self._grid.setColumnStretch(4, 1 if columns > 1 else 0)

    def _connect(self) -> None:
        for tick in (*self.ticks.values(), *self.formats.values()):
            tick.toggled.connect(self._judge)
        self.all_link.clicked.connect(lambda: self._tick(self.ticks))
        self.usual_link.clicked.connect(self.tick_usual)
        self.none_link.clicked.connect(lambda: self._tick(()))
        self.export_button.clicked.connect(self.export_wanted)
        self.print_button.clicked.connect(self.print_wanted)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.close_button.clicked.connect(self.closed)

    def _lay_out(self) -> None:
        which = Card(dense=True)
        head = row(TextLabel("要哪几张表", "strong"), self.period, None, spacing=12)
        links = FlowLayout(spacing=4, line_spacing=0)
        for each in (self.all_link, self.usual_link, self.none_link):
            links.addWidget(each)
        self._grid = scale(QGridLayout(), 0, 2)
        which.body.addLayout(head)
        which.body.addLayout(links)
        which.body.addLayout(self._grid)
        how = Card(dense=True)
        how.body.addWidget(TextLabel("做成什么", "strong"))
        formats = FlowLayout(spacing=16, line_spacing=2)
        for tick in self.formats.values():
            formats.addWidget(tick)
        how.body.addLayout(formats)
        where = row(TextLabel("放到", "hint"), spacing=8)
        where.addWidget(self.folder, 1)
        where.addWidget(self.folder_button)
        how.body.addLayout(where)
        how.body.addWidget(WrapLabel(HOW, "hint"))
        inside = QWidget()
        inside.setProperty("clear", True)
        inside.setLayout(column(which, how, None, margins=16, spacing=12))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        title = Bar("tools")
        title.setLayout(row(TextLabel("一次导出几张表", "strong"), None, self.close_button, margins=(16, 4)))
        footer = Bar("footer")
        footer.setLayout(row(None, self.reason, self.print_button, self.export_button, margins=(16, 0)))
        whole = column(title, spacing=0, parent=self)
        whole.addWidget(scroll, 1)
        whole.addWidget(footer)


def _words(form: Form) -> str:
    return f"空白{form.code} {form.name}" if form.section == BLANK else f"{form.code} {form.name}"
