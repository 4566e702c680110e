"""A ledger's worth of activities that nobody would type, for counting again by hand: every role, state and choice."""

import random
from datetime import date, timedelta

from models.activity import Activity, Mode, Role, Status

FORMS = ("F1", "F1", "F2", "F3", "F4", "F5", "F9", "F9", "", "GF-7")  # GF-7: of another notice
ITEMS = ("", "F1-01", "F1-04", "F1-05", "F1-06", "F1-07", "F1-08", "F1-09", "F3-08", "F5-04", "GI-3")
FOCUSES = ((), ("Q1",), ("Q2",), ("Q1", "Q3"), ("Q1", "Q2", "Q3"), ("Q2", "GQ"), ("GQ",))
CARRIERS = ((), ("worker_class",), ("arts_show", "skills_contest"), ("other",), ("salon", "worker_class"), ("salon",))
TASKS = ((), ("thirty_projects",), ("action_345", "chains_3_13_n"), ("other",), ("old_task",))
BRANDS = ((), (), ("union_station",), ("workers_library", "other"), ("old_brand",))
CAMPAIGNS = ((), (), ("strong_nation",), ("strong_nation", "victory_80"))
TOPICS = ((), (), ("integrity", "national_defence"))
ROLES = (Role.HOST, Role.HOST, Role.CO_HOST, Role.ASSIST, Role.TAKE_PART)
STATUSES = (Status.DONE, Status.DONE, Status.DONE, Status.PLANNED, Status.CANCELLED)
FIRST_DAY, DAYS = date(2024, 7, 1), 730


def random_activities(seed: int, count: int = 500) -> list[Activity]:
    """Always the same ones for a seed; each has its uid already."""
    chance = random.Random(seed)
    return [_one(chance, f"{seed}-{number}") for number in range(count)]


def _one(chance: random.Random, name: str) -> Activity:
    brand, carrier = chance.choice(BRANDS), chance.choice(CARRIERS)
    return Activity(
        uid=f"uid-{name}",
        title=f"活动{name}",
        start=FIRST_DAY + timedelta(days=chance.randrange(DAYS)),
        form=chance.choice(FORMS),
        item=chance.choice(ITEMS),
        quantity=chance.choice((None, 0, 1, 2, 12)),
        focus=chance.choice(FOCUSES),
        people_offline=chance.choice((None, 0, 3, 50, 1200)),
        people_online=chance.choice((None, 0, 7, 800)),
        online_views=chance.choice((None, 10_000, 99_999)),
        people_active=chance.choice((None, 5)),
        sessions=chance.choice((None, 1, 1, 2, 5)),
        role=chance.choice(ROLES),
        status=chance.choice(STATUSES),
        mode=chance.choice(("", "", Mode.ONLINE, Mode.BLENDED)),
        carrier=carrier,
        carrier_other="读书沙龙" if "other" in carrier else "",
        local_focus=chance.choice(TASKS),
        brand=brand,
        brand_other="班前十分钟" if "other" in brand else "",
        linked_campaigns=chance.choice(CAMPAIGNS),
        merge_topics=chance.choice(TOPICS),
    )
