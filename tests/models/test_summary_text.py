"""The text of a summary: figures in braces, everything else as it was typed."""

from random import Random

import pytest

from models.summary_text import LOST, Piece, gaps_of, literal, names_in, pieces_of, shown, split_at_gaps, text_of, token

PEOPLE = {"people": "871", "F1.sessions": "12"}.get


def test_a_figure_stands_among_words():
    assert pieces_of("参加职工{people}人次。") == [Piece("参加职工"), Piece(figure="people"), Piece("人次。")]
    assert shown("参加职工{people}人次。", PEOPLE) == "参加职工871人次。"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("", ""),
        ("{{people}}", "{people}"),
        ("{{{people}}}", "{871}"),
        ("{people", "{people"),
        ("people}", "people}"),
        ("{}", "{}"),
        ("{people}{F1.sessions}", "87112"),
        ("{peo{people}", "{peo871"),
        ("{people!r:>10}%s%(people)s{0.__class__}", f"{LOST}%s%(people)s{LOST}"),
    ],
)
def test_only_a_name_in_single_braces_is_a_figure(text: str, reads: str):
    assert shown(text, PEOPLE) == reads


def test_a_figure_that_does_not_exist_stays_in_sight_and_is_asked_for():
    assert shown("共{lost}项", PEOPLE) == f"共{LOST}项"
    assert "请补充" in LOST


def test_what_is_written_is_read_back():
    chance = Random(9)
    for _ in range(500):
        pieces = [
            Piece(figure="people") if chance.random() < 0.3 else Piece("".join(chance.choices("a{}〔〕\n", k=3)))
            for _ in range(chance.randrange(6))
        ]
        text = text_of(pieces)
        read = pieces_of(text)
        assert shown(text, PEOPLE) == "".join("871" if piece.figure else piece.text for piece in pieces)
        assert [piece for piece in read if piece.figure] == [piece for piece in pieces if piece.figure]
        assert text_of(read) == text


def test_any_text_is_read_the_same_after_writing_it_back():
    chance = Random(33)
    for _ in range(2000):
        text = "".join(chance.choices("a{}x", k=chance.randrange(10)))
        assert pieces_of(text_of(pieces_of(text))) == pieces_of(text), text


def test_words_are_kept_literally():
    assert shown(literal("{people}与{{}}"), PEOPLE) == "{people}与{{}}"


@pytest.mark.parametrize("name", ["", "a{b", "a}b", "a\nb"])
def test_a_name_that_could_not_be_read_back_is_refused(name: str):
    with pytest.raises(ValueError):
        token(name)


def test_names_are_listed_once_in_their_order():
    assert names_in("{b}{a}", "{a}{c}") == ("b", "a", "c")


def test_gaps_are_told_from_words_and_from_document_numbers():
    text = "按照焦工文〔2025〕33号，〔请补充：问题〕。"
    assert gaps_of(text) == ["〔请补充：问题〕"]
    assert list(split_at_gaps(text)) == [
        ("按照焦工文〔2025〕33号，", False),
        ("〔请补充：问题〕", True),
        ("。", False),
    ]
