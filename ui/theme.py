"""How the program looks: colour tokens for both themes, text size, fonts, palette and style sheet.

This is the only file with colour values. Painters ask `color("edge")`, `px(12)` and `font(14)`; they are
told through `changed` that all of these have new values. Lengths are logical pixels at 100 % text.
"""

import re
from dataclasses import dataclass, fields
from typing import Any

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from resources import path
from ui import fonts

SCALES = (1.00, 1.15, 1.25, 1.50, 1.75)
STYLE, STYLED = "Fusion", "styled"  # the property marks an application that began with the style
BODY = 15  # size of body text, forms and buttons at 100 %


@dataclass(frozen=True, eq=False, repr=False)  # what is not generated need not be compiled at each start
class Theme:
    """Every colour of one theme, as #RRGGBB. Names say what a colour is for, never what it looks like."""

    name: str
    window: str
    surface: str
    raised: str
    rail: str
    line: str
    line_soft: str
    edge: str
    text: str
    text2: str
    hint: str
    accent: str
    accent_hover: str
    accent_text: str
    on_accent: str
    focus: str
    on_focus: str
    selection: str
    hover: str
    canvas: str
    chart: str
    chart2: str
    scroll: str
    error: str
    error_ground: str
    error_line: str
    warn: str
    warn_ground: str
    warn_line: str
    ok: str
    ok_ground: str
    ok_line: str
    info: str
    info_ground: str
    info_line: str
    neutral: str
    neutral_ground: str
    neutral_line: str
    toast: str
    toast_ground: str
    toast_link: str
    paper: str
    ink: str

    @property
    def dark(self) -> bool:
        return self.name == "dark"


# fmt: off
LIGHT = Theme(
    name="light",
    window="#F4F5F7", surface="#FFFFFF", raised="#F8F9FA", rail="#ECEEF1",
    line="#D8DBE0", line_soft="#E6E8EB", edge="#868D98",
    text="#1F2329", text2="#474E58", hint="#5F6671",
    accent="#A8231D", accent_hover="#8F1B16", accent_text="#A8231D", on_accent="#FFFFFF",
    focus="#1B5DA6", on_focus="#FFFFFF", selection="#DBE7F4",
    hover="#F1F4F8", canvas="#DDE0E5", chart="#5B7FA6", chart2="#C9D5E3", scroll="#C3C8CF",
    error="#BF2F06", error_ground="#FFF0EA", error_line="#E9A48D",
    warn="#855200", warn_ground="#FFF3D9", warn_line="#E3BF78",
    ok="#1B6B3C", ok_ground="#E4F3EA", ok_line="#9CCDB0",
    info="#1B5DA6", info_ground="#E6F0FA", info_line="#A9C8E8",
    neutral="#505763", neutral_ground="#E9EBEE", neutral_line="#C3C8CF",
    toast="#FFFFFF", toast_ground="#33383F", toast_link="#9CC4F0",
    paper="#FFFFFF", ink="#000000",
)
DARK = Theme(
    name="dark",
    window="#1A1C1F", surface="#232629", raised="#2A2D32", rail="#15171A",
    line="#3B4047", line_soft="#30343A", edge="#7B838F",
    text="#E8EAED", text2="#BDC3CB", hint="#9BA3AE",
    accent="#B83A32", accent_hover="#C4473F", accent_text="#F2958C", on_accent="#FFFFFF",
    focus="#8AB8EE", on_focus="#1A1C1F", selection="#2B3D52",
    hover="#2A2E33", canvas="#101214", chart="#7E9FC4", chart2="#3C4A5B", scroll="#4C525B",
    error="#FF9370", error_ground="#3C251C", error_line="#7A4734",
    warn="#E9B65A", warn_ground="#362C18", warn_line="#6E5828",
    ok="#7CCB97", ok_ground="#1D3225", ok_line="#3C6B4C",
    info="#8AB8EE", info_ground="#1D2D40", info_line="#38587C",
    neutral="#BDC3CB", neutral_ground="#33373D", neutral_line="#4C525B",
    toast="#1A1C1F", toast_ground="#E8EAED", toast_link="#124A86",
    paper="#FFFFFF", ink="#000000",
)
# fmt: on

TOKENS = frozenset(field.name for field in fields(Theme) if field.name != "name")


@dataclass(frozen=True, slots=True)
class Look:
    """What is on screen now: the theme's colours and the text scale (1.00–1.75)."""

    theme: Theme
    scale: float


class _Announcer(QObject):
    changed = Signal()


class _State:
    """The one look of this process; `apply` alone writes it."""

    def __init__(self) -> None:
        self.look = Look(LIGHT, 1.0)
        self.follows_system = True
        self.installed = False
        self.colors: dict[str, QColor] = {}
        self.fonts: dict[tuple[int, bool], QFont] = {}
        self.heights: dict[int, int] = {}


_announcer = _Announcer()
_state = _State()
changed = _announcer.changed  # emitted after every apply: colours, sizes and fonts are new


