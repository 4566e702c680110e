"""Official documents to export: a summary as a union writes it, with figures, a gap, attachments and a closing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from models.report import Document, Paragraph, ParagraphStyle, Passage, Report
from tests.exporters.samples import ledger_report

SENTENCE = (
    "每天班前会留出10分钟，由班组长、劳模轮流讲一个“小故事”（每班一题），覆盖24个班组、8,710人次，满意率98.5%；"
    "职工说：“听得懂、记得住、用得上。”——这是《班前十分钟》微思政课的做法……"
)
TITLE = "焦作市示例机械有限公司工会2025年上半年“中国梦·劳动美”主题宣传教育活动总结"
UNIT, DAY = "焦作市示例机械有限公司工会", "2025年7月5日"


def paragraph(style: ParagraphStyle, *passages: str | Passage, field: str = "") -> Paragraph:
    made = tuple(one if isinstance(one, Passage) else Passage(one) for one in passages)
    return Paragraph(made, style, field)


def figure(text: str, *sources: str) -> Passage:
    return Passage(text, "sessions", sources, "本期各活动的场次之和")


def closing() -> tuple[Paragraph, ...]:
    return paragraph("closing", UNIT), paragraph("closing", DAY)


def summary(**texts: str) -> Document:
    """A summary of three pages; `texts` replace the words of a field (overview, practice, plans)."""
    return Document(
        (
            paragraph("title", TITLE),
            paragraph("address", "市总工会宣教网络部："),
            paragraph("heading1", "一、总体情况"),
            paragraph(
                "body", "1—6月共开展活动", figure("26", "a", "b"), "项", figure("41", "a"), "场，参加职工",
                figure("8,710", "a", "b"), "人次。", texts.get("overview", SENTENCE * 3), field="overview",
            ),
            paragraph("heading1", "二、主要做法"),
            paragraph("heading2", "（一）中国工人“大思政课”"),
            paragraph("heading3", "1. 领学领读"),
            paragraph("body", texts.get("practice", SENTENCE * 6), field="practice"),
            paragraph("heading1", "三、存在问题"),
            paragraph("body", Passage("〔请补充存在的问题〕", missing=True), field="problems"),
            paragraph("heading1", "四、下步打算"),
            paragraph("body", texts.get("plans", SENTENCE * 3), field="plans"),
            paragraph("attachment", "附件：1. 焦作市示例机械有限公司工会2025年上半年主题宣传教育活动台账及统计表"),
            paragraph("attachment", "2. 工会工作创新案例"),
            *closing(),
        )
    )  # fmt: skip


def summary_report(document: Document | None = None, **changes: Any) -> Report:
    """表9 around a document."""
    made = replace(
        ledger_report(1),
        code="表9",
        title="主题宣传教育活动总结",
        file_stem="活动总结",
        orientation="portrait",
        blocks=(document or summary(),),
    )
    return replace(made, **changes)
