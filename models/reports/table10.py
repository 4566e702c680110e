"""表10 报送清单（回执）: the cover of a package, which comes back signed (焦工文〔2025〕33号 三：积极报送).

It lists the files that the package holds besides itself. Its digests let the receiver see over the telephone that
what arrived is what was sent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.checks import CheckResult
from models.report import Block, Cell, Column, Entry, FieldGrid, Prose, Report, Row, SealBox, Table
from models.reports.basis import ReportBasis
from models.reports.table3 import size_text
from models.submission_differences import ADDED, CHANGE_LABELS, CHANGED, REMOVED, Differences

CODE = "表10"
FILE_STEM = "报送清单"
COLUMNS = (
    Column("序号", 12, "center"),
    Column("表名／文件名", 90),
    Column("页（行）数", 22, "center"),
    Column("大小", 22, "right"),
    Column("校验值（前8位）", 33, "center"),
)
SHOWN_OF_DIGEST = 8
GROUP = 4  # characters of the receipt code said in one breath
TO_COME = "导出或报送时自动列出文件"
FIRST_TIME = "首次报送"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file of the package: its `name`, the `title` of what it holds (empty if it is no form), its `extent`
    (2页, 14行), its size in bytes and its SHA-256 in hex.
    """

    name: str
    title: str
    extent: str
    byte_count: int
    digest: str


def build(basis: ReportBasis) -> Report:
    """The form as it is before there is a package: without files, version 1."""
    return build_table10(basis, ())


def build_table10(
    basis: ReportBasis,
    files: Sequence[ListedFile],
    *,
    version: int = 1,
    receipt_code: str = "",
    checks: CheckResult | None = None,
    differences: Differences | None = None,
) -> Report:
    """The list of a package's `files` in their order, with what the receiver asks on the telephone.

    `receipt_code` is printed in groups of four (K7PM-3QXA) and may be given with or without the dash. `checks` is
    the 逻辑检查 of the period, None where it was not run; `differences` None for a first submission.
    """
    code = grouped(receipt_code)
    blocks: tuple[Block, ...] = (
        _files(files),
        _facts(basis, version, checks, differences),
        Prose(f"三、回执码：{code}" if code else "三、回执码", () if code else ("报送时自动生成。",)),
        SealBox("四、收件单位签收", "签收人：　　　　　　　　（盖章）　　　　　年　　月　　日"),
    )
    report = basis.report(CODE, FILE_STEM, "portrait", blocks)
    recipient = basis.notice.recipient
    info = (f"收件单位：{recipient.union}{recipient.department}", f"联系电话：{recipient.phone}")
    return replace(report, version=version, receipt_code=code, info=info)


def grouped(code: str) -> str:
    """K7PM3QXA → K7PM-3QXA, in capitals, so that it can be read out; empty stays empty."""
    plain = "".join(character for character in code.upper() if character.isalnum())
    return "-".join(plain[start : start + GROUP] for start in range(0, len(plain), GROUP))


def _files(files: Sequence[ListedFile]) -> Table:
    rows = tuple(_row(number, file) for number, file in enumerate(files, 1))
    total = None
    if files:
        size = size_text(sum(file.byte_count for file in files))
        total = Row((Cell(), Cell(f"共 {len(files)} 个文件"), Cell(), Cell(size), Cell()))
    notes = ("校验值是文件SHA-256值的前8位，收件后可据此核对文件是否完整。本清单不列自身。",) if files else ()
    return Table(COLUMNS, rows, total, notes, title="一、报送文件", empty_text=TO_COME)


def _row(number: int, file: ListedFile) -> Row:
    names = "\n".join(part for part in (file.title, file.name) if part)
    values = (number, names, file.extent, size_text(file.byte_count), file.digest[:SHOWN_OF_DIGEST].upper())
    return Row(tuple(Cell(value) for value in values))


def _facts(basis: ReportBasis, version: int, checks: CheckResult | None, differences: Differences | None) -> FieldGrid:
    unit = basis.unit
    compared = _compared(differences) if differences else FIRST_TIME if version == 1 else "没有比较"
    return FieldGrid(
        (
            (Entry("报送单位", Cell(unit.name, missing=not unit.name)),),
            (Entry("统计编码", Cell(unit.code)), Entry("联系人", Cell(_contact(unit.contact, unit.phone)))),
            (Entry("报送期", Cell(basis.period.range_text)), Entry("版本", Cell(f"第{version}版"))),
            (Entry("与上版差异", Cell(compared)),),
            (Entry("逻辑检查结果", _checked(checks)),),
        ),
        title="二、报送情况",
    )


def _compared(differences: Differences) -> str:
    """新增 2 项，修改 1 项，删除 0 项."""
    return "，".join(f"{CHANGE_LABELS[each]} {differences.count(each)} 项" for each in (ADDED, CHANGED, REMOVED))


def _contact(name: str, phone: str) -> str:
    return "　".join(part for part in (name, phone) if part)


def _checked(checks: CheckResult | None) -> Cell:
    if checks is None:
        return Cell("导出或报送时自动检查")
    uids = tuple(dict.fromkeys(finding.uid for finding in checks.findings if finding.uid))
    text = f"强制 {len(checks.hard)} 项，提示 {len(checks.soft)} 项，已说明 {len(checks.explained)} 项"
    rule = "强制项须改正才能报送；提示项可以写核实说明，写了的计入已说明。"
    return Cell(text, uids, rule=rule)
