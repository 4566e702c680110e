"""Whoever writes a pack and slips gets one sentence: the file, the line, the key, and what belongs there."""

from pathlib import Path

import pytest

from models.errors import UserError
from models.notice import load_notice
from models.notice_lines import locate

SMALL = (Path(__file__).parent.parent / "notices" / "reading-2026.toml").read_text(encoding="utf-8")


def message_for(content: str | bytes, folder: Path) -> str:
    path = folder / "坏包.toml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(UserError) as caught:
        load_notice(path)
    return caught.value.message


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# (what stands there, what is written instead, the line it is reported on, what the sentence says)
SLIPS = [
    # wrong values
    ('level = "G"', 'level = "X"', 'level = "X"', "forms[1].items[1].level 只能是 G、P、R，现在是‘X’。"),
    ('measure = "quantity"', 'measure = "sum"', 'measure = "sum"', "indicators[1].measure 只能是 quantity、"),
    ("photo_max = 6", 'photo_max = "6"', "photo_max", "photo_max 应是 0 到 99 的整数，不加引号，现在是‘6’。"),
    ("photo_max = 6", "photo_max = true", "photo_max", "应是 0 到 99 的整数"),
    ("photo_max = 6", "photo_max = -1", "photo_max", "现在是‘-1’。"),
    ('campaign = "职工读书年"', "campaign = 5", "campaign", "campaign 应是一段文字"),
    ('campaign = "职工读书年"', 'campaign = ""', "campaign", "campaign 是空的"),
    ('campaign = "职工读书年"', 'campaign = " 职工读书年"', "campaign", "前后有空格"),
    ('campaign = "职工读书年"', 'campaign = "职工\\n读书年"', "campaign", "不能换行"),
    ('campaign = "职工读书年"', 'campaign = "职工\\u202E读书年"', "campaign", "控制字符（U+202E）"),
    ('campaign = "职工读书年"', 'campaign = "a\\u0000b"', "campaign", "控制字符（U+0000）"),
    ('campaign = "职工读书年"', f'campaign = "{"读" * 1001}"', "campaign", "有 1001 个字，最多 1000 个字"),
    ("deadline = 2026-11-30", 'deadline = "2026-11-30"', "deadline", "deadline 应是日期，写成 2025-12-31 的样子"),
    ("deadline = 2026-11-30", "deadline = 2026-11-30T08:00:00", "deadline", "deadline 应是日期"),
    ("hosted_only = false", 'hosted_only = "false"', "hosted_only", "indicators[1].hosted_only 只能是 true 或 false"),
    ("XWgh@example.com", "XWgh.example.com", "XWgh.example", "recipient.email 应是一个邮箱地址"),
    (
        "[refused_addresses]\n",
        '[refused_addresses]\n"全总" = "x"\n',
        '"全总"',
        "refused_addresses.全总 左边应是",
    ),
    ("items = []\n", 'items = "R2-01"\n', 'items = "R2-01"', "forms[2].items 应是一组"),
    ('items = ["R1-01"]', "items = [1]", "items = [1]", "indicators[1].items[1] 应是代码"),
    ("org_types = []", "org_types = [3]", "org_types", "units.org_types[1] 应是 { … }"),
    ("month = 4\nday = 23", "month = 4\nday = 31", "day = 31", "anniversaries[1].day 应是 1 到 30 的整数"),
    ('suggestions = ["班组读书会"]', 'suggestions = ["a", "b", "c", "d"]', "suggestions", "最多 3 项，现在有 4 项"),
    (
        "cost_source = []",
        'cost_source = [{ code = "x", label = "x", other = true }]',
        "cost_source",
        "other 不能写",
    ),
    # codes
    ('code = "R2"', 'code = "R 2"', 'code = "R 2"', "forms[2].code 应是代码"),
    ('code = "R2"', 'code = "读书"', 'code = "读书"', "不能有空格和汉字"),
    ('code = "R2"', 'code = "R1"', None, "forms[2].code ‘R1’重复了，forms[1] 已经用了这个代码。"),
    ('code = "R1-02"', 'code = "R1-01"', None, "forms[1].items[2].code ‘R1-01’重复了"),
    ('code = "K2"', 'code = "K1"', None, "focuses[2].code ‘K1’重复了"),
    ('code = "other"', 'code = "salon"', None, "choices.carrier[2].code ‘salon’重复了"),
    # references
    ('items = ["R1-01"]', 'items = ["R9-01"]', "R9-01", "indicators[1].items 写了细分项目‘R9-01’，而 forms 里没有"),
    ("forms = []", 'forms = ["R9"]', 'forms = ["R9"]', "indicators[1].forms 写了活动形式‘R9’，而 forms 里没有"),
    ('items = ["R1-01"]', "items = []", "items = []\nforms", "indicators[1].items 和 forms 都是空的"),
    ('form = "C1"', 'form = "C8"', 'form = "C8"', "field_clauses.form 指向条文‘C8’，而 clauses 里没有"),
    ('form = "C1"', 'from = "C1"', 'from = "C1"', "field_clauses.from 不是程序里的字段名"),
    ('clause = "C1"', 'clause = "C8"', 'clause = "C8"', "forms[1].clause 指向条文‘C8’"),
    ('document = "XG-2026-5"', 'document = "XG"', 'document = "XG"', "clauses[1].document ‘XG’不是 documents 里的"),
    ('"读书汇" = "读书会"', '"读书" = "读书会"', '"读书" =', "words.读书 右边的‘读书会’含有左边的字"),
    ("summary_min = 30", "summary_min = 200", "summary_min", "thresholds.summary_min 比 summary_max 大"),
    # missing and unknown keys
    ('basis = "修工〔2026〕5号"\n', "", 1, "缺少 basis，应是一段文字。"),
    ('heading = "一、活动形式"\n', "", "[[clauses]]", "clauses[1] 缺少 heading，应是一段文字。"),
    ("span_days = 60\n", "", "[thresholds]", "thresholds 缺少 span_days，应是一个整数。"),
    ("brand = []\n", "", "[choices]", "choices 缺少 brand"),
    ('"表7" = "读书宣传统计表"\n', "", "[report_titles]", "report_titles 缺少 表7"),
    ('{ code = "410821", label = "修武县" }', '{ code = "410821" }', "areas", "units.areas[1] 缺少 label"),
    (
        'short = "读书会"',
        'short = "读书会"\nshrt = "x"',
        "shrt",
        "forms[1].shrt 不是通知包里的项，请改成 short",
    ),
    (
        "photo_max = 6",
        "photo_max = 6\nphotomax = 7",
        "photomax",
        "不是通知包里的项，请改成 photo_max",
    ),
    ("brand = []", "brand = []\nzzz = []", "zzz", "choices.zzz 不是通知包里的项，这里可以写 carrier、"),
    (
        'label = "读书沙龙"',
        'label = "读书沙龙", colour = "red"',
        "读书沙龙",
        "choices.carrier[1].colour 不是",
    ),
]


