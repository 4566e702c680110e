"""The fixed sentences round a form's tables, the same on paper, in Excel and in Word (FORMS.md 2.5).

Never 表号, 制定机关 or 批准文号: these forms are not official statistical forms.
"""

from models.report import Report, Signature

BLANK = "\u3000"  # a full-width space: room to write by hand


def info_items(report: Report) -> tuple[str, ...]:
    """The line under the title: who reports, for when, counted in what."""
    if report.info is not None:
        return report.info
    items = (
        f"填报单位：{report.unit_name}",
        f"基层工会统计编码：{report.unit_code or BLANK * 6}",
        f"报送期：{report.period_text}{BLANK}第{report.version}版",
    )
    return (*items, f"单位：{report.measure}") if report.measure else items


def signature_items(signature: Signature) -> tuple[str, ...]:
    """The signing line. A name that is not known leaves a blank to sign on."""
    if signature.filled_on is None:
        date_text = f"{BLANK * 3}年{BLANK * 2}月{BLANK * 2}日"
    else:
        day = signature.filled_on
        date_text = f"{day.year}年{day.month}月{day.day}日"
    return (
        f"单位负责人：{signature.leader}{BLANK * (2 if signature.leader else 5)}（签字）",
        f"审核人：{signature.reviewer or BLANK * 5}",
        f"填表人：{signature.filler or BLANK * 5}",
        f"联系电话：{signature.phone or BLANK * 6}",
        f"填报日期：{date_text}{BLANK * 2}（盖章）",
    )


def basis_line(report: Report) -> str:
    """The small print: legal basis, receipt code of the package if there is one, version of the form."""
    basis = report.basis.removeprefix("依据：")
    parts = (
        f"依据：{basis}" if basis else "",
        f"回执码 {report.receipt_code}" if report.receipt_code else "",
        f"表样版本 {report.form_version}" if report.form_version else "",
    )
    return "；".join(part for part in parts if part)


def continuation_items(report: Report) -> tuple[str, ...]:
    """What heads the second and later pages, so that a loose sheet can be told from another."""
    if report.info is not None:
        return tuple(item for item in (f"{report.title}（续）", report.unit_name, report.period_text) if item)
    return (f"{report.title}（续）", f"填报单位：{report.unit_name}", f"报送期：{report.period_text}")


def page_number(page: int, pages: int) -> str:
    """第 1 页　共 2 页; `page` counts from 1."""
    return f"第 {page} 页{BLANK}共 {pages} 页"
