"""量化成效: up to eight lines of indicator, value and unit, each saying which activities it was added up from."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from models.activity import Activity
from models.case import Effect
from models.fields import case_field
from ui.pages.case_messages import FieldMessages
from ui.pages.case_state import CaseState
from ui.widgets.base import plain_menu_text, put_next_in_tab_order, restyle
from ui.widgets.buttons import icon_button, link
from ui.widgets.edits import Edit
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column, row

HINT = "数值来自关联活动，改了活动可再取一次。"


class EffectLine(QWidget):
    """One figure. `changed` carries nothing: read `effect`."""

    changed = Signal()
    removed = Signal()
    source_wanted = Signal(str)  # uid of an activity

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources: tuple[str, ...] = ()
        self.indicator = _box(f"第 {number} 个指标", "指标，如培育宣讲骨干")
        self.value = _box(f"第 {number} 个指标的数值", "数值")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.unit = _box(f"第 {number} 个指标的单位", "单位")
        self.source = link("")
        policy = self.source.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # values stand under each other whether or not they come from activities
        self.source.setSizePolicy(policy)
        self.source.clicked.connect(self._open_source)
        self._known: dict[str, Activity] = {}
        self.remove = icon_button("close", f"删除第 {number} 个指标", small=True)
        self.remove.clicked.connect(self.removed)
        first = row(spacing=4)
        first.addWidget(self.indicator, 1)
        first.addWidget(self.remove)
        second = row(spacing=4)
        second.addWidget(self.value, 3)
        second.addWidget(self.unit, 2)
        second.addWidget(self.source)
        column(first, second, spacing=4, parent=self)
        for each in (self.indicator, self.value, self.unit):
            each.textEdited.connect(lambda _text: self.changed.emit())

    def effect(self) -> Effect:
        """The figure as it stands in the boxes."""
        return Effect(self.indicator.text(), self.value.text().strip(), self.unit.text().strip(), self._sources)

    def stops(self) -> list[QWidget]:
        """What can have the keyboard, in the order of writing."""
        return [self.indicator, self.value, self.unit, self.source, self.remove]

    def show_effect(self, effect: Effect, known: dict[str, Activity]) -> None:
        """Put a figure into the boxes; a box that says the same already is left alone."""
        self._sources, self._known = effect.sources, known
        for box, text in ((self.indicator, effect.indicator), (self.value, effect.value), (self.unit, effect.unit)):
            if box.text().strip() != text:
                box.setText(text)
        self.source.setVisible(bool(effect.sources))
        self.source.setText(f"{len(effect.sources)} 项活动")
        names = "、".join(known[uid].title for uid in effect.sources if uid in known)
        self.source.setAccessibleName(f"{effect.indicator}取自 {len(effect.sources)} 项活动：{names}，打开")
        self.source.setToolTip("")

    def _open_source(self) -> None:
        """Open the activity the figure comes from, or ask which of several."""
        here = [self._known[uid] for uid in self._sources if uid in self._known]
        if len(here) == 1:
            self.source_wanted.emit(here[0].uid)
            return
        menu = QMenu(self)
        for activity in here:
            words = f"{activity.number}　{activity.title}".strip()
            act = menu.addAction(plain_menu_text(words))
            act.triggered.connect(lambda _on=False, uid=activity.uid: self.source_wanted.emit(uid))
        if not here:
            menu.addAction("这些活动已不在台账里").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.source.mapToGlobal(QPoint(0, self.source.height())))


class CaseEffects(QWidget):
    """The heading, the lines, and two ways to get more of them."""

    source_wanted = Signal(str)

    def __init__(self, state: CaseState, pull: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._known: dict[str, Activity] = {}
        self.lines: list[EffectLine] = []
        self.limit = case_field("effects").limit
        self.heading = TextLabel("量化成效", "section")
        self.pull_link = link("从活动取数")
        self.pull_link.clicked.connect(lambda _on=False: pull())
        self.add_link = link("添加一行", "add")
        self.add_link.clicked.connect(self.add_line)
        self._hint = WrapLabel(HINT, "hint")
        self._rows = column(spacing=10)
        self.messages = FieldMessages(self)
        column(
            row(self.heading, None, self.pull_link), self._rows, row(self.add_link, None), self.messages, self._hint,
            spacing=6, parent=self,
        )  # fmt: skip

    def refresh(self, known: dict[str, Activity]) -> None:
        """Show the figures of the state; `known` are the linked activities that are still there."""
        self._known = known
        effects = self._state.value("effects")
        while len(self.lines) > len(effects):
            line = self.lines.pop()
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        while len(self.lines) < len(effects):
            self._append()
        for line, effect in zip(self.lines, effects, strict=True):
            line.show_effect(effect, known)
        self.heading.setText(f"量化成效 {len(effects)}" if effects else "量化成效")
        self.pull_link.setEnabled(bool(known))
        self.add_link.setVisible(len(effects) < self.limit)
        self._hint.setVisible(any(effect.sources for effect in effects))
        self.take_tab_order()

    def take_tab_order(self) -> None:
        """Lines are made late: have Tab go through them where they stand."""
        put_next_in_tab_order(self.pull_link, [stop for line in self.lines for stop in line.stops()])

    def add_line(self) -> None:
        """An empty line, with the keyboard in it."""
        self._state.set("effects", (*self._state.value("effects"), Effect()))
        self.lines[-1].indicator.setFocus(Qt.FocusReason.OtherFocusReason)

    def _append(self) -> None:
        line = EffectLine(len(self.lines) + 1)
        line.changed.connect(self._typed)
        line.removed.connect(lambda line=line: self._remove(line))
        line.source_wanted.connect(self.source_wanted)
        self.lines.append(line)
        self._rows.addWidget(line)
        line.show()

    def _typed(self) -> None:
        """A value typed over is the clerk's own: it does not come from the activities any more."""
        news: list[Effect] = []
        for line, before in zip(self.lines, self._state.value("effects"), strict=True):
            now = line.effect()
            news.append(now if now.value == before.value else replace(now, sources=()))
        self._state.set("effects", tuple(news), typing=True)

    def _remove(self, line: EffectLine) -> None:
        place = self.lines.index(line)
        effects = list(self._state.value("effects"))
        del effects[place]
        self._state.set("effects", tuple(effects))
        target = self.lines[min(place, len(self.lines) - 1)].indicator if self.lines else self.add_link
        target.setFocus(Qt.FocusReason.OtherFocusReason)


def _box(name: str, placeholder: str) -> Edit:
    box = Edit(placeholder=placeholder)
    box.setAccessibleName(name)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    restyle(box, dense=True)
    return box