@pytest.mark.parametrize(("before", "after", "where", "says"), SLIPS, ids=lambda part: str(part)[:24])
def test_a_slip_is_named_with_line_key_and_remedy(
    before: str, after: str, where: str | int | None, says: str, tmp_path: Path
) -> None:
    assert before in SMALL
    broken = SMALL.replace(before, after, 1)
    at = SMALL[: SMALL.index(before)].count("\n") + 1 if where is None else where
    line = at if isinstance(at, int) else line_of(broken, at)
    message = message_for(broken, tmp_path)
    assert message.startswith(f"通知包 坏包.toml 第 {line} 行：")
    assert says in message
    assert message.endswith("。")


# (what stands there, what is written instead, lines below, what the sentence says): no TOML at all
TYPING_SLIPS = [
    ('campaign = "职工读书年"', "campaign = “职工读书年”", 0, "不能用中文引号"),
    ('campaign = "职工读书年"', 'campaign "职工读书年"', 0, "名称后面应是英文等号 ="),
    ('campaign = "职工读书年"', 'campaign = "职工读书年', 0, "文字没有写完"),
    ('campaign = "职工读书年"', 'campaign = "职工"读书"年"', 0, "这一行后面多出了内容"),
    ('campaign = "职工读书年"', 'campaign = "职工读书年"\ncampaign = "又一个"', 1, "这一项前面已经写过"),
    ('campaign = "职工读书年"', "说明文字", 0, "前面要加 #"),
    ("[thresholds]", "[thresholds", 0, "标题的方括号没有配对"),
    ("[words]", "[choices]", 0, "这个标题前面已经写过"),
    ('themes = [{ code = "K1-1", label = "读经典" }]', 'themes = [{ code = "K1-1" label = "x" }]', 0, "花括号"),
    ("deadline = 2026-11-30", "deadline = 2026-13-41", 0, ""),
]


