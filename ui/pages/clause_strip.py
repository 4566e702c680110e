"""条文对照: what the notice says about the field that has the keyboard, and how a clerk decides by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from models.fields import Kind, activity_field
from models.notice import Clause, Notice
from ui import fonts, theme
from ui.widgets.base import paint_frame
from ui.widgets.buttons import icon_button, link
from ui.widgets.frames import Bar
from ui.widgets.labels import IconLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row

WIDTH = 304
_CHOOSING = (Kind.CHOICE, Kind.MULTI, Kind.FLAG)


@dataclass(frozen=True, slots=True)
class Advice:
    """What the strip shows for one field. `quotes` are (words to stress at the beginning, text of the notice)."""

    heading: str
    quotes: tuple[tuple[str, str], ...] = ()
    source: str = ""
    how: str = ""
    guides: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def advice_for(name: str, answers: Mapping[str, Any], notice: Notice) -> Advice:
    """The clause of a field, made closer by what is chosen: the clause of the form, the sub-item, each focus."""
    spec = activity_field(name)
    general = notice.clause_for(name)
    closer = _closer(name, answers, notice)
    clauses = [clause for clause in (general, *(clause for _stress, clause, _hint in closer)) if clause]
    if not clauses:
        return Advice(spec.label)
    quotes = [_quote(stress, clause) for stress, clause, _hint in closer]
    if not closer and general:
        quotes = [("", general.text)]
    document = next(each for each in notice.documents if each.code == clauses[0].document)
    guides = [clauses[0].guide, *(hint for _stress, _clause, hint in closer if hint)]
    return Advice(
        spec.label,
        tuple(quotes),
        f"{document.number}　{clauses[0].heading}",
        "怎么选" if spec.kind in _CHOOSING else "怎么填",
        tuple(dict.fromkeys(guides)),
        tuple(clause.code for clause in clauses),
    )


def _closer(name: str, answers: Mapping[str, Any], notice: Notice) -> list[tuple[str, Clause, str]]:
    """(words to stress, clause, hint) for the choices that have clauses of their own."""
    if name == "focus":
        return [
            (focus.label, notice.clauses[focus.clause], "")
            for focus in notice.focuses
            if focus.clause in notice.clauses
        ]
    form = notice.form(answers["form"])
    if name == "form" and form and not form.other and form.clause in notice.clauses:
        clause = notice.clauses[form.clause]
        return [(form.label, clause, clause.guide)]
    item = notice.item(answers["item"])
    if name in ("item", "quantity") and item and item.clause in notice.clauses:
        return [(item.label, notice.clauses[item.clause], item.hint or notice.clauses[item.clause].guide)]
    return []


def _quote(stress: str, clause: Clause) -> tuple[str, str]:
    """The clause without repeating the words that are stressed; its first sentence is enough for the focuses."""
    if not clause.text.startswith(stress):
        return "", clause.text
    rest = clause.text[len(stress) :].lstrip("，。、")
    return stress, rest.split("。")[0] + "。" if "。" in rest else rest


class Quote(QWidget):
    """A paragraph of the notice with a bar at its left and its first words in bold."""

    BAR, GAP, SIZE, LINE = 3, 12, 14, 1.7

    def __init__(self, stress: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stress, self._text = stress, f"{stress}　{text}" if stress else text
        fonts.ensure_glyphs(self._text)
        self.setAccessibleName(self._text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        return self._text

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return int(self._laid_out(width)[1]) + 1

    def sizeHint(self) -> QSize:
        width = theme.px(WIDTH - 40)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(24))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, theme.px(self.BAR), self.height(), theme.color("info_line"))
        painter.setPen(theme.color("text2"))
        layout, _height = self._laid_out(self.width())
        layout.draw(painter, QPointF(theme.px(self.BAR + self.GAP), 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self._text.replace("\n", "\u2028"), theme.font(self.SIZE))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats([self._bold(len(self._stress))] if self._stress else [])
        line_height, top = theme.px(self.SIZE * self.LINE), 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(20, width - theme.px(self.BAR + self.GAP)))
            line.setPosition(QPointF(0, top + (line_height - line.height()) / 2))
            top += line_height
        layout.endLayout()
        return layout, top

    def _bold(self, length: int) -> QTextLayout.FormatRange:
        part = QTextLayout.FormatRange()
        part.start, part.length = 0, length
        words = QTextCharFormat()
        words.setFont(theme.font(self.SIZE, True))
        words.setForeground(theme.color("text"))
        part.format = words
        return part


class _Reader(QScrollArea):
    """The text, scrolled with the arrow keys while it has the keyboard."""

    focused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("条文对照")
        body = QWidget()
        body.setProperty("clear", True)
        self.setWidget(body)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()


class ClauseStrip(Bar):
    """The right pane of the form. `closed` asks the page to put it away (it then is a drawer over the form)."""

    closed = Signal()

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setAccessibleName("条文对照")
        self._notice = notice
        self._advice: Advice | None = None
        self._whole = False
        self.reader = _Reader(self)
        self.reader.focused.connect(self.update)
        self._text = column(margins=0, spacing=8, parent=self.reader.widget())
        self.key = TextLabel("F1", "tiny")
        self.close_button = icon_button("close", "收起条文对照", shortcut_text="Esc", small=True)
        self.close_button.clicked.connect(self.closed)
        self.all_link = link("打开通知全文", "book-open")
        self.all_link.clicked.connect(lambda: self.show_whole(not self._whole))
        head = row(IconLabel("book-open", "focus"), TextLabel("条文对照", "section"), None, self.key, self.close_button)
        column(head, self.reader, row(self.all_link, None), margins=(20, 14, 16, 10), spacing=12, parent=self)
        self.set_drawer(False)
        theme.changed.connect(self._fit)
        self._fit()

    def set_drawer(self, drawer: bool) -> None:
        """A drawer lies over the form and can be closed; otherwise the strip is part of the page."""
        self.close_button.setVisible(drawer)
        self.key.setVisible(not drawer)

    def show_field(self, name: str, answers: Mapping[str, Any]) -> None:
        """Quote the notice for the field `name`, given what is answered so far."""
        advice = advice_for(name, answers, self._notice)
        if advice != self._advice:
            self._advice = advice
            if not self._whole:
                self._rebuild()

    def show_whole(self, whole: bool) -> None:
        """All clauses of the notice in their order, or just the one of the field."""
        self._whole = whole
        self.all_link.setText("只看这一条" if whole else "打开通知全文")
        self._rebuild()

    def text(self) -> str:
        """Everything the strip says now, for tests and the screen reader."""
        return "\n".join(
            each.text()
            for each in self.reader.findChildren(QWidget)
            if isinstance(each, TextLabel | Quote) and not each.isHidden()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.reader.hasFocus():
            paint_frame(QPainter(self), self.rect().adjusted(1, 0, 0, 0), "focus")

    def _rebuild(self) -> None:
        clear(self._text)
        if self._whole:
            self._fill_whole()
        elif self._advice:
            self._fill_advice(self._advice)
        self._text.addStretch(1)
        self.reader.verticalScrollBar().setValue(0)

    def _fill_advice(self, advice: Advice) -> None:
        self._add(TextLabel(advice.heading, "strong"))
        for stress, text in advice.quotes:
            self._add(Quote(stress, text))
        if not advice.quotes:
            self._add(WrapLabel("通知没有专门讲这一项。", "note"))
            return
        self._add(WrapLabel(advice.source, "hint"))
        rule = QFrame()
        rule.setProperty("rule", "line")
        self._text.addSpacing(theme.px(8))
        self._add(rule)
        self._text.addSpacing(theme.px(8))
        self._add(TextLabel(advice.how, "strong"))
        for guide in advice.guides:
            self._add(WrapLabel(guide, "note"))

    def _fill_whole(self) -> None:
        shown: tuple[str, ...] = self._advice.codes if self._advice else ()
        document = heading = ""
        for clause in self._notice.clauses.values():
            if clause.document != document:
                document, heading = clause.document, ""
                self._add(
                    TextLabel(next(each.number for each in self._notice.documents if each.code == document), "section")
                )
            if clause.heading != heading:
                heading = clause.heading
                self._add(WrapLabel(heading, "strong"))
            self._add(Quote("", clause.text) if clause.code in shown else WrapLabel(clause.text, "note"))

    def _add(self, widget: QWidget) -> None:
        self._text.addWidget(widget)
        widget.show()  # at once, not when Qt next gets round to it

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
