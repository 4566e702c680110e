"""The notice is data: the built-in pack holds all of it, and another pack gives another program without a change."""

import re
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

import resources
from models.activity import TYPED_FIELDS, Activity
from models.notice import Notice, Option, builtin_notice, installed_notices, load_notice

SMALL = Path(__file__).parent.parent / "notices" / "reading-2026.toml"


@pytest.fixture(scope="module")
def notice() -> Notice:
    return builtin_notice()


def labels(options: tuple[Option, ...]) -> list[str]:
    return [option.label for option in options]


# ── what 焦工文〔2025〕33号 and 总工办发〔2025〕7号 say ──


def test_the_five_forms_and_other_as_the_notice_words_them(notice: Notice) -> None:
    assert [form.code for form in notice.forms] == ["F1", "F2", "F3", "F4", "F5", "F9"]
    assert [form.brief for form in notice.forms] == ["大思政课", "全总百年", "宣传品牌", "网络阵地", "文体活动", "其他"]
    assert [form.radio for form in notice.forms] == [
        "一 中国工人大思政课",
        "二 庆祝全总成立100周年",
        "三 宣传叫响品牌",
        "四 网络宣传阵地",
        "五 职工文体活动",
        "其他（需写明）",
    ]
    assert notice.label("form", "F2") == "营造庆祝中华全国总工会成立100周年良好氛围"
    assert notice.forms[0].printed == "一、中国工人大思政课"
    assert all(len(form.suggestions) == 3 for form in notice.forms)


def test_every_sub_item_of_the_notice_is_known(notice: Notice) -> None:
    counts = {form.code: len(form.items) for form in notice.forms}
    assert counts == {"F1": 12, "F2": 7, "F3": 9, "F4": 6, "F5": 12, "F9": 0}
    for form in notice.forms:
        assert [item.code for item in form.items] == [f"{form.code}-{n:02}" for n in range(1, len(form.items) + 1)]
    assert notice.label("item", "F5-06") == "“送万福、进万家”书法公益活动"
    assert notice.label("item", "F3-05") == "12351工会服务职工热线"


def test_national_tasks_are_never_asked_of_a_basic_union(notice: Notice) -> None:
    national = {item.code for form in notice.forms for item in form.items if item.level == "R"}
    assert national == {"F2-03", "F4-02"}
    offered = {item.code for form in notice.forms for item in notice.items_of(form.code)}
    assert not national & offered
    assert not national & {option.code for option in notice.options("item")}
    assert len(offered) == len(notice.options("item")) == 44
    # …but a record that has one is still shown in words
    assert notice.label("item", "F2-03") == "“四基地一窗口”"
    item = notice.item("F2-03")
    assert item is not None and item.level == "R"


def test_three_focuses_with_their_themes(notice: Notice) -> None:
    assert labels(notice.options("focus")) == ["突出政治性", "突出先进性", "突出群众性"]
    assert [notice.brief("focus", code) for code in ("Q1", "Q2", "Q3")] == ["政治性", "先进性", "群众性"]
    assert [len(focus.themes) for focus in notice.focuses] == [3, 5, 7]
    assert notice.label("focus_sub", "Q1-2") == "深入贯彻中央八项规定精神学习教育"


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("carrier", ["“工人大思政课”", "劳模工匠大讲堂", "职工文艺展演", "技能竞赛", "其他"]),
        ("local_focus", ["“三十工程”", "“345”创新行动", "“3+13+N”重点产业链群", "其他"]),
        ("brand", ["工会驿站", "12351工会服务职工热线", "职工书屋", "求学圆梦", "劳模工匠进校园", "其他"]),
        ("merge_topics", ["廉洁文化", "国家安全", "国防教育"]),
        ("methods", ["以政启人", "以情动人", "以理服人", "以常化人", "以阵地聚人"]),
        (
            "partners",
            ["宣传部门", "网信部门", "教育部门", "文化部门", "主流媒体", "商业网络平台", "其他"],
        ),
        ("ai_use", ["内容生成创作", "个性化推荐", "自动化摄影", "视频剪辑", "其他"]),
        ("evaluation", ["问卷", "座谈", "访谈", "数据"]),
        ("cost_source", ["工会经费", "行政补助", "其他"]),
        ("need_source", ["问卷", "座谈", "职代会提案", "班组反映", "上级布置", "其他"]),
        ("org_type", ["单个基层工会", "联合基层工会"]),
        (
            "superior_type",
            ["县（市、区）总工会", "高新技术产业开发区工会", "产业工会", "市总直属（市属基层工会）"],
        ),
        ("publicity_level", ["中央", "省", "市", "县", "本单位"]),
        ("publicity_type", ["品牌宣传", "典型宣传", "评论宣传", "文化宣传"]),
        ("exemplar_level", ["国家", "省", "市", "县", "企业"]),
    ],
)
def test_options_are_those_of_the_notice(notice: Notice, field: str, expected: list[str]) -> None:
    assert labels(notice.options(field)) == expected


