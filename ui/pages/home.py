"""首页: what is due and missing, the month, the plans, the year, and whether the data is safe."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from models.overview import due_period
from ui import theme, workers
from ui.backup_keeper import keeper_of
from ui.context import Context, Place
from ui.pages.home_cards import DueCard, LineCard, MonthCard, card_names
from ui.pages.home_places import THREE_FROM, TWO_FROM, columns_for, place_cards
from ui.pages.home_reminders import RemindersCard
from ui.pages.home_submission import SubmissionCard
from ui.widgets.bar_chart import BarList, ColumnChart, ColumnValue
from ui.widgets.buttons import FULL, NO_SHORTCUT, button
from ui.widgets.cards import Card
from ui.widgets.frames import Bar
from ui.widgets.keyboard import give_back, keyboard_in, tab_through
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import clear, column, row

if TYPE_CHECKING:
    from models.checks import Finding
    from models.overview import ClauseLine, YearOverview
    from ui.pages.home_data import HomeData
    from ui.widgets.buttons import Button

DRAFTS_SHOWN = 3
FOLLOW_AFTER = 300  # milliseconds after the last change
WEEKDAYS = "一二三四五六日"


class HomePage(QWidget):
    """The first page. Cards are there at once; what they say is read in the background and follows the ledger."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setAccessibleName("首页")
        self.data: HomeData | None = None
        self._turn = 0
        self._columns = 0
        self._stale = True
        self._follow = QTimer(self, singleShot=True, interval=FOLLOW_AFTER)
        self._follow.timeout.connect(self.refresh)
        self._build_cards()
        self._lay_out()
        self._connect()

    def show_place(self, _place: Place, came_from: str = "") -> None:
        """The page has nothing further to lead to."""

    def refresh(self) -> None:
        """Read everything anew in the background; what is shown stays until then."""
        self._follow.stop()
        self._stale = False
        self._turn += 1
        self._show_drafts()
        turn, context, today = self._turn, self.context, self.today()

        def read(_job: workers.Job) -> "HomeData":
            from ui.pages.home_data import read_home  # brings the rules with it

            return read_home(context.ledger, context.notice, today)

        workers.start(read, lambda data: self._take(turn, data), self._miss)

    def today(self) -> date:
        """The day on which the clerk works."""
        return self.context.clock().date()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._stale:  # the cards come first, then what they say
            self._stale = False
            QTimer.singleShot(0, self.refresh)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._follow.isActive():  # it reads anew when it is painted again; a closed window has no ledger to read
            self._follow.stop()
            self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # ─── what was read ───

    def _take(self, turn: int, data: "HomeData") -> None:
        if turn != self._turn:
            return
        self.data = data
        self.day_label.setText(self._day_words(data.lunar))
        self._show_due(data)
        self._show_year(data.year)
        self._show_coverage(data.coverage)
        self._show_backup(data)
        self.submission.show_last(data.submission)
        self.setAccessibleDescription(card_names(self.cards))

    def _show_due(self, data: "HomeData") -> None:
        """The two cards whose lines are made anew; Tab goes through them as they are read."""
        today, deadline = self.today(), self.context.notice.deadline
        self.due.show_period(due_period(today), (deadline - today).days if deadline else None)
        lists = ((self.due, self.new_button), (self.reminders, self.reminders.whole))
        held = [keyboard_in(card.rows, card) for card, _ in lists]
        self.due.show_result(data.check, data.due_cases)
        self.reminders.show_entries(data.overdue, data.upcoming)
        for (card, before), kept in zip(lists, held, strict=True):
            tab_through(before, card.rows, card)
            give_back(kept, card.rows, card, before)
        tab_through(self.new_button, self.drafts, self)

    def _show_drafts(self) -> None:
        """What was typed and never saved comes before everything else."""
        from models.drafts import list_drafts
        from ui.pages.home_drafts import draft_strip

        clear(self.drafts)
        for draft in list_drafts(self.context.ledger)[:DRAFTS_SHOWN]:
            strip = draft_strip(draft, self.context.go_to.emit)
            if strip is not None:
                self.drafts.addWidget(strip)
                strip.show()

    def _miss(self, error: Exception) -> None:
        from models.errors import UserError

        if not isinstance(error, UserError):
            raise error
        self.context.went_wrong.emit(error.message)

    def _day_words(self, lunar: str) -> str:
        day = self.today()
        words = f"{day.year}年{day.month}月{day.day}日 星期{WEEKDAYS[day.weekday()]}"
        return f"{words}　农历{lunar}" if lunar else words

    def _show_year(self, overview: "YearOverview") -> None:
        this_month = self.today().month
        self.month.title.setText(f"本月一览　{this_month}月")
        self.month.show_sums(overview.this_month)
        self.trend.show_values(
            [
                ColumnValue(str(number), each.people_offline, each.people_online, number == this_month)
                for number, each in enumerate(overview.months, 1)
            ]
        )
        forms = [(form.brief, overview.forms.get(form.code, 0)) for form in self.context.notice.forms]
        others = overview.whole.done - sum(number for _form, number in forms)
        if others:  # entered under another notice, or without an answer yet
            forms.append(("未填或别的通知", others))
        self.kinds.show_values(forms)
        self.kinds_total.setText(f"共 {overview.whole.done} 项")
        whole = overview.whole
        first = f"活动 {whole.done} 项，{whole.sessions} 场，{whole.people} 人次"
        second = "，".join(
            words
            for words, number in (
                (f"案例 {overview.cases} 篇", overview.cases),
                (f"作品、报道 {overview.works} 件", overview.works),
            )
            if number
        )
        self.total.show_lines(f"{overview.year}年累计", first, *([second] if second else []))

    def _show_coverage(self, lines: "list[ClauseLine]") -> None:
        own = [line for line in lines if line.level == "G"]
        held = sum(1 for line in own if line.count)
        words = f"基层能做的 {len(own)} 项，今年做了 {held} 项"
        self.coverage.show_lines("条文对照", words, "只给自己看，不上报")

    def _show_backup(self, data: "HomeData") -> None:
        if data.backup is None:
            self.backup.show_lines("还没有备份", "关闭程序时会自动备份", icon="alert-fill", tone="warn")
        else:
            headline, when, path = data.backup
            self.backup.show_lines(headline, when, str(Path(path).parent), icon="shield-check", tone="ok")

    # ─── wiring ───

    def _connect(self) -> None:
        context = self.context
        for signal in (context.changed, context.drafts_changed):
            signal.connect(self._after_change)
        theme.changed.connect(self._arrange)
        keeper_of(context).over.connect(self._after_change)
        self.due.wanted.connect(self._go_to_finding)
        self.due.check_wanted.connect(self._check)
        self.month.calendar.clicked.connect(lambda: self._go("calendar"))
        self.reminders.place_wanted.connect(context.go_to)
        self.backup.triggered.connect(lambda: self._go("settings", field="backup"))
        self.coverage.triggered.connect(lambda: self._go("clauses"))
        self.total.triggered.connect(lambda: self._go("reports"))
        self.submission.place_wanted.connect(context.go_to)

    def _after_change(self) -> None:
        if self.isVisible():
            self._follow.start()
        else:
            self._stale = True

    def _go(self, page: str, **where: str) -> None:
        self.context.go_to.emit(Place(page, **where))

    def _go_to_finding(self, finding: "Finding") -> None:
        from ui.pages.check_panel_place import place_of

        self.context.go_to.emit(place_of(finding))

    def _check(self) -> None:
        self.context.set_period(due_period(self.today()))
        self._go("checks")

    # ─── building ───

    def _build_cards(self) -> None:
        self.due = DueCard()
        today, deadline = self.today(), self.context.notice.deadline
        self.due.show_period(due_period(today), (deadline - today).days if deadline else None)
        self.reminders = RemindersCard(self.context)
        self.month = MonthCard()
        self.trend = ColumnChart("各月人次", "线下", "线上")
        trend_card = Card("各月人次", _legend())
        trend_card.body.addWidget(self.trend, 1)
        self.kinds = BarList("本年活动分类")
        self.kinds_total = TextLabel(role="hint")
        kinds_card = Card("本年活动分类", self.kinds_total)
        kinds_card.body.addWidget(self.kinds, 1)
        self.backup = LineCard("shield-check", "ok", "备份", "备份设置")
        self.coverage = LineCard("book-open", "info", "条文对照", "查看")
        self.total = LineCard("database-2", "text2", "本年累计", "看报表")
        self.submission = SubmissionCard()
        self.cards: list[Card] = [
            self.due,
            self.reminders,
            self.month,
            trend_card,
            kinds_card,
            self.backup,
            self.submission,
            self.total,
            self.coverage,
        ]

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("clear", "true")
        self.drafts = column(spacing=8)
        self.grid = QGridLayout()
        self.grid.setSpacing(16)
        whole = column(margins=(24, 16), parent=inside)
        whole.addLayout(self.drafts)
        whole.addLayout(self.grid)
        whole.addStretch(1)
        self.area = QScrollArea()
        self.area.setAccessibleName("首页内容")
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows what has the keyboard
        self.area.setWidget(inside)
        outer = column(self._build_header(), spacing=0, parent=self)
        outer.addWidget(self.area, 1)

    def _build_header(self) -> QWidget:
        header = Bar("header")
        self.day_label = TextLabel(self._day_words(""), role="hint")
        go = self.context.go_to.emit
        self.check_button = button("逻辑检查", "shield-check", shortcut_text="F9")
        self.check_button.clicked.connect(self._check)
        self.submit_button = button("生成报送", "mail-send")
        self.submit_button.clicked.connect(lambda: self._go("submit", action="new"))
        self.case_button = button("新建案例", "lightbulb")
        self.case_button.clicked.connect(lambda: go(Place("cases", action="new")))
        self.new_button = button("新建活动", "add", "primary", "Ctrl+N")
        self.new_button.clicked.connect(lambda: go(Place("activities", action="new")))
        self.buttons: list[Button] = [self.check_button, self.submit_button, self.case_button, self.new_button]
        row(TextLabel("首页", "title"), 8, self.day_label, None, *self.buttons, margins=(24, 0), parent=header)
        return header

    def _arrange(self) -> None:
        """As many columns as the width has room for; first what is due, last what is only good to know."""
        room = self.width() / theme.current().scale
        columns = columns_for(room)
        for each in self.buttons:
            each.set_brevity(FULL if room >= THREE_FROM else NO_SHORTCUT)
        for quick, from_width in ((self.submit_button, 700), (self.case_button, 900)):
            quick.setVisible(room >= from_width)
        self.day_label.setVisible(room >= TWO_FROM)
        if columns != self._columns:
            self._columns = columns
            place_cards(self.grid, self.cards, columns)


def _legend() -> QWidget:
    from ui.pages.home_legend import Legend

    return Legend((("chart", "线下"), ("chart2", "线上")))
