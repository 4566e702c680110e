"""The hints about an activity (FORMS 2.4, S02–S22): probably a slip, but the clerk knows better."""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from models.activity import Activity, Mode, Role, Status
from models.checks.findings import ACTIVITY_RULES, CheckContext, Found, Repair
from models.checks.photos import unexplained_photos
from models.checks.texts import personal_findings, wording_findings
from models.fields import ACTIVITY_FIELDS, Kind, activity_field
from models.search import normalise

soft = ACTIVITY_RULES.register

PEOPLE_PER_WORKER = 3  # one session cannot well reach more than three times the whole staff
TEN_TIMES = 10  # a slip of one digit
SIMILAR_TITLES = 0.8
_TEXTS = [spec for spec in ACTIVITY_FIELDS if spec.kind in (Kind.TEXT, Kind.LONG_TEXT)]


@soft("S02", "people_offline", "sessions")
def more_people_than_staff(activity: Activity, context: CheckContext) -> Iterator[Found]:
    workers, people = context.unit.workers, activity.people_offline
    if workers and people and (activity.sessions or 1) == 1 and people > workers * PEOPLE_PER_WORKER:
        yield "people_offline", f"一场活动线下 {people} 人次，超过职工人数 {workers} 人的 3 倍。请核对人次或场次。"


