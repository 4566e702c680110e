"""Font files for reportlab: loaded when first needed, with fallback faces and a correct text layer.

reportlab 5.1 (pinned) lacks three things that a Chinese form needs; each is supplied here on top of its
public classes and proven by tests/exporters/test_pdf_characters.py:

* a font that falls back to another face for a character it has not, instead of drawing a box;
* a ToUnicode map that is valid beyond the BMP (its own loses 196 of the 8,105 standard characters on
  copying) and obeys the limit of 100 entries a block;
* cmap entries that lead to glyph 0 do not count as “has the character”.
"""

# reportlab carries no types, so the checker is told to trust this module's own annotations.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false, reportAttributeAccessIssue=false
# pyright: reportPrivateUsage=false

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from models.errors import UserError

MAX_ENTRIES = 100  # of one beginbfchar block, PDF 32000-1 9.10.3


class EmbeddedFont(TTFont):
    """A TrueType font whose text can be copied and searched, whatever the character."""

    def __init__(self, name: str, file: Path, index: int = 0) -> None:
        super().__init__(name, str(file), subfontIndex=index)
        self.face.name = _unique_name(self.face.name, file)
        glyphs = self.face.charToGlyph
        for code in [code for code, glyph in glyphs.items() if not glyph]:
            del glyphs[code]

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - reportlab's name
        """Write the font into the document; called by reportlab on saving."""
        subsets: list[list[int]] = self.state[doc].subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)).decode("latin-1")
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode_map(name, subset)


_NAMES: dict[bytes, Path] = {}  # PostScript name → the file that bears it in this process


def _unique_name(name: bytes, file: Path) -> bytes:
    """`name`, or with a number behind it when another file has it: a PDF tells fonts apart by their names."""
    wanted, number = name, 2
    while _NAMES.setdefault(name, file) != file:
        name = b"%s-%d" % (wanted, number)
        number += 1
    return name


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """The ToUnicode CMap of one subset: position in the subset → Unicode, as UTF-16."""
    entries = [f"<{index:02X}> <{_utf16(code)}>" for index, code in enumerate(subset) if index and code]
    blocks: list[str] = []
    for start in range(0, len(entries), MAX_ENTRIES):
        block = entries[start : start + MAX_ENTRIES]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
            f"/CMapName /{font_name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )


def _utf16(code: int) -> str:
    return chr(code).encode("utf-16-be").hex().upper()


class Face:
    """One font file. `label` is what the export report calls it. Nothing is read before it is needed.

    `bold` faces need no help to print bold text; of the others the painter thickens the outlines.
    """

    def __init__(self, file: Path, label: str, index: int = 0, *, bold: bool = False) -> None:
        self.file = file
        self.label = label
        self.bold = bold
        self._index = index

    @cached_property
    def font(self) -> EmbeddedFont:
        """The parsed font. Raises UserError when `usable` is False."""
        try:
            return EmbeddedFont(f"ledger:{self.file.name}:{self._index}", self.file, self._index)
        except Exception as error:  # reportlab's parser trips over a damaged file in every way there is
            raise UserError(
                f"字体文件“{self.file.name}”不在了或已损坏，没有它不能做PDF。请把宣教台账重新安装一次，台账不受影响。",
                detail=f"{self.file}: {error!r}",
            ) from error

    @property
    def loaded(self) -> bool:
        """Whether the file has been read: a fallback is not before a character needs it."""
        return "font" in self.__dict__

    def usable(self) -> bool:
        """Whether the file can be embedded: TrueType outlines, readable, its licence bits allow it."""
        try:
            return bool(self.font)
        except UserError:
            return False

    def has(self, character: str) -> bool:
        return ord(character) in self.font.face.charToGlyph

    def width(self, character: str) -> float:
        """Advance of `character` in 1/1000 of the type size."""
        return self.font.face.getCharWidth(ord(character))

    def encode(self, text: str, document: PDFDocument) -> Iterator[tuple[str, bytes]]:
        """(name of the font's subset in the document, its codes) for the pieces of `text`."""
        for subset, codes in self.font.splitString(text, document):
            yield self.font.getSubsetInternalName(subset, document), codes

    def used_in(self, document: PDFDocument) -> bool:
        """Whether this face has drawn anything in a document that is not yet saved."""
        return self.loaded and document in self.font.state


class CharacterWidths(dict[str, float]):
    """Character → advance in 1/1000 of the type size, filled as characters turn up."""

    def __init__(self, chain: "FontChain") -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, character: str) -> float:
        face = self._chain.owner(character)
        if face is None:
            raise LookupError(f"no font has U+{ord(character):04X}; missing_characters() was not asked")
        width = self[character] = face.width(character)
        return width


class FontChain:
    """The faces that print one role's text: the first that has a character draws it.

    `bold` prints the same role's bold text, with `bold_face` before all others if there is one.
    """

    def __init__(self, faces: Iterable[Face], bold_face: Face | None = None) -> None:
        self.faces = tuple(faces)
        self.bold = FontChain((bold_face, *self.faces)) if bold_face else self
        self.widths = CharacterWidths(self)
        self._owners: dict[str, Face | None] = {}
        self._main: set[str] = set()  # characters known to be in the first face

    def owner(self, character: str) -> Face | None:
        """The face that draws `character`; None when none has it."""
        if character not in self._owners:
            face = next((face for face in self.faces if face.has(character)), None)
            self._owners[character] = face
            if face is self.faces[0]:
                self._main.add(character)
        return self._owners[character]

    def missing(self, text: str) -> set[str]:
        """The characters of `text` that no face has (line feeds aside)."""
        return {c for c in set(text) - self._main if c != "\n" and self.owner(c) is None}

    def runs(self, text: str) -> Iterator[tuple[Face, str]]:
        """`text` cut where the face changes."""
        if self._main.issuperset(text):
            yield self.faces[0], text
            return
        for face, characters in groupby(text, self.owner):
            run = "".join(characters)
            if face is None:
                raise LookupError(f"no font has {run!a}; missing_characters() was not asked")
            yield face, run

    def registered_name(self) -> str:
        """The first face's name in reportlab's own registry (a canvas wants one to start with)."""
        font = self.faces[0].font
        pdfmetrics.registerFont(font)
        return font.fontName
