"""From a TOML file to a `Notice`. A pack comes by mail from another office: nothing in it is trusted."""

from functools import cache
from pathlib import Path

import resources
from models import notice_options as options
from models import notice_sections as sections
from models.notice_pack import Notice
from models.notice_reader import Table
from models.notice_source import NoticeText, read_text

BUILTIN = "notices/jzgh-2025-33.toml"


@cache
def builtin_notice() -> Notice:
    """The pack that ships with the program."""
    return load_notice(resources.path(BUILTIN))


def installed_notices(folder: Path) -> list[Path]:
    """The packs somebody has put into `folder`, by file name. A folder that is not there holds none."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.glob("*.toml") if path.is_file() and not path.name.startswith("."))


def load_notice(path: Path) -> Notice:
    """Read and check one pack.

    Raises UserError with file name, line, key and what is expected there for anything that is not as
    docs/notice-pack.md says: a partly loaded pack does not exist.
    """
    text, content = read_text(path)
    source = NoticeText(path.name, text)
    return _read(Table(source, (), source.parse()), content)


def _read(pack: Table, content: bytes) -> Notice:
    documents = sections.read_documents(pack)
    clauses = sections.read_clauses(pack, documents)
    field_clauses = sections.read_field_clauses(pack, clauses)
    forms = options.read_forms(pack, clauses)
    indicators = options.read_indicators(pack, forms)
    refused = sections.read_refused_addresses(pack)
    lists = options.OptionLists(clauses, field_clauses)
    units = pack.table("units")
    notice = Notice(
        id=pack.code("id"),
        title=pack.text("title"),
        campaign=pack.text("campaign"),
        form_version=pack.code("form_version"),
        basis=pack.text("basis"),
        greeting=pack.text("greeting"),
        documents=documents,
        recipient=sections.read_recipient(pack, refused),
        refused_addresses=refused,
        areas=lists.read(units, "areas", "area"),
        superior_types=lists.read(units, "superior_types", "superior_type"),
        org_types=lists.read(units, "org_types", "org_type"),
        chains=lists.read(units, "chains", "chain"),
        forms=options.with_indicators(forms, indicators),
        focuses=options.read_focuses(pack, clauses),
        choices=lists.read_choices(pack),
        indicators=indicators,
        clauses=clauses,
        field_clauses=field_clauses,
        anniversaries=sections.read_anniversaries(pack),
        words=sections.read_words(pack),
        thresholds=sections.read_thresholds(pack),
        deadline=pack.day("deadline"),
        case_max_chars=pack.number("case_max_chars", 100, 100_000),
        photo_max=pack.number("photo_max", 0, 99),
        report_titles=sections.read_report_titles(pack),
        content=content,
        days=sections.read_days(pack),
    )
    units.finish()
    pack.finish()
    return notice
