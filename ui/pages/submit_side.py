"""The pane beside the steps: what goes into the submission, and how it compares with the last one of its kind."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from models.reports.table3 import size_text
from ui import theme
from ui.pages.report_forms import Form
from ui.pages.submit_look import Look
from ui.pages.submit_state import Wish
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row

ICONS = {"表2": "file-list-3", "表3": "lightbulb", "表10": "file-text"}
NOTE = "检查只看填得对不对、全不全，不打分，不排名。"
NO_EARLIER = "还没有报过同类的报送期。"


class SummarySide(QWidget):
    """Follows what is ticked, at once."""

    def __init__(self, forms: "dict[str, Form]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = forms
        self.lines: dict[str, str] = {}  # what is shown, by what it is about
        self._list = column(spacing=0)
        self.before, self.now = WrapLabel(role="note"), WrapLabel(role="note")
        note = Card(dense=True)
        note.body.addLayout(_with_icon("information", WrapLabel(NOTE, "note"), "info"))
        whole = column(TextLabel("将报送的内容", "section"), margins=(20, 16), spacing=6, parent=self)
        whole.addLayout(self._list)
        whole.addSpacing(theme.px(10))
        for part in (TextLabel("与上次同类报送比", "section"), self.before, self.now):
            whole.addWidget(part)
        whole.addStretch(1)
        whole.addSpacing(theme.px(10))
        whole.addWidget(note)

    def show_look(self, look: Look, wish: Wish) -> None:
        """Say what goes along as things are ticked now."""
        sent = look.sent(wish)
        lines: list[tuple[str, str, str]] = []
        for code in wish.forms:
            form = self._forms[code]
            name = f"{form.code} {form.name.removesuffix('（回执）').replace('报送表', '')}"
            amount = look.amounts.get(code)
            words = f"{amount.count} {form.unit}" if amount and form.unit and amount.count else "自动"
            if code == "表3":
                words = f"{len(sent)} 篇" if sent else "没有"
            elif code == "表4":
                listed = sum(wish.is_sent(line.case) for line in look.cases)
                words = f"{listed} {form.unit}" if listed else "本期无记录"
            elif code != "表10" and amount is not None and not amount.has:
                words = "本期无记录"
            lines.append((ICONS.get(code, "file-chart"), name, words))
        photos = sum(line.photos for line in sent) if wish.with_photos else 0
        if photos:
            lines.append(("image", "照片", f"{photos} 张 · {size_text(sum(line.photo_bytes for line in sent))}"))
        lines.append(("scales-3", "预计大小", f"约 {size_text(look.bytes(wish))}"))
        self._show_lines(lines)
        people = "" if look.earlier is None or look.earlier.people < 0 else f"，{look.earlier.people} 人次"
        earlier = look.earlier
        self.before.setText(f"{earlier.period.label}：{earlier.activities} 条{people}" if earlier else NO_EARLIER)
        self.now.setText(f"本期：{look.sums.done} 条，{look.sums.people} 人次")

    def _show_lines(self, lines: list[tuple[str, str, str]]) -> None:
        if list(self.lines.items()) == [(name, words) for _icon, name, words in lines]:
            return
        self.lines = {name: words for _icon, name, words in lines}
        clear(self._list)
        for icon, name, words in lines:
            self._list.addWidget(_rule())
            amount = TextLabel(words, "hint")
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            line = row(IconLabel(icon), margins=(0, 7), spacing=8)
            line.addWidget(WrapLabel(name), 1)
            line.addWidget(amount)
            self._list.addLayout(line)
        self._list.addWidget(_rule())


def _with_icon(icon: str, words: QWidget, tone: str) -> QHBoxLayout:
    line = row(spacing=8)
    line.addWidget(IconLabel(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(words, 1)
    return line


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("rule", "soft")
    return rule