def current() -> Look:
    """The active theme and text scale."""
    return _state.look


def color(token: str) -> QColor:
    """The active theme's colour for a token such as "text2"; a misspelt token is an AttributeError."""
    found = _state.colors.get(token)
    if found is None:
        found = _state.colors[token] = QColor(getattr(_state.look.theme, token))
    return found


def px(length: float) -> int:
    """A length at 100 % text, in logical pixels at the active text scale."""
    return int(length * _state.look.scale + 0.5)


def font(size: int = BODY, bold: bool = False) -> QFont:
    """A copy of the interface font at `size` pixels (100 % text), with figures of equal width."""
    found = _state.fonts.get((size, bold))
    if found is None:
        found = _state.fonts[size, bold] = fonts.interface_font(px(size), bold)
    return QFont(found)


def height(length: int) -> int:
    """Height of a control or row: the scaled length, but never less than its body text + 12."""
    found = _state.heights.get(length)
    if found is None:
        size = BODY if length >= 34 else 14 if length >= 28 else 13
        found = max(px(length), QFontMetrics(font(size)).height() + (12 if length >= 34 else 4))
        _state.heights[length] = found
    return found


def apply(app: QApplication, theme: Theme | None = None, scale: float = 1.0) -> None:
    """Give the whole program one look. `theme` None follows the system's light or dark setting.

    Call it once before the first window and again whenever a setting changes; open windows follow.
    `scale` is one of SCALES.
    """
    _install_once(app)
    _state.follows_system = theme is None
    hints = app.styleHints()
    if theme is None:
        hints.unsetColorScheme()
        theme = DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT
    else:
        hints.setColorScheme(Qt.ColorScheme.Dark if theme.dark else Qt.ColorScheme.Light)
    look = Look(theme, scale)
    if look == _state.look and app.styleSheet():
        return
    _state.look = look
    for cache in (_state.colors, _state.fonts, _state.heights):
        cache.clear()
    app.setPalette(_palette(theme))
    app.setFont(font())
    app.setStyleSheet(style_sheet())
    changed.emit()


def set_scale(scale: float) -> None:
    """Change the text size only; the theme stays, and goes on following the system if it did."""
    apply(_application(), None if _state.follows_system else _state.look.theme, scale)


def style_sheet() -> str:
    """The style sheet of the active look: the template with every @token replaced by its value."""
    template = path("styles/app.qss").read_text(encoding="utf-8")
    return re.sub(r"@([a-z_0-9]+)(?:\(([^)]*)\))?", lambda match: _value(match[1], match[2]), template)


def _value(name: str, argument: str | None) -> str:
    """What `@name` or `@name(argument)` of the template stands for."""
    if argument is None:
        return str(getattr(_state.look.theme, name))
    if name == "px":
        return f"{px(float(argument))}px"
    if name == "box":  # content height of a control: its height less the border and padding it names
        control, taken = argument.split(",")
        return f"{height(int(control)) - int(taken)}px"
    if name == "half":  # radius of a control with round ends
        return f"{height(int(argument)) // 2}px"
    if name == "svg":
        return f'url("look:{argument}-{_state.look.theme.name}.svg")'
    raise ValueError(name)


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _install_once(app: QApplication) -> None:
    if _state.installed:
        return
    _state.installed = True
    if app.property(STYLED) is None:
        app.setStyle(STYLE)
    QDir.setSearchPaths(
        "look", [str(path("styles"))]
    )  # a style sheet url with a folder's own name may hold any character
    fonts.install()
    app.styleHints().colorSchemeChanged.connect(_follow_system)


def _follow_system(_scheme: Any) -> None:
    if _state.follows_system:
        apply(_application(), None, _state.look.scale)


def _palette(theme: Theme) -> QPalette:
    role, disabled = QPalette.ColorRole, QPalette.ColorGroup.Disabled
    palette = QPalette()
    for name, token in (
        (role.Window, theme.window),
        (role.WindowText, theme.text),
        (role.Base, theme.surface),
        (role.AlternateBase, theme.raised),
        (role.ToolTipBase, theme.raised),
        (role.ToolTipText, theme.text),
        (role.Text, theme.text),
        (role.Button, theme.surface),
        (role.ButtonText, theme.text),
        (role.BrightText, theme.on_accent),
        (role.PlaceholderText, theme.hint),
        (role.Highlight, theme.selection),
        (role.HighlightedText, theme.text),
        (role.Link, theme.focus),
        (role.LinkVisited, theme.focus),
        (role.Accent, theme.focus),
        (role.Light, theme.line_soft),
        (role.Midlight, theme.line_soft),
        (role.Mid, theme.line),
        (role.Dark, theme.edge),
        (role.Shadow, theme.edge),
    ):
        palette.setColor(name, QColor(token))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText, role.PlaceholderText):
        palette.setColor(disabled, name, QColor(theme.edge))
    palette.setColor(disabled, role.Base, QColor(theme.raised))
    return palette
