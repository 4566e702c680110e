"""表3 工会工作创新案例报送表: one case on paper (焦工文〔2025〕33号 三：积极报送创新案例至市总宣教网络部)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from models import case_links
from models.activity import Activity
from models.attachment import Attachment
from models.attachment_repository import list_attachments
from models.case import Case, Effect
from models.case_repository import CASES, linked_activities
from models.dates import format_range
from models.errors import UserError
from models.fields import case_field
from models.ledger import Ledger
from models.notice import Notice
from models.photo_names import copy_name
from models.report import Block, Cell, Column, Entry, FieldGrid, Prose, Report, Row, SealBox, Signature, Table
from models.reports.basis import ReportBasis
from models.unit import Unit
from models.unit_repository import get_unit

CODE = "表3"
FILE_STEM = "创新案例"
NUMBERS_SHOWN = 3  # activity numbers named for one figure
PARTS = (("problem", "一、"), ("practice", "二、"), ("insight", "三、"))
NOTHING = "无"

EFFECT_COLUMNS = (
    Column("指标", 50),
    Column("数值", 26, "right"),
    Column("单位", 22, "center"),
    Column("数据来源（活动编号）", 60),
)
ATTACHMENT_COLUMNS = (
    Column("序号", 12, "center"),
    Column("文件名", 62),
    Column("说明", 60),
    Column("大小", 24, "right"),
)


EMPTY_COLUMNS = (Column("案例名称", 100), Column("所属领域", 50), Column("执笔人", 30))
EMPTY_TEXT = "本期没有案例"


def build(basis: ReportBasis) -> Report:
    """The forms of all cases of the period, by number: the first is the report, the others follow it.

    Photos are sent as files of their own and only listed. Without a case it is an empty table that says so.
    """
    if not basis.cases:
        return basis.report(CODE, FILE_STEM, "portrait", [Table(EMPTY_COLUMNS, (), empty_text=EMPTY_TEXT)])
    made = [_report(basis.ledger, basis.notice, basis.unit, case, basis.today) for case in basis.cases]
    return replace(made[0], period_code=basis.period.code, following=tuple(made[1:]))


def build_table3(ledger: Ledger, notice: Notice, case: Case | str, today: date | None = None) -> Report:
    """The form of one case, given as it stands in the editor (saved or not, complete or not) or by its uid.

    What is required and missing is marked so. `today` is the day of filling for the file's properties. Raises
    UserError when there is no case of this uid.
    """
    if isinstance(case, str):
        found = CASES.get(ledger, case)
        if found is None:
            raise UserError("这个案例已经不在台账里了。")
        case = found
    return _report(ledger, notice, get_unit(ledger), case, today)


def _report(ledger: Ledger, notice: Notice, unit: Unit, case: Case, today: date | None) -> Report:
    return Report(
        code=CODE,
        title=notice.report_titles[CODE],
        file_stem=FILE_STEM,
        unit_name=unit.name,
        unit_code=unit.code,
        period_text=_short(case.title),
        period_code=case.number,
        orientation="portrait",
        blocks=_blocks(ledger, notice, case, unit),
        signature=Signature(case.reviewer, filler=case.author, phone=case.phone, filled_on=today),
        basis=notice.basis,
        form_version=notice.form_version,
        info=_info(case, unit),
        signed=False,
    )


def _blocks(ledger: Ledger, notice: Notice, case: Case, unit: Unit) -> tuple[Block, ...]:
    activities = linked_activities(ledger, case)
    numbers = {activity.uid: activity.number for activity in activities}
    attachments = list_attachments(ledger, case.uid) if case.uid else []
    return (
        _head(notice, case, unit, activities),
        *(_part(case, name, number) for name, number in PARTS),
        Table(
            EFFECT_COLUMNS,
            tuple(_effect_row(effect, numbers) for effect in case.effects),
            title="量化成效",
            empty_text=NOTHING,
            field="effects",
        ),
        Table(
            ATTACHMENT_COLUMNS,
            tuple(_attachment_row(number, each) for number, each in enumerate(attachments, 1)),
            title="四、附件清单",
            notes=(f"视频：{case.video}（另行报送，不在附件内）",) if case.video else (),
            empty_text=NOTHING,
            field="photos",
        ),
        SealBox("五、报送单位意见", "（盖章）　　　　　　年　　月　　日"),
    )


def _head(notice: Notice, case: Case, unit: Unit, activities: Sequence[Activity]) -> FieldGrid:
    def own(label: str, field: str, value: str | None = None) -> Entry:
        text = getattr(case, field) if value is None else value
        return Entry(label, Cell(text, _own(case), missing=case_field(field).required and not text.strip()), field)

    def linked(label: str, text: str) -> Entry:
        return Entry(label, Cell(text, tuple(activity.uid for activity in activities)), "activities")

    form = "；".join(_form(notice, code) for code in case_links.forms_of(activities))
    tasks = "；".join(notice.label("local_focus", code) for code in case_links.local_focuses_of(activities))
    return FieldGrid(
        (
            (own("案例名称", "title"),),
            (Entry("报送单位", Cell(unit.name, missing=not unit.name)),),
            (
                own("所属领域", "domain", notice.label("case_domain", case.domain)),
                own("实施时间", "period_start", _when(case, activities)),
            ),
            (linked("关联活动形式", form), linked("服务中心工作", tasks)),
            (own("执笔人", "author"), own("审核人", "reviewer")),
            (own("联系电话", "phone"), own("同意发布汇编", "publish_ok", "是" if case.publish_ok else "未填")),
            (own("一句话亮点", "summary"),),
        )
    )


def _form(notice: Notice, code: str) -> str:
    form = notice.form(code)
    return form.printed if form else code


def _when(case: Case, activities: Sequence[Activity]) -> str:
    start, end = case_links.period_of(case, activities)
    first, last = start or end, end or start
    if first is None or last is None:
        return ""
    return format_range(min(first, last), max(first, last), year=0)  # year 0: the year is always written


def _part(case: Case, name: str, number: str) -> Prose:
    text: str = getattr(case, name)
    paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Prose(f"{number}{case_field(name).label}", paragraphs, name, missing=not paragraphs)


def _effect_row(effect: Effect, numbers: Mapping[str, str]) -> Row:
    known = [numbers[uid] for uid in effect.sources if numbers.get(uid)]
    shown = "、".join(known[:NUMBERS_SHOWN])
    more = f"等 {len(known)} 项" if len(known) > NUMBERS_SHOWN else ""
    sources = effect.sources
    return Row((Cell(effect.indicator), Cell(effect.value, sources), Cell(effect.unit), Cell(shown + more, sources)))


def _attachment_row(number: int, attachment: Attachment) -> Row:
    by = f"（摄影：{attachment.photographer}）" if attachment.photographer else ""
    size = attachment.full_byte_count or attachment.byte_count  # cases send the full-size copy
    cells = (number, copy_name(attachment), attachment.caption + by, size_text(size))
    return Row(tuple(Cell(value) for value in cells))


def size_text(count: int) -> str:
    """A file's size as people read it: 286 KB, 1.4 MB."""
    if count < 1024 * 1024:
        return f"{-(-count // 1024)} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def _short(title: str) -> str:
    """The case's name for the head of the second page and the file's properties, at most as long as it should be."""
    words, most = " ".join(title.split()), case_field("title").limit
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _info(case: Case, unit: Unit) -> tuple[str, ...]:
    number = f"案例编号：{case.number}" if case.number else ""
    return tuple(item for item in (f"基层工会统计编码：{unit.code}" if unit.code else "", number) if item)


def _own(case: Case) -> tuple[str, ...]:
    return (case.uid,) if case.uid else ()
