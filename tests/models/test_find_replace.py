"""查找替换: every place is found, and exactly the ticked ones change."""

from pathlib import Path

import pytest

from models import find_replace, history
from models.activity_list_repository import each
from models.activity_query import ActivityQuery
from models.activity_repository import page
from models.errors import UserError
from models.find_replace import MOST_HITS
from models.ledger import Ledger
from models.recording import record, record_many
from tests.factories import NOW, a_clerk, a_ledger, an_activity


def texts(ledger: Ledger, name: str) -> set[str]:
    return {getattr(activity, name) for activity in each(ledger, ActivityQuery())}


def test_only_ticked_places_are_replaced_and_can_be_taken_back(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(title="App推广与app培训", summary="用APP\n学习", place="app室")) as ledger:
        found = find_replace.find(ledger, "app", ("title", "summary"))
        assert [(hit.field, hit.found) for hit in found.hits] == [
            ("title", "App"),
            ("title", "app"),
            ("summary", "APP"),
        ]
        assert found.hits[2].context(found.hits[2].found) == "用APP 学习"
        said = find_replace.apply(ledger, [found.hits[0], found.hits[2]], "app", "手机应用程序", a_clerk())
        assert said == "已在 1 条活动里把“app”替换为“手机应用程序”，共 2 处"
        assert texts(ledger, "title") == {"手机应用程序推广与app培训"}
        assert texts(ledger, "summary") == {"用手机应用程序\n学习"}
        assert texts(ledger, "place") == {"app室"}
        assert page(ledger, ActivityQuery(text="手机应用"), 0, 1), "the search index follows"
        history.undo(ledger, now=NOW)
        assert texts(ledger, "title") == {"App推广与app培训"}


@pytest.mark.parametrize("text", [".*", "(", "\\", "%", "a|b", "[x]"])
def test_what_is_looked_for_is_text_and_no_pattern(tmp_path: Path, text: str) -> None:
    with a_ledger(tmp_path, an_activity(title=f"前{text}后"), an_activity()) as ledger:
        found = find_replace.find(ledger, text)
        assert [hit.activity.title for hit in found.hits] == [f"前{text}后"]
        find_replace.apply(ledger, found.hits, text, "\\1\\g<0>", a_clerk())
        assert "前\\1\\g<0>后" in texts(ledger, "title")


def test_the_list_bounds_the_search(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(form="F1"), an_activity(form="F3")) as ledger:
        assert len(find_replace.find(ledger, "书屋", query=ActivityQuery(form="F1")).hits) == 2  # name and place


def test_a_line_break_does_not_get_into_a_one_line_field(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(place="甲、乙", summary="甲、乙")) as ledger:
        hits = find_replace.find(ledger, "、", ("place", "summary")).hits
        find_replace.apply(ledger, hits, "、", "\n", a_clerk())
        assert texts(ledger, "place") == {"甲 乙"}
        assert texts(ledger, "summary") == {"甲\n乙"}


def test_more_than_can_be_looked_through_is_cut_and_said(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger:
        record_many(ledger, (an_activity(title="车间", note="间" * 60) for _ in range(40)), a_clerk(), "准备")
        found = find_replace.find(ledger, "间")
        assert len(found.hits) == MOST_HITS and found.more


def test_nothing_is_written_over_a_newer_record(tmp_path: Path) -> None:
    with a_ledger(tmp_path, an_activity(place="旧礼堂")) as ledger:
        hits = find_replace.find(ledger, "礼堂").hits
        record(ledger, hits[0].activity.with_values(place="新的礼堂"), a_clerk())
        with pytest.raises(UserError):
            find_replace.apply(ledger, hits, "礼堂", "会场", a_clerk())
        assert texts(ledger, "place") == {"新的礼堂"}


def test_an_empty_text_is_refused(tmp_path: Path) -> None:
    with a_ledger(tmp_path) as ledger, pytest.raises(UserError):
        find_replace.find(ledger, "")
