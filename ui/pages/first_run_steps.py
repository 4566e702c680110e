"""The forms of the three steps."""

from PySide6.QtWidgets import QScrollArea, QWidget

from models.fields import UNIT_FIELDS, unit_field
from models.notice import Notice
from ui.pages.settings_unit_fields import UnitFields, hint_of
from ui.widgets.cards import Card
from ui.widgets.form import FieldForm, FieldLabel, Inline
from ui.widgets.labels import TextLabel, WrapLabel
from ui.widgets.layouts import column

STEPS = (("本单位", "填一次，以后不再填"), ("上级工会", "报给谁、哪份通知"), ("数据和备份", "放在哪里"))


class StepPage(QScrollArea):
    """A heading, a sentence and a form, scrolled when the window is low. The keyboard starts in the first field."""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("clear", "true")
        self.form = FieldForm()
        parts = (TextLabel(title, "title"), WrapLabel(words, "second"), 4, self.form)
        self.column = column(*parts, margins=(40, 24), parent=inside)
        self.setWidget(inside)

    def end(self) -> None:
        """Nothing more follows."""
        self.column.addStretch(1)
        self.setFocusProxy(self.form.rows()[0].field)


def add_field(form: FieldForm, fields: UnitFields, name: str, beside: str = "") -> None:
    """A row for a field of the unit card, with another one in the same row if `beside` names it."""
    spec, box = unit_field(name), fields.boxes[name]
    if beside:
        second = unit_field(beside)
        label = FieldLabel(second.label, second.required)
        field: QWidget = Inline([box], [label, fields.boxes[beside]], spacing=16)
    else:
        field = box
    form.add(name, spec.label, field, required=spec.required, hint=hint_of(name))


def unit_step(fields: UnitFields, printed: QWidget) -> StepPage:
    """本单位: what forms print at their head."""
    required = sum(spec.required and not spec.group for spec in UNIT_FIELDS)
    page = StepPage("本单位", f"带 * 的 {required} 项报送时要用，现在不填也可以先记活动。")
    add_field(page.form, fields, "name")
    add_field(page.form, fields, "area")
    add_field(page.form, fields, "contact", "phone")
    page.form.add_rule()
    add_field(page.form, fields, "code")
    add_field(page.form, fields, "workers", "members")
    head = Card(dense=True, ground="inset")
    head.body.addWidget(TextLabel("报表页眉会这样印", "tiny"))
    head.body.addWidget(printed)
    page.column.addSpacing(8)
    page.column.addWidget(head)
    page.end()
    return page


def superior_step(fields: UnitFields, notice: Notice) -> StepPage:
    """上级工会: who receives the reports, under which notice."""
    page = StepPage("上级工会", "按本单位直接归谁管来选。带 * 的报送时要用，其余都可以不填。")
    for name in ("superior_type", "superior_name"):
        add_field(page.form, fields, name)
    page.form.add_rule()
    for name in ("org_type", "chain", "chair", "email"):
        add_field(page.form, fields, name)
    to = notice.recipient
    card = Card(dense=True, ground="inset")
    card.body.addWidget(TextLabel(f"通知包 {notice.form_version}　{notice.basis}", "tiny"))
    words = f"报表寄给 {to.union}{to.department}：{to.email}　联系人 {to.contact} {to.phone}"
    card.body.addWidget(WrapLabel(words, "small"))
    page.column.addSpacing(8)
    page.column.addWidget(card)
    page.end()
    return page


def folder_step(folder: QWidget, state: QWidget) -> StepPage:
    """数据和备份: one folder that holds everything."""
    page = StepPage("数据和备份", "一个台账就是一个文件夹，换电脑时整个拷走就行，不用联网。")
    page.form.add("folder", "台账放在", folder)
    page.column.addWidget(state)
    card = Card(dense=True, ground="inset")
    for words in (
        "填到一半的内容也会写进这个文件夹，断电不丢。",
        "里面的 backups 是放备份的地方。为防电脑损坏，请定期把整个文件夹拷到U盘。",
        "里面有单位和联系人信息，请不要放在别人也能打开的共享文件夹里。",
    ):
        card.body.addWidget(WrapLabel(words, "note"))
    page.column.addSpacing(8)
    page.column.addWidget(card)
    page.end()
    return page
