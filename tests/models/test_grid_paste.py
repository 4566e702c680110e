"""Blocks from Excel and WPS: what each cell becomes."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import grid_paste, history
from models.activity_list_repository import each
from models.activity_query import ActivityQuery
from models.cell_values import read_cell
from models.errors import UserError
from models.grid_paste import MOST_ROWS, NEW, SKIP, UPDATE, split_block
from models.grid_paste_columns import NUMBER, guess_columns
from tests.factories import NOW, TODAY, a_clerk, a_ledger, an_activity

NOTICE = a_clerk().notice


@pytest.mark.parametrize(
    ("copied", "cells"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\n乙\t丙", [["甲", ""], ["乙", "丙"]]),
        ('"第一行\n第二行"\t乙', [["第一行\n第二行", "乙"]]),
        ('"他说""好"""\t乙', [['他说"好"', "乙"]]),
        ('"大思政课"进车间\t乙', [['"大思政课"进车间', "乙"]]),
        ('"大思政课"\t乙', [['"大思政课"', "乙"]]),
        ('"没有收尾\t乙', [['"没有收尾', "乙"]]),
        ("\t\n\n", None),
        ("甲\n\n乙\n\n", [["甲"], [""], ["乙"]]),
    ],
)
def test_a_block_is_cut_as_excel_wrote_it(copied: str, cells: list[list[str]] | None) -> None:
    if cells is None:
        with pytest.raises(UserError):
            split_block(copied)
    else:
        assert split_block(copied) == cells


def test_any_block_written_as_excel_does_is_read_back() -> None:
    chance = random.Random(5)
    for _ in range(300):
        width = chance.randrange(1, 5)
        rows = [["".join(chance.choices('甲"\t\n =', k=chance.randrange(6))) for _ in range(width)] for _ in range(4)]
        rows.append(["末"] * width)
        text = "\n".join("\t".join(map(_as_excel, row)) for row in rows)
        assert split_block(text) == rows


def _as_excel(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & {"\t", "\n", '"'} else cell


def test_too_many_rows_are_refused_with_the_number() -> None:
    with pytest.raises(UserError, match=str(MOST_ROWS + 2)):
        split_block("甲\n" * (MOST_ROWS + 2))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("people_offline", "120人次", 120),
        ("people_offline", "１，２００", 1200),
        ("people_offline", "1.2万", 12000),
        ("people_offline", "1.2万人次", 12000),
        ("people_offline", "3千", 3000),
        ("people_offline", "120.0", 120),
        ("people_offline", "—", None),
        ("sessions", "2场", 2),
        ("cost", "1.5万元", 1_500_000),
        ("cost", "￥350.50", 35050),
        ("start", "2025/9/3 14:30", date(2025, 9, 3)),
        ("start", "9月3日", date(2025, 9, 3)),
        ("start_time", "下午2点半", "14:30"),
        ("form", "形式一", "F1"),
        ("form", "一、中国工人大思政课", "F1"),
        ("form", "大思政课", "F1"),
        ("form", "文体", "F5"),
        ("form", "其他", "F9"),
        ("focus", "政治性、群众性", ("Q1", "Q3")),
        ("focus", "突出群众性；突出政治性", ("Q1", "Q3")),
        ("status", "已完成", "done"),
        ("role", "主办", "host"),
        ("mode", "线上线下融合", "blended"),
        ("ai_reviewed", "是", True),
        ("title", " 读书\n会 ", "读书 会"),
        ("title", "=1+1", "=1+1"),
        ("summary", "一\r\n二", "一\n二"),
    ],
)
def test_a_cell_is_read_as_people_write(name: str, text: str, value: Any) -> None:
    read = read_cell(name, text, NOTICE, TODAY)
    assert (read.value, read.problem) == (value, "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("people_offline", "约120人"),
        ("people_offline", "60+20"),
        ("people_offline", "12.5"),
        ("people_offline", "-3"),
        ("people_offline", "九十多"),
        ("people_offline", "=SUM(A1:A3)"),
        ("people_offline", "99999999"),
        ("start", "9-31"),
        ("start", "上半年"),
        ("form", "不知道"),
        ("form", "工"),
        ("focus", "政治性、不知道"),
        ("start_time", "25:00"),
        ("ai_reviewed", "也许"),
        ("title", "长" * 5001),
    ],
)
def test_what_is_not_certain_is_refused_with_a_reason(name: str, text: str) -> None:
    read = read_cell(name, text, NOTICE, TODAY)
    assert read.problem and not read.value


