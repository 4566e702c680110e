"""The look: contrast, sizes, icons and fonts, in both themes and at every text size."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QImage, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from resources import path
from ui import fonts, icons, theme
from ui.singletons import SINGLETONS
from ui.theme import DARK, LIGHT, SCALES, Theme
from ui.widgets.labels import TextLabel

ROOT = Path(__file__).resolve().parents[2]
BOTH = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2: text, and the border of something to be used

# Everything that is ever read, with the ground it stands on.
TEXT_ON_GROUND = [
    *((ink, ground) for ink in ("text", "text2", "hint") for ground in ("surface", "window", "raised", "rail")),
    ("text", "selection"),
    ("text2", "selection"),
    ("text", "hover"),
    ("hint", "hover"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent_text", "surface"),
    ("focus", "surface"),
    ("focus", "window"),
    ("focus", "raised"),
    ("on_focus", "focus"),
    *((ink, ground) for ink in ("error", "warn", "ok", "info") for ground in ("surface", "window", f"{ink}_ground")),
    *(("text", f"{kind}_ground") for kind in ("error", "warn", "ok", "info")),
    *(("focus", f"{kind}_ground") for kind in ("error", "warn", "ok", "info")),
    ("neutral", "neutral_ground"),
    ("toast", "toast_ground"),
    ("toast_link", "toast_ground"),
    ("ink", "paper"),
]
SEEN_ON_GROUND = [
    ("edge", "surface"),
    ("focus", "surface"),
    ("focus", "window"),
    ("error", "surface"),
    ("warn", "surface"),
    ("chart", "surface"),
]
NAMED_IN_THE_DESIGN = [
    "home-5",
    "calendar-2",
    "file-list-3",
    "lightbulb",
    "file-chart",
    "mail-send",
    "inbox-archive",
    "settings-3",
    "home-5-fill",
    "calendar-2-fill",
    "file-list-3-fill",
    "lightbulb-fill",
    "file-chart-fill",
    "mail-send-fill",
    "inbox-archive-fill",
    "settings-3-fill",
    "add",
    "edit",
    "edit-box",
    "file-copy",
    "delete-bin",
    "save-3",
    "search",
    "refresh",
    "more",
    "close",
    "arrow-go-back",
    "arrow-go-forward",
    "drag-move",
    "image-add",
    "links",
    "usb",
    "external-link",
    "eye",
    "check",
    "checkbox-circle",
    "error-warning-fill",
    "alert-fill",
    "information",
    "time",
    "lock",
    "pencil",
    "flag",
    "calendar",
    "shield-check",
    "mail-check",
    "chat-check",
    "file-pdf",
    "file-excel-2",
    "file-word-2",
    "file-zip",
    "file-unknow",
    "folder-open",
    "printer",
    "download-2",
    "upload-2",
    "attachment-2",
    "image",
    "book-open",
    "database-2",
    "hard-drive-2",
    "history",
    "arrow-left",
    "arrow-right",
    "arrow-left-s",
    "arrow-right-s",
    "arrow-up-s",
    "arrow-down-s",
    "arrow-down",
    "zoom-in",
    "zoom-out",
    "fullscreen",
    "layout-column",
    "table-2",
    "font-size-2",
    "team",
    "building",
]


@pytest.fixture(autouse=True)
def look_as_before(qapp: QApplication) -> Iterator[None]:
    """Every test begins and ends with the light theme at 100 %."""
    theme.apply(qapp, LIGHT, 1.0)
    yield
    theme.apply(qapp, LIGHT, 1.0)


def luminance(color: str) -> float:
    parts = (int(color[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@BOTH
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON_GROUND)
def test_words_can_be_read_on_their_ground(look: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(look, ink), getattr(look, ground)) >= READABLE


@BOTH
@pytest.mark.parametrize(("line", "ground"), SEEN_ON_GROUND)
def test_borders_of_controls_can_be_seen(look: Theme, line: str, ground: str) -> None:
    assert contrast(getattr(look, line), getattr(look, ground)) >= VISIBLE


def test_an_error_is_told_from_the_accent_by_more_than_brightness() -> None:
    for look in (LIGHT, DARK):
        apart = abs(QColor(look.error).hslHue() - QColor(look.accent).hslHue())
        assert min(apart, 360 - apart) >= 10


@BOTH
@pytest.mark.parametrize("scale", SCALES)
def test_the_style_sheet_is_filled_in_completely(qapp: QApplication, look: Theme, scale: float) -> None:
    theme.apply(qapp, look, scale)
    sheet = theme.style_sheet()
    assert "@" not in sheet
    pictures = set(re.findall(r'url\("look:([^"]+)"\)', sheet))
    assert pictures
    for picture in pictures:
        assert path(f"styles/{picture}").is_file(), picture


@BOTH
def test_ticks_radios_and_arrows_have_the_colours_of_the_theme(look: Theme) -> None:
    known = {getattr(look, token) for token in theme.TOKENS}
    for picture in path("styles").glob(f"*-{look.name}.svg"):
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", picture.read_text(encoding="utf-8"))) <= known, picture.name


def test_no_colour_is_written_down_outside_the_theme() -> None:
    files = [*(ROOT / "ui").rglob("*.py"), path("styles/app.qss")]
    guilty = [file.name for file in files if re.search(r"#[0-9A-Fa-f]{6}\b", file.read_text(encoding="utf-8"))]
    assert guilty == ["theme.py"]


def test_changing_the_theme_reaches_palette_painters_and_listeners(qapp: QApplication) -> None:
    heard: list[str] = []
    theme.changed.connect(remember := lambda: heard.append(theme.current().theme.name))
    theme.apply(qapp, DARK, 1.25)
    theme.changed.disconnect(remember)
    assert heard == ["dark"]
    assert theme.current() == theme.Look(DARK, 1.25)
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    assert theme.color("text2").name().upper() == DARK.text2


def test_applying_the_same_look_again_does_nothing(qapp: QApplication) -> None:
    heard: list[int] = []
    theme.changed.connect(remember := lambda: heard.append(1))
    theme.apply(qapp, LIGHT, 1.0)
    theme.changed.disconnect(remember)
    assert heard == []


def test_a_chosen_theme_stays_when_the_system_turns_dark_or_light(qapp: QApplication) -> None:
    theme.apply(qapp, DARK, 1.0)
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.current().theme is DARK
    theme.apply(qapp, None, 1.0)
    assert theme.current().theme is LIGHT  # a system that says nothing is light


def test_the_text_size_changes_without_touching_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, DARK, 1.0)
    theme.set_scale(1.5)
    assert theme.current() == theme.Look(DARK, 1.5)


@pytest.mark.parametrize("scale", SCALES)
def test_no_control_is_lower_than_its_words_need(qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, LIGHT, scale)
    assert theme.px(12) == int(12 * scale + 0.5)
    assert theme.font(14).pixelSize() == theme.px(14)
    words = QFontMetrics(theme.font()).height()
    for control in (QLineEdit(), QPushButton("定稿")):
        control.ensurePolished()
        assert control.sizeHint().height() >= max(34, words + 12)


def test_figures_have_the_same_width() -> None:
    metrics = QFontMetrics(theme.font(14))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("name", NAMED_IN_THE_DESIGN)
def test_every_icon_of_the_design_lies_inside_its_square(name: str) -> None:
    shape = icons.outline(name)
    assert not shape.isEmpty()
    assert QRectF(0, 0, icons.BOX, icons.BOX).contains(shape.boundingRect())


def test_arrows_stand_in_the_middle_of_their_square() -> None:
    for name in ("arrow-left-s", "arrow-right-s", "close"):
        centre = icons.outline(name).boundingRect().center()
        assert abs(centre.x() - icons.BOX / 2) < icons.BOX / 20
        assert abs(centre.y() - icons.BOX / 2) < icons.BOX / 20


def test_a_misspelt_icon_fails_where_it_is_asked_for() -> None:
    assert not icons.has_icon("home-55")
    with pytest.raises(KeyError):
        icons.icon("home-55")


def darkest(picture: QPixmap) -> str:
    """The colour of the most opaque point."""
    image = picture.toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return max(points, key=lambda point: point.alpha()).name().upper()


def test_an_icon_follows_the_theme_and_fades_when_disabled(qapp: QApplication) -> None:
    icon = icons.icon("home-5-fill")
    assert darkest(icon.pixmap(QSize(24, 24))) == LIGHT.text
    assert darkest(icon.pixmap(QSize(24, 24), QIcon.Mode.Disabled)) == LIGHT.edge
    theme.apply(qapp, DARK, 1.0)
    assert darkest(icon.pixmap(QSize(24, 24))) == DARK.text


def test_an_icon_may_be_copied_and_added_to() -> None:
    copy = QIcon(icons.icon("add"))
    copy.addPixmap(QPixmap(4, 4))  # makes Qt copy the engine
    assert not copy.pixmap(QSize(16, 16)).isNull()


def picture_of(text: str) -> QImage:
    label = TextLabel(text)
    return label.grab().toImage()


def test_rare_characters_of_names_are_shown(qtbot: object) -> None:
    """㮾 𬭚 𫖯 are in the list of characters that names may have; 㐂 and 㐄 are only in the large fallback font."""
    rare = "㮾𬭚𫖯㐂㐄"
    fonts.ensure_glyphs(rare)
    metrics = QFontMetrics(theme.font())
    assert [one for one in rare if not metrics.inFontUcs4(ord(one))] == []
    pictures = [picture_of(one) for one in rare]
    assert all(one != other for index, one in enumerate(pictures) for other in pictures[:index])  # no row of boxes


ON_ANOTHER_SYSTEM = """
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from ui import fonts
app = QApplication([])
fonts.SYSTEM_FAMILIES = (QFontDatabase.families()[0],)  # stands for a system with 微软雅黑
for step in (fonts.install, lambda: fonts.ensure_glyphs("ABC，。"), lambda: fonts.ensure_glyphs("㐂")):
    step()
    print([name for name in ("Noto Sans SC", "Noto Serif SC Light") if QFontDatabase.hasFamily(name)])
"""


def test_bundled_fonts_are_left_alone_until_a_character_needs_them() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", ON_ANOTHER_SYSTEM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    start, plain, rare = ran.stdout.splitlines()
    assert start == plain
    assert "Noto Serif SC Light" in rare


def test_characters_that_no_font_has_do_no_harm() -> None:
    fonts.ensure_glyphs("🇨🇳 \u202e \x00 𠮷")
    assert not picture_of("🇨🇳 𠮷").isNull()


def test_the_window_outlives_more_calls_than_none_and_true_have_references() -> None:
    """Aborts on Python 3.11 without ui/singletons.py: there PySide6 6.12 takes a reference away at each call."""
    palette, black = QPalette(), QColor(0, 0, 0)
    for _ in range(20_000):
        palette.setColor(QPalette.ColorRole.Window, black)
    assert palette.color(QPalette.ColorRole.Window) == black
    if sys.version_info < (3, 12):
        assert min(sys.getrefcount(each) for each in SINGLETONS) > 1 << 59
