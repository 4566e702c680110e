"""A QR code as black rectangles: sharp on every printer, and no picture to store."""

# reportlab carries no types, so the checker is told to trust this module's own annotations.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from collections.abc import Iterator
from itertools import groupby

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

QUIET = 4  # modules of white all round, as ISO/IEC 18004 asks

Rectangle = tuple[float, float, float, float]


def qr_rectangles(text: str, left: float, top: float, size: float) -> Iterator[Rectangle]:
    """The dark parts (left, top, width, height) of a code `size` points wide with its white border; ASCII text.

    Correction level M: an eighth of it may be hidden by a stamp or a fold.
    """
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    module = size / (code.getModuleCount() + 2 * QUIET)
    rows: list[list[bool]] = [[bool(dark) for dark in row] for row in code.modules]
    for number, row in enumerate(rows):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                x, y = left + (column + QUIET) * module, top + (number + QUIET) * module
                yield x, y, length * module, module
            column += length
