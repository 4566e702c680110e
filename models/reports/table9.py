"""表9 主题宣传教育活动总结: an official document (GB/T 9704) with the figures of the ledger in its sentences."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from models.fields import summary_field
from models.report import MISSING_TEXT, Document, Paragraph, ParagraphStyle, Passage, Report
from models.reports.basis import ReportBasis
from models.summary import SUMMARY_PARTS, Summary
from models.summary_repository import find_summary
from models.summary_text import LOST, pieces_of, split_at_gaps

if TYPE_CHECKING:
    from models.summary_figures import Figures

CODE = "表9"
FILE_STEM = "活动总结"
NUMERALS = "一二三四五"
# A line of its own that begins like a heading and does not end like a sentence is one.
_HEADINGS: tuple[tuple[re.Pattern[str], ParagraphStyle], ...] = (
    (re.compile(r"（[一二三四五六七八九十]+）[^。；，：]*"), "heading2"),
    (re.compile(r"\d{1,2}[.．](?!\d)[^。；，：]*"), "heading3"),
)


def build(basis: ReportBasis) -> Report:
    """The summary of the period as it was saved, or the draft while nobody has saved one."""
    # These count with this package; loaded here, either may be loaded first.
    from models.summary_drafting import draft_summary
    from models.summary_figures import figures_of

    figures = figures_of(basis)
    summary = find_summary(basis.ledger, basis.period.code) or draft_summary(basis, figures)
    return build_table9(basis, summary, figures)


def build_table9(basis: ReportBasis, summary: Summary, figures: "Figures") -> Report:
    """A summary as it stands (saved or not), with its figures as they are now or as they were at 定稿."""
    report = basis.report(CODE, FILE_STEM, "portrait", [Document(tuple(_paragraphs(basis, summary, figures)))])
    return replace(report, title=summary.title.strip() or report.title, signed=False)


def style_of(line: str) -> ParagraphStyle:
    """How a line of the text is set: （一） alone in its line is a heading of the second level, 1. of the third."""
    for pattern, style in _HEADINGS:
        if pattern.fullmatch(line.strip()):
            return style
    return "body"


def _paragraphs(basis: ReportBasis, summary: Summary, figures: "Figures") -> Iterator[Paragraph]:
    from models.summary_figures import value_of

    title = summary.title.strip()
    yield Paragraph((_required(title),), "title", "title")
    if summary.address.strip():
        yield Paragraph((Passage(summary.address.strip()),), "address", "address")
    value = value_of(summary, figures)
    for numeral, part in zip(NUMERALS, SUMMARY_PARTS, strict=True):
        yield Paragraph((Passage(f"{numeral}、{summary_field(part).label}"),), "heading1", part)
        lines = [line.strip() for line in getattr(summary, part).splitlines() if line.strip()]
        if not lines:
            yield Paragraph((_required(""),), "body", part)
        for line in lines:
            yield Paragraph(tuple(_passages(line, value, figures)), style_of(line), part)
    day = summary.modified_at.date() if summary.finalised and summary.modified_at else basis.today
    yield Paragraph((_required(basis.unit.name.strip()),), "closing")
    yield Paragraph((Passage(f"{day.year}年{day.month}月{day.day}日"),), "closing")


def _passages(line: str, value: Callable[[str], str | None], figures: "Figures") -> Iterator[Passage]:
    for piece in pieces_of(line):
        if not piece.figure:
            yield from (Passage(words, missing=mark) for words, mark in split_at_gaps(piece.text))
            continue
        text, figure = value(piece.figure), figures.get(piece.figure)
        if text is None:
            yield Passage(LOST, piece.figure, missing=True)
        else:
            yield Passage(text, piece.figure, figure.sources if figure else (), figure.rule if figure else "")


def _required(text: str) -> Passage:
    return Passage(text or MISSING_TEXT, missing=not text)
