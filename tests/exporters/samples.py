"""Filled forms to export: realistic, deterministic, adjustable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from models.report import Cell, Column, Report, Row, Signature, Table

COLUMNS = (
    Column("序号", 8, "center"),
    Column("活动名称", 50),
    Column("活动时间", 16, "center"),
    Column("地点", 20),
    Column("活动形式", 34),
    Column("宣传教育重点", 18, "center"),
    Column("开展方式", 16, "center"),
    Column("场次", 9, "right"),
    Column("线下人次", 12, "right"),
    Column("线上人次", 12, "right"),
    Column("主要内容及成效", 42),
    Column("备注", 24),
    Column("记录编号", 24, hidden=True),
)

# 活动名称, 地点, 活动形式, 重点, 方式, 场次, 线下, 线上, 内容, 备注
ACTIVITIES = (
    ("“学党史、颂党恩”职工大思政课开讲", "职工培训中心", "一、中国工人大思政课", "突出政治性", "线下",
     1, 126, 0, "专题授课1堂，一线党员讲述岗位故事", ""),
    ("《习近平与一线职工朋友们》领学领读（第二期）", "各车间班组", "一、中国工人大思政课", "突出政治性", "线上线下融合",
     2, 84, 215, "劳模领读，班组跟学，交流体会32篇", ""),
    ("“送清凉、送安全、送文化”进车间", "一、二、三车间", "三、宣传叫响品牌", "突出群众性", "线下",
     3, 320, 0, "送防暑用品、图书，安全知识问答", ""),
    ("工间操示范推广", "厂区广场", "五、职工文体活动", "突出群众性", "线下",
     12, 960, 0, "12个班组轮流领操，覆盖全部倒班职工", ""),
    ("“网聚职工正能量 争做中国好网民”短视频征集", "线上", "四、网络宣传阵地", "突出群众性", "线上",
     1, 0, 412, "征集作品23件，推荐市总5件", "组织参加"),
    ("劳模工匠大讲堂：走近电仪匠人王建国", "职工培训中心", "一、中国工人大思政课", "突出先进性", "线上线下融合",
     1, 96, 350, "讲述从学徒到技师的成长经历", ""),
    ("职工乒乓球友谊赛", "文体活动室", "五、职工文体活动", "突出群众性", "线下", 1, 64, 0, "与××轮胎公司工会联合举办",
     "联合主办：××轮胎公司工会"),
    ("“百年·百书·百名劳模心声”书法作品征集", "线上", "二、庆祝全总成立100周年", "突出先进性", "线上",
     1, None, None, "收到作品18件", "组织参加"),
)  # fmt: skip


def activity_row(number: int, **changes: object) -> Row:
    """Line `number` of the ledger; `changes` replace values by column title."""
    title, place, form, focus, mode, sessions, offline, online, content, remark = ACTIVITIES[
        (number - 1) % len(ACTIVITIES)
    ]
    uid = f"0198a000-0000-7000-8000-{number:012d}"
    day = date(2025, 7, 1) + timedelta(days=number * 2)
    values: dict[str, object] = {
        "序号": number,
        "活动名称": title,
        "活动时间": f"{day.month}月{day.day}日",
        "地点": place,
        "活动形式": form,
        "宣传教育重点": focus,
        "开展方式": mode,
        "场次": sessions,
        "线下人次": offline,
        "线上人次": online,
        "主要内容及成效": content,
        "备注": remark,
        "记录编号": f"HD-2025-{number:04d}",
        **changes,
    }
    required = {"线下人次", "线上人次"}
    return Row(
        tuple(
            Cell(values[column.title], (uid,), missing=values[column.title] is None and column.title in required)  # type: ignore[arg-type]
            for column in COLUMNS
        ),
        uid,
    )


def ledger_table(rows: int = 40, **changes: object) -> Table:
    """A 表2 table of `rows` activities; `changes` apply to its first line."""
    lines = [activity_row(number, **(changes if number == 1 else {})) for number in range(1, rows + 1)]
    uids = tuple(line.uid for line in lines)
    sums: dict[str, Cell] = {"活动名称": Cell("合　计")}
    for index, column in enumerate(COLUMNS):
        if column.title in {"场次", "线下人次", "线上人次"}:
            numbers = (line.cells[index].value for line in lines)
            sums[column.title] = Cell(sum(number for number in numbers if isinstance(number, int)), uids)
    total = Row(tuple(sums.get(column.title, Cell()) for column in COLUMNS))
    notes = ("口径：人次为各场次合计，浏览量不计入人次；场次合计只计主办和联合主办，另组织参加 3 场。",)
    return Table(COLUMNS, tuple(lines), total, notes)


def ledger_report(rows: int = 40, **changes: object) -> Report:
    """表2, landscape, with a name and a phone filled in and blanks for the signatures."""
    return Report(
        code="表2",
        title="主题宣传教育活动台账",
        file_stem="活动台账",
        unit_name="焦作市××化工有限公司工会",
        unit_code="4108-0002-012",
        period_text="2025年7月1日—9月30日",
        period_code="2025Q3",
        orientation="landscape",
        blocks=(ledger_table(rows, **changes),),
        signature=Signature(filler="赵芳", phone="0391-3999920", filled_on=date(2025, 10, 10)),
        basis="焦工文〔2025〕33号、总工办发〔2025〕7号",
        form_version="2025.1",
        measure="场、人次",
    )


def statistics_report() -> Report:
    """A portrait form with two titled tables and numbers computed from several records."""
    columns = (Column("序号", 10, "center"), Column("项目", 70), Column("计量单位", 20, "center"),
               Column("本期数", 25, "right"), Column("备注", 40))  # fmt: skip
    names = ("红色工运VR展馆参与建设", "劳模工匠进校园示范活动", "专家名师库推荐入库", "“大思政课”制作推出",
             "宣讲骨干培育", "高质量微视频发布", "覆盖职工")  # fmt: skip
    rows = tuple(
        Row((Cell(n), Cell(name), Cell("场"), Cell(n * 11, (f"uid-{n}", f"uid-{n + 1}")), Cell("")))
        for n, name in enumerate(names, start=1)
    )
    tables = (
        Table(columns, rows, title="一、“百千万亿”工作目标", notes=("全国目标数仅供参考，不作为基层指标。",)),
        Table(columns, rows[:3], title="二、活动载体", total=Row((Cell(), Cell("合计"), Cell(), Cell(66), Cell()))),
    )
    return replace(
        ledger_report(),
        code="表5",
        title="“百千万亿”工作开展情况统计表",
        file_stem="百千万亿统计表",
        orientation="portrait",
        blocks=tables,
        receipt_code="K7MX-2Q9D",
    )