@soft("S03", "people_offline", "people_online")
def tenfold_of_the_last_one(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if activity.status != Status.DONE or not activity.people or (last := context.previous(activity)) is None:
        return
    for name, word in (("people_offline", "线下"), ("people_online", "线上")):
        now, before = getattr(activity, name), getattr(last, name)
        if not now or not before:
            continue
        if now >= before * TEN_TIMES:
            tenth = now // TEN_TIMES
            question = f"上次同类活动{word} {before} 人次，这次是它的 {now // before} 倍，是否多输了一个 0？"
            yield name, question, Repair(f"改为 {tenth}", name, tenth)
        elif now * TEN_TIMES <= before:
            yield name, f"上次同类活动{word} {before} 人次，这次只有 {now} 人次，是否少输了一个 0？"


@soft("S04", "summary")
def summary_too_short_or_long(activity: Activity, context: CheckContext) -> Iterator[Found]:
    limits, length = context.notice.thresholds, len(activity.summary.strip())
    if length and length < limits.summary_min:
        yield "summary", f"“活动简述”只有 {length} 字，建议 {limits.summary_min}—{limits.summary_max} 字。"
    elif length > limits.summary_max:
        yield "summary", f"“活动简述”有 {length} 字，建议不超过 {limits.summary_max} 字。"


@soft("S05", "item", "quantity")
def indicator_without_quantity(activity: Activity, context: CheckContext) -> Iterator[Found]:
    item = context.notice.item(activity.item) if activity.item else None
    if item and item.indicator and item.unit and activity.quantity is None and activity.status == Status.DONE:
        indicator = next(each for each in context.notice.indicators if each.code == item.indicator)
        if indicator.measure == "quantity":
            yield "quantity", f"“{item.label}”计入“百千万亿”统计，“成果数量”还没有填。请填几{item.unit}。"


@soft("S07", "start", "end")
def lasts_very_long(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if activity.start and activity.end:
        days = (activity.end - activity.start).days + 1
        if days > context.notice.thresholds.span_days:
            yield "end", f"这次活动前后 {days} 天。请核对日期，确是长期活动的写一句说明。"


@soft("S08", "start", "end")
def reaches_out_of_the_period(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if context.period and activity.end and activity.start and activity.end > context.period.end >= activity.start:
        yield "end", f"“结束日期”在{context.period.label}之外。活动按开始日期计入本期。"


@soft("S09", "start", "place")
def same_place_same_day(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if not activity.place or activity.start is None:
        return
    for other in context.neighbours(activity):
        if other.start == activity.start and other.place == activity.place and not _looks_like(activity, other):
            yield "place", f"同一天在“{activity.place}”还有“{other.title}”。请核对日期和地点。"
            return


@soft("S10", "people_offline", "safety")
def crowd_without_safety(activity: Activity, context: CheckContext) -> Iterator[Found]:
    limits, people = context.notice.thresholds, activity.people_offline or 0
    if activity.safety.strip() or people < limits.safety_people:
        return
    if people >= limits.large_event_people:
        yield "safety", f"线下满 {limits.large_event_people} 人次，安全措施没有填。请同时核对大型群众性活动的规定。"
    else:
        yield "safety", f"线下满 {limits.safety_people} 人次，安全措施没有填。"


@soft("S11", "title", "start")
def looks_entered_twice(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if activity.status == Status.CANCELLED:
        return
    for other in context.neighbours(activity):
        if _may_be_the_same(activity, other, context) and _looks_like(activity, other):
            yield "title", f"与“{other.title}”（{other.number}）日期、名称相近，是否重复登记？"
            return
    namesakes = context.namesakes(activity)
    if len(namesakes) == 1 and _may_be_the_same(activity, namesakes[0], context):  # more are a routine
        other = namesakes[0]
        day = f"{other.start.month}月{other.start.day}日" if other.start else "没有日期"
        yield "title", f"本月另有同名的“{other.title}”（{other.number}，{day}），是否重复登记？"


@soft("S12", "people_online", "online_views")
def views_taken_for_people(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    views, people = activity.online_views, activity.people_online
    if views and people and people >= views:
        yield "people_online", f"线上 {people} 人次不少于浏览量 {views}。浏览量不算人次，请核对。"


@soft("S16", "photos")
def photo_unexplained(activity: Activity, context: CheckContext) -> Iterator[Found]:
    yield from unexplained_photos(activity.uid, context)


@soft("S17", "title", "summary", "effect", "note", "safety")
def personal_data(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    filled = ((spec, getattr(activity, spec.name)) for spec in _TEXTS)
    yield from personal_findings((spec.name, spec.label, text) for spec, text in filled if text)


@soft("S19", "title", "summary", "effect")
def wording(activity: Activity, context: CheckContext) -> Iterator[Found]:
    names = ("title", "summary", "effect")
    texts = ((name, activity_field(name).label, getattr(activity, name)) for name in names)
    yield from wording_findings(texts, context.notice)


@soft("S20", "role", "partner_units")
def partner_unnamed(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if activity.role == Role.CO_HOST and not activity.partner_units.strip():
        yield "partner_units", "举办角色是“联合主办”，联合单位没有写。请写出和谁一起办。"


@soft("S21", "ai_use", "ai_reviewed")
def ai_not_reviewed(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if activity.ai_use and not activity.ai_reviewed:
        yield "ai_reviewed", "用了AI工具，而没有勾“已经人工审核”。请核对内容后勾选。"


@soft("S22", "start", "status")
def plan_is_overdue(activity: Activity, context: CheckContext) -> Iterator[Found]:
    if activity.status != Status.PLANNED or activity.last_day is None:
        return
    days = (context.today - activity.last_day).days
    if days > context.notice.thresholds.overdue_days:
        yield "status", f"计划已过期 {days} 天，还没有登记结果。请改为“已完成”并填人次，或改期、取消。"


@soft("S23", "mode", "people_offline", "people_online")
def mode_contradicts_people(activity: Activity, _context: CheckContext) -> Iterator[Found]:
    if activity.mode == Mode.OFFLINE and activity.people_online:
        yield "mode", "开展方式选了“线下”，却填了线上人次。请改为“线上线下融合”或删去线上人次。"
    elif activity.mode == Mode.ONLINE and activity.people_offline:
        yield "mode", "开展方式选了“线上”，却填了线下人次。请改为“线上线下融合”或删去线下人次。"


def _may_be_the_same(one: Activity, other: Activity, context: CheckContext) -> bool:
    """Not for what was cancelled, is one repetition of a series, or was called “不是重复”."""
    if other.status == Status.CANCELLED or (one.series and one.series == other.series):
        return False
    return not context.is_distinct(one.uid, other.uid)


def _looks_like(one: Activity, other: Activity) -> bool:
    """同日±1天 and titles alike: the same event entered twice."""
    if one.start is None or other.start is None or abs((one.start - other.start).days) > 1:
        return False
    return _similar(_name_of(one.title), _name_of(other.title))


def _similar(first: str, second: str) -> bool:
    """Whether two names are alike; what cannot be is told apart by length and by characters, which costs little."""
    if not first or not second:
        return False
    if first == second:
        return True
    enough = SIMILAR_TITLES * (len(first) + len(second)) / 2
    if min(len(first), len(second)) < enough or sum((Counter(first) & Counter(second)).values()) < enough:
        return False
    return SequenceMatcher(None, first, second).ratio() >= SIMILAR_TITLES


_name_of = lru_cache(1024)(normalise)  # the same names are compared again and again
