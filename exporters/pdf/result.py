"""What a rendered form is made of: the PDF itself and where each record stands in it."""

from dataclasses import dataclass
from pathlib import Path

FIELD = "field:"  # begins the uid of a place that shows a field of the one record a form is about


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on a page, in points from the page's top left corner. `page` counts from 0.

    A line of a table has the `uid` of the record it shows. A single number has the `sources` it was
    computed from, when they are not just its own line's record. On a form about one record (表3) the places
    are those of its fields: `uid` is field:problem and the like, one for each page that a text runs over.
    """

    page: int
    left: float
    top: float
    width: float
    height: float
    uid: str = ""
    sources: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of the field that is printed here; empty for a place of another kind."""
        return self.uid.removeprefix(FIELD) if self.uid.startswith(FIELD) else ""


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
