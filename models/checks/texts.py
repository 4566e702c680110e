"""What rules of activities and of cases look for in any text: personal data and slips of wording."""

import re
from collections.abc import Iterable, Iterator

from models.checks.findings import Found, Repair
from models.notice import Notice

# An ID card, a mobile phone, a bank card – as whole digit runs, not inside longer ones. People group digits.
_PERSONAL = {
    "身份证号": re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?\d{8}[ -]?\d{3}[0-9Xx](?![0-9A-Za-z])"),
    "手机号": re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"),
    "银行卡号": re.compile(r"(?<!\d)6\d{3}(?:[ -]?\d{4}){2}[ -]?\d{4}(?:[ -]?\d{1,3})?(?!\d)"),
}
# 焦工文[2025]33号, （2025）, 【2025】: a 文号 takes six-angle brackets (GB/T 9704).
_DOCUMENT_NUMBER = re.compile(r"([\u4e00-\u9fff])[\[［【(（](20\d\d)[\]］】)）](?=第?\d+号)")
_PAIRS = {"书名号《》": "《》", "引号“”": "“”"}

Named = tuple[str, str, str]  # field, its label, its text


def personal_data(text: str) -> Iterator[str]:
    """What kinds of personal numbers seem to stand in a text: 身份证号, 手机号, 银行卡号."""
    return (word for word, pattern in _PERSONAL.items() if pattern.search(text))


def mask_personal_data(text: str, by: str) -> str:
    """The text with such numbers replaced."""
    for pattern in _PERSONAL.values():
        text = pattern.sub(by, text)
    return text


def personal_findings(texts: Iterable[Named]) -> Iterator[Found]:
    """S17 over the texts of a record."""
    for name, label, text in texts:
        for word in personal_data(text):
            yield name, f"“{label}”里像是有{word}。报表会发给上级，请删去个人信息。"


def wording_findings(texts: Iterable[Named], notice: Notice) -> Iterator[Found]:
    """S19 over the texts of a record: the notice's word list, 文号 brackets, unpaired marks."""
    for name, label, text in texts:
        proper = text
        for wrong, right in notice.words.items():
            if wrong in text:
                proper = proper.replace(wrong, right)
                message = f"“{label}”里的“{wrong}”，规范写法是“{right}”。"
                yield name, message, Repair(f"改为“{right}”", name, text.replace(wrong, right))
        if found := _DOCUMENT_NUMBER.search(proper):
            message = f"“{label}”里的文号年份“{found[0][1:]}”，规范写法是“〔{found[2]}〕”。"
            yield name, message, Repair(f"改为“〔{found[2]}〕”", name, _DOCUMENT_NUMBER.sub(r"\1〔\2〕", text))
        for word, (opening, closing) in _PAIRS.items():
            if text.count(opening) != text.count(closing):
                yield name, f"“{label}”里的{word}不成对。"
