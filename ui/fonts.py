"""Which typefaces the window uses, and the bundled ones that step in where the system has none.

The system's own Chinese interface font comes first. The bundled 黑体 is loaded at start only on a system without any;
the large 宋体 with 29,743 characters is loaded the moment a character is met that nothing else can show.
"""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from resources import path

SYSTEM_FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
)
BUNDLED_SANS = ("Noto Sans SC", "fonts/NotoSansSC-Regular.subset.ttf")
BUNDLED_RARE = ("Noto Serif SC Light", "fonts/NotoSerifSC-Light.subset.ttf")
HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))  # code points the bundled fonts can help with


class _Families:
    """The families in order of preference and the characters already known to be showable."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.loaded: set[str] = set()
        self.known: set[str] = set()

    def load(self, family: tuple[str, str]) -> None:
        name, file = family
        self.loaded.add(name)
        if QFontDatabase.addApplicationFont(str(path(file))) < 0:
            raise FileNotFoundError(file)


_families = _Families()


def install() -> None:
    """Choose the families; needs a QGuiApplication. Loads the bundled 黑体 only if the system has no Chinese one."""
    found = next(([name] for name in SYSTEM_FAMILIES if QFontDatabase.hasFamily(name)), [])
    if not found and not QFontDatabase.hasFamily(BUNDLED_SANS[0]):
        _families.load(BUNDLED_SANS)
    _families.names = [*found, BUNDLED_SANS[0], BUNDLED_RARE[0]]


def interface_font(pixel_size: int, bold: bool = False) -> QFont:
    """The interface font; all figures have the same width so that columns of numbers line up."""
    font = QFont()
    font.setFamilies(_families.names)
    font.setPixelSize(pixel_size)
    font.setBold(bold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def ensure_glyphs(text: str) -> None:
    """Make sure rare characters in `text` (names such as 㮾, 𬭚) can be shown, loading a bundled font if need be.

    Meant to be called with every text that came from a record or the keyboard: characters met before cost
    one set operation, and pure ASCII less than that.
    """
    if text.isascii() or _families.known.issuperset(text):
        return
    new = set(text) - _families.known
    _families.known |= new
    han = "".join(one for one in new if any(first <= ord(one) <= last for first, last in HAN))
    for family in (BUNDLED_SANS, BUNDLED_RARE):
        if family[0] not in _families.loaded and _missing(han):
            _families.load(family)
            _metrics_of.cache_clear()
            _is_here.cache_clear()


def _missing(characters: str) -> bool:
    """Whether some character has a glyph in none of our families that are loaded now."""
    families = [name for name in _families.names if _is_here(name)]
    return any(not any(_metrics_of(name).inFontUcs4(ord(one)) for name in families) for one in characters)


@cache
def _is_here(family: str) -> bool:
    return QFontDatabase.hasFamily(family)


@cache
def _metrics_of(family: str) -> QFontMetrics:
    font = QFont(family)
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)  # this family alone, or Qt answers for the whole system
    return QFontMetrics(font)
