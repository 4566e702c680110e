"""表1 and 表3 to print and fill in with a pen, for teams without a computer; the clerk types them in afterwards.

At the upper right corner a QR code says which form this is, so that a photographed sheet can be told and matched. It is
plain ASCII, five parts with semicolons between them (`XJTZ1;T1;2025.1;410803;4108-TEST-012`):

1. `XJTZ1`: this program (宣教台账) and the number of this format;
2. `T1` or `T3`: the form, 表1 or 表3;
3. the version of the form (表样版本) as the notice pack gives it;
4. the six digits of the unit's 县（市、区）, empty if not filled in;
5. the unit's 基层工会统计编码, or else the last 8 characters of its uid (the first ones are a clock, the same for
   units set up in the same minute; file names in mails use the same ones).

Whatever is neither letter, digit, full stop nor hyphen is left out of parts 3 to 5; none is longer than 30 characters.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from models.activity import MODE_LABELS, ROLE_LABELS
from models.ledger import Ledger
from models.notice import Notice
from models.report import Block, Cell, Column, Entry, FieldGrid, Report, Row, SealBox, Signature, Table
from models.reports import table1, table3
from models.unit import Unit
from models.unit_repository import get_unit

PROGRAM = "XJTZ1"
BOX, GAP = "□", "\u3000"
BLANK = "＿" * 6  # to write on
NOTES = {
    "表1": (f"记录编号（录入后填）：{GAP * 8}", "填写说明：在□里打勾，人次填各场合计，填不下可另附纸。"),
    "表3": (f"案例编号（录入后填）：{GAP * 8}", "填写说明：在□里打勾，照片另附，填不下可另附纸。"),
}
DAY = f"{GAP * 4}年{GAP * 2}月{GAP * 2}日"
EFFECT_ROWS, ATTACHMENT_ROWS = 6, 5
PARTS = (("一、针对问题", "problem", 8), ("二、主要做法", "practice", 26), ("三、经验启示", "insight", 8))
LONGEST_PART = 30  # characters: the code stays coarse enough for a photo taken by telephone
_NOT_CODE = re.compile(r"[^0-9A-Za-z.-]")


def blank_table1(ledger: Ledger, notice: Notice) -> Report:
    """An empty 登记表 with the unit's name and code."""
    unit = get_unit(ledger)
    return _report(notice, unit, table1.CODE, table1.FILE_STEM, (FieldGrid(_activity_lines(notice)),), signed=True)


def blank_table3(ledger: Ledger, notice: Notice) -> Report:
    """An empty 案例报送表 with the unit's name and code."""
    unit = get_unit(ledger)
    blocks: tuple[Block, ...] = (
        FieldGrid(_case_lines(notice, unit)),
        *(FieldGrid(((_write("", room=lines, field=field),),), heading) for heading, field, lines in PARTS),
        _empty(table3.EFFECT_COLUMNS[:3], EFFECT_ROWS, "量化成效"),
        _empty(table3.ATTACHMENT_COLUMNS[:3], ATTACHMENT_ROWS, "四、附件清单"),
        SealBox("五、报送单位意见", "（盖章）　　　　　　年　　月　　日"),
    )
    return _report(notice, unit, table3.CODE, table3.FILE_STEM, blocks, signed=False)


BLANKS: Mapping[str, Callable[[Ledger, Notice], Report]] = {"表1": blank_table1, "表3": blank_table3}
"""Form code → what makes the form for hand-filling."""


def qr_text(notice: Notice, unit: Unit, code: str) -> str:
    """What the QR code of a form says; the format is described above."""
    own = _NOT_CODE.sub("", unit.code) or _NOT_CODE.sub("", unit.uid)[-8:]
    parts = (PROGRAM, f"T{code.removeprefix('表')}", notice.form_version, unit.area, own)
    return ";".join(_NOT_CODE.sub("", part)[:LONGEST_PART] for part in parts)


