"""The ledger the pictures are taken of: the sample ledger, with photos, persons, a history and backups."""

from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

from models import recording
from models.activity import Activity
from models.activity_repository import list_in_period
from models.attachment import OF_ACTIVITY
from models.attachment_recording import describe
from models.backup import back_up, default_folder
from models.backup_words import remember_backup
from models.case_repository import CASES
from models.ledger import Ledger
from models.notice import Notice
from models.periods import year_of
from models.photos import add_photos, copy_photos
from models.recording import Clerk
from models.sample_ledger import create_sample_ledger
from models.samples import SAMPLE_DAY
from models.small_record_repository import PERSONS
from models.small_records import Person

FOLDER = Path("D:/宣教台账")  # below a temporary folder, but it reads as on the clerk's own PC
WITH_PHOTOS = "劳模工匠大讲堂：走近电仪匠人王建国"
WITH_CASE = "班前十分钟“微思政课”"
TWICE = "“书香车间”职工读书分享会"
CAPTIONS = ("王建国讲三十年校表的一件小事", "职工在现场动手校验压力表", "课后围着展台接着问")
GROUNDS = (((58, 92, 128), (196, 214, 230)), ((140, 84, 52), (236, 214, 186)), ((62, 104, 76), (206, 226, 208)))


def prepare_ledger(folder: Path, notice: Notice, now: datetime) -> None:
    """Make the ledger in `folder`, anew."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with create_sample_ledger(folder, notice) as ledger:
        clerk = Clerk(notice, now - timedelta(minutes=13), "赵芳")
        for number, person in enumerate((Person("赵芳"), Person("陈立新", records=False, reviews=True))):
            at = clerk.now + timedelta(seconds=number)  # one after the other, or their order would change
            with ledger.transaction(f"添加人员{person.name}", at=at, person=clerk.person):
                PERSONS.save(ledger, person, now=at, person=clerk.person)
        _add_photos(ledger, folder.parent, clerk)
        _work_some_days(ledger, notice, now)
        for days in (9, 2, 1):
            at = (now - timedelta(days=days)).replace(hour=17, minute=40)
            remember_backup(ledger, back_up(ledger, default_folder(folder), at), ledger.last_change())


def add_duplicate(ledger: Ledger, clerk: Clerk) -> None:
    """The same event once more under a slightly different name, as two people would enter it."""
    original = find(ledger, TWICE)
    copy = Activity(
        title="书香车间职工读书分享活动",
        start=original.start,
        form=original.form,
        focus=original.focus,
        people_offline=original.people_offline,
    )
    recording.record(ledger, copy, clerk)


def find(ledger: Ledger, title: str) -> Activity:
    """The sample activity with this title."""
    return next(each for each in list_in_period(ledger, year_of(SAMPLE_DAY)) if each.title == title)


def _add_photos(ledger: Ledger, folder: Path, clerk: Clerk) -> None:
    files = [_painted(folder / f"讲堂{number + 1}.jpg", number) for number in range(len(GROUNDS))]
    activity = find(ledger, WITH_PHOTOS)
    photos, _ = add_photos(ledger, OF_ACTIVITY, activity.uid, list(files), clerk)
    for number, photo in enumerate(photos[:2]):
        describe(ledger, photo.uid, clerk, caption=CAPTIONS[number], photographer="赵芳", consent=True)
    lesson = find(ledger, WITH_CASE)
    photos, _ = add_photos(ledger, OF_ACTIVITY, lesson.uid, files[1:], clerk)
    captioned = [
        describe(ledger, photo.uid, clerk, caption=caption, consent=True)
        for photo, caption in zip(photos, ("班前会上，职工讲身边的事", "讲完只留一个问题"), strict=True)
    ]
    case = next(each for each in CASES.list_all(ledger) if each.title == WITH_CASE)
    with ledger.transaction("取用照片", at=clerk.now, person=clerk.person):
        copy_photos(ledger, captioned, case.uid, clerk)


def _work_some_days(ledger: Ledger, notice: Notice, now: datetime) -> None:
    """Changes for 修改记录 and something in 回收站."""
    activity = find(ledger, WITH_PHOTOS)
    for minutes, person, values in (
        (11, "赵芳", {"people_offline": (activity.people_offline or 0) + 6}),
        (8, "赵芳", {"place": "职工培训中心二楼"}),
        (5, "陈立新", {"leader": "王建国", "effect": "现场收到职工提的校表难题 11 个，当场解答 9 个。"}),
    ):
        clerk = Clerk(notice, now - timedelta(minutes=minutes), person)
        activity = recording.record(ledger, activity.with_values(**values), clerk)
    trial = recording.record(ledger, Activity(title="试填一条", start=SAMPLE_DAY), clerk)
    recording.delete(ledger, [trial], clerk)


def _painted(file: Path, number: int) -> Path:
    """A picture of a hall with people in it, painted, so that no real person is in the manual."""
    dark, light = GROUNDS[number]
    wide, high = 1200, 800
    image = Image.linear_gradient("L").resize((wide, high))
    image = Image.composite(Image.new("RGB", (wide, high), dark), Image.new("RGB", (wide, high), light), image)
    draw = ImageDraw.Draw(image)
    draw.rectangle((150, 90, 1050, 330), fill=(250, 250, 246))
    draw.rectangle((150, 90, 1050, 150), fill=(168, 35, 29))
    for line in range(3):
        draw.rectangle(
            (230, 190 + line * 42, 700 + (line * 131 + number * 90) % 260, 204 + line * 42), fill=(200, 200, 196)
        )
    for row in range(3):
        size = 46 + row * 16
        for seat in range(9 - row):
            x = 90 + seat * (130 + row * 22) + (row * 57 + number * 31) % 70
            y = 420 + row * 120
            shade = tuple(max(0, part - 26 * ((seat + row + number) % 3)) for part in dark)
            draw.ellipse((x - size // 2, y - size // 2, x + size // 2, y + size // 2), fill=(226, 190, 160))
            draw.pieslice((x - size, y + size // 3, x + size, y + size * 3), 180, 360, fill=shade)
    image.filter(ImageFilter.GaussianBlur(0.8)).save(file, quality=90)
    return file
