"""An activity, a case, a brand told in a sentence or two – in the words of its record and no others."""

import re
from collections.abc import Sequence

from models.activity import Activity, Role
from models.case import Case
from models.dates import format_range
from models.notice import Notice
from models.summary_names import scoped
from models.summary_text import literal, token

MOST_EXAMPLES = 3
MANY = 6  # activities of a form from which three examples are given instead of two
BRIEF = 90  # characters of a summary; the sentence that reaches beyond is left out
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[”’」』）》]*|[^。！？]+$")
_END = "。！？；…”"
_NO_PLACE = "线上"
_WATCHED = ("收听", "收看", "观看", "参观")  # titles that say themselves what workers did


def examples_of(activities: Sequence[Activity]) -> list[Activity]:
    """The two or three activities that say most: with effect and summary, the unit's own, the largest; by day."""

    def weight(activity: Activity) -> tuple[bool, bool, bool, int]:
        return bool(activity.effect.strip()), bool(activity.summary.strip()), activity.hosted, activity.people

    telling = [each for each in activities if each.summary.strip() or each.effect.strip()]
    most = MOST_EXAMPLES if len(activities) >= MANY else MOST_EXAMPLES - 1
    chosen = sorted(telling, key=weight, reverse=True)[:most]
    return sorted(chosen, key=lambda each: (each.start is None, each.start, each.number))


def told(activity: Activity, year: int) -> str:
    """One activity as a paragraph: when, where, what, how many took part, how it was done and what came of it."""
    when = f"{format_range(activity.start, activity.end, year=year)}，" if activity.start else ""
    place = activity.place.strip()
    where = f"在{literal(place)}" if place and not place.startswith(_NO_PLACE) else ""
    sessions = f"{token(scoped(activity.number, 'sessions'))}场" if (activity.sessions or 0) > 1 else ""
    people = f"，参加职工{token(scoped(activity.number, 'people'))}人次" if activity.people else ""
    words = "".join(literal(text) for text in (brief(activity.summary), brief(activity.effect)))
    return f"{when}{where}{_held(activity)}{sessions}{people}。{words}"


def told_case(case: Case) -> str:
    """A case in one line: its name and what it says of itself."""
    words = brief(case.summary) or brief(case.insight)
    return f"{quoted(case.title)}：{literal(words)}" if words else f"{quoted(case.title)}。"


def told_brand(activity: Activity, lead: str) -> str:
    """A new brand or a new way of working, by the activity that made it."""
    words = brief(activity.effect) or brief(activity.summary)
    return f"{lead}{quoted(activity.title)}。{literal(words)}"


def told_improvement(activity: Activity) -> str:
    """What its record says should be better next time."""
    return f"改进{quoted(activity.title)}的组织：{literal(brief(activity.improvement))}"


def listed(names: Sequence[str], most: int) -> str:
    """“一”“二”“三”等: so many names and no more (no 顿号 between quoted names, GB/T 15834)."""
    return f"{''.join(quoted(name) for name in names[:most])}{'等' if len(names) > most else ''}"


def quoted(title: str) -> str:
    """A name inside a sentence; quotes of its own become single ones (GB/T 15834)."""
    plain = " ".join(title.split()).replace("“", "‘").replace("”", "’")
    return f"“{literal(plain)}”"


def brief(text: str, most: int = BRIEF) -> str:
    """The first whole sentences of a text, at least one, as one line that ends like a sentence."""
    flat = "".join(line.strip() for line in text.splitlines())
    kept = ""
    for sentence in _SENTENCE.findall(flat):
        if kept and len(kept) + len(sentence) > most:
            break
        kept += sentence
    return kept if not kept or kept[-1] in _END else f"{kept}。"


def methods_words(activities: Sequence[Activity], notice: Notice) -> str:
    """以政启人、以理服人: the ways these activities were marked with, in the notice's order; empty for none."""
    used = {code for each in activities for code in each.methods}
    return "、".join(option.label for option in notice.options("methods") if option.code in used)


def _held(activity: Activity) -> str:
    """Who did what with whom: 开展“…”, 与…联合开展“…”, 组织职工参加“…”, 组织职工收看…."""
    if activity.title.strip().startswith(_WATCHED):
        return f"组织职工{literal(' '.join(activity.title.split()))}"
    return f"{_verb(activity)}{quoted(activity.title)}"


def _verb(activity: Activity) -> str:
    partners = activity.partner_units.strip()
    if activity.role == Role.TAKE_PART:
        return "组织职工参加"
    if activity.role == Role.ASSIST:
        return f"协助{literal(partners)}开展" if partners else "协助开展"
    if partners:
        return f"与{literal(partners)}联合开展"
    return "联合开展" if activity.role == Role.CO_HOST else "开展"
