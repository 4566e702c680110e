"""The cards of 首页 that are more than a line of words: what is due, reminders, the month in figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from models.overview import minutes_for, to_dos
from models.periods import Period
from ui import theme
from ui.widgets.base import announce
from ui.widgets.buttons import Button, button, link
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import FlowLayout, clear, column, row, scale

if TYPE_CHECKING:
    from models.checks import CheckResult
    from models.overview import ToDo
    from models.overview_query import Sums

SHORT = 8  # characters of an aside that never need more room than they have
SHOWN = 3  # records that the first card names; the rest is behind 查看


def rule(kind: str = "soft") -> QFrame:
    """A line between two rows of a card."""
    line = QFrame()
    line.setProperty("rule", kind)
    return line


class DueCard(Card):
    """The answer first (“还需填 2 项，约 1 分钟”), then what is missing, each with the way there."""

    wanted = Signal(object)  # the Finding to go to
    check_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("本期报送")
        self.period_label = TextLabel(role="section")
        self.deadline = Chip("draft", "截止", "time")
        self.deadline.hide()
        self.answer = TextLabel("正在检查……", "figure")
        self.made_of = TextLabel("", "hint")
        words = FlowLayout(spacing=16, line_spacing=0)
        for each in (self.answer, self.made_of):
            words.addWidget(each)
        self.rows = column(spacing=0)
        self.body.addLayout(row(self.period_label, 4, self.deadline, None))
        self.body.addLayout(words)
        self.body.addLayout(self.rows)
        self.body.addStretch(1)

    def show_period(self, period: Period, days_left: int | None) -> None:
        """Which period the card speaks of, and how many days are left until the notice's deadline."""
        self.period_label.setText(f"{period.label}（{period.short_range}）")
        self.deadline.setVisible(days_left is not None)
        if days_left is not None:
            words = f"还有 {days_left} 天截止" if days_left > 0 else "今天截止" if days_left == 0 else "已过截止日"
            self.deadline.set_state("draft", words, "time")

    def show_result(self, result: "CheckResult", cases: int) -> None:
        """Say what is missing, and show the first of it."""
        missing = to_dos(result)
        fields = len(result.hard)
        nothing = result.records == 0
        if nothing:
            self.answer.setText("本期还没有登记活动")
        elif fields:
            self.answer.setText(f"还需填 {fields} 项，约 {minutes_for(fields)} 分钟")
        else:
            self.answer.setText("该填的都填好了")
        made_of = f"{result.records - cases} 条活动" + (f"、{cases} 篇案例" if cases else "")
        self.made_of.setText("登记后，各种报表自动生成。" if nothing else f"本期已有 {made_of}，报表由此自动生成")
        self.made_of.setMinimumHeight(self.answer.sizeHint().height())  # in the middle beside the large words
        announce(self, f"本期报送：{self.answer.text()}")
        clear(self.rows)
        for each in [] if nothing else missing[:SHOWN]:
            self._add(rule())
            self._add(self._row(each))
        rest = 0 if nothing else max(0, len(missing) - SHOWN)
        soft = sum(1 for finding in result.soft if finding.open)
        if rest:
            hints = f"，{soft} 条提示" if soft else ""
            self._add(rule())
            self._add(self._line("error-warning-fill", "error", f"另有 {rest} 条记录要补填{hints}", "", "查看"))
        elif soft:
            self._add(rule())
            words = f"另有 {soft} 条提示，可改，也可写一句说明后照报"
            self._add(self._line("alert-fill", "warn", words, "不影响报送", "查看"))

    def _row(self, each: "ToDo") -> QWidget:
        more = f"（另有 {each.more} 处）" if each.more else ""
        lacking = each.finding.message.split("。")[0] + more
        made, go = self._parts("error-warning-fill", "error", each.finding.title, lacking, "去填写")
        go.setAccessibleName(f"去填写：{each.finding.title}，{each.finding.message}")
        go.clicked.connect(lambda: self.wanted.emit(each.finding))
        return made

    def _line(self, icon: str, tone: str, words: str, aside: str, act: str) -> QWidget:
        made, go = self._parts(icon, tone, words, aside, act)
        go.setAccessibleName(f"{act}：{words}")
        go.clicked.connect(self.check_wanted)
        return made

    def _parts(self, icon: str, tone: str, words: str, aside: str, act: str) -> tuple[QWidget, Button]:
        made = QWidget()
        go = button(act, small=True)
        title, hint = ElidedLabel(words), ElidedLabel(aside, "hint")
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        line = row(IconLabel(icon, tone), title, hint, go, margins=(0, 6), spacing=12, parent=made)
        line.setStretch(1, 1)
        if len(aside) > SHORT:  # otherwise the words may have all the room there is
            line.setStretch(2, 1)
        return made, go

    def _add(self, widget: QWidget) -> None:
        self.rows.addWidget(widget)
        widget.show()


class FigureTile(QWidget):
    """A figure with its name above and its unit behind."""

    def __init__(self, name: str, unit: str) -> None:
        super().__init__()
        self._name, self._unit = name, unit
        self.figure = TextLabel("0", "figure")
        number = row(self.figure, TextLabel(unit, "hint"), None, spacing=4)
        column(rule(), 4, TextLabel(name, "hint"), number, spacing=2, parent=self)

    def show_figure(self, number: int) -> None:
        """Show another number."""
        self.figure.setText(str(number))
        self.setAccessibleName(f"{self._name} {number} {self._unit}")


class MonthCard(Card):
    """本月一览: four figures."""

    def __init__(self) -> None:
        self.calendar = link("打开日历")
        super().__init__("本月一览", self.calendar)
        self.tiles = {
            "done": FigureTile("已完成活动", "项"),
            "planned": FigureTile("计划中", "项"),
            "people_offline": FigureTile("线下参加", "人次"),
            "people_online": FigureTile("线上参与", "人次"),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(24))
        for index, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, index // 2, index % 2)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def show_sums(self, sums: "Sums") -> None:
        """Show the figures of the month."""
        for name, tile in self.tiles.items():
            tile.show_figure(getattr(sums, name))


class LineCard(Card):
    """A card at the foot of the page: icon, a bold line, one or two lines, one action."""

    triggered = Signal()

    def __init__(self, icon: str, tone: str, title: str, action: str) -> None:
        super().__init__(dense=True)
        scale(self.body, (24, 12), 8)
        self._icon = IconLabel(icon, tone, 30)
        self.headline = TextLabel(title, "strong")
        self.lines = WrapLabel("", "hint")
        self.action = button(action, small=True)
        self.action.clicked.connect(self.triggered)
        words = column(None, self.headline, self.lines, None, spacing=2)
        line = row(self._icon, words, self.action, spacing=16)
        line.setStretch(1, 1)
        self.body.addLayout(line)

    def show_lines(self, headline: str, *lines: str, icon: str = "", tone: str = "") -> None:
        """Say something else; an icon and its tone may follow the state."""
        self.headline.setText(headline)
        self.lines.setText("\n".join(lines))
        if icon:
            self._icon.set_icon(icon, tone)
        self.setAccessibleName("，".join((headline, *lines)))


def card_names(cards: Sequence[QWidget]) -> str:
    """What a screen reader hears of a page of cards."""
    return "；".join(card.accessibleName() for card in cards if card.accessibleName())
