"""案例孵化: a first draft of a case from one to five activities, by rule – no AI and no network.

Sentences are put together from what the records say and from nothing else. Where a case needs what no record
holds, a mark asks for it (`models.case.gap`), and 定稿 insists that every mark is gone (H18).
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from models.activity import Activity, Mode, Status
from models.attachment import PHOTO, Attachment
from models.attachment_repository import list_attachments
from models.case import Case, gap
from models.case_figures import FigureChange, figures, pulled, refresh_figures, refreshed
from models.dates import format_range
from models.errors import UserError
from models.fields import case_field
from models.ledger import Ledger
from models.notice import Notice
from models.search import normalise
from models.unit import Unit

__all__ = [
    "MOST_ACTIVITIES",
    "FigureChange",
    "figures",
    "hatch",
    "photo_candidates",
    "propose_domain",
    "propose_titles",
    "pulled",
    "refresh_figures",
    "refreshed",
]

MOST_ACTIVITIES = 5
_TITLE = case_field("title")
_ORDINALS = "一二三四五六七八九十"
_BRACKETED = re.compile(r"[（(【][^）)】]*[）)】]$")
_SHORTEST_COMMON = 4  # fewer characters in common are chance
_DOMAIN_COMMON = 3
_END = "。！？；…"


def hatch(base: Case, activities: Sequence[Activity], notice: Notice, unit: Unit) -> Case:
    """`base` (usually `case_recording.new_case`) with everything that these activities say about it.

    What `base` already holds is kept; 实施时间 is left to follow the links (`case_links.period_of`). Raises UserError
    unless there are one to five activities, all of them done.
    """
    if not 1 <= len(activities) <= MOST_ACTIVITIES:
        raise UserError(f"请选 1 到 {MOST_ACTIVITIES} 条活动来生成案例，现在选了 {len(activities)} 条。")
    if undone := next((each for each in activities if each.status != Status.DONE), None):
        raise UserError(f"“{undone.title}”还没有办完，不能用来生成案例。请先登记结果，或换一条活动。")
    told = sorted(activities, key=lambda each: (each.start is None, each.start, each.number))
    draft = {
        "title": propose_titles(told, notice, unit)[0],
        "problem": _problem(told, notice, unit),
        "practice": _practice(told, notice),
        "insight": _insight(told),
        "activities": tuple(each.uid for each in told),
    }
    filled = {name: getattr(base, name) or value for name, value in draft.items()}
    domain = propose_domain(told, notice) if not base.title else base.domain
    return pulled(replace(base, **filled, domain=domain or base.domain), told, notice)


def propose_titles(activities: Sequence[Activity], notice: Notice, unit: Unit | None = None) -> list[str]:
    """Up to three names for the case, the best first, never empty; without 《》 and the unit's name."""
    names = [_plain_title(each.title, unit) for each in activities]
    common = _common_part(names)
    largest = max(activities, key=lambda each: each.people)
    best = _plain_title(largest.title, unit)
    known = (notice.form(code) for code in dict.fromkeys(each.form for each in activities))
    forms = [form.brief for form in known if form and not form.other]
    found = [common, best, *names]
    if len(names) > 1 and names[0] != names[-1]:
        found.append(f"从{_in_quotes(names[0])}到{_in_quotes(names[-1])}")
    if forms and best:
        found.append(f"{forms[0]}工作的做法：{best}")
    fitting = [name for name in dict.fromkeys(found) if _TITLE.minimum <= len(name) <= _TITLE.limit]
    return fitting[:3] or [best[: _TITLE.limit] or gap("案例名称")]


def propose_domain(activities: Sequence[Activity], notice: Notice) -> str:
    """The domain whose name shares most with the names, forms, items, carriers and brands of most; else the first."""
    domains = notice.options("case_domain")
    if not domains:
        return ""
    scores: dict[str, int] = {}
    for activity in activities:
        words = [activity.title, *_labels(activity, notice)]
        lengths = {each.code: max(_overlap(each.brief, word) for word in words) for each in domains}
        code = max(lengths, key=lambda each: lengths[each])
        if lengths[code] >= _DOMAIN_COMMON:
            scores[code] = scores.get(code, 0) + 1
    best = max(scores, key=lambda each: scores[each], default=domains[0].code)
    return best if scores.get(best, 0) * 2 > len(activities) else domains[0].code


def photo_candidates(ledger: Ledger, activities: Sequence[Activity]) -> list[Attachment]:
    """The photos of these activities, in their order: what the case may take over."""
    return [photo for activity in activities for photo in list_attachments(ledger, activity.uid, PHOTO)]


# ─── the three parts ───


def _problem(activities: Sequence[Activity], notice: Notice, unit: Unit) -> str:
    staff = f"本单位现有职工{unit.workers}人，" if unit.workers else ""
    heard = list(dict.fromkeys(_need(each, notice) for each in activities if each.need_source))
    if heard:
        asked = f"需求来自{'、'.join(heard)}：{gap('职工提了什么，原来遇到什么问题')}。"
    else:
        asked = f"开展活动之前，{gap('原来遇到什么问题，有数字更好')}。"
    return f"{staff}{gap('职工怎样分布、怎样上班，为什么过去的办法不好用')}。\n{asked}"


