"""A ledger in which every text that a person may type is hostile: what forms and exports must print and never obey."""

import sqlite3
from contextlib import closing
from pathlib import Path

from models.ledger import FILE_NAME, Ledger
from tests.models.full_ledger import a_full_ledger

TYPED = {
    "activity": (
        "title form_other place partner_units online_platform online_url carrier_other local_focus_other brand_other "
        "linked_campaigns_other summary effect leader partners_other ai_use_other ai_tool improvement cost_source "
        "need_source_other safety note number"
    ),
    "case_record": (
        "title problem practice insight summary author reviewer phone video reported_before fate_note number"
    ),
    "work": "kind_other title media account url note",
    "exemplar": "name kind_other method",
    "plan_item": "title leader host topic",
    "unit": "name code superior_name contact phone chair email",
    "summary": "title address overview practice highlights problems next_steps",
    "attachment": "file_name caption photographer",
    "day_mark": "label",
}
"""Table → its columns of free text."""

HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1:A9)",
    '\t=HYPERLINK("https://example.org")',
    "\n=2*3",
    "<b>粗</b><para>",
    "甲&乙&amp;&#65;<![CDATA[丙]]>",
    "{}",
    "{activities}",
    "{{activities}}",
    "{未知}",
    "%s %d %(x)s",
    '<img src="x" onerror="y"/>',
    "空\x00字",
    "控\x01制\x08字\x0b符\x1f\x7f完",
    "右\u202e左\u200f标\u2066记\u2069",
    "旗🇨🇳旗",
    "扩展𠙶𣸣𫄧𫍯𬭎字",
    "组合e\u0301a\u0308n\u0303字",
    "一行\r\n二行\r三行\u2028四行\u2029五行\x85六行",
    "空\u3000格\u00a0与\u200b零宽",
    "_x0041_与_x000D_",
    ']]>与<?xml version="1.0"?>',
    "'单引号",
    "字" * 60,
    "1e5",
    "00123",
    "2025-01-01",
    "TRUE",
    "\\n\\t\\u0041 $& `ls`",
    "(括号)\\)结束",
    "&<>\"'",
    " 前后空格 ",
)
LONG_WORD = "长" * 10_000
LONG_LATIN = "w" * 10_000


def a_hostile_ledger(folder: Path, texts: tuple[str, ...] = HOSTILE, shift: int = 0) -> Ledger:
    """The full ledger with one of the texts in each column of free text, beginning with number `shift`."""
    a_full_ledger(folder).close()
    write_hostile(folder, texts, shift)
    return Ledger.open(folder)


def write_hostile(folder: Path, texts: tuple[str, ...] = HOSTILE, shift: int = 0) -> None:
    """Put one of the texts into each column of free text, past the program: 搜索 does not know them."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        number = shift
        for table, columns in TYPED.items():
            for column in columns.split():
                connection.execute(f'UPDATE {table} SET "{column}" = ?', (texts[number % len(texts)],))
                number += 1
        connection.commit()