def test_longer_lists(notice: Notice) -> None:
    areas = {option.code: option.label for option in notice.options("area")}
    assert len(areas) == 11
    assert areas["410802"] == "解放区" and areas["410883"] == "孟州市" and areas["410871"] == "城乡一体化示范区"
    assert len(notice.options("case_domain")) == 15
    assert notice.options("case_domain")[0].label == "思想政治引领领域"
    assert len(notice.options("publicity_kind")) == 10
    assert len(notice.options("exemplar_kind")) == 5
    assert "中国人民抗日战争暨世界反法西斯战争胜利80周年群众性纪念活动" in labels(notice.options("linked_campaigns"))


def test_the_hundred_thousand_myriad_indicators(notice: Notice) -> None:
    by_code = {indicator.code: indicator for indicator in notice.indicators}
    assert list(by_code) == ["Z1", "Z2", "Z3", "Z4", "Z5", "Z6", "Z7"]
    assert by_code["Z4"].items == ("F1-01", "F1-07") and by_code["Z4"].measure == "quantity"
    assert by_code["Z2"].items == ("F1-05", "F3-08") and by_code["Z2"].measure == "sessions"
    assert [code for code, one in by_code.items() if one.hosted_only] == ["Z2"]
    assert by_code["Z7"].forms == ("F1",) and by_code["Z7"].measure == "people"
    marked = {item.code: item.indicator for form in notice.forms for item in form.items if item.indicator}
    assert marked == {
        "F1-01": "Z4",
        "F1-04": "Z1",
        "F1-05": "Z2",
        "F1-06": "Z3",
        "F1-07": "Z4",
        "F1-08": "Z5",
        "F1-09": "Z6",
        "F3-08": "Z2",
    }


def test_where_to_send_and_where_not(notice: Notice) -> None:
    recipient = notice.recipient
    assert (recipient.union, recipient.department) == ("焦作市总工会", "宣教网络部")
    assert (recipient.contact, recipient.phone, recipient.email) == ("张静", "3999920", "jzghxjwlb@126.com")
    assert "全总" in notice.refused_addresses["qzxcc2009@163.com"]
    assert notice.greeting == "市总工会宣教网络部："
    assert notice.basis == "焦工文〔2025〕33号、总工办发〔2025〕7号"


def test_what_the_notice_leaves_open_is_open(notice: Notice) -> None:
    assert notice.deadline is None
    assert (notice.case_max_chars, notice.photo_max) == (2000, 9)
    limits = notice.thresholds
    assert (limits.safety_people, limits.large_event_people, limits.span_days) == (200, 1000, 31)
    assert (limits.summary_min, limits.summary_max, limits.overdue_days, limits.attachment_mb) == (60, 200, 10, 20)


def test_documents(notice: Notice) -> None:
    city, national = notice.documents
    assert city.number == "焦工文〔2025〕33号" and city.dated is None
    assert (national.dated, national.printed_on) == (date(2025, 3, 25), date(2025, 3, 26))
    assert national.copied_to == "新疆生产建设兵团总工会"


def test_every_typed_field_shows_a_sentence_of_the_notice_and_what_to_choose(notice: Notice) -> None:
    for field in TYPED_FIELDS:
        clause = notice.clause_for(field)
        assert clause is not None, field
        assert clause.text and clause.guide.endswith("。"), field
    carrier = notice.clause_for("carrier")
    assert carrier is not None
    assert carrier.text == "运用“工人大思政课”、劳模工匠大讲堂、职工文艺展演、技能竞赛等载体，"
    assert carrier.document == "JGW-2025-33"
    assert notice.clause_for("uid") is None


def test_guides_are_short_and_plain(notice: Notice) -> None:
    for clause in notice.clauses.values():
        assert 1 <= clause.guide.count("。") + clause.guide.count("？") <= 3, clause.code
        assert "您" not in clause.guide and "！" not in clause.guide, clause.code


def test_each_option_leads_to_its_sentence(notice: Notice) -> None:
    assert next(o for o in notice.options("tags") if o.code == "centenary").clause == "B0-1"
    assert {option.clause for option in notice.options("carrier")} == {"J2-3"}
    for name in ("form", "item", "focus", "focus_sub", "carrier", "partners", "case_domain"):
        for option in notice.options(name):
            assert option.clause in notice.clauses, (name, option.code)


