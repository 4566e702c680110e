"""Recording the summary of a period: saving, 定稿, and what the ledger says since (as models/case_recording.py)."""

from dataclasses import dataclass, replace

from models.errors import UserError
from models.fields import SUMMARY_FIELDS, summary_field
from models.ledger import Ledger
from models.recording import Clerk
from models.reports.basis import ReportBasis
from models.summary import SUMMARY_PARTS, Summary
from models.summary_figures import Figures, figures_of
from models.summary_names import words_for
from models.summary_repository import SUMMARIES, find_summary
from models.summary_text import gaps_of, names_in, pieces_of

TYPED = tuple(spec.name for spec in SUMMARY_FIELDS)
NUMERALS: dict[str, str] = dict(zip(SUMMARY_PARTS, "一二三四五", strict=True))


@dataclass(frozen=True, slots=True)
class StaleFigure:
    """A figure that the ledger gives differently since 定稿. `new` is empty when it does not give it any more."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What stands in the way of 定稿: the field, and a sentence that says what to do there."""

    field: str
    message: str


def save_summary(ledger: Ledger, summary: Summary, clerk: Clerk) -> Summary:
    """Save a summary as one step and return it. A period has one summary: another of the same period is replaced.

    Raises UserError for one that is 定稿 in the ledger: `reopen_summary` comes first.
    """
    before = _present(ledger, summary)
    if before and before.finalised:
        raise UserError(f"{named(before)}已经定稿，不能改。要改请先取消定稿。")
    return _store(ledger, replace(summary, finalised=False, figures=()), before, clerk)


def finalise_summary(ledger: Ledger, summary: Summary, basis: ReportBasis, clerk: Clerk) -> Summary:
    """定稿: from now on each figure stays as it is. Raises UserError while something is still to be written."""
    figures = figures_of(basis)
    lacking = lacks(summary, figures)
    if lacking:
        more = f"另外还有 {len(lacking) - 1} 处。" if len(lacking) > 1 else ""
        raise UserError(f"{lacking[0].message}{more}写好了再定稿。")
    used = names_in(*(getattr(summary, part) for part in SUMMARY_PARTS))
    kept = tuple((name, figures[name].text) for name in used)
    return _store(ledger, replace(summary, finalised=True, figures=kept), _present(ledger, summary), clerk)


def reopen_summary(ledger: Ledger, summary: Summary, clerk: Clerk) -> Summary:
    """取消定稿: the figures follow the ledger again."""
    return _store(ledger, replace(summary, finalised=False, figures=()), _present(ledger, summary), clerk)


def stale_figures(summary: Summary, basis: ReportBasis, figures: Figures | None = None) -> list[StaleFigure]:
    """What the ledger says differently since 定稿, in the order of the text; nothing for a summary not final."""
    if not summary.finalised:
        return []
    now = figures if figures is not None else figures_of(basis)
    found: list[StaleFigure] = []
    for name, old in summary.figures:
        figure = now.get(name)
        new = figure.text if figure else ""
        if new != old:
            found.append(StaleFigure(name, figure.label if figure else words_for(name, basis.notice), old, new))
    return found


def lacks(summary: Summary, figures: Figures) -> list[Lack]:
    """What is still to be written before 定稿, in reading order."""
    found: list[Lack] = []
    if not summary.title.strip():
        found.append(Lack("title", "标题没有填。"))
    for part in SUMMARY_PARTS:
        text: str = getattr(summary, part)
        where = f"“{NUMERALS[part]}、{summary_field(part).label}”"
        if not text.strip():
            found.append(Lack(part, f"{where}还没有写。"))
        found += [Lack(part, f"{where}里还有要补充的：{mark}。") for mark in gaps_of(text)]
        found += [Lack(part, f"{where}里有一个数字，台账里已经没有了。")] * _lost(text, figures)
    return found


def named(summary: Summary) -> str:
    """The summary as sentences name it: 总结“2025年上半年主题宣传教育活动总结”, quotes inside it single."""
    title = " ".join(summary.title.split())
    limit = 24
    short = title if len(title) <= limit else f"{title[:limit]}…"
    return f"总结“{short.replace('“', '‘').replace('”', '’')}”" if short else "总结"


def describe_change(before: Summary | None, after: Summary) -> str:
    """What 撤销 calls the step: 新建总结“…”, 修改总结“…”的主要做法, 总结“…”定稿."""
    if before is None:
        return f"{'定稿' if after.finalised else '新建'}{named(after)}"
    if after.finalised != before.finalised:
        return f"{'定稿' if after.finalised else '取消定稿：'}{named(after)}"
    changed = [name for name in TYPED if getattr(before, name) != getattr(after, name)]
    if not changed:
        return f"保存{named(after)}"
    more = f"等 {len(changed)} 项" if len(changed) > 1 else ""
    return f"修改{named(before if before.title.strip() else after)}的{summary_field(changed[0]).label}{more}"


def _lost(text: str, figures: Figures) -> int:
    return sum(piece.figure not in figures for piece in pieces_of(text) if piece.figure)


def _present(ledger: Ledger, summary: Summary) -> Summary | None:
    return find_summary(ledger, summary.period)


def _store(ledger: Ledger, summary: Summary, before: Summary | None, clerk: Clerk) -> Summary:
    wanted = replace(
        summary,
        uid=before.uid if before else summary.uid,
        title=" ".join(summary.title.split()),
        notice_id=summary.notice_id or clerk.notice.id,
        form_version=summary.form_version or clerk.notice.form_version,
    )
    with ledger.transaction(describe_change(before, wanted), at=clerk.now, person=clerk.person):
        return SUMMARIES.save(ledger, wanted, now=clerk.now, person=clerk.person)
