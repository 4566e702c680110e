"""What a record of an activity says, in the words of the forms."""

from collections.abc import Iterable

from models.activity import ROLE_LABELS, Activity, Role
from models.dates import format_date, format_range
from models.notice import Notice
from models.publicity import Work


def when(activity: Activity) -> str:
    """2025年9月24日, and the hours on a line below; with the year: the form may lie alone. Empty without a day."""
    first, last = activity.start or activity.end, activity.last_day
    if first is None or last is None:
        return ""
    days = format_range(min(first, last), max(first, last), year=0)  # year 0: the year is always written
    if activity.start_time and activity.end_time:
        hours = f"{activity.start_time}—{activity.end_time}"
    else:
        hours = activity.start_time or (f"至{activity.end_time}" if activity.end_time else "")
    return f"{days}\n{hours}".rstrip()


def form(activity: Activity, notice: Notice) -> str:
    """一、中国工人大思政课; 其他 with what was written beside it."""
    known = notice.form(activity.form)
    printed = known.printed if known else activity.form
    return f"{printed}：{activity.form_other}" if activity.form_other else printed


def choices(activity: Activity, field: str, notice: Notice) -> str:
    """Everything chosen in a field of several choices, 其他 with its explanation: 技能竞赛、其他（班组擂台）."""
    other = str(getattr(activity, f"{field}_other", "")).strip()
    needs_words = notice.other_codes(field)
    labels: list[str] = []
    for code in getattr(activity, field):
        label = notice.label(field, code)
        labels.append(f"{label}（{other}）" if code in needs_words and other else label)
    return "、".join(labels)


def carrier(activity: Activity, notice: Notice) -> str:
    """The carriers, and behind them the figures of a contest."""
    counts = (
        (activity.contest_events, "个赛项（工种）"),
        (activity.contest_people, "人参赛"),
        (activity.contest_certificates, "人获证"),
    )
    figures = "，".join(f"{count}{unit}" for count, unit in counts if count)
    return "；".join(part for part in (choices(activity, "carrier", notice), figures) if part)


def role(activity: Activity) -> str:
    """联合主办：示例学院工会."""
    label = ROLE_LABELS.get(activity.role or Role.HOST, activity.role)
    return "：".join(part for part in (label, activity.partner_units.strip()) if part)


def quantity(activity: Activity, notice: Notice) -> str:
    """成果数量 with the unit of its item: 6堂. Empty when nobody counted."""
    if activity.quantity is None:
        return ""
    item = notice.item(activity.item)
    return f"{activity.quantity}{item.unit if item else ''}"


def ai_use(activity: Activity, notice: Notice) -> str:
    """AI应用, with the tool and whether a person has checked the result."""
    tool = f"工具：{activity.ai_tool}" if activity.ai_tool.strip() else ""
    used = choices(activity, "ai_use", notice)
    checked = "已经人工审核" if activity.ai_reviewed and (used or tool) else ""
    return "；".join(part for part in (used, tool, checked) if part)


def publicity(works: Iterable[Work], notice: Notice) -> str:
    """宣传报道, one a line: 示例工会报《赛场连着检修现场》（新闻报道），2025年7月2日."""
    lines = [_work(work, notice) for work in works]
    if len(lines) > 1:
        lines = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    return "\n".join(lines)


def _work(work: Work, notice: Notice) -> str:
    title = work.title.strip()
    plain = not title or "《" in title  # 《 within 《 would have to become 〈, and titles are not ours to change
    named = title if plain else f"《{title}》"
    media = work.media.strip() or work.account.strip()
    kind = notice.label("publicity_kind", work.kind)
    kind = f"（{work.kind_other or kind}）" if kind else ""
    day = f"，{format_date(work.day)}" if work.day else ""
    return f"{media}{named}{kind}{day}"
