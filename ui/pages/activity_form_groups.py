"""选填内容: the optional groups, folded to one line each and built when they are first opened."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from models.activity import MODE_LABELS
from models.fields import ACTIVITY_GROUPS, activity_field
from ui.pages.activity_form_editors import Editor
from ui.pages.activity_form_section import Desk, FormSection, LineWords, chain, settle_layout
from ui.pages.activity_form_summary import group_fields, summary_of
from ui.widgets.accordion import Accordion, FoldHeader
from ui.widgets.buttons import link
from ui.widgets.form import Inline
from ui.widgets.labels import TextLabel
from ui.widgets.layouts import column, row

HEADING = "选填内容"
# Boxes that share a row: the first of them → (label, all of them with the words before and after each)
_JOINED = {
    "start_time": ("活动时间", (("", "start_time", ""), ("至", "end_time", ""))),
    "contest_events": (
        "竞赛情况",
        (
            ("赛项（工种）", "contest_events", "个"),
            ("参赛", "contest_people", "人"),
            ("获证", "contest_certificates", "人"),
        ),
    ),
}


class GroupSection(FormSection):
    """The fields of one group."""

    def __init__(self, desk: Desk, group: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._quantity_unit = LineWords(role="hint")
        for spec in group_fields(group):
            if self.has(spec.name):
                continue
            if spec.name in _JOINED:
                self._add_joined(*_JOINED[spec.name])
            elif spec.name == "ai_reviewed":
                editor = self.make(spec.name)
                self.place(spec.name, "", [spec.name], editor.widget)
            else:
                self.add_field(spec.name, self._with_unit)
        self.refresh()

    def refresh(self, names: Iterable[str] | None = None) -> None:
        super().refresh(names)
        if self.has("quantity"):
            self._refresh_quantity()
        if self.has("mode"):
            self._refresh_mode()

    def _add_joined(self, label: str, parts: tuple[tuple[str, str, str], ...]) -> None:
        groups: list[list[QWidget]] = []
        for before, name, after in parts:
            editor = self.make(name)
            groups.append(
                [
                    *([LineWords(before)] if before else []),
                    editor.widget,
                    *([LineWords(after, "hint")] if after else []),
                ]
            )
        self.place(
            parts[0][1],
            label,
            [name for _before, name, _after in parts],
            Inline(*groups, spacing=12 if len(parts) == 2 else 24),
        )

    def _with_unit(self, editor: Editor) -> QWidget:
        if editor.name == "quantity":
            return Inline([editor.widget, self._quantity_unit])
        if not editor.spec.unit:
            return editor.widget
        return Inline([editor.widget, LineWords(editor.spec.unit, "hint")])

    def _refresh_quantity(self) -> None:
        """The sub-item says what is counted, and how."""
        item = self.desk.context.notice.item(self.desk.state.value("item"))
        self._quantity_unit.setText(item.unit if item else "")
        self.row("quantity").set_hint(item.hint if item else "")

    def _refresh_mode(self) -> None:
        """Without a choice the two people boxes tell."""
        record = self.desk.state.record()
        guess = MODE_LABELS.get(record.held_mode, "")
        self.row("mode").set_hint("" if record.mode else f"不选时按人次判断{f'：{guess}' if guess else ''}")


class OptionalGroups(QWidget):
    """The head line and the folded groups; in a narrow window all of it behind one line.

    `ended` follows Enter in the last field of the last group.
    """

    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._leader = ""
        self._narrow = False
        self._sections: dict[str, GroupSection] = {}
        self._head = QWidget()
        self._count = TextLabel(role="hint")
        self.all_link = link("全部展开")
        self.all_link.clicked.connect(self._toggle_all)
        row(TextLabel(HEADING, "section"), self._count, None, self.all_link, parent=self._head)
        self._fold_card = QFrame()
        self._fold_card.setProperty("ground", "card")
        self.fold = FoldHeader(HEADING)
        self.fold.toggled.connect(lambda _on: self._show_parts())
        column(self.fold, margins=1, parent=self._fold_card)
        self.accordion = Accordion()
        for key, (title, _what) in ACTIVITY_GROUPS.items():
            group = self.accordion.add(key, title, lambda key=key: self._build(key))
            group.opened.connect(lambda group=group: self._after_opening(group))
            group.closed.connect(self._show_all_link)
        column(self._head, self._fold_card, self.accordion, spacing=4, parent=self)
        self._show_parts()

    def start(self) -> None:
        """Another record is in the form: everything folded."""
        self._leader = self._desk.context.unit().contact
        for group in self.accordion.groups():
            group.set_open(False)
        self.fold.setChecked(False)
        self.refresh()

    def refresh(self, names: Iterable[str] | None = None) -> None:
        """Show new values and what each group holds."""
        for section in self._sections.values():
            section.refresh(names)
        self.show_summaries()

    def show_summaries(self) -> None:
        """Say in each line what is inside, and how much of it needs a look."""
        count = 0
        for key in ACTIVITY_GROUPS:
            words, filled = summary_of(key, self._desk.state, self._desk.context.notice, self._leader)
            count += filled
            self.accordion.group(key).set_summary(words + self._needs(key), filled)
        self._count.setText(f"已填 {count} 组。点开一组，其余收起" if count else "都可以不填。点开一组，其余收起")
        self.fold.set_summary(f"已填 {count} 组，点开再看" if count else "都可以不填", filled=False)

    def show_findings(self) -> None:
        for section in self._sections.values():
            section.show_findings()
        self.show_summaries()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        for section in self._sections.values():
            section.set_narrow(narrow)
        self._show_parts()

    def sections(self) -> list[GroupSection]:
        """The groups that were opened at least once."""
        return list(self._sections.values())

    def section_with(self, name: str) -> GroupSection:
        """The opened group in which a field stands."""
        key = activity_field(name).group
        self.fold.setChecked(True)
        self.accordion.group(key).set_open(True)
        return self._sections[key]

    def first_stop(self) -> QWidget:
        """Where the keyboard comes to from above."""
        return self.fold if self._narrow else self.accordion.groups()[0].header

    def _build(self, key: str) -> QWidget:
        section = GroupSection(self._desk, key)
        section.set_narrow(self._narrow)
        section.ended.connect(lambda: self._go_on_after(key))
        self._sections[key] = section
        QTimer.singleShot(0, section, lambda: self._put_in_tab_order(key))
        return section

    def _put_in_tab_order(self, key: str) -> None:
        """Made late, the group's boxes would come last in the window."""
        section = self._sections[key]
        inside: list[QWidget] = [section]
        while (after := inside[-1].nextInFocusChain()) is not None and section.isAncestorOf(after):
            inside.append(after)
        chain(self.accordion.group(key).header, *inside)

    def _go_on_after(self, key: str) -> None:
        """Enter in the last field of a group goes to the line of the next."""
        groups = self.accordion.groups()
        place = groups.index(self.accordion.group(key)) + 1
        if place < len(groups):
            groups[place].header.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.ended.emit()

    def _after_opening(self, group: QFrame) -> None:
        self._show_all_link()
        settle_layout()
        _scroll_to(group)

    def _toggle_all(self) -> None:
        self.accordion.set_all_open(self.all_link.text() == "全部展开")
        self._show_all_link()
        settle_layout()
        _scroll_to(self.all_link)  # every group that opened has scrolled itself into sight, and the link out of it

    def _show_all_link(self) -> None:
        every = all(group.is_open() for group in self.accordion.groups())
        self.all_link.setText("全部收起" if every else "全部展开")

    def _show_parts(self) -> None:
        self._head.setVisible(not self._narrow)
        self._fold_card.setVisible(self._narrow)
        self.accordion.setVisible(not self._narrow or self.fold.isChecked())

    def _needs(self, key: str) -> str:
        names = {spec.name for spec in group_fields(key)}
        hard = sum(finding.field in names for finding in self._desk.checks.hard)
        soft = sum(finding.field in names for finding in self._desk.checks.soft)
        parts = [*([f"要改 {hard} 处"] if hard else []), *([f"{soft} 条提示"] if soft else [])]
        return f"（{'，'.join(parts)}）" if parts else ""


def _scroll_to(group: QWidget) -> None:
    """Bring a group into sight: all of it if there is room, else from its first line on."""
    area = group.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    body = area.widget() if area is not None else None
    if area is None or body is None:
        return
    top = group.mapTo(body, QPoint(0, 0)).y()
    bar, room, margin = area.verticalScrollBar(), area.viewport().height(), 8
    if top + group.height() + margin > bar.value() + room:
        bar.setValue(min(top - margin, top + group.height() + margin - room))
    elif top < bar.value():
        bar.setValue(top - margin)
