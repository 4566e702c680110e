"""Turn a font with PostScript outlines (CFF) into one with TrueType outlines: reportlab embeds no others.

This made FandolFang-Regular.subset.ttf out of FandolFang-Regular.otf (README.md). Needs fontTools.

usage: python convert_outlines.py SOURCE.otf TARGET.ttf [CHARACTERS]

CHARACTERS is a codec whose characters are kept (gb2312); everything is kept without it.
"""

import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

MAX_ERROR = 1.0  # units of the em, by which a curve may differ


def keep_characters(font: TTFont, codec: str) -> None:
    """Drop the glyphs of all characters that `codec` does not know, and the layout tables."""
    kept: list[int] = []
    for code in font.getBestCmap():
        try:
            chr(code).encode(codec)
        except UnicodeEncodeError:
            continue
        kept.append(code)
    options = Options()
    options.layout_features = []
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)


def convert(font: TTFont) -> None:
    """Replace the CFF table by glyf, loca and a maxp to match."""
    order = font.getGlyphOrder()
    shapes = font.getGlyphSet()
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(shapes)
        shapes[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = order
    font["glyf"].glyphs = glyphs
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
    font["glyf"].compile(font)  # reckons the boxes that the side bearings follow
    for name in order:
        width, bearing = font["hmtx"][name]
        font["hmtx"][name] = (width, getattr(glyphs[name], "xMin", bearing))
    maximum = font["maxp"]
    maximum.tableVersion = 0x00010000
    maximum.maxZones = 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maximum, f"max{field}", 0)
    maximum.maxSizeOfInstructions = maximum.maxComponentElements = 0
    font["post"].formatType = 3.0  # no glyph names
    font.sfntVersion = "\x00\x01\x00\x00"


def main() -> None:
    source, target, *codec = sys.argv[1:]
    font = TTFont(source)
    if codec:
        keep_characters(font, codec[0])
    convert(font)
    font.save(target)


if __name__ == "__main__":
    main()
