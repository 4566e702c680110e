"""Finding by initials and sorting by pinyin."""

import subprocess
import sys
from pathlib import Path

import pytest

from models.pinyin import initials, sort_key
from models.samples import sample_activities

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("大思政课", "dszk"),
        ("“中国工人大思政课”进班组（第3期）", "zggrdszkjbzd3q"),
        ("“职工之家”APP推广使用", "zgzjapptgsy"),
        ("１２３５１热线", "12351rx"),
        ("郭堃、李喆、刘㮾", "gklzll"),
        ("……——", ""),
        ("", ""),
    ],
)
def test_initials_are_what_a_clerk_types(title: str, letters: str) -> None:
    assert initials(title) == letters


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("重温入党誓词", "cwrdsc"),
        ("长征路上的音乐", "czlsdyy"),
        ("太行精神", "thjs"),
        ("各行各业", "ghgy"),
        ("行业竞赛协调会", "hyjsxth"),
        ("重阳节", "cyj"),
        ("会计", "kj"),
    ],
)
def test_common_words_with_a_second_reading_are_read_right(title: str, letters: str) -> None:
    assert initials(title) == letters


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("隆重启动", "lzqd"),
        ("工会计划", "ghjh"),
        ("进行业务培训", "jxywpx"),
        ("学校对口", "xxdk"),
        ("家长期盼", "jzqp"),
        ("职工行动", "zgxd"),
        ("娱乐器材", "ylqc"),
    ],
)
def test_two_words_that_meet_are_not_taken_for_a_third(title: str, letters: str) -> None:
    assert initials(title) == letters


def test_a_character_nobody_can_read_stays_itself() -> None:
    assert initials("𠮷田") == "𠮷t"
    assert sort_key("𠮷田").isascii()


def test_sample_titles_get_the_same_initials_as_from_the_full_dictionary() -> None:
    """pypinyin with all its phrases is the judge; it is too heavy for the program itself."""
    script = (
        "import sys\nfrom pypinyin import Style, lazy_pinyin\n"
        "for line in sys.stdin.read().splitlines(): print(*lazy_pinyin(line, style=Style.FIRST_LETTER), sep='')"
    )
    texts = [text for activity in sample_activities() for text in (activity.title, activity.summary, activity.effect)]
    runs = ["".join(run) for text in texts for run in _ideographs(text)]
    judged = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        input="\n".join(runs),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    judge = dict(zip(runs, judged.stdout.splitlines(), strict=True))
    assert {run: initials(run) for run in runs} == judge


def test_titles_sort_as_in_a_dictionary() -> None:
    titles = [
        "职工书屋",
        "安全宣讲",
        "第10期",
        "第2期",
        "工匠",
        "工会",
        "AI课",
        "百年工运",
        "李安",
        "联欢",
        "重阳",
        "重点",
    ]
    assert sorted(titles, key=sort_key) == [
        "AI课", "安全宣讲", "百年工运", "重阳", "第2期", "第10期", "工会", "工匠", "李安", "联欢", "职工书屋", "重点",
    ]  # fmt: skip


def test_quotation_marks_do_not_change_the_order() -> None:
    assert sort_key("“职工之家”") == sort_key("职工之家")
    assert sort_key("") == ""


def test_a_sort_key_is_ascii_for_the_database() -> None:
    for activity in sample_activities():
        assert sort_key(activity.title + activity.summary).isascii()


def test_the_phrase_dictionary_is_never_loaded() -> None:
    """It would cost five times the time and four times the memory of everything else here."""
    script = (
        "import sys, models.pinyin as p; print('pypinyin' in sys.modules); p.initials('职工');"
        "print('pypinyin' in sys.modules, 'pypinyin.phrases_dict' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "False"]


def _ideographs(text: str) -> list[list[str]]:
    """Runs of ideographs of the common range, which is all the judge is asked about."""
    runs: list[list[str]] = [[]]
    for character in text:
        if "\u4e00" <= character <= "\u9fff":
            runs[-1].append(character)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