def _need(activity: Activity, notice: Notice) -> str:
    if activity.need_source in notice.other_codes("need_source"):
        return activity.need_source_other.strip() or "职工"
    return notice.label("need_source", activity.need_source)


def _practice(activities: Sequence[Activity], notice: Notice) -> str:
    paragraphs = [_told(each, notice) for each in activities]
    paragraphs += _together(activities, notice)
    if len(paragraphs) == 1:
        paragraphs.append(gap("第二条做法，如怎样组织、谁来做、怎样保障"))
    return "\n".join(f"{_ORDINALS[index]}是{text}" for index, text in enumerate(paragraphs))


def _told(activity: Activity, notice: Notice) -> str:
    """One activity: when, what, with how many, and how it was done in its own words."""
    with_whom = f"与{activity.partner_units.strip()}" if activity.partner_units.strip() else ""
    verb = f"{with_whom}联合开展" if with_whom and activity.hosted else "开展" if activity.hosted else "组织职工参加"
    day = format_range(activity.start, activity.end) if activity.start else ""
    place = f"在{activity.place.strip()}" if activity.place.strip() else ""
    facts = [f"{day}{place}{'举办' if activity.hosted else '参加'}"] if day or place else []
    if (activity.sessions or 1) > 1:
        facts.append(f"共{activity.sessions}场")
    if activity.people:
        facts.append(f"参加职工{activity.people}人次")
    when = f"{'，'.join(facts)}。" if facts else ""
    how = _ended(activity.summary) or f"{gap(f'“{activity.title}”具体怎样做的，分几步')}。"
    return f"{verb}{_in_quotes(activity.title)}。{when}{how}{_ended(activity.effect)}"


def _together(activities: Sequence[Activity], notice: Notice) -> list[str]:
    """What the activities have in common: online beside offline, partners, AI tools."""
    found: list[str] = []
    blended = [each for each in activities if each.held_mode == Mode.BLENDED]
    if blended:
        platforms = "、".join(dict.fromkeys(each.online_platform.strip() for each in blended if each.online_platform))
        through = f"通过{platforms}同步参与" if platforms else "现场和线上同步参与"
        found.append(f"线上线下一起做。{through}，线上{sum(each.people_online or 0 for each in blended)}人次。")
    partners = [
        notice.label("partners", code)
        for code in dict.fromkeys(code for each in activities for code in each.partners)
        if code not in notice.other_codes("partners")
    ]
    partners += [text for each in activities if (text := each.partners_other.strip()) and text not in partners]
    if partners:
        found.append(f"联合{'、'.join(dict.fromkeys(partners))}一起做。{gap('各方分别做了什么')}。")
    tools = list(dict.fromkeys(notice.label("ai_use", code) for each in activities for code in each.ai_use))
    if tools:
        reviewed = "，内容经过人工审核" if all(each.ai_reviewed for each in activities if each.ai_use) else ""
        found.append(f"用好AI工具，用于{'、'.join(tools)}{reviewed}。")
    return found


def _insight(activities: Sequence[Activity]) -> str:
    hosted = sum(each.sessions or 0 for each in activities if each.hosted)
    people = sum(each.people for each in activities)
    facts = [f"共开展活动{hosted}场"] if hosted else []
    facts += [f"覆盖职工{people}人次"] if people else []
    result = f"{'，'.join(facts)}。" if facts else ""
    plans = list(dict.fromkeys(_ended(each.improvement) for each in activities if each.improvement.strip()))
    following = f"\n下一步，{''.join(plans)}" if plans else ""
    return f"{result}{gap('这样做为什么有效')}。{gap('别的单位照着做，要注意什么')}。{following}"


# ─── words ───


def _plain_title(title: str, unit: Unit | None) -> str:
    """The name of an activity as that of a practice: no number of the series, no 《》, no unit."""
    plain = _BRACKETED.sub("", title.strip()).replace("《", "“").replace("》", "”")
    for name in (unit.name, unit.name.removesuffix("工会")) if unit and unit.name else ():
        plain = plain.replace(name, "")
    return plain.strip(" ：:")


def _common_part(names: Sequence[str]) -> str:
    """What all the names share, if it is more than chance and a phrase of its own."""
    if len(names) < 2:
        return ""
    common = names[0]
    for name in names[1:]:
        match = SequenceMatcher(None, common, name, autojunk=False).find_longest_match()
        common = common[match.a : match.a + match.size]
    common = common.partition("：")[0].strip(" :，、—-")
    balanced = common.count("“") == common.count("”")
    return common if len(normalise(common)) >= _SHORTEST_COMMON and balanced else ""


def _overlap(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _labels(activity: Activity, notice: Notice) -> list[str]:
    labels = [notice.label("form", activity.form)] if activity.form else []
    if activity.item:
        labels.append(notice.label("item", activity.item))
    for name in ("carrier", "brand"):
        labels += [notice.label(name, code) for code in getattr(activity, name)]
    return labels


def _in_quotes(title: str) -> str:
    """A name inside a sentence; quotes of its own become single ones (GB/T 15834)."""
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def _ended(text: str) -> str:
    """A text as a whole sentence, empty if there is none; line breaks would break the numbering."""
    flat = "".join(text.split("\n")).strip()
    return flat if not flat or flat[-1] in _END else f"{flat}。"
