"""What the pictures of the forms show: the sample ledger, and what breaks forms: no records, many, long words."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

from PIL import Image, ImageDraw

from models.activity import Activity, Status
from models.activity_repository import list_in_period
from models.attachment import OF_ACTIVITY
from models.attachment_recording import describe
from models.case import Case, Effect
from models.case_recording import record_case
from models.ledger import Ledger
from models.notice import Notice
from models.periods import Period, month_of, year_of
from models.photos import add_photos
from models.plan_item import PlanItem
from models.plan_repository import PLAN_ITEMS
from models.recording import Clerk, record, record_many
from models.report import Report
from models.reports import BUILDERS, CALENDAR_SHEETS
from models.reports.basis import ReportBasis
from models.reports.blank_forms import BLANKS
from models.reports.table1 import build_table1
from models.sample_ledger import create_sample_ledger
from models.samples import SAMPLE_DAY, sample_activities, sample_unit
from models.unit import Unit
from models.unit_repository import save_unit

MANY = 1000
LONG_NAME, LONG_TEXT = 60, 2000
WITH_PHOTOS = "劳模工匠大讲堂：走近电仪匠人王建国"
CALENDAR_NAMES = {"月历": "month-sheet", "年历": "year-sheet"}
NAME = (
    "“学党史、强信念、跟党走，建功新时代、奋斗‘十四五’”"
    "全市产业工人主题宣传教育系列活动暨劳模工匠宣讲走进生产一线启动仪式及首场报告会"
)
SENTENCE = (
    "公司工会把宣讲课堂搬进车间班组，2025年共组织宣讲36场，覆盖职工4,128人次，满意率98.5%；"
    "“小切口”讲清“大道理”，一线职工上台讲自己的事，听得懂、记得住、用得上。"
)


@dataclass(frozen=True, slots=True)
class FormSample:
    """A form to take pictures of: a name for the files, words for the index."""

    name: str
    caption: str
    report: Report


def sections(notice: Notice) -> Iterator[tuple[str, Sequence[FormSample]]]:
    """Headings of the index and what is shown below each, all of it from ledgers made for the purpose."""
    with tempfile.TemporaryDirectory(prefix="forms-") as made:
        folder = Path(made)
        with create_sample_ledger(folder / "示例", notice) as ledger:
            _add_photos(ledger, notice, folder, _find(ledger, WITH_PHOTOS), 2)
            yield "示例台账", list(_forms(ledger, notice, BUILDERS))
            yield (
                "打印后手填的空白表",
                [
                    FormSample(f"blank-{_file(code)}", f"{code} 空白表", blank(ledger, notice))
                    for code, blank in BLANKS.items()
                ],
            )
            yield "日历", list(_calendars(ledger, notice))
        with _ledger(folder / "空", notice, sample_unit()) as ledger:
            yield "没有记录", list(_forms(ledger, notice, BUILDERS, "empty"))
        with _ledger(folder / "一条", notice, sample_unit()) as ledger:
            _fill_one(ledger, notice)
            yield "只有一条记录", list(_forms(ledger, notice, BUILDERS, "one"))
        with _ledger(folder / "一千条", notice, sample_unit()) as ledger:
            record_many(ledger, _many(), _clerk(notice), "登记一千条活动")
            _plan_many(ledger, _clerk(notice))
            yield f"{MANY} 条记录（首页和末页）", list(_forms(ledger, notice, ("表2", "表8"), "many"))
        name = NAME[:LONG_NAME]
        with _ledger(folder / "长名称", notice, replace(sample_unit(), name=f"{name[:-2]}工会")) as ledger:
            _fill_one(ledger, notice, title=name, place=name, partner_units=name, leader="欧阳" * 5)
            yield f"{LONG_NAME} 个字的名称", list(_forms(ledger, notice, BUILDERS, "names"))
        with _ledger(folder / "长文", notice, sample_unit()) as ledger:
            text = (SENTENCE * 30)[:LONG_TEXT]
            _fill_one(ledger, notice, text, summary=text, effect=text)
            yield f"{LONG_TEXT} 个字的正文", list(_forms(ledger, notice, ("表1", "表2", "表3"), "text"))
        with _ledger(folder / "照片", notice, sample_unit()) as ledger:
            yield "没有照片和九张照片", _photo_samples(ledger, notice, folder)


def _forms(ledger: Ledger, notice: Notice, codes: Iterable[str], suffix: str = "") -> Iterator[FormSample]:
    """The forms of the sample year; 表1 of the sample ledger for the last month only, one sheet would look as 40."""
    for code in codes:
        period = month_of(SAMPLE_DAY) if code == "表1" and not suffix else year_of(SAMPLE_DAY)
        report = BUILDERS[code](_basis(ledger, notice, period))
        yield FormSample("-".join(filter(None, (_file(code), suffix))), f"{code} {report.title}", report)


def _calendars(ledger: Ledger, notice: Notice) -> Iterator[FormSample]:
    for name, build in CALENDAR_SHEETS.items():
        period = (month_of if name == "月历" else year_of)(SAMPLE_DAY)
        yield FormSample(CALENDAR_NAMES[name], name, build(_basis(ledger, notice, period)))


def _photo_samples(ledger: Ledger, notice: Notice, folder: Path) -> list[FormSample]:
    found: list[FormSample] = []
    for count, suffix in ((0, "no-photo"), (9, "nine-photos")):
        activity = record(ledger, replace(sample_activities()[0], title=f"{count}张照片的活动"), _clerk(notice))
        _add_photos(ledger, notice, folder, activity, count)
        report = build_table1(ledger, notice, activity.uid, SAMPLE_DAY)
        found.append(FormSample(f"table1-{suffix}", f"表1 {count} 张照片", report))
    return found


def _file(code: str) -> str:
    return f"table{code.removeprefix('表')}"


def _basis(ledger: Ledger, notice: Notice, period: Period) -> ReportBasis:
    return ReportBasis(ledger, notice, period, SAMPLE_DAY)


def _clerk(notice: Notice) -> Clerk:
    return Clerk(notice, datetime.combine(SAMPLE_DAY, time(9, 0)), "赵芳")


def _ledger(folder: Path, notice: Notice, unit: Unit) -> Ledger:
    ledger, clerk = Ledger.create(folder), _clerk(notice)
    with ledger.transaction("填写单位档案", at=clerk.now, person=clerk.person):
        save_unit(ledger, unit, now=clerk.now, person=clerk.person)
    return ledger


def _find(ledger: Ledger, title: str) -> Activity:
    return next(each for each in list_in_period(ledger, year_of(SAMPLE_DAY)) if each.title == title)


def _fill_one(ledger: Ledger, notice: Notice, text: str = SENTENCE, **values: str) -> None:
    """An activity, a case and a plan, with these words in them."""
    clerk = _clerk(notice)
    usual: Mapping[str, str] = {"title": "班前十分钟微思政课", **values}
    activity = record(ledger, replace(sample_activities()[0], **usual), clerk)
    case = Case(
        title=usual["title"],
        domain="D01",
        problem=text,
        practice=text,
        insight=text,
        effects=(Effect("参加职工", "4128", "人次"),),
        activities=(activity.uid,),
        author=usual.get("leader", "赵芳"),
        phone="0391-0000000",
    )
    record_case(ledger, case, clerk)
    with ledger.transaction("填写计划", at=clerk.now, person=clerk.person):
        item = PlanItem(title=usual["title"], month="2025-11", leader=usual.get("leader", "赵芳"))
        PLAN_ITEMS.save(ledger, item, now=clerk.now, person=clerk.person)


def _many() -> Iterator[Activity]:
    samples = [each for each in sample_activities() if each.status == Status.DONE]
    for number in range(MANY):
        day = year_of(SAMPLE_DAY).start + timedelta(days=number * 280 // MANY)
        yield replace(samples[number % len(samples)], start=day, end=None)


def _plan_many(ledger: Ledger, clerk: Clerk) -> None:
    titles = [each.title for each in sample_activities()]
    with ledger.transaction("填写计划", at=clerk.now, person=clerk.person):
        for number in range(MANY):
            month = f"{SAMPLE_DAY.year}-{number * 12 // MANY + 1:02}"
            item = PlanItem(title=titles[number % len(titles)], month=month, leader="赵芳")
            PLAN_ITEMS.save(ledger, item, now=clerk.now, person=clerk.person)


def _add_photos(ledger: Ledger, notice: Notice, folder: Path, activity: Activity, count: int) -> None:
    clerk = _clerk(notice)
    files = [_painted(folder / f"{number}.jpg", number) for number in range(count)]
    photos, _ = add_photos(ledger, OF_ACTIVITY, activity.uid, list(files), clerk)
    for number, photo in enumerate(photos, start=1):
        describe(ledger, photo.uid, clerk, caption=f"第{number}张：职工在现场听讲、提问", consent=True)


def _painted(file: Path, number: int) -> Path:
    """A hall with a banner, painted in greys: upright every third time, so that both kinds are laid out."""
    size = (800, 1200) if number % 3 == 2 else (1200, 800)
    wide, high = size
    image = Image.linear_gradient("L").resize(size).point([120 + level // 3 + number * 4 for level in range(256)])
    draw = ImageDraw.Draw(image)
    draw.rectangle((wide // 8, high // 9, wide * 7 // 8, high // 4), fill=70)
    for row in range(3):
        for seat in range(8 - row):
            x, y, r = (seat + 1) * wide // (9 - row), high // 2 + row * high // 6, wide // 36 + row * 6
            draw.ellipse((x - r, y - r, x + r, y + r), fill=200)
            draw.pieslice((x - 2 * r, y + r, x + 2 * r, y + 5 * r), 180, 360, fill=60 + 20 * ((seat + row) % 3))
    image.convert("RGB").save(file, quality=85)
    return file
