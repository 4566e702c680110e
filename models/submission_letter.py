"""The letter of a submission: what is sent, what a correction changes, which file is for what, how to confirm it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.letter_text import closing, one_line, totals_sentence
from models.letters import months_of, subject_of
from models.notice_reader import EMAIL
from models.report import Report
from models.submission_content import CASE_FORM, COVER_FORM, LEDGER_FORM, PackageContent
from models.submission_differences import ADDED, CHANGE_LABELS, CHANGED, KIND_LABELS, REMOVED, RecordChange
from models.text_apart import shown_apart

CASES_ONLY = "创新案例"
_CORRECTION = "更正"  # the code of the page that says what was changed
_ENCLOSED = "附件："  # begins the list of files
_MOST_CHANGES = 5
_LONGEST_VALUE = 40
_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class SubmissionLetter:
    """A submission's mail without its files. `sender` is the unit's own address; empty if it has none."""

    recipient: str
    subject: str
    body: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file that goes along: its name, what the receiver does with it, and in which of the mails it lies."""

    name: str
    use: str
    mail: int = 1


def compose_submission_letter(
    content: PackageContent,
    receipt_code: str,
    enclosed: Sequence[EnclosedFile],
    *,
    protected: bool = False,
) -> SubmissionLetter:
    """The letter to the recipient that the notice names (焦工文〔2025〕33号 三).

    All figures are read from the reports that are sent. `protected` says that the zips have a password, which is
    told by telephone. Nothing in it can bring a header of its own: the subject is one line of printable text.
    """
    notice, unit = content.basis.notice, content.basis.unit
    paragraphs = (
        notice.greeting,
        "\n".join((_opening(content), *_figures(content))),
        _changes(content),
        _receipt(content, receipt_code, protected),
        _enclosures(enclosed),
        closing(unit, content.basis.today),
    )
    return SubmissionLetter(
        notice.recipient.email,
        f"{subject(content)}回执码 {receipt_code}",
        "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n",
        unit.email.strip() if EMAIL.fullmatch(unit.email.strip()) else "",
    )


def subject(content: PackageContent) -> str:
    """【活动台账】××工会 2025年1-6月（第1版）; with nothing but cases 【创新案例】××工会—案例名称（第1版）."""
    unit, period = content.basis.unit, content.basis.period
    forms = _forms(content)
    main = next((form for form in forms if form.code == LEDGER_FORM), None)
    main = main or next((form for form in forms if form.code != CASE_FORM), None)
    if main is not None:
        return one_line(subject_of(unit, period, main))
    if not content.cases:
        return one_line(f"【报送材料】{unit.name} {months_of(period)}（第{content.version}版）")
    first, *others = content.cases
    more = f"等{len(content.cases)}篇" if others else ""
    title = _shortened(one_line(first.title), _LONGEST_TITLE)
    return one_line(f"【{CASES_ONLY}】{unit.name.strip()}—{title}{more}（第{content.version}版）")


def with_enclosures(letter: SubmissionLetter, enclosed: Sequence[EnclosedFile]) -> SubmissionLetter:
    """A letter that was composed before, with another list of files; nothing else in it changes."""
    paragraphs = letter.body.split("\n\n")
    for index in reversed(range(len(paragraphs))):
        if paragraphs[index].startswith(f"{_ENCLOSED}\n"):
            paragraphs[index] = _enclosures(enclosed)
            break
    return replace(letter, body="\n\n".join(paragraphs))


def numbered(letter: SubmissionLetter, number: int, count: int) -> SubmissionLetter:
    """The letter of mail `number` of `count`; a submission in one mail says nothing of numbers."""
    if count == 1:
        return letter
    note = f"　　同一次报送共{count}封邮件，这是第{number}封。收齐后请把各个压缩包解压到同一个文件夹。"
    return replace(letter, subject=f"{letter.subject} 第{number}封，共{count}封", body=f"{note}\n\n{letter.body}")


def _forms(content: PackageContent) -> list[Report]:
    return [report for report in content.reports if report.code not in (_CORRECTION, COVER_FORM)]


def _opening(content: PackageContent) -> str:
    period = content.basis.period
    when = period.label if period.kind == "range" else f"{period.label}（{period.short_range}）"
    titles = "".join(dict.fromkeys(f"《{report.title}》" for report in _forms(content))) or "材料"
    return f"　　现报送我单位{when}{titles}，第{content.version}版，请查收。"


def _figures(content: PackageContent) -> list[str]:
    sentences = [totals_sentence(report) for report in _forms(content) if report.code == LEDGER_FORM]
    if content.cases:
        titles = "".join(f"《{one_line(case.title)}》" for case in content.cases)
        sentences.append(f"工会工作创新案例{len(content.cases)}篇：{titles}。")
    return [f"　　{sentence}" for sentence in sentences if sentence]


def _changes(content: PackageContent) -> str:
    """What a correction changes: the counts and the first lines. Empty for a first version."""
    found, previous = content.differences, content.previous
    if found is None or previous is None:
        return ""
    counts = f"新增{found.count(ADDED)}项、修改{found.count(CHANGED)}项、删除{found.count(REMOVED)}项"
    lines = [f"　　这是更正报送，代替第{previous.version}版。与第{previous.version}版相比，{counts}："]
    lines += [f"{number}. {_change(each)}" for number, each in enumerate(found.changes[:_MOST_CHANGES], 1)]
    if len(found.changes) > _MOST_CHANGES:
        lines.append(f"……共{len(found.changes)}项，都列在压缩包里的《更正说明》中。")
    return "\n".join(lines) if found.changes else lines[0].removesuffix("：") + "。"


def _change(change: RecordChange) -> str:
    names = (CHANGE_LABELS[change.change], KIND_LABELS.get(change.kind, change.kind), change.number, change.title)
    head = " ".join(part for part in map(one_line, names) if part)
    fields = "；".join(
        "{}“{}”改为“{}”".format(field.label, *_values(field.old, field.new)) for field in change.fields[:_MOST_CHANGES]
    )
    more = f"等{len(change.fields)}处" if len(change.fields) > _MOST_CHANGES else ""
    return f"{head}：{fields}{more}" if fields else head


def _values(old: str, new: str) -> tuple[str, str]:
    was, is_now = shown_apart(one_line(old), one_line(new), _LONGEST_VALUE)
    return was or "空", is_now or "空"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _receipt(content: PackageContent, receipt_code: str, protected: bool) -> str:
    unit = content.basis.unit
    where = "表10上印的回执码" if COVER_FORM in content.forms else "收到的回执码"
    phone = one_line(unit.phone)
    how = f"请打电话（{phone}）" if phone else "请打电话"
    lines = [
        f"　　回执码：{receipt_code}",
        f"　　收到后{how}或回复本邮件，把{where}念给我们。两边的码一样，就说明收到的是这一版。",
    ]
    if protected:
        lines.append("　　压缩包设有密码，密码由我们另行打电话告知。")
    return "\n".join(lines)


def _enclosures(enclosed: Sequence[EnclosedFile]) -> str:
    if not enclosed:
        return ""
    several = enclosed[-1].mail > 1
    lines = [_ENCLOSED]
    for number, file in enumerate(enclosed, 1):
        mail = f"第{file.mail}封，" if several else ""
        lines.append(f"{number}. {file.name}（{mail}{file.use}）")
    return "\n".join(lines)
