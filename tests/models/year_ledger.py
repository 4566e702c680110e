"""A year of a big union: thousands of activities, hundreds of cases and works, photos on some."""

from datetime import date, timedelta
from pathlib import Path

from models import photos
from models.activity import Mode, Role, Status
from models.activity_repository import list_in_period
from models.attachment import OF_ACTIVITY, OF_CASE
from models.case_repository import CASES
from models.ledger import Ledger
from models.periods import year
from models.plan_item import PlanItem
from models.plan_repository import PLAN_ITEMS
from models.publicity import Exemplar, Work
from models.publicity_repository import EXEMPLARS, WORKS
from models.recording import record_many
from models.report import Report
from models.reports import BUILDERS, CALENDAR_SHEETS
from models.reports.basis import ReportBasis
from tests.factories import NOW, a_case, a_clerk, a_ledger, an_activity
from tests.models.full_ledger import NOTICE
from tests.models.photo_samples import a_picture, encoded

LAST_DAY = date(2025, 12, 31)
SENTENCE = "为深入学习贯彻党的创新理论，公司工会组织劳模宣讲，职工说“听得懂、记得住、用得上”，参加职工1,260人次。"
FORMS = ("F1", "F2", "F3", "F4", "F5", "F9")


def a_year_ledger(folder: Path, activities: int = 5000, cases: int = 300, photographed: int = 60) -> Ledger:
    """So many activities over 2025, a few of them planned or cancelled, with everything that hangs on them."""
    ledger, clerk = a_ledger(folder), a_clerk()
    record_many(
        ledger,
        [
            an_activity(
                title=f"第{number}期“中国梦·劳动美”职工读书分享会",
                start=date(2025, 1, 1) + timedelta(days=number * 364 // activities),
                form=FORMS[number % len(FORMS)],
                focus=(f"Q{number % 3 + 1}",),
                mode=(Mode.OFFLINE, Mode.ONLINE, Mode.BLENDED)[number % 3],
                role=Role.CO_HOST if number % 9 == 0 else Role.HOST,
                status=Status.PLANNED if number % 50 == 49 else Status.CANCELLED if number % 70 == 69 else Status.DONE,
                people_online=number % 40,
                summary=SENTENCE * (number % 4),
                effect=SENTENCE if number % 5 == 0 else "",
            )
            for number in range(activities)
        ],
        clerk,
        "登记一年的活动",
    )
    made = list_in_period(ledger, year(2025))
    with ledger.transaction("编一年的案例和作品", at=NOW):
        own = [
            CASES.save(
                ledger,
                a_case(
                    title=f"案例{number}：班前十分钟微思政课",
                    practice=SENTENCE * 8,
                    period_end=date(2025, number % 12 + 1, 1),
                    activities=(made[number % activities].uid,),
                    number=f"AL-2025-{number:04d}",
                ),
                now=NOW,
            )
            for number in range(cases)
        ]
        for number in range(cases):
            day = date(2025, number % 12 + 1, number % 28 + 1)
            kind = ("news", "video", "graphic", "calligraphy", "other")[number % 5]
            work = Work(
                kind, title=f"报道{number}", media="焦作日报", day=day, views=number, url="https://example.org/"
            )
            WORKS.save(ledger, work, now=NOW)
            EXEMPLARS.save(ledger, Exemplar(f"李{number}", "model_worker", times=2, day=day), now=NOW)
            PLAN_ITEMS.save(ledger, PlanItem(title=f"计划{number}", month=f"2025-{number % 12 + 1:02d}"), now=NOW)
    stored = [
        photos.store_photo(folder, photos.prepare_photo(encoded(a_picture(900 + number, 600)), "现场.jpg", full=True))
        for number in range(3)
    ]
    done = [one for one in made if one.status == Status.DONE]
    for one, kind in [*((one, OF_ACTIVITY) for one in done[:photographed]), *((one, OF_CASE) for one in own[:5])]:
        photos.attach(ledger, kind, one.uid, stored, clerk)
    return ledger


def year_forms(ledger: Ledger) -> list[Report]:
    """Every form and calendar sheet of the year."""
    basis = ReportBasis(ledger, NOTICE, year(2025), LAST_DAY)
    return [make(basis) for make in (*BUILDERS.values(), *CALENDAR_SHEETS.values())]
