"""The letter that takes the forms to the union above: to whom, what it says, and whether the address is right."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.checks.findings import Finding, Severity
from models.letter_text import closing, one_line, totals_sentence
from models.notice import Notice
from models.notice_reader import EMAIL
from models.periods import Period
from models.report import Report
from models.unit import Unit

# What a recipient does with a file of this kind.
_USES = {".pdf": "查看、打印", ".xlsx": "核对、汇总"}


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail without its attachments. `sender` is the unit's own address, empty if it has none on its card."""

    recipient: str
    subject: str
    body: str
    sender: str = ""


def compose_letter(
    notice: Notice, unit: Unit, period: Period, reports: Sequence[Report], attachment_names: Sequence[str]
) -> Letter:
    """The letter with which `reports` of one period go to the notice's recipient (焦工文〔2025〕33号 三).

    The totals are read from the reports themselves, so the letter cannot differ from what is attached.
    `reports` must not be empty.
    """
    paragraphs = (
        notice.greeting,
        "\n".join(
            (_opening(period, reports), *(f"　　{text}" for report in reports if (text := totals_sentence(report))))
        ),
        _attachments(attachment_names),
        closing(unit, reports[0].signature.filled_on),
    )
    return Letter(
        notice.recipient.email,
        one_line(subject_of(unit, period, reports[0])),
        "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n",
        unit.email.strip(),
    )


def subject_of(unit: Unit, period: Period, report: Report) -> str:
    """【活动台账】××工会 2025年1-6月（第1版）."""
    return f"【{report.file_stem}】{unit.name.strip()} {months_of(period)}（第{report.version}版）"


def months_of(period: Period) -> str:
    """The period as subjects write it: 2025年7-9月, 2025年7月; whole years and free ranges by their own name."""
    if period.kind in ("quarter", "half"):
        return f"{period.end.year}年{period.start.month}-{period.end.month}月"
    return period.label


def check_recipient(address: str, notice: Notice) -> Finding | None:
    """What is wrong with the address a letter is to go to; None when it is the one the notice names.

    H13 (hard): empty or no e-mail address. S18: an address the notice warns of, or another one than it names.
    """
    wanted = notice.recipient
    typed = address.strip()
    if not typed:
        return _finding("H13", f"收件邮箱没有填。通知里的邮箱是 {wanted.email}。")
    if not EMAIL.fullmatch(typed):
        return _finding("H13", f"收件邮箱“{one_line(typed)[:60]}”写得不对。通知里的邮箱是 {wanted.email}。")
    if reason := notice.refused_addresses.get(typed.lower()):
        return _finding("S18", reason)
    if typed.lower() != wanted.email.lower():
        whose = f"{wanted.union}{wanted.department}"
        return _finding("S18", f"收件邮箱与通知里的 {wanted.email}（{whose}）不一致。请核对。")
    return None


def _finding(rule_id: str, message: str) -> Finding:
    severity = Severity.HARD if rule_id.startswith("H") else Severity.SOFT
    return Finding(rule_id, severity, "", "recipient", message, title="收件邮箱")


def _opening(period: Period, reports: Sequence[Report]) -> str:
    when = period.label if period.kind == "range" else f"{period.label}（{period.short_range}）"
    titles = "、".join(f"《{report.title}》" for report in reports)
    return f"　　现报送我单位{when}{titles}，第{reports[0].version}版，请查收。"


def _attachments(names: Sequence[str]) -> str:
    if not names:
        return ""
    lines = (f"{number}. {name}{_use_of(name)}" for number, name in enumerate(names, 1))
    return "\n".join(("附件：", *lines))


def _use_of(name: str) -> str:
    use = next((use for suffix, use in _USES.items() if name.lower().endswith(suffix)), "")
    return f"（{use}）" if use else ""
