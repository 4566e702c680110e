"""Forms that a layout finds hard: nothing in them, one line, a thousand, very long texts, tables of unlike columns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from models.report import (
    Align,
    Cell,
    Chart,
    Column,
    Entry,
    FieldGrid,
    Picture,
    PictureSheet,
    Prose,
    Report,
    Row,
    SealBox,
    Table,
)
from tests.exporters.samples import ledger_report, ledger_table, statistics_report

STANDARD = (
    (Path(__file__).parent / "data" / "general_standard_characters.txt").read_text(encoding="utf-8").replace("\n", "")
)
NAME = (
    "关于组织开展“学党史、颂党恩、跟党走”主题宣传教育系列活动暨解放区民主街道新华社区职工书屋读书分享会示范项目的活动"
)
SENTENCE = "为深入学习贯彻党的创新理论，公司工会组织劳模宣讲12场，参加职工1,260人次。"
LONG = (SENTENCE * 60)[:2000]
FORMS = (
    "一、中国工人大思政课",
    "二、庆祝全总成立100周年",
    "三、宣传叫响品牌",
    "四、网络宣传阵地",
    "五、职工文体活动",
    "其他",
)
RULE = "已完成的活动，联合举办的各计一项"


def stress_reports() -> dict[str, Report]:
    """The forms by a short name that is good for a file."""
    one = ledger_report(1)
    return {
        "empty": replace(one, blocks=(replace(ledger_table(1), rows=(), total=None),)),
        "one": one,
        "thousand": ledger_report(1000),
        "names": ledger_report(30, 活动名称=NAME, 地点=NAME, 备注=NAME),
        "long": ledger_report(20, 主要内容及成效=LONG),
        "characters": replace(one, blocks=(characters_table(),)),
        "numbers": replace(one, blocks=(numbers_table(),)),
        "classes": classes_report(),
        "lists": lists_report(400),
        "registration": registration_report(5, LONG),
        "prose": replace(registration_report(1), blocks=(Prose("一、主要做法", (LONG * 3, SENTENCE)), SEAL)),
        "statistics": statistics_report(),
    }


SEAL = SealBox("五、报送单位意见", "（盖章）　　　　　　年　　月　　日")


def characters_table() -> Table:
    """通用规范汉字表, 60 characters to a line."""
    rows = (Row((Cell(at + 1), Cell(STANDARD[at : at + 60]))) for at in range(0, len(STANDARD), 60))
    return Table((Column("序号", 12), Column("汉字", 200)), tuple(rows))


def numbers_table() -> Table:
    """Numbers and dates that are too wide for the columns that the form gives them."""
    values = (999_999_999_999, Decimal("-1234567.89"), date(2025, 12, 31), 0, Decimal("12.50"), None)
    columns = (Column("序号", 8, "center"), Column("事项", 120), Column("数", 9, "right"), Column("日期", 9, "center"))
    rows = (
        Row((Cell(number), Cell(SENTENCE), Cell(value), Cell(date(2025, 12, 31))))
        for number, value in enumerate(values, 1)
    )
    return Table(columns, tuple(rows), total=Row((Cell(), Cell("合计"), Cell(999_999_999_999), Cell())))


def classes_report() -> Report:
    """表6: a table of twelve columns and three of three, with charts."""
    titles = ("活动数", "场次", "线下人次", "线上人次", "其中：突出政治性", "突出先进性", "突出群众性",
              "线上线下融合数", "主办", "联合主办", "协办、组织参加")  # fmt: skip
    columns = (Column("活动形式", 46), *(Column(title, 18, "right") for title in titles))
    rows = _counted(FORMS, len(titles))
    total = Row((Cell("合　计"), *(Cell(sum(_number(row, at) for row in rows)) for at in range(1, len(columns)))))
    charts = (Chart("各活动形式的活动数", 0, (1,)), Chart("各活动形式的人次", 0, (3, 4)))
    first = Table(columns, rows, total, ("口径：浏览量不计入人次。",), "一、活动形式", charts=charts)
    small = tuple(
        Table(
            (Column(title, 120), Column("活动数", 30, "right"), Column("人次", 30, "right")),
            _counted(("工人大思政课", "劳模工匠大讲堂", "职工文艺展演", "其他"), 2),
            title=f"{number}、{title}",
        )
        for number, title in zip("二三四", ("活动载体", "服务中心工作", "品牌"), strict=True)
    )
    head = replace(ledger_report(1), code="表6", title="活动分类统计表", file_stem="活动分类统计表")
    return replace(head, blocks=(first, *small))


def _counted(names: tuple[str, ...], count: int) -> tuple[Row, ...]:
    return tuple(
        Row((Cell(name), *(Cell(at * 137 % 97, (f"uid-{at}", "uid-b"), rule=RULE) for at in range(line, line + count))))
        for line, name in enumerate(names)
    )


def _number(row: Row, at: int) -> int:
    value = row.cells[at].value
    assert isinstance(value, int)
    return value


def lists_report(lines: int) -> Report:
    """表7: four lists of unlike columns, the first one long, the third empty."""

    def table(title: str, columns: str, rows: tuple[tuple[str | int | date, ...], ...]) -> Table:
        made: list[Column] = []
        for each in columns.split():
            name, width, *align = each.split(":")
            kind: Align = "right" if align else "left"
            made.append(Column(name, float(width), kind))
        return Table(tuple(made), tuple(Row(tuple(Cell(value) for value in row)) for row in rows), title=title)

    news = tuple(
        (number, f"班前会上来了“微思政课”之{number}", "示例区融媒体中心", "县", date(2025, 4, 28), "品牌",
         "https://example.org/news/2025/04/28/12345.html" if number % 3 else "")
        for number in range(1, lines + 1)
    )  # fmt: skip
    return replace(
        ledger_report(1),
        code="表7",
        title="宣传报道、新媒体和文艺作品统计表",
        file_stem="宣传报道",
        blocks=(
            table("一、报道", "序号:10 标题:75 媒体（平台）:42 级别:18 日期:26 宣传类型:24 链接:62", news),
            table(
                "二、账号和作品",
                "平台:40 账号名称:60 发布条数:24:r 播放（阅读）量:30:r 备注:90",
                (("视频号", "云台示例工会", 1, 2310, SENTENCE), ("微信公众号", "云台示例工会", 46, 5_820_000, "")),
            ),
            table("三、先进典型", "姓名:32 类别:42 称号级别:42 宣传方式:100 次数:20:r", ()),
            table(
                "四、报送作品", "项目:50 件数:24:r 备注:160", (("书法", 18, "“百名劳模心声”书法作品"), ("篆刻", 7, ""))
            ),
        ),
    )


def registration_report(count: int, text: str = SENTENCE) -> Report:
    """表1 of `count` activities, the first with `text` and nine photos."""
    sheets = [_registration(number, SENTENCE if number > 1 else text) for number in range(1, count + 1)]
    photos = PictureSheet(
        tuple(Picture(Path(f"{n}.jpg"), f"职工在讨论第{n}组题目", uid=f"p-{n}") for n in range(1, 10))
    )
    first = replace(sheets[0], blocks=(*sheets[0].blocks, photos))
    return replace(first, following=tuple(sheets[1:]))


def _registration(number: int, text: str) -> Report:
    uid = (f"0198a000-0000-7000-8000-{number:012d}",)

    def entry(label: str, value: str | int | date, room: int = 1) -> Entry:
        return Entry(label, Cell(value, uid), room=room)

    grid = FieldGrid(
        (
            (entry("活动名称", f"{NAME}（{number}）"),),
            (entry("活动时间", date(2025, 7, 1)), entry("活动地点", "职工培训中心")),
            (entry("举办角色及联合单位", "联合主办：××轮胎公司工会"), entry("其中登台展示职工数", 12)),
            (entry("场次", 2), entry("责任人电话", "0391-3999920")),
            (entry("活动简述", text, 6),),
            (entry("成效", SENTENCE, 4),),
            (Entry("备注", Cell(missing=True)),),
        )
    )
    return replace(
        ledger_report(1),
        code="表1",
        title="主题宣传教育活动登记表",
        file_stem="活动登记表",
        orientation="portrait",
        blocks=(grid,),
        info=("填报单位：焦作市××化工有限公司工会", f"记录编号：HD-2025-{number:04d}"),
    )
