"""Which fonts of a union office this computer lacks, in the words of the export report."""

from collections.abc import Collection

import resources
from exporters.pdf.characters import roles_of
from exporters.pdf.faces import Face
from exporters.pdf.fonts import PRINTING, FontSet, Role, font_set
from models.report import Report

WANTED: dict[Role, str] = {"title": "方正小标宋", "body": "仿宋", "heading": "黑体", "subheading": "楷体"}


def replaced_fonts(report: Report, used: Collection[str], fonts: FontSet | None = None) -> tuple[str, ...]:
    """One sentence part for each font that `report` should be printed in and is not: 仿宋（用 FandolFang 代替）.

    `used` are the labels of the fonts that its PDF embeds. Fonts that the form has no text for are not named.
    """
    chosen = fonts or font_set()
    with PRINTING:
        roles = roles_of(report)
        first: dict[Role, Face] = {role: chosen.chain(role).faces[0] for role in WANTED if role in roles}
    return tuple(
        f"{WANTED[role]}（用 {face.label} 代替）"
        for role, face in first.items()
        if face.label in used and face.file.parent == resources.path("fonts")
    )
