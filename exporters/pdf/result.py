"""What a rendered form is made of: the PDF itself and where each record stands in it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page, in points from the page's top left corner. `page` counts from 0.

    A line of a table has the `uid` of the record it shows. A single number has the `sources` it was
    computed from, when they are not just its own line's record.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    uid: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """A rendered form. `fonts` names the fonts it uses; 本机 marks those of this computer."""

    data: bytes
    pages: int
    fonts: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A written PDF file."""

    path: Path
    pages: int
    fonts: tuple[str, ...]