def _report(
    notice: Notice, unit: Unit, code: str, file_stem: str, blocks: tuple[Block, ...], *, signed: bool
) -> Report:
    known = (("填报单位", unit.name), ("基层工会统计编码", unit.code))
    info = (*(f"{label}：{value or BLANK}" for label, value in known), *NOTES[code])
    return Report(
        code=code,
        title=notice.report_titles[code],
        file_stem=f"{file_stem}（空白）",
        unit_name=unit.name,
        unit_code=unit.code,
        period_text="",
        period_code=notice.form_version,
        orientation="portrait",
        blocks=blocks,
        signature=Signature(),
        basis=notice.basis,
        form_version=notice.form_version,
        info=info,
        signed=signed,
        qr_text=qr_text(notice, unit, code),
    )


def _activity_lines(notice: Notice) -> tuple[tuple[Entry, ...], ...]:
    role = _choice("举办角色及联合单位", ROLE_LABELS.values(), field="role", more=f"联合单位：{BLANK * 2}")
    return (
        (_write("活动名称", field="title"),),
        (_write("活动时间", DAY, field="start"), _write("活动地点", field="place")),
        (_choice("活动形式", (form.printed for form in notice.forms), field="form"),),
        (_write("细分项目", field="item"), _write("成果数量", field="quantity")),
        (_choice("宣传教育重点", (focus.label for focus in notice.focuses), field="focus"),),
        (_choice("开展方式", MODE_LABELS.values(), field="mode"), _write("场次", field="sessions")),
        (role,),
        (_write("线下参加人次", field="people_offline"), _write("线上参与人次", field="people_online")),
        (_write("其中登台展示职工数", field="people_active"), _write("责任人", field="leader")),
        (_options("活动载体", "carrier", notice),),
        (_options("服务中心工作", "local_focus", notice),),
        (_write("活动简述", field="summary", room=5),),
        (_write("成效", field="effect", room=3),),
        (_write("宣传报道（媒体、标题、日期）", room=2),),
        (_options("AI应用", "ai_use", notice),),
        (_write("备注", field="note"),),
    )


def _case_lines(notice: Notice, unit: Unit) -> tuple[tuple[Entry, ...], ...]:
    domains = (option.brief for option in notice.options("case_domain"))
    return (
        (_write("案例名称", field="title"),),
        (_write("报送单位", unit.name),),
        (_choice("所属领域", domains, field="domain"),),
        (_write("实施时间", f"{DAY}　至　{DAY}", field="period_start"),),
        (_choice("关联活动形式", (form.printed for form in notice.forms), field="activities"),),
        (_options("服务中心工作", "local_focus", notice),),
        (_write("执笔人", field="author"), _write("审核人", field="reviewer")),
        (_write("联系电话", field="phone"), _choice("同意发布汇编", ("是",), field="publish_ok")),
        (_write("一句话亮点", field="summary", room=2),),
    )


def _write(label: str, printed: str = "", *, field: str = "", room: int = 1) -> Entry:
    """A box to write in."""
    return Entry(label, Cell(printed), field, room)


def _options(label: str, field: str, notice: Notice) -> Entry:
    """The options that the notice gives a field."""
    return _choice(label, (option.label for option in notice.options(field)), field=field)


def _choice(label: str, options: Iterable[str], *, field: str, more: str = "") -> Entry:
    """Boxes to tick: □主办　□联合主办. 其他 comes with room to say what."""
    shown = [f"{BOX}{option}" + (f"：{BLANK}" if option == "其他" else "") for option in options]
    return Entry(label, Cell(GAP.join((*shown, more) if more else shown)), field)


def _empty(columns: Sequence[Column], count: int, title: str) -> Table:
    numbered = columns[0].title == "序号"
    rows = (Row(tuple(Cell(number if numbered and index == 0 else None) for index in range(len(columns))))
            for number in range(1, count + 1))  # fmt: skip
    return Table(tuple(columns), tuple(rows), title=title)