def test_columns_are_known_by_their_heads() -> None:
    rows = split_block(
        "序号\t活动主题\t活动时间\t地点\t参加人数（人）\t活动形式\t宣传重点\n1\t读书\t9-3\t书屋\t5\t文体\t群众性"
    )
    assert guess_columns(rows, a_clerk()) == (
        True,
        ["", "title", "start", "place", "people_offline", "form", "focus"],
    )


def test_without_heads_days_forms_and_numbers_give_themselves_away() -> None:
    rows = split_block("9月3日\t职工书屋读书分享会\t文体活动\t76\n9月8日\t劳模工匠进校园宣讲\t大思政课\t120")
    assert guess_columns(rows, a_clerk()) == (False, ["start", "title", "form", "people_offline"])


FIELDS = ["title", "start", "people_offline", "form", "focus"]


def test_rows_become_records_in_one_step(tmp_path: Path) -> None:
    rows = [
        ["读书会", "9-5", "约20", "文体", "群众性"],
        ["安全宣讲", "9-8", "30人次", "大思政课", "政治性"],
        ["年底晚会", "2025-12-30", "", "文体", "群众性"],
        ["合计", "", "50", "", ""],
        ["", "", "", "", ""],
    ]
    with a_ledger(tmp_path) as ledger:
        planned = grid_paste.plan(ledger, rows, FIELDS, a_clerk())
        assert [row.kind for row in planned] == [NEW, NEW, NEW, SKIP, SKIP]
        assert [row.problems for row in planned[:2]] == [1, 0]
        assert grid_paste.commit(ledger, [row for row in planned if row.wanted], a_clerk()) == "已粘贴：新增 3 条活动"
        made = {activity.title: activity for activity in each(ledger, ActivityQuery())}
        assert made["安全宣讲"].people_offline == 30 and made["读书会"].people_offline is None
        assert made["年底晚会"].status == "planned"
        assert all(activity.number for activity in made.values())
        history.undo(ledger, now=NOW)
        assert not list(each(ledger, ActivityQuery()))


def test_a_row_with_a_known_number_changes_that_record_and_leaves_the_rest(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(place="书屋", leader="赵芳")) as ledger:
        (before,) = each(ledger, ActivityQuery())
        rows = [[before.number, "", "88"], [before.number, "又一次", ""], ["HD-2025-0999", "新来的", "3"]]
        planned = grid_paste.plan(ledger, rows, [NUMBER, "title", "people_offline"], a_clerk())
        assert [row.kind for row in planned] == [UPDATE, SKIP, NEW]
        assert "HD-2025-0999" in planned[2].note
        assert grid_paste.commit(ledger, planned, a_clerk()) == "已粘贴：新增 1 条、修改 1 条活动"
        now = {activity.uid: activity for activity in each(ledger, ActivityQuery())}[before.uid]
        assert (now.people_offline, now.title, now.leader, now.place) == (88, before.title, "赵芳", "书屋")


def test_what_stands_in_the_ledger_already_is_not_ticked(tmp_path: Path) -> None:
    rows = [["职工书屋读书分享会", "2025-9-24"], ["另一场活动", "2025-9-24"], ["另一场 活动", "2025-9-24"]]
    with a_ledger(tmp_path, an_activity()) as ledger:
        planned = grid_paste.plan(ledger, rows, ["title", "start"], a_clerk())
        assert [row.wanted for row in planned] == [False, True, False]
        assert planned[0].activity is not None, "the clerk may tick it all the same"
