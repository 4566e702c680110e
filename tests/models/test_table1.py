"""表1: a sheet says what the record says, leaves out what nobody filled in, and brings its photos along."""

from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from models import reports
from models.activity import Activity, Role, Status
from models.attachment import FILE, Attachment
from models.attachment_repository import ATTACHMENTS
from models.errors import UserError
from models.file_store import digest_of, path_of
from models.ledger import Ledger
from models.notice import builtin_notice
from models.periods import quarter
from models.publicity import Work
from models.publicity_repository import WORKS
from models.recording import record
from models.report import FieldGrid, PictureSheet, Report, Table
from models.reports import table1
from models.reports.basis import ReportBasis
from models.reports.table1 import build_table1
from tests.factories import NOW, TODAY, a_clerk, a_ledger, a_unit, an_activity

NOTICE = builtin_notice()
THIRD = quarter(2025, 3)
numbers = count()


def shown(report: Report) -> dict[str, str]:
    [grid] = [block for block in report.blocks if isinstance(block, FieldGrid)]
    return {entry.label: entry.value.text for entry in grid.entries()}


def pairs(report: Report) -> list[tuple[str, ...]]:
    [grid] = [block for block in report.blocks if isinstance(block, FieldGrid)]
    return [tuple(entry.label for entry in line) for line in grid.lines]


def captions(report: Report) -> list[str]:
    return [p.caption for block in report.blocks if isinstance(block, PictureSheet) for p in block.pictures]


def a_photo(owner: str, caption: str, **values: object) -> Attachment:
    photo = Attachment("activity", owner, digest=digest_of(caption.encode()), suffix=".jpg", caption=caption)
    return replace(photo, position=next(numbers), **values)  # type: ignore[arg-type]


def keep(ledger: Ledger, *kept: Attachment | Work) -> None:
    with ledger.transaction("附件", at=NOW):
        for each in kept:
            (WORKS if isinstance(each, Work) else ATTACHMENTS).save(ledger, each, now=NOW)  # type: ignore[arg-type]


def everything() -> Activity:
    return an_activity(
        title="劳模工匠进校园",
        start=date(2025, 7, 30), end=date(2025, 8, 2), start_time="14:30", end_time="16:00",
        place="示例学院报告厅", form="F1", item="F1-05", focus=("Q1", "Q2"),
        people_offline=230, people_online=40, online_views=9000, sessions=3, people_active=12,
        role=Role.CO_HOST, partner_units="示例学院工会", quantity=6,
        carrier=("skills_contest", "other"), carrier_other="班组擂台", contest_people=68, contest_certificates=12,
        local_focus=("thirty_projects",), summary=" 现场演示。 ", effect="结对6对。",
        ai_use=("content",), ai_tool="示例模型", ai_reviewed=True, leader="赵芳", note="分两地",
    )  # fmt: skip


