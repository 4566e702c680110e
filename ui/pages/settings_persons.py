"""人员: who enters records and who reviews them; and who of them sits at this computer."""

from dataclasses import replace
from itertools import chain

from PySide6.QtWidgets import QWidget

from models.persons import list_persons, recorders, remove_persons, save_person
from models.preferences import save_preferences
from models.small_records import Person
from ui import operations
from ui.context import Context
from ui.pages.settings_facts import line_up_tab_order
from ui.widgets.buttons import Button, button, icon_button
from ui.widgets.cards import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.choices import Tick
from ui.widgets.edits import Edit
from ui.widgets.labels import ElidedLabel, TextLabel, WrapLabel
from ui.widgets.layouts import clear, column, row

HINT = "修改记录里会写上录入人。没有选时用单位档案里的联系人。"


class PersonsCard(Card):
    """A line for each person with 录入人 and 审核人 to tick; below, a box for another name."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("人员", TextLabel("录入人和审核人", "hint"), parent=parent)
        self._context = context
        self._shown: list[Person] | None = None
        self._filling = False
        self.current = ChoiceBox([], optional=True, chars=10)
        self.current.setAccessibleName("这台电脑上的录入人")
        self.current.value_changed.connect(self._choose_current)
        self.lines = column(spacing=4)
        self.name = Edit(chars=10, placeholder="姓名")
        self.name.setAccessibleName("要添加的人员姓名")
        self.add_button = button("添加", "add")
        self.add_button.clicked.connect(self.add)
        self.name.returnPressed.connect(self.add)
        self.ticks: dict[str, tuple[Tick, Tick]] = {}
        self.remove_buttons: dict[str, Button] = {}
        self.body.addLayout(row(TextLabel("这台电脑上的录入人", "hint"), self.current, None))
        self.body.addWidget(WrapLabel(HINT, "hint"))
        self.body.addLayout(self.lines)
        self.body.addLayout(row(self.name, self.add_button, None))
        self.reload()

    def reload(self) -> None:
        """Show the list as it is stored."""
        persons = list_persons(self._context.ledger)
        if persons != self._shown:
            self._shown = persons
            clear(self.lines)
            self.ticks, self.remove_buttons = {}, {}
            for person in persons:
                self.lines.addWidget(self._line(person))
            lines = [(*self.ticks[person.name], self.remove_buttons[person.name]) for person in persons]
            line_up_tab_order(self.current, *chain(*lines), self.name, self.add_button)
        self._filling = True
        names = recorders(self._context.ledger)
        self.current.set_options([(name, name) for name in names])
        wanted = self._context.preferences.person
        self.current.set_value(wanted if wanted in names else None)
        self.current.setEnabled(bool(names))
        self._filling = False

    def add(self) -> None:
        """Put the typed name on the list."""
        clerk = self._context.clerk()
        person = Person(self.name.text())
        saved = operations.run(
            self._context,
            lambda: save_person(self._context.ledger, person, now=clerk.now, by=clerk.person),
            lambda done: f"已添加“{done.name}”",
        )
        if saved is not None:
            self.name.clear()
        self.name.setFocus()

    def _change(self, person: Person, *, records: bool, reviews: bool) -> None:
        clerk = self._context.clerk()
        wanted = replace(person, records=records, reviews=reviews)
        operations.run(
            self._context,
            lambda: save_person(self._context.ledger, wanted, now=clerk.now, by=clerk.person),
            f"“{person.name}”已修改",
        )

    def _remove(self, person: Person) -> None:
        clerk = self._context.clerk()
        operations.run(
            self._context,
            lambda: remove_persons(self._context.ledger, [person], now=clerk.now, by=clerk.person),
            f"已删除“{person.name}”，记录里的姓名不变",
        )
        self.name.setFocus()

    def _choose_current(self, name: object) -> None:
        if not self._filling:
            self._context.preferences = replace(self._context.preferences, person=str(name or ""))
            save_preferences(self._context.preferences)

    def _line(self, person: Person) -> QWidget:
        records, reviews = Tick("录入人"), Tick("审核人")
        records.setChecked(person.records)
        reviews.setChecked(person.reviews)
        for tick, word in ((records, "录入人"), (reviews, "审核人")):
            tick.setAccessibleName(f"{person.name}是{word}")
            tick.clicked.connect(lambda: self._change(person, records=records.isChecked(), reviews=reviews.isChecked()))
        gone = icon_button("delete-bin", f"删除{person.name}", small=True)
        gone.clicked.connect(lambda: self._remove(person))
        self.ticks[person.name] = (records, reviews)
        self.remove_buttons[person.name] = gone
        holder = QWidget()
        line = row(spacing=12, parent=holder)
        line.addWidget(ElidedLabel(person.name), 1)
        for each in (records, reviews, gone):
            line.addWidget(each)
        return holder
