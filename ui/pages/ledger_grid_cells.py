"""The columns of the grid, and what stands in a cell of each: words, and the colour they are written in."""

from collections.abc import Callable
from enum import IntEnum

from models.activity import MODE_LABELS, ROLE_LABELS, Activity, Status
from models.activity_repository import GridRow
from models.notice import Notice
from ui.fonts import ensure_glyphs

EMPTY = "—"
MISSING = "未填"


class Column(IntEnum):
    """The columns of the grid by the number the model knows them by; where they stand is the header's business."""

    CHECK = 0
    TITLE = 1
    DATE = 2
    FORM = 3
    FOCUS = 4
    OFFLINE = 5
    ONLINE = 6
    STAGE = 7
    # the clerk puts these beside the others if they are wanted
    PHOTOS = 8
    PLACE = 9
    LEADER = 10
    NUMBER = 11
    ITEM = 12
    CARRIER = 13
    SESSIONS = 14
    MODE = 15
    ROLE = 16
    MODIFIED = 17


TITLES = {
    Column.CHECK: "",
    Column.TITLE: "活动名称",
    Column.DATE: "日期",
    Column.FORM: "活动形式",
    Column.FOCUS: "重点",
    Column.OFFLINE: "线下",
    Column.ONLINE: "线上",
    Column.STAGE: "状态",
    Column.PHOTOS: "",
    Column.PLACE: "地点",
    Column.LEADER: "责任人",
    Column.NUMBER: "编号",
    Column.ITEM: "细分项目",
    Column.CARRIER: "载体",
    Column.SESSIONS: "场次",
    Column.MODE: "开展方式",
    Column.ROLE: "举办角色",
    Column.MODIFIED: "修改时间",
}
SPOKEN = {Column.CHECK: "检查结果", Column.PHOTOS: "照片"}  # columns that show a picture instead of words
SORTS = {
    Column.TITLE: "title",
    Column.DATE: "date",
    Column.FORM: "form",
    Column.FOCUS: "focus",
    Column.OFFLINE: "people_offline",
    Column.ONLINE: "people_online",
    Column.STAGE: "stage",
}
NUMBERS = (Column.OFFLINE, Column.ONLINE, Column.SESSIONS)

_FURTHER: dict[int, Callable[[Activity, Notice], str]] = {
    Column.PLACE: lambda activity, _notice: activity.place,
    Column.LEADER: lambda activity, _notice: activity.leader,
    Column.NUMBER: lambda activity, _notice: activity.number,
    Column.ITEM: lambda activity, notice: notice.label("item", activity.item) if activity.item else "",
    Column.CARRIER: lambda activity, notice: "、".join(notice.brief("carrier", code) for code in activity.carrier),
    Column.SESSIONS: lambda activity, _notice: "" if activity.sessions is None else str(activity.sessions),
    Column.MODE: lambda activity, _notice: MODE_LABELS.get(activity.held_mode, activity.held_mode),
    Column.ROLE: lambda activity, _notice: ROLE_LABELS.get(activity.role, activity.role),
    Column.MODIFIED: lambda activity, _notice: f"{activity.modified_at:%Y-%m-%d %H:%M}" if activity.modified_at else "",
}


def further_text(activity: Activity, column: int, notice: Notice) -> str:
    """What the columns say that are not shown unless somebody wants them."""
    text = _FURTHER[column](activity, notice)
    ensure_glyphs(text)
    return text


def people_text(activity: Activity, value: int | None) -> str:
    """人次 in a cell: a number, — for none, 未填 where one of the two is required."""
    if activity.status == Status.DONE and not activity.people:
        return MISSING
    if value:
        return str(value)
    return EMPTY if activity.status == Status.DONE else ""


def tone_of(line: GridRow, column: int) -> str:
    """The colour token of a cell's words."""
    activity = line.activity
    if activity.status == Status.CANCELLED:
        return "hint"
    if _is_missing(activity, column):
        return "error"
    return "text2" if column == Column.DATE else "text"


def _is_missing(activity: Activity, column: int) -> bool:
    match column:
        case Column.TITLE:
            return not activity.title
        case Column.DATE:
            return activity.start is None
        case Column.FORM:
            return not activity.form
        case Column.FOCUS:
            return not activity.focus
        case Column.OFFLINE | Column.ONLINE:
            return activity.status == Status.DONE and not activity.people
        case _:
            return False
