"""表4 工会工作创新案例目录: the cases reported with a period, one a line (焦工文〔2025〕33号 三)."""

from models.attachment_repository import count_photos
from models.case import CASE_STAGE_LABELS, Case, CaseStage
from models.report import Cell, Column, Report, Row, Table, Value
from models.reports.basis import ReportBasis

CODE = "表4"
FILE_STEM = "创新案例目录"
COLUMNS = (
    Column("序号", 9, "center"),
    Column("案例名称", 47),
    Column("报送单位", 38),
    Column("所属领域", 28),
    Column("一句话亮点", 56),
    Column("字数", 12, "right"),
    Column("照片\n（张）", 13, "right"),
    Column("视频\n（有/无）", 17.5, "center"),
    Column("执笔人", 16, "center"),
    Column("联系电话", 27, "center"),
    Column("同意发布", 12, "center"),
    Column("备注", 20),
    Column("案例编号", 26, hidden=True),
    Column("版本", 8, "right", hidden=True),
    Column("状态", 12, hidden=True),
)
NOTES = (
    "口径：实施时间在本期结束的案例列入本期；字数是针对问题、主要做法、经验启示三部分的合计，空格和换行不计。"
    "照片、视频另附文件，“同意发布”是同意公开发布、汇编。",
)


def build(basis: ReportBasis) -> Report:
    """The catalogue of a period, by number."""
    cases = basis.cases
    photos = count_photos(basis.ledger, [case.uid for case in cases])
    rows = tuple(_row(basis, number, case, photos.get(case.uid, 0)) for number, case in enumerate(cases, 1))
    table = Table(COLUMNS, rows, notes=NOTES, empty_text="本期没有案例")
    return basis.report(CODE, FILE_STEM, "landscape", [table], measure="字、张")


def _row(basis: ReportBasis, number: int, case: Case, photos: int) -> Row:
    own = (case.uid,)
    cells: tuple[tuple[Value, bool], ...] = (
        (number, False),
        (case.title, not case.title.strip()),
        (basis.unit.name, not basis.unit.name),
        (basis.notice.brief("case_domain", case.domain), not case.domain),
        (case.summary, False),
        (case.characters, False),
        (photos, False),
        ("有" if case.video.strip() else "无", False),
        (case.author, False),
        (case.phone, False),
        ("是" if case.publish_ok else "未填", False),
        (_remark(case), False),
        (case.number, False),
        (case.revision, False),
        (CASE_STAGE_LABELS.get(case.stage, ""), False),
    )
    return Row(tuple(Cell(value, own, missing) for value, missing in cells), case.uid)


def _remark(case: Case) -> str:
    """Where it was reported already, and that the superior has taken it."""
    elsewhere = f"已报{case.reported_before}" if case.reported_before.strip() else ""
    adopted = "已采用" if case.stage == CaseStage.ADOPTED else ""
    return "；".join(part for part in (elsewhere, adopted) if part)
