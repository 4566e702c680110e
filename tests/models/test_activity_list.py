"""Finding, sorting and paging the ledger, checked against plain Python over the same records."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from models import activity_repository
from models.activity import HOSTING_ROLES, Activity, Role, Status
from models.activity_query import SORT_COLUMNS, ActivityQuery
from models.ledger import Ledger
from models.pinyin import sort_key
from models.recording import record_many
from models.search import normalise
from tests.factories import a_clerk, a_ledger, an_activity

WORDS = (
    "劳模工匠大讲堂",
    "工间操推广",
    "职工书屋读书会",
    "“大思政课”进班组",
    "微视频展播",
    "安全生产月宣讲",
    "ABC英语角",
    "3+13+N产业链技能竞赛",
)


def some_activities(count: int = 300) -> list[Activity]:
    generator = random.Random(7)
    made: list[Activity] = []
    for number in range(count):
        planned = generator.random() < 0.15
        made.append(
            an_activity(
                title=f"{generator.choice(WORDS)}第{number}期",
                start=date(2025, 1, 1) + timedelta(days=generator.randrange(280))
                if generator.random() > 0.02
                else None,
                form=generator.choice(("F1", "F2", "F3", "F5", "")),
                focus=tuple(sorted(generator.sample(("Q1", "Q2", "Q3"), generator.randrange(3)))),
                people_offline=generator.choice((None, 0, 5, 40, 300)),
                people_online=generator.choice((None, 80)),
                sessions=generator.choice((1, 1, 3)),
                role=generator.choice((Role.HOST, Role.HOST, Role.TAKE_PART, Role.CO_HOST)),
                status=Status.PLANNED if planned else generator.choice((Status.DONE, Status.DONE, Status.CANCELLED)),
                summary=generator.choice(("", "组织座谈交流", "班组长带头，Mixed Case 文字")),
            )
        )
    return made


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    made = a_ledger(tmp_path_factory.mktemp("台账") / "a")
    record_many(made, some_activities(), a_clerk(), "准备")
    yield made
    made.close()


@pytest.fixture(scope="module")
def everything(ledger: Ledger) -> list[Activity]:
    return [row.activity for row in activity_repository.page(ledger, ActivityQuery(), 0, 10_000)]


def listed(ledger: Ledger, query: ActivityQuery) -> list[Activity]:
    """The whole list, read in small pages as the grid does."""
    rows: list[Activity] = []
    while chunk := activity_repository.page(ledger, query, len(rows), 17):
        rows += [row.activity for row in chunk]
    return rows


QUERIES = [
    ActivityQuery(),
    ActivityQuery(form="F3"),
    ActivityQuery(focus="Q2"),
    ActivityQuery(stages=("done",)),
    ActivityQuery(without_people=True),
    ActivityQuery(start=date(2025, 4, 1), end=date(2025, 6, 30)),
    ActivityQuery(text="读书"),
    ActivityQuery(text="座谈", form="F1"),
    ActivityQuery(text="大思政", start=date(2025, 4, 1), end=date(2025, 6, 30), focus="Q1"),
    ActivityQuery(text="没有这样的词"),
]


def matches(activity: Activity, query: ActivityQuery) -> bool:
    texts = [normalise(text) for text in (activity.title, activity.summary, activity.place, activity.number)]
    return (
        (not query.text or any(normalise(query.text) in text for text in texts))
        and (not query.form or activity.form == query.form)
        and (not query.focus or query.focus in activity.focus)
        and (not query.start or (activity.start is not None and query.start <= activity.start <= query.end))  # pyright: ignore
        and (not query.without_people or (activity.status == Status.DONE and activity.people == 0))
    )


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_filter_finds_exactly_what_matches(ledger: Ledger, everything: list[Activity], query: ActivityQuery) -> None:
    wanted = {each.uid for each in everything if matches(each, query)}
    if query.stages:
        wanted = {each.uid for each in everything if activity_repository.get_stage(ledger, each.uid) in query.stages}
    found = listed(ledger, query)
    assert {each.uid for each in found} == wanted
    assert len(found) == len(wanted) == activity_repository.count(ledger, query)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_totals_are_those_of_a_naive_recount(ledger: Ledger, query: ActivityQuery) -> None:
    rows = activity_repository.page(ledger, query, 0, 10_000)
    counted = [row.activity for row in rows if row.stage not in ("planned", "cancelled")]
    totals = activity_repository.totals(ledger, query)
    assert totals.count == len(rows)
    assert totals.sessions == sum(each.sessions or 0 for each in counted if each.role in HOSTING_ROLES)
    assert totals.other_sessions == sum(each.sessions or 0 for each in counted if each.role not in HOSTING_ROLES)
    assert totals.people_offline == sum(each.people_offline or 0 for each in counted)
    assert totals.people_online == sum(each.people_online or 0 for each in counted)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", ["date", *SORT_COLUMNS])
@pytest.mark.parametrize("text", ["", "座谈"])
def test_the_order_is_that_of_the_column(ledger: Ledger, sort: str, descending: bool, text: str) -> None:
    query = ActivityQuery(text=text, sort=sort, descending=descending)
    rows = activity_repository.page(ledger, query, 0, 10_000)

    def key(row: activity_repository.GridRow) -> tuple:
        activity = row.activity
        values = {
            "date": activity.start or date.max,
            "title": sort_key(activity.title),
            "form": activity.form,
            "focus": " ".join(activity.focus),
            "people_offline": -1 if activity.people_offline is None else activity.people_offline,
            "people_online": -1 if activity.people_online is None else activity.people_online,
            "stage": row.stage,
        }
        return (values[sort], activity.start or date.max)

    keys = [key(row) for row in rows]
    assert keys == sorted(keys, reverse=descending)
    assert [row.activity for row in rows] == listed(ledger, query)
    for line in range(0, len(rows), 29):
        assert activity_repository.position(ledger, query, rows[line].activity.uid) == line


def test_a_record_outside_the_list_has_no_position(ledger: Ledger, everything: list[Activity]) -> None:
    other = next(each for each in everything if each.form == "F1")
    assert activity_repository.position(ledger, ActivityQuery(form="F2"), other.uid) is None


@pytest.mark.parametrize(
    "typed",
    [
        "读书",
        "dushu"[:0] + "zgsw",
        "书",
        "大思政课",
        "“大思政课”",
        "大 思政",
        "mixed case",
        "ＡＢＣ",
        "3+13",
        "3－13＋n",
        "hd-2025",
        "班组长 带头",
    ],
)
def test_any_piece_of_the_text_finds_the_record(ledger: Ledger, typed: str) -> None:
    assert activity_repository.page(ledger, ActivityQuery(text=typed), 0, 1)


@pytest.mark.parametrize("typed", ["书职", "zzzz", '"', "*", "NEAR(", "title:", "' OR 1=1 --", "(", "body:读书 AND"])
def test_what_is_not_there_is_not_found_and_breaks_nothing(ledger: Ledger, typed: str) -> None:
    assert activity_repository.page(ledger, ActivityQuery(text=typed), 0, 1) == []


def test_words_must_all_occur(ledger: Ledger) -> None:
    for row in activity_repository.page(ledger, ActivityQuery(text="读书 座谈"), 0, 100):
        assert "读书" in row.activity.title and "座谈" in row.activity.summary
