"""A JPEG file as it goes into a PDF: byte for byte, for the format is one that PDF readers know themselves."""

# reportlab carries no types, so the checker is told to trust this module's own annotations.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportAttributeAccessIssue=false, reportPrivateUsage=false, reportUnknownArgumentType=false

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

from reportlab.pdfbase import pdfdoc, pdfutils
from reportlab.pdfgen.canvas import Canvas

END = b"\xff\xd9"
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Jpeg:
    """A picture that can be printed. `width` and `height` are its pixels."""

    content: bytes
    width: int
    height: int


def read_jpeg(file: Path) -> Jpeg | None:
    """The picture in `file`; None when it is none that can be printed.

    A file that is named by its SHA-256, as those of a ledger are, must still have the content it is named by. Raises
    OSError when it cannot be read.
    """
    content = file.read_bytes()
    if _DIGEST.fullmatch(file.stem) and hashlib.sha256(content).hexdigest() != file.stem:
        return None
    if END not in content[-64:]:  # cut off; some cameras leave a few bytes behind the end
        return None
    try:
        width, height, *_ = cast("tuple[int, ...]", pdfutils.readJPEGInfo(BytesIO(content)))
    except Exception:  # reportlab's reader trips over a damaged file in every way there is
        return None
    return Jpeg(content, width, height) if width and height else None


def place_jpeg(canvas: Canvas, picture: Jpeg, left: float, bottom: float, width: float, height: float) -> None:
    """Draw it into a rectangle (points from the lower left corner); the same picture twice is stored once.

    `Canvas.drawImage` would do it for a path, but names the picture by that: a ledger moved elsewhere would give other
    bytes. For an open file it takes the picture apart into pixels.
    """
    name = hashlib.sha256(picture.content).hexdigest()[:32]
    document = canvas._doc
    registered = document.getXObjectName(name)
    if registered not in document.idToObject:
        made = pdfdoc.PDFImageXObject(name)
        made.loadImageFromJPEG(BytesIO(picture.content))
        made.name = name
        document.Reference(made, registered)
        document.addForm(name, made)
    canvas._currentPageHasImages = 1
    canvas.saveState()
    canvas.transform(width, 0, 0, height, left, bottom)
    canvas._code.append(f"/{registered} Do")
    canvas.restoreState()
    canvas._formsinuse.append(name)