@pytest.mark.parametrize(("before", "after", "below", "says"), TYPING_SLIPS, ids=lambda part: str(part)[:24])
def test_what_is_no_toml_is_named_with_its_line(before: str, after: str, below: int, says: str, tmp_path: Path) -> None:
    message = message_for(SMALL.replace(before, after, 1), tmp_path)
    assert message.startswith(f"通知包 坏包.toml 第 {line_of(SMALL, before) + below} 行：")
    assert says in message
    assert not any("a" <= letter <= "z" for letter in message.split("行：")[1])


# ── what somebody might send on purpose, or by mistake ──


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "第 1 行：缺少"),
        (SMALL.encode("gb18030"), "第 1 行：不是 UTF-8 编码。请用记事本打开"),
        (SMALL.encode("utf-16"), "第 1 行：不是 UTF-8 编码"),
        (b"\x00\xff" * 100, "不是 UTF-8 编码"),
        (b"#" * 1_000_001, "超过 1 MB"),
        (b"# " + b"x" * 3000, "第 1 行：这一行超过 2000 个字"),
        (b"ok = 1\na" + b".a" * 900 + b" = 1", "第 2 行：这一行的英文句点超过 20 个"),
        (b"x = [\n" + b"[\n" * 50_000, "括号套得太深"),
        (b"x = " + b"[" * 1900, "括号套得太深"),
        (b"id = 0x" + b"f" * 1900, "缺少"),
    ],
    ids=["empty", "gbk", "utf-16", "binary", "huge", "long line", "dots", "deep lines", "deep", "number"],
)
def test_hostile_or_broken_files_end_in_a_sentence(content: bytes, says: str, tmp_path: Path) -> None:
    assert says in message_for(content, tmp_path)


def test_a_list_of_thousands_is_refused(tmp_path: Path) -> None:
    many = ",\n".join(f'{{ code = "c{n}", label = "l" }}' for n in range(501))
    message = message_for(SMALL.replace("brand = []", f"brand = [{many}]"), tmp_path)
    assert "choices.brand 最多 500 项，现在有 501 项。" in message


def test_an_error_does_not_repeat_what_would_spoil_it(tmp_path: Path) -> None:
    message = message_for(SMALL.replace("photo_max = 6", f'"\\u202Ea{"b" * 300}" = 1\nphoto_max = 6'), tmp_path)
    assert "\u202e" not in message
    assert "b" * 41 not in message
    assert len(message) < 300


def test_no_file_and_no_pack(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"没有找到通知包 不在\.toml"):
        load_notice(tmp_path / "不在.toml")
    with pytest.raises(UserError, match="没有找到通知包"):
        load_notice(tmp_path)


def test_lines_are_found_through_everything_toml_allows() -> None:
    text = '''# x = 1
a."b c".d = 1  # a comment with [brackets]

[ t ]
k = """
[not] a = "table"
""" # still
l = [ # one
  "x]", 'y}',
  { p = 1, q = { r = "}" } },
]
[[t.u]]
v = 1979-05-27 07:32:00
[[t.u]]
v = 2
[t.u.w]
z = \'\'\'it's\'\'\'
last = true'''
    lines = locate(text)
    assert lines["a", "b c", "d"] == 2
    assert lines["t",] == 4
    assert (lines["t", "k"], lines["t", "l"]) == (5, 8)
    assert [lines["t", "l", n] for n in range(3)] == [9, 9, 10]
    assert lines["t", "l", 2, "q", "r"] == 10
    assert (lines["t", "u", 0, "v"], lines["t", "u", 1, "v"]) == (13, 15)
    assert (lines["t", "u", 1, "w", "z"], lines["t", "u", 1, "w", "last"]) == (17, 18)
    assert ("t", "not") not in lines
