"""A Word file put together with python-docx from our own styles, the same bytes each time.

python-docx begins with a template of its own (Latin theme fonts, layout of Word 2010, a clock in the archive). All of
that is taken out: what is left are its package, relations, pictures and properties.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml

from exporters import docx_parts
from exporters.docx_page import page_of, table_size
from exporters.docx_text import Block, Para
from exporters.text import printable
from models.report import Report

CREATOR = "宣教台账"
NO_DATE = date(2000, 1, 1)
_LEFT_OUT = ("theme", "stylesWithEffects", "webSettings", "numbering", "customXml", "thumbnail")


class WordBook:
    """The pages of a report, sheet after sheet."""

    def __init__(self, report: Report) -> None:
        self._document = docx.Document()
        self._part = self._document.part
        self._day = report.signature.filled_on or NO_DATE
        self._sheets: list[tuple[Report, list[Block]]] = []
        self._set_up(table_size(report))
        self._describe(report)

    def add(self, sheet: Report, blocks: Sequence[Block]) -> None:
        """A form on pages of its own."""
        self._sheets.append((sheet, list(blocks)))

    def picture(self, file: str) -> tuple[str, int, int]:
        """Put a picture into the file; returns the id of its relation and its pixels across and down.

        Raises OSError for a file that cannot be read, docx' own errors for one that is no picture.
        """
        relation, image = self._part.get_or_add_image(file)
        return relation, image.px_width, image.px_height

    def save(self, file: BinaryIO) -> None:
        """Write the finished file."""
        footers = self._add_footers()
        body: list[str] = []
        for number, (sheet, blocks) in enumerate(self._sheets):
            section = page_of(sheet).section("" if number else footers)
            if number == len(self._sheets) - 1:
                body += [*(block.xml() for block in blocks), section]
                break
            last = blocks[-1] if blocks else None
            if isinstance(last, Para):
                blocks[-1] = replace(last, section=section)
            else:
                blocks.append(Para("FormNote", "", section=section))
            body += (block.xml() for block in blocks)
        text = f"<w:document {docx_parts.NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
        self._part._element = parse_xml(text)
        written = BytesIO()
        self._document.save(written)
        _copy_dated(written, file, self._day)

    def _set_up(self, table_size: float) -> None:
        """Replace what the template brings."""
        package = self._part.package
        assert package is not None
        for rels in (self._part.rels, package.rels):
            for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _LEFT_OUT]:
                del rels[key]
        for kind, content in (
            (RELATIONSHIP_TYPE.STYLES, docx_parts.styles(table_size)),
            (RELATIONSHIP_TYPE.SETTINGS, docx_parts.settings()),
        ):
            part = self._part.part_related_by(kind)
            assert isinstance(part, XmlPart)
            part._element = parse_xml(content)
        self._part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = docx_parts.font_table().encode()
        application = package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
        assert isinstance(application, Part)
        application._blob = docx_parts.application(CREATOR).encode()

    def _describe(self, report: Report) -> None:
        """The file's properties, within the 255 characters that they may have."""
        properties = self._document.core_properties
        properties.title = printable(f"{report.title}（{report.unit_name}）")[:255]
        properties.subject = printable(f"{report.code} {report.file_stem} {report.period_text}")[:255]
        properties.author = properties.last_modified_by = printable(report.unit_name)[:255]
        properties.keywords = printable(f"{report.code} {report.period_code} {report.receipt_code}".strip())[:255]
        properties.comments = ""
        properties.language = "zh-CN"
        properties.revision = 1
        properties.created = properties.modified = datetime.combine(self._day, time(), UTC)

    def _add_footers(self) -> str:
        """The page numbers of odd and even pages, as references for the first section; the others inherit them."""
        references: list[str] = []
        for kind, even in (("default", False), ("even", True)):
            part, relation = self._part.add_footer_part()
            part._element = parse_xml(docx_parts.footer(even=even))
            references.append(f'<w:footerReference w:type="{kind}" r:id="{relation}"/>')
        return "".join(references)


def _copy_dated(written: BytesIO, file: BinaryIO, day: date) -> None:
    """The archive again, without the time of writing."""
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with ZipFile(written) as source, ZipFile(file, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, stamp)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3  # else the system it is written on
            target.writestr(info, source.read(name))
