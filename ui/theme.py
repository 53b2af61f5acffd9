"""The look as data: tokens of three schemes, type scale, sizes; palette and style sheet of them.

Painters ask for a colour or a size when they paint, never at import: both follow the person's
choice of scheme and text size. Everything here speaks in device-independent pixels at 100 %.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from platformdirs import user_cache_path
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from app.core.assets import resource

FAMILY: Final = "Noto Sans SC"
SCALES: Final = (100, 115, 130, 150)
"""The text sizes a person can choose, in per cent."""


class Scheme(StrEnum):
    """A set of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


TOKENS: Final[dict[str, tuple[str, str, str]]] = {
    "window": ("#F3F2EE", "#15181B", "#000000"),
    "surface": ("#FFFFFF", "#1D2125", "#000000"),
    "raised": ("#FAF9F6", "#22272B", "#000000"),
    "sunken": ("#E9E7E0", "#2B3136", "#1F1F1F"),
    "line": ("#DDDAD1", "#333A40", "#8C8C8C"),
    "edge": ("#8A857A", "#7C858D", "#FFFFFF"),
    "text": ("#1D2125", "#E7E9EA", "#FFFFFF"),
    "text_soft": ("#50565C", "#B3BAC0", "#FFFFFF"),
    "text_faint": ("#5F6469", "#A0A8AF", "#E0E0E0"),
    "accent": ("#1B5C93", "#86BDEA", "#6FE0FF"),
    "accent_hover": ("#164D7C", "#A3CEF0", "#B5F0FF"),
    "accent_press": ("#113D63", "#6FA9D8", "#FFFFFF"),
    "on_accent": ("#FFFFFF", "#0C1A26", "#000000"),
    "accent_weak": ("#E6EFF6", "#1F3345", "#00303C"),
    "select": ("#DCE9F3", "#233C52", "#00404F"),
    "ok": ("#1E6A45", "#83CFA3", "#7DF2A2"),
    "ok_weak": ("#E5F2EA", "#1B3226", "#000000"),
    "ok_line": ("#8CBFA2", "#3E7357", "#7DF2A2"),
    "wait": ("#875100", "#E6B767", "#FFD84D"),
    "wait_weak": ("#FBF1DC", "#36290F", "#000000"),
    "wait_line": ("#D9AE62", "#7D6026", "#FFD84D"),
    "bad": ("#B0271E", "#F2998F", "#FFA39B"),
    "bad_weak": ("#FBEBE9", "#3D201D", "#000000"),
    "bad_line": ("#DE9A93", "#8A463F", "#FFA39B"),
    "seal": ("#A8352A", "#C2513F", "#000000"),
    "on_seal": ("#FFFFFF", "#FFFFFF", "#FFFFFF"),
    "focus": ("#1B5C93", "#86BDEA", "#FFFF00"),
}
"""Every colour of the screen: light, dark, high contrast."""

_ROLES: Final[dict[str, tuple[float, bool]]] = {
    "figure": (18, True),
    "title": (15, True),
    "section": (12, True),
    "strong": (10.5, True),
    "body": (10.5, False),
    "small": (9, False),
    "small_strong": (9, True),
    "hint": (9, False),
    "key": (8.25, False),
}
"""The type scale: points at 100 % and whether bold."""


class Changes(QObject):
    """Tells when the scheme or the text size has changed; the style sheet is in place by then."""

    changed = Signal()
    settled = Signal()
    """After every widget has its new size: layouts may give way now."""


@dataclass
class _State:
    scheme: Scheme = Scheme.LIGHT
    percent: int = 100


changes: Final = Changes()
_state: Final = _State()


def scheme() -> Scheme:
    """Return the scheme in use."""
    return _state.scheme


def percent() -> int:
    """Return the text size in use, in per cent."""
    return _state.percent


def contrast() -> bool:
    """Tell whether the high-contrast scheme is in use."""
    return _state.scheme is Scheme.CONTRAST


def color(token: str) -> QColor:
    """Return the colour of ``token`` in the scheme in use."""
    return QColor(TOKENS[token][list(Scheme).index(_state.scheme)])


def shade() -> QColor:
    """Return the colour of the shadow of popups: black at 24 %."""
    black = QColor(Qt.GlobalColor.black)
    black.setAlphaF(0.24)
    return black


def px(size: float) -> int:
    """Return ``size`` (a height, an icon, a popup) multiplied with the text size."""
    return round(size * _state.percent / 100)