def test_other_always_has_a_box_to_explain_it_in(notice: Notice) -> None:
    boxes = {field.name for field in fields(Activity)}
    needing = {name for name in ("form", *notice.choices) if notice.other_codes(name)}
    assert needing == {name.removesuffix("_other") for name in boxes if name.endswith("_other")}
    assert notice.other_codes("carrier") == {"other"}
    assert notice.other_codes("form") == {"F9"}
    assert notice.other_codes("title") == frozenset()


def test_anniversaries_and_titles(notice: Notice) -> None:
    days = {(one.month, one.day, one.label): one.since for one in notice.anniversaries}
    assert days[5, 1, "中华全国总工会成立"] == 1925
    assert days[9, 3, "中国人民抗日战争胜利"] == 1945
    assert days[9, 30, "烈士纪念日"] is None
    assert list(notice.report_titles) == [f"表{n}" for n in range(1, 13)]
    assert notice.report_titles["表2"] == "主题宣传教育活动台账"


def test_correcting_a_slip_removes_it(notice: Notice) -> None:
    assert notice.words["焦公文"] == "焦工文"
    for wrong, right in notice.words.items():
        assert wrong not in f"学习{wrong}情况".replace(wrong, right)


# ── records of another notice ──


def test_a_code_of_another_notice_comes_back_as_it_is(notice: Notice) -> None:
    assert notice.label("form", "X7") == "X7"
    assert notice.brief("carrier", "poetry_slam") == "poetry_slam"
    assert notice.form("X7") is None and notice.item("X7-01") is None and notice.items_of("X7") == ()


def test_a_misspelt_field_is_a_programming_error(notice: Notice) -> None:
    with pytest.raises(KeyError):
        notice.options("carier")
    with pytest.raises(KeyError):
        notice.label("carier", "other")


# ── next year's notice is a file ──


def test_another_pack_gives_other_forms_and_another_recipient() -> None:
    other = load_notice(SMALL)
    assert [form.radio for form in other.forms] == ["一 读书会", "二 职工书屋"]
    assert labels(other.options("focus")) == ["读好书", "用好书"]
    assert other.brief("focus", "K1") == "读好书"
    assert other.recipient.email == "xwgh@example.com"
    assert other.deadline == date(2026, 11, 30)
    assert [item.code for item in other.items_of("R1")] == ["R1-01"]
    assert other.options("carrier")[0].clause == "C1"
    assert other.clauses["C1"].text == "举办读书会，\n开放职工书屋。"
    assert other.options("brand") == () and other.options("chain") == ()
    assert other.label("form", "F1") == "F1"
    assert other.digest != builtin_notice().digest


def test_packs_are_found_in_their_folder(tmp_path: Path) -> None:
    assert installed_notices(tmp_path / "nothing here") == []
    (tmp_path / "b.toml").write_bytes(SMALL.read_bytes())
    (tmp_path / "a.toml").write_bytes(SMALL.read_bytes())
    (tmp_path / "readme.txt").write_text("x")
    assert [path.name for path in installed_notices(tmp_path)] == ["a.toml", "b.toml"]


def test_a_pack_saved_by_notepad_loads(tmp_path: Path) -> None:
    path = tmp_path / "记事本.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.read_bytes().replace(b"\n", b"\r\n"))
    assert load_notice(path).clauses["C1"].text == "举办读书会，\n开放职工书屋。"


def test_the_built_in_pack_is_loaded_once_and_found_from_source() -> None:
    assert builtin_notice() is builtin_notice()
    assert resources.path("notices/jzgh-2025-33.toml").is_file()


def test_a_frozen_program_finds_its_data_where_it_was_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert resources.path("notices/x.toml") == tmp_path / "resources" / "notices" / "x.toml"


def test_the_guide_for_authors_explains_every_key() -> None:
    guide = (Path(__file__).parent.parent.parent / "docs" / "notice-pack.md").read_text(encoding="utf-8")
    pack = tomllib.loads(resources.path("notices/jzgh-2025-33.toml").read_text(encoding="utf-8"))
    keys = {*pack, *pack["choices"], *pack["units"], *pack["recipient"], *pack["thresholds"], "deadline"}
    for section in ("documents", "clauses", "forms", "focuses", "indicators", "anniversaries"):
        keys |= {key for table in pack[section] for key in table}
    keys |= {key for form in pack["forms"] for item in form["items"] for key in item}
    assert [key for key in sorted(keys) if not re.search(rf"[`\[]{key}\b", guide)] == []


def test_the_other_notes_of_the_guide_hold(notice: Notice) -> None:
    guide = (Path(__file__).parent.parent.parent / "docs" / "notice-pack.md").read_text(encoding="utf-8")
    with_box = [name.removesuffix("_other") for name in TYPED_FIELDS if name.endswith("_other")]
    assert set(re.findall(r"[a-z_]+", guide.partition("才能用：")[2].partition("）")[0])) == set(with_box)
