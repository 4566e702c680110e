"""Made-up activities in any number, always the same for the same seed, for benchmarks and trials with big ledgers.

    python -m benchmarks.generate FOLDER --count 100000

They resemble what a union of many workshops records over ten years: every form, focus, status and role, titles
from a large vocabulary, 60 % with a summary of 60-200 characters (some near the limit of 300), some left unfinished.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from benchmarks import vocabulary as words
from models import unit_repository
from models.activity import Activity, Mode, Role, Status
from models.errors import UserError
from models.ledger import Ledger
from models.notice_loader import builtin_notice
from models.recording import Clerk, record_many
from models.samples import sample_unit

FIRST_DAY = date(2016, 1, 1)
LAST_DAY = date(2025, 12, 31)
RECORDED_AT = datetime(2026, 1, 5, 9, 0)  # after the last day, so that the finished ones may be finished

_JITTER_DAYS = 25  # records are entered in about, not exactly, the order of their days
_FORMS = ("F1",) * 30 + ("F2",) * 8 + ("F3",) * 22 + ("F4",) * 12 + ("F5",) * 22 + ("F9",) * 6
_FOCUS = (("Q1",), ("Q2",), ("Q3",), ("Q3",), ("Q1", "Q2"), ("Q1", "Q3"), ("Q2", "Q3"), ("Q1", "Q2", "Q3"))
_STATUSES = (Status.DONE,) * 94 + (Status.PLANNED,) * 4 + (Status.CANCELLED,) * 2
_ROLES = (Role.HOST,) * 75 + (Role.CO_HOST,) * 9 + (Role.ASSIST,) * 6 + (Role.TAKE_PART,) * 10
_MODES = (Mode.OFFLINE,) * 65 + (Mode.ONLINE,) * 15 + (Mode.BLENDED,) * 20
_SESSIONS = (1,) * 14 + (2, 2, 3, 3, 4, 6, 12)
_TITLES = (
    "{w}“{t}”{k}",
    "“{t}”{k}进{w}",
    "{t}{k}：走近{p}",
    "{w}第{o}期{t}{k}",
    "{y}年{w}{t}{k}（第{o}期）",
    "{w}与{u}{t}{k}",
    "“{t}”职工{k}（{w}专场）",
    "{p}工作室{t}{k}",
    "第{o}届{t}{k}",
    "{q}{t}{k}（{w}）",
)
_SEASONS = ("春季", "夏季", "秋季", "冬季", "节前", "节后", "季度", "年度")
_SHORT_SUMMARY, _LONG_SUMMARY, _LIMIT = 60, 200, 300
_SENTENCES = 12  # enough for 300 characters


def generate(count: int, seed: int) -> Iterator[Activity]:
    """`count` activities in about the order of their days, without uids and numbers; the same for the same `seed`."""
    random = Random(seed)
    items = {form.code: [item.code for item in form.items] or [""] for form in builtin_notice().forms}
    days = (LAST_DAY - FIRST_DAY).days
    for index in range(count):
        offset = index * days // count + random.randrange(-_JITTER_DAYS, _JITTER_DAYS)
        yield _activity(random, FIRST_DAY + timedelta(days=min(max(offset, 0), days)), items)


def _activity(random: Random, start: date, items: dict[str, list[str]]) -> Activity:
    choice, chance = random.choice, random.random
    form = choice(_FORMS)
    gaps = {
        "t": choice(words.TOPICS[form]),
        "k": choice(words.KINDS[form]),
        "w": choice(words.WORKSHOPS),
        "u": choice(words.UNITS),
        "p": choice(words.SURNAMES) + choice(words.GIVEN_NAMES),
        "q": choice(_SEASONS),
        "o": int(chance() * 60) + 1,
        "y": start.year,
    }
    status, mode, role = choice(_STATUSES), choice(_MODES), choice(_ROLES)
    sessions = choice(_SESSIONS)
    done = status == Status.DONE
    unfinished = done and chance() < 0.03
    counted = done and not unfinished
    return Activity(
        title=choice(_TITLES).format_map(gaps),
        start=start,
        end=start + timedelta(days=int(chance() * 12) + 1) if chance() < 0.2 else None,
        form=form,
        form_other="其他形式" if form == "F9" else "",
        focus=() if unfinished and chance() < 0.5 else choice(_FOCUS),
        people_offline=_people(random, sessions) if counted and mode != Mode.ONLINE else None,
        people_online=_people(random, 3) if counted and mode != Mode.OFFLINE else None,
        item=choice(items[form]) if chance() < 0.6 else "",
        quantity=int(chance() * 40) + 1 if counted and chance() < 0.5 else None,
        place="线上" if mode == Mode.ONLINE else choice(words.PLACES),
        mode=mode,
        sessions=sessions,
        role=role,
        status=status,
        partner_units=gaps["u"] if role == Role.CO_HOST else "",
        people_active=int(chance() * 30) if counted and chance() < 0.4 else None,
        online_platform="" if mode == Mode.OFFLINE else choice(words.PLATFORMS),
        online_views=int(chance() * 20_000) + 5_000 if counted and mode != Mode.OFFLINE else None,
        carrier=(choice(("worker_class", "craftsman_forum", "arts_show", "skills_contest")),) if chance() < 0.4 else (),
        local_focus=(choice(("thirty_projects", "action_345", "chains_3_13_n")),) if chance() < 0.3 else (),
        summary=_summary(random, gaps) if chance() < 0.6 else "",
        effect=choice(words.EFFECTS).format_map(_numbered(random, gaps)) if counted and chance() < 0.4 else "",
        leader=gaps["p"],
        safety="分批进场，医务室派人值守。" if chance() < 0.15 else "",
        finalised=counted and chance() < 0.7,
    )


def _people(random: Random, sessions: int) -> int:
    """Mostly some dozens a session, now and then hundreds; never a round number on purpose."""
    return max(1, int(random.lognormvariate(3.6, 0.7) * sessions))


def _summary(random: Random, gaps: dict[str, object]) -> str:
    """Whole sentences up to a length that is advised (60-200), for one in twenty up to near the limit of 300."""
    numbered = _numbered(random, gaps)
    wanted, most = (260, _LIMIT) if random.random() < 0.05 else (random.randrange(_SHORT_SUMMARY, 165), _LONG_SUMMARY)
    text = ""
    for sentence in random.sample(words.SENTENCES, _SENTENCES):
        filled = sentence.format_map(numbered)
        if len(text) + len(filled) <= most:
            text += filled
        if len(text) >= wanted:
            break
    return text


def _numbered(random: Random, gaps: dict[str, object]) -> dict[str, object]:
    return {**gaps, "n": random.randrange(4, 60), "m": random.randrange(2, 9)}


def fill(folder: Path, count: int, seed: int) -> int:
    """Make a ledger of the sample unit in `folder` and record `count` activities; returns how many."""
    clerk = Clerk(builtin_notice(), RECORDED_AT, sample_unit().contact)
    with Ledger.create(folder) as ledger:
        with ledger.transaction("建立示例单位", at=clerk.now):
            unit_repository.save_unit(ledger, sample_unit(), now=clerk.now)
        return record_many(ledger, generate(count, seed), clerk, f"生成 {count} 条活动")


def main() -> int:
    """Fill a new ledger with generated activities and say how long that took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description="Fill a new ledger.")
    parser.add_argument("folder", type=Path, help="a folder that holds no ledger yet")
    parser.add_argument("--count", type=int, default=100_000, help="how many activities (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other activities (default: %(default)s)")
    arguments = parser.parse_args()

    began = time.perf_counter()
    try:
        count = fill(arguments.folder, arguments.count, arguments.seed)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 1
    print(f"{count} activities in {arguments.folder}, {time.perf_counter() - began:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
