"""The card with the five answers that are required."""

from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.fields import activity_field
from ui.pages.activity_form_section import Desk, FormSection, LineWords, LinkWords, chain
from ui.widgets.buttons import Button, button, link
from ui.widgets.form import Inline
from ui.widgets.layouts import FlowLayout, clear

PEOPLE_HINT = "至少填一项，浏览量不算人次"
NO_FORM_YET = "选好活动形式后，这里有几个可套用的名称"


class RequiredSection(FormSection):
    """Title, dates, form, focus and people, in the order in which a clerk thinks of them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._spare: list[LineWords] = []  # hints that a narrow window goes without
        self.add_field("title")
        self.suggestions = Suggestions()
        self.suggestions.chosen.connect(self._take_suggestion)
        self.add("_suggestions", "", self.suggestions)
        self._add_dates()
        self.add_field("form")
        self.add_field("form_other")
        self.add_field("focus")
        self._add_people()

    def refresh(self, names: object = None) -> None:
        super().refresh(names)  # pyright: ignore[reportArgumentType]
        form = self.desk.context.notice.form(self.desk.state.value("form"))
        if self.suggestions.offer(form.suggestions if form else ()):
            chain(self.editor("title").widget, *self.suggestions.links)

    def set_narrow(self, narrow: bool) -> None:
        super().set_narrow(narrow)
        for words in self._spare:
            words.setVisible(not narrow)

    def _add_dates(self) -> None:
        start, end = self.make("start"), self.make("end")
        self.today = button("今天", kind="flat", small=True)
        self.yesterday = button("昨天", kind="flat", small=True)
        self.today.clicked.connect(lambda: self._set_day(0))
        self.yesterday.clicked.connect(lambda: self._set_day(-1))
        hint = self._spare_words(activity_field("start").hint)
        to = LineWords("至", "hint")
        line = Inline([start.widget], [to, end.widget, self.today, self.yesterday], [hint], spacing=8)
        self.place("dates", start.spec.label, ("start", "end"), line)

    def _add_people(self) -> None:
        offline, online = self.make("people_offline"), self.make("people_online")
        unit = offline.spec.unit
        line = Inline(
            [LineWords("线下"), offline.widget, LineWords(unit, "hint")],
            [LineWords("线上"), online.widget, LineWords(unit, "hint")],
            [self._spare_words(PEOPLE_HINT)],
        )
        self.place("people", "参加人次", ("people_offline", "people_online"), line)

    def _spare_words(self, text: str) -> LineWords:
        """Words that a narrow window goes without."""
        self._spare.append(LineWords(text, "hint"))
        return self._spare[-1]

    def _set_day(self, offset: int) -> None:
        self.desk.state.set("start", self.desk.state.today + timedelta(days=offset))
        self.editor("start").show_value(self.desk.state.value("start"))

    def _take_suggestion(self, title: str) -> None:
        self.desk.state.set("title", title)
        self.focus_name("title")


class Suggestions(QWidget):
    """Names that fit the chosen form, one click each."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._flow = FlowLayout(self, spacing=12, line_spacing=0)
        self._offered: tuple[str, ...] | None = None
        self.links: list[Button] = []

    def offer(self, titles: tuple[str, ...]) -> bool:
        """Show these; False if they were shown already."""
        if titles == self._offered:
            return False
        self._offered = titles
        clear(self._flow)
        self._add(LinkWords("可套用" if titles else NO_FORM_YET, "hint"))
        self.links = [link(title) for title in titles]
        for title, button_ in zip(titles, self.links, strict=True):
            button_.setAccessibleName(f"套用名称：{title}")
            button_.clicked.connect(lambda _on=False, title=title: self.chosen.emit(title))
            self._add(button_)
        return True

    def _add(self, widget: QWidget) -> None:
        self._flow.addWidget(widget)
        widget.show()  # at once, so that it has its place and Tab finds it