def pt(size: float) -> float:
    """Return a type size in points, multiplied with the text size."""
    return round(size * _state.percent / 100, 2)


def border() -> int:
    """Return the width of the border of cards and inputs at rest."""
    return 2 if contrast() else 1


def font(role: str) -> QFont:
    """Return the font of one role of the type scale."""
    size, bold = _ROLES[role]
    made = QFont(FAMILY)
    made.setPointSizeF(pt(size))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def logical_width(widget: QWidget) -> int:
    """Return the width that layouts go by: the window's width divided by the text size."""
    return round(widget.width() * 100 / _state.percent)


def register_fonts() -> None:
    """Make the program's own fonts known to Qt; call it before the first widget."""
    for weight in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"NotoSansSC-{weight}.ttf")))


def application() -> QApplication:
    """Return the application that runs."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("no QApplication runs")  # noqa: TRY004 - a wrong order of start
    return app


def use(app: QApplication, wanted: Scheme | None, size: int) -> None:
    """Show the whole program in a scheme (`None`: as the system wishes) and a text size."""
    chosen = wanted or _system_scheme()
    if app.styleSheet() and (chosen, size) == (_state.scheme, _state.percent):
        return
    _state.scheme, _state.percent = chosen, size
    app.setFont(font("body"))
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())
    changes.changed.emit()
    changes.settled.emit()


def _system_scheme() -> Scheme:
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return Scheme.DARK if dark else Scheme.LIGHT


def palette() -> QPalette:
    """Return the palette of the scheme: what the style sheet does not reach is drawn from it."""
    role = QPalette.ColorRole
    made = QPalette()
    for token, roles in {
        "window": (role.Window,),
        "text": (role.WindowText, role.Text, role.ButtonText, role.HighlightedText,
                 role.ToolTipText, role.BrightText),
        "surface": (role.Base, role.Button, role.ToolTipBase),
        "raised": (role.AlternateBase, role.Light),
        "select": (role.Highlight,),
        "text_faint": (role.PlaceholderText,),
        "line": (role.Mid, role.Midlight),
        "edge": (role.Dark,),
        "accent": (role.Link, role.Accent, role.LinkVisited),
    }.items():  # fmt: skip
        for each in roles:
            made.setColor(each, color(token))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, color("text_faint"))
    return made


def style_sheet() -> str:
    """Return the one style sheet, made from its template, the tokens and the text size.

    The template (``resources/style/desk.qss``) writes ``@token`` for a colour, ``@px(n)`` and
    ``@pt(n)`` for sizes that grow with the text, ``@inner(n)`` and ``@focused(n)`` for the
    height inside the border of a thing ``n`` high, at rest and with the 2 px border of the
    focus, ``@inset(n)`` for a padding that gives way to the border, and ``@icon(name, token)``
    for a picture.
    """
    text = resource("style", "desk.qss").read_text(encoding="utf-8")
    text = re.sub(r"@px\((\d+)\)", lambda m: f"{px(int(m[1]))}px", text)
    text = re.sub(r"@pt\(([\d.]+)\)", lambda m: f"{pt(float(m[1]))}pt", text)
    text = re.sub(r"@inset\((\d+)\)", lambda m: f"{int(m[1]) + 1 - border()}px", text)
    text = re.sub(r"@inner\((\d+)\)", lambda m: f"{px(int(m[1])) - 2 * border()}px", text)
    text = re.sub(r"@focused\((\d+)\)", lambda m: f"{px(int(m[1])) - 4}px", text)
    text = text.replace("@border", f"{border()}px")
    text = text.replace("@frame", color("edge" if contrast() else "line").name())
    text = re.sub(r"@icon\(([\w-]+), (\w+)\)", lambda m: f'url("{_picture(m[1], m[2])}")', text)
    return re.sub(r"@(\w+)", lambda m: color(m[1]).name(), text)


def svg(name: str, token: str) -> bytes:
    """Return an icon in the colour of ``token``; the renderer does not know currentColor."""
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", color(token).name()).encode()


def _picture(name: str, token: str) -> str:
    """Write an icon to the cache folder, since style sheets read files only; return its path."""
    folder = user_cache_path("bangfu") / "style"
    path = folder / f"{name}-{color(token).name()[1:]}.svg"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(svg(name, token))
    return path.as_posix()
