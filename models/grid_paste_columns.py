"""Which column of a foreign table is which field: by the words in its first row, else by what the cells look like."""

import re
from collections.abc import Sequence

from models.cell_values import read_cell
from models.fields import ACTIVITY_FIELDS, activity_field
from models.recording import Clerk
from models.search import normalise

NUMBER = "number"  # 记录编号: not typed, but it says which record a row is about
NUMBER_LABEL = "记录编号"

# Words that tables of unions use for a field, beside its own label.
_SYNONYMS: dict[str, str] = {
    NUMBER: "记录编号 编号 活动编号 记录号",
    "title": "活动名称 名称 主题 活动主题 活动内容 题目 标题 项目名称 活动",
    "start": "活动日期 日期 时间 活动时间 开始日期 开展时间 举办时间 开始时间日期 年月日",
    "end": "结束日期 截止日期 结束时间日期",
    "form": "活动形式 形式 类别 活动类别 类型 活动类型 分类",
    "focus": "宣传教育重点 重点 教育重点 宣传重点 突出",
    "people_offline": "线下参加人次 线下人次 线下 线下人数 人数 人次 参加人数 参加人次 参与人数 参与人次 现场人数",
    "people_online": "线上参与人次 线上人次 线上 线上人数 网上人数",
    "item": "细分项目 项目 具体项目",
    "quantity": "成果数量 成果 数量 作品数量",
    "status": "状态 完成情况 进展",
    "role": "举办角色 角色 主办协办",
    "partner_units": "联合单位 合作单位 联办单位 协办单位",
    "sessions": "场次 场数 次数 期数",
    "mode": "开展方式 方式 线上线下",
    "start_time": "开始时间 几点",
    "end_time": "结束时间",
    "place": "地点 活动地点 地址 场所 举办地点",
    "people_active": "其中登台展示职工 登台人数 登台",
    "units": "参与单位 参与单位数 单位数",
    "online_platform": "线上平台 平台",
    "online_url": "链接 网址 地址链接",
    "online_views": "浏览量 阅读量 播放量 点击量",
    "carrier": "活动载体 载体",
    "summary": "活动简述 简述 活动简介 简介 内容 主要内容 活动情况",
    "effect": "成效 效果 活动效果 活动成效",
    "leader": "责任人 负责人 联系人 牵头人 组织者",
    "partners": "协作部门 配合部门",
    "safety": "安全措施 安全",
    "cost": "经费 费用 金额 支出",
    "satisfaction": "满意率 满意度",
    "note": "备注 说明 注",
}
_IN_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]")
_LOOKED_AT = 20  # rows that tell what a column without a head holds


def offered_columns() -> list[tuple[str, str]]:
    """(field, words) of everything a column can go to."""
    return [(NUMBER, NUMBER_LABEL), *((spec.name, spec.label) for spec in ACTIVITY_FIELDS)]


def column_label(name: str) -> str:
    """The words for a column's field, empty for a column that goes nowhere."""
    if not name:
        return ""
    return NUMBER_LABEL if name == NUMBER else activity_field(name).label


def guess_columns(rows: Sequence[Sequence[str]], clerk: Clerk) -> tuple[bool, list[str]]:
    """Whether the first row is a head, and the field of each column (empty: not known). No field is given twice."""
    by_head = _once([_field_of(cell) for cell in rows[0]])
    if sum(bool(name) for name in by_head) >= min(2, len(by_head)) and not _is_dated(rows[0], clerk):
        return True, by_head
    return False, _by_content(rows, clerk)


def _field_of(head: str) -> str:
    words = _words()
    return words.get(normalise(head)) or words.get(normalise(_IN_BRACKETS.sub("", head)), "")


def _words() -> dict[str, str]:
    own = {normalise(spec.label): spec.name for spec in ACTIVITY_FIELDS}
    return {normalise(word): name for name, words in _SYNONYMS.items() for word in words.split()} | own


def _once(names: list[str]) -> list[str]:
    return [name if name not in names[:place] else "" for place, name in enumerate(names)]


def _is_dated(row: Sequence[str], clerk: Clerk) -> bool:
    """A head has no date in it."""
    return any(_reads("start", cell, clerk) for cell in row)


def _by_content(rows: Sequence[Sequence[str]], clerk: Clerk) -> list[str]:
    """The first column of days, of forms and of numbers, and as the name the column with the longest texts."""
    columns = list(zip(*rows[:_LOOKED_AT], strict=True))
    found = [""] * len(columns)
    for name in ("start", "form", "focus", "people_offline"):
        for place, cells in enumerate(columns):
            filled = [cell for cell in cells if cell.strip()]
            if not found[place] and filled and all(_reads(name, cell, clerk) for cell in filled):
                found[place] = name
                break
    free = [place for place, name in enumerate(found) if not name and any(cell.strip() for cell in columns[place])]
    if free:
        found[max(free, key=lambda place: sum(len(cell) for cell in columns[place]))] = "title"
    return found


def _reads(name: str, cell: str, clerk: Clerk) -> bool:
    return bool(cell.strip()) and not read_cell(name, cell, clerk.notice, clerk.today).problem
