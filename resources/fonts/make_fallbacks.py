"""Cut the bold and the small fallback fonts out of the original Noto files (needs fontTools; origins: README.md).

usage: python make_fallbacks.py FOLDER_WITH_THE_ORIGINAL_TTF_FILES
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

# file, original file, characters beyond GB 2312. It has all that table heads, totals and fixed wording consist of.
BOLD = (
    "NotoSansSC-Bold",
    "NotoSansSC_700Bold.ttf",
    "20-7E,A0-FF,2010-205E,20AC,2100-214F,2150-218F,2190-21FF,2200-22FF,2460-24FF,25A0-25FF,2605,2606,"
    "3000-303F,3200-33FF,FE10-FE6F,FF01-FF5E,FFE0-FFE6",
)
# new name, original file, characters. The original's own letters and ideographs are in the big fonts already.
FALLBACKS = (
    (
        "NotoSansSC-Extra",
        "NotoSansSC_400Regular.ttf",
        "20,180-3FF,1E00-1EFF,2016-206F,2300-23FF,24C0-24FF,2600-27BF,2900-2BFF,2E80-2FDF,2FF0-303F,3099-30FF,"
        "3130-318F,31C0-31FF,3300-33FF,F900-FAFF,FE10-FE6F,1F100-1F2FF,20000-20FFF,21500-31FFF",
    ),
    ("NotoSans-Extra", "NotoSans_400Regular.ttf", "20,100-4FF,1E00-1EFF,2000-20CF,2100-218F,FB00-FB06,FFFD"),
    ("NotoSansSymbols2-Extra", "NotoSansSymbols2_400Regular.ttf", "20,2190-27BF,2900-29FF,2B00-2BFF"),
    ("NotoEmoji-Extra", "NotoEmoji_400Regular.ttf", "20-10FFFF"),
)
FAMILY_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME = 1, 3, 4, 6
REGIONAL_INDICATOR_A, SQUARED_A, LETTERS = 0x1F1E6, 0x1F130, 26


def subset(source: Path, target: Path, codes: list[int], name: str = "") -> None:
    """Write the glyphs of `codes` only, as `name` if given: outlines and metrics, no hinting, no layout tables."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "STAT", "vhea", "vmtx", "VORG", "BASE", "gasp", "MATH"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    box_flag_letters(font)
    for record in font["name"].names:
        # A PDF tells fonts apart by these names; a screen must not take the remainder for the whole family.
        if name and record.nameID in (FAMILY_NAME, UNIQUE_NAME, FULL_NAME, POSTSCRIPT_NAME):
            record.string = name
    font.save(target)


def box_flag_letters(font: TTFont) -> None:
    """Let the two letters of a flag (🇨🇳) appear as boxed letters: without layout tables no flag can."""
    for table in font["cmap"].tables:
        for letter in range(LETTERS):
            if SQUARED_A + letter in table.cmap:
                table.cmap.setdefault(REGIONAL_INDICATOR_A + letter, table.cmap[SQUARED_A + letter])


def gb2312() -> list[int]:
    """The code points of GB 2312, all of them in the BMP."""
    return [code for code in range(0x10000) if chr(code).encode("gb2312", "ignore")]


def main() -> None:
    originals = Path(sys.argv[1])
    here = Path(__file__).parent
    file, original, characters = BOLD
    targets = [here / f"{file}.subset.ttf"]
    subset(originals / original, targets[0], gb2312() + parse_unicodes(characters))  # beside the Regular, of its family
    for name, original, characters in FALLBACKS:
        targets.append(here / f"{name}.subset.ttf")
        subset(originals / original, targets[-1], parse_unicodes(characters), name)
    for target in targets:
        print(f"{target.name}  {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