def test_every_field_of_the_form_says_what_the_record_says(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = record(ledger, everything(), a_clerk())
        keep(
            ledger,
            Work(
                kind="news", title="赛场连着现场", media="示例工会报", day=date(2025, 8, 3), activity_uid=activity.uid
            ),
            Work(kind="video", title="那一夜", account="云台工会", day=date(2025, 8, 4), activity_uid=activity.uid),
            Work(kind="news", title="别处的报道", activity_uid="别的活动"),
        )
        report = build_table1(ledger, NOTICE, activity.uid, TODAY)
    assert list(shown(report).items()) == [
        ("活动名称", "劳模工匠进校园"),
        ("活动时间", "2025年7月30日—8月2日\n14:30—16:00"),
        ("活动地点", "示例学院报告厅"),
        ("活动形式", "一、中国工人大思政课"),
        ("细分项目", NOTICE.label("item", "F1-05")),
        ("宣传教育重点", "突出政治性、突出先进性"),
        ("开展方式", "线上线下融合"),
        ("举办角色及联合单位", "联合主办：示例学院工会"),
        ("场次", "3"),
        ("线下参加人次", "230"),
        ("线上参与人次", "40"),
        ("其中登台展示职工数", "12"),
        ("活动载体", "技能竞赛、其他（班组擂台）；68人参赛，12人获证"),
        ("服务中心工作", "“三十工程”"),
        ("成果数量", f"6{NOTICE.item('F1-05').unit}"),  # type: ignore[union-attr]
        ("活动简述", "现场演示。"),
        ("成效", "结对6对。"),
        (
            "宣传报道（媒体、标题、日期）",
            "1. 示例工会报《赛场连着现场》（新闻报道），2025年8月3日\n2. 云台工会《那一夜》（微视频），2025年8月4日",
        ),
        ("AI应用", "内容生成创作；工具：示例模型；已经人工审核"),
        ("责任人", "赵芳"),
        ("备注", "分两地"),
    ]
    assert report.info == (f"填报单位：{a_unit().name}", "基层工会统计编码：4108-TEST-012", "记录编号：HD-2025-0001")
    assert (report.code, report.title, report.signed) == ("表1", "主题宣传教育活动登记表", True)
    assert (report.period_text, report.period_code) == ("劳模工匠进校园", "HD-2025-0001")
    assert {entry.value.sources for block in report.blocks for entry in block.entries()} == {(activity.uid,)}  # type: ignore[union-attr]


def test_what_is_optional_and_empty_is_left_out_and_the_lines_close_up(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = build_table1(ledger, NOTICE, an_activity(place="", note="备注在此"))
    assert pairs(report) == [
        ("活动名称",),
        ("活动时间", "活动形式"),
        ("宣传教育重点", "开展方式"),
        ("举办角色及联合单位", "场次"),
        ("线下参加人次",),
        ("备注",),
    ]
    assert report.signature.filled_on is None


def test_what_is_required_and_missing_is_marked(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        begun = shown(build_table1(ledger, NOTICE, Activity()))
        planned = shown(build_table1(ledger, NOTICE, Activity(title="明年的活动", status=Status.PLANNED)))
    assert {label for label, text in begun.items() if text == "未填"} == {
        "活动名称", "活动时间", "活动形式", "宣传教育重点", "线下参加人次", "线上参与人次",
    }  # fmt: skip
    assert "线下参加人次" not in planned, "nobody can have come yet"


def test_a_typed_nought_is_printed_and_an_end_before_the_start_does_no_harm(tmp_path: Path) -> None:
    activity = an_activity(people_online=0, end=date(2025, 9, 20), start_time="14:30")
    with a_ledger(tmp_path) as ledger:
        found = shown(build_table1(ledger, NOTICE, activity))
    assert (found["线上参与人次"], found["活动时间"]) == ("0", "2025年9月20日—24日\n14:30")


def test_photos_follow_in_their_order_and_files_do_not(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = record(ledger, an_activity(), a_clerk())
        keep(
            ledger,
            a_photo(activity.uid, "领读", width=1600, height=1200),
            a_photo(activity.uid, "合影", photographer="李明"),
            a_photo(activity.uid, "方案.docx", kind=FILE),
            a_photo(activity.uid, "来历不明", digest="../../etc/passwd"),
        )
        report = build_table1(ledger, NOTICE, activity.uid, TODAY)
        plain = build_table1(ledger, NOTICE, activity.uid, TODAY, photos=False)
        [sheet] = [block for block in report.blocks if isinstance(block, PictureSheet)]
        first, _second, third = sheet.pictures
        assert first.file == path_of(ledger.folder, digest_of("领读".encode()), ".jpg")
        assert third.file.parent == ledger.folder / "photos", "nothing leads out of the folder"
    assert captions(report) == ["领读", "合影（摄影：李明）", "来历不明"]
    assert (first.width, first.height, sheet.per_page) == (1600, 1200, 2)
    assert captions(plain) == []


def test_a_period_gives_a_sheet_for_each_activity_that_took_place(tmp_path: Path) -> None:
    with a_ledger(
        tmp_path,
        an_activity(title="乙", start=date(2025, 9, 2)),
        an_activity(title="甲", start=date(2025, 7, 2)),
        an_activity(title="取消的", status=Status.CANCELLED),
        an_activity(title="上季度的", start=date(2025, 6, 30)),
    ) as ledger:
        last = record(ledger, an_activity(title="丙", start=date(2025, 9, 3)), a_clerk())
        keep(ledger, a_photo(last.uid, "领读"), Work(title="报道", activity_uid=last.uid))
        report = reports.build("表1", ledger, NOTICE, THIRD, TODAY)
        without = table1.build_registration(ReportBasis(ledger, NOTICE, THIRD, TODAY), [last], photos=False)
        alone = build_table1(ledger, NOTICE, last.uid, TODAY)
    assert [sheet.period_text for sheet in report.sheets] == ["甲", "乙", "丙"]
    assert [captions(sheet) for sheet in report.sheets] == [[], [], ["领读"]]
    assert report.period_code == THIRD.code
    assert replace(report.sheets[2], period_code=alone.period_code) == alone
    assert captions(without) == [] and shown(without) == shown(alone)


def test_a_period_without_activities_is_an_empty_table_that_says_so(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        report = reports.build("表1", ledger, NOTICE, THIRD, TODAY)
    [table] = report.blocks
    assert isinstance(table, Table)
    assert (table.rows, table.empty_text, report.following) == ((), "本期没有已完成的活动", ())
    assert report.period_text == THIRD.range_text


def test_more_photos_than_a_file_can_hold_are_refused_with_the_way_out(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        activity = record(ledger, an_activity(), a_clerk())
        keep(ledger, *(a_photo(activity.uid, str(number)) for number in range(301)))
        with pytest.raises(UserError, match=r"共有 301 张照片，一份登记表最多附 300 张。请选短一些的报送期"):
            reports.build("表1", ledger, NOTICE, THIRD, TODAY)
        basis = ReportBasis(ledger, NOTICE, THIRD, TODAY)
        assert captions(table1.build_registration(basis, basis.activities, photos=False)) == []


def test_an_activity_that_is_gone_is_told_in_words(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError, match="这个活动已经不在台账里了。"):
        build_table1(ledger, NOTICE, "0198a000-0000-7000-8000-000000000000", TODAY)
