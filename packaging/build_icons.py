"""Cut the icon font and draw the small pictures of the style sheet. Run at build time only, then commit the results:

    python packaging/build_icons.py --qtawesome DIRECTORY

DIRECTORY is the package folder of QtAwesome (`pip install --target SOMEWHERE --no-deps qtawesome`; fontTools is in the
dependency group “assets”). QtAwesome is never shipped: loading its twelve fonts makes a bare window start 2.5 times
slower. Remix Icon 2.5.0 is under the Apache License 2.0; newer sets have another licence, hence the pinned digest.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ICONS, STYLES = ROOT / "resources" / "icons", ROOT / "resources" / "styles"
SOURCE_SHA256 = "0ac8bc3ccea26ed47e96844ef26675969c669714d723c081101e51799d501520"

# Names without their “-line”; those of the rail are taken filled as well, for the current entry.
RAIL = "home-5 calendar-2 file-list-3 lightbulb file-chart mail-send inbox-archive settings-3"
ACTIONS = """
    add edit edit-box file-copy delete-bin save-3 search refresh more close arrow-go-back arrow-go-forward drag-move
    image-add links usb external-link eye
"""
STATE = """
    check checkbox-circle information time lock pencil flag calendar shield-check mail-check chat-check close-circle
    alert
"""
FILES = """
    file-pdf file-excel-2 file-word-2 file-zip file-unknow folder-open folder file-text printer download-2 upload-2
    image book-open database-2 hard-drive-2 history mail mail-open scales-3
"""
VIEW = """
    arrow-left arrow-right arrow-left-s arrow-right-s arrow-up-s arrow-down-s arrow-down arrow-up zoom-in zoom-out
    fullscreen layout-column team building user phone filter-3 question
"""
AS_THEY_ARE = "error-warning-fill alert-fill checkbox-circle-fill information-fill attachment-2 table-2 font-size-2"
FIRST_CODE_POINT = 0xE000


def glyph_names() -> list[str]:
    lines = [f"{name}-line" for group in (RAIL, ACTIONS, STATE, FILES, VIEW) for name in group.split()]
    return [*lines, *(f"{name}-fill" for name in RAIL.split()), *AS_THEY_ARE.split()]


def cut_font(qtawesome: Path) -> None:
    """Write ledger-icons.ttf, and ledger-icons.txt with the names in the order of their code points."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    source = qtawesome / "fonts" / "remixicon-2.5.0.ttf"
    if hashlib.sha256(source.read_bytes()).hexdigest() != SOURCE_SHA256:
        sys.exit(f"{source.name} is not the Remix Icon 2.5.0 whose licence was checked")
    code_points = json.loads(source.with_name("remixicon-charmap-2.5.0.json").read_text(encoding="utf-8"))
    names = glyph_names()
    wanted = {name: int(code_points[name], 16) for name in names}

    font: Any = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=[], name_IDs=[0, 1, 2, 4, 6], notdef_outline=False, drop_tables=["GSUB", "FFTM"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted.values())
    cutter.subset(font)
    glyphs = font.getBestCmap()
    numbers = {name: FIRST_CODE_POINT + index for index, name in enumerate(names)}
    for table in font["cmap"].tables:
        table.cmap = {numbers[name]: glyphs[wanted[name]] for name in names}
    _set_side_bearings(font)
    for record in font["name"].names:
        if record.nameID in (1, 4, 6):
            record.string = "LedgerIcons"
        elif record.nameID == 0:
            record.string = "Remix Icon 2.5.0, Apache License 2.0; cut and renumbered for this program"
    font["post"].formatType = 3.0
    font.save(ICONS / "ledger-icons.ttf")
    (ICONS / "ledger-icons.txt").write_text("\n".join(names) + "\n", encoding="utf-8")


def _set_side_bearings(font: Any) -> None:
    """Say where each outline begins. The source claims 0 for all, which would push every glyph to the left edge."""
    outlines, widths = font["glyf"], font["hmtx"]
    for name in font.getGlyphOrder():
        outlines[name].recalcBounds(outlines)
        widths[name] = (widths[name][0], getattr(outlines[name], "xMin", 0))


def draw_pictures() -> None:
    """Write the ticks, radios and arrows of the style sheet, one file per theme, in the theme's own colours."""
    sys.path.insert(0, str(ROOT))
    from ui.theme import DARK, LIGHT

    for theme in (LIGHT, DARK):
        pictures = {
            "check-off": _box(theme.surface, theme.edge),
            "check-on": _box(theme.focus, theme.focus) + _tick(theme.on_focus),
            "check-part": _box(theme.focus, theme.focus) + _stroke("M5 9h8", theme.on_focus),
            "check-off-dim": _box(theme.raised, theme.line),
            "check-on-dim": _box(theme.raised, theme.line) + _tick(theme.edge),
            "radio-off": _ring(theme.surface, theme.edge, 1),
            "radio-on": _ring(theme.surface, theme.focus, 2) + _dot(theme.focus),
            "radio-off-dim": _ring(theme.raised, theme.line, 1),
            "radio-on-dim": _ring(theme.raised, theme.line, 2) + _dot(theme.edge),
            "down": _stroke("M4.5 6.75 9 11.25 13.5 6.75", theme.text2),
            "down-off": _stroke("M4.5 6.75 9 11.25 13.5 6.75", theme.line),
            "up": _stroke("M4.5 11.25 9 6.75 13.5 11.25", theme.text2),
        }
        for name, body in pictures.items():
            text = f'<svg xmlns="http://www.w3.org/2000/svg" width="18" height="18" viewBox="0 0 18 18">{body}</svg>\n'
            (STYLES / f"{name}-{theme.name}.svg").write_text(text, encoding="utf-8")


def _box(fill: str, edge: str) -> str:
    return f'<rect x=".5" y=".5" width="17" height="17" rx="3" fill="{fill}" stroke="{edge}"/>'


def _ring(fill: str, edge: str, width: int) -> str:
    return f'<circle cx="9" cy="9" r="{9 - width / 2}" fill="{fill}" stroke="{edge}" stroke-width="{width}"/>'


def _dot(fill: str) -> str:
    return f'<circle cx="9" cy="9" r="4" fill="{fill}"/>'


def _tick(colour: str) -> str:
    return _stroke("M4.5 9.25 7.75 12.5 13.75 6", colour)


def _stroke(line: str, colour: str) -> str:
    return f'<path d="{line}" fill="none" stroke="{colour}" stroke-width="1.7"/>'


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--qtawesome", type=Path, help="the directory of the qtawesome package; left out: only the pictures"
    )
    arguments = parser.parse_args()
    if arguments.qtawesome:
        cut_font(arguments.qtawesome)
    draw_pictures()


if __name__ == "__main__":
    main()
