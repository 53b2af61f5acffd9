"""Makes the QApplication: language, fonts, look, keys, in that order and before any widget."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.core.i18n import use_language
from ui import theme
from ui.garbage import Collector
from ui.kit.keys import Composing


def make_application(
    argv: Sequence[str],
    language: str = "zh_CN",
    scale: int = 100,
    scheme: theme.Scheme | None = None,
) -> QApplication:
    """Return the application, ready for its first window.

    ``scale`` is the text size in per cent, ``scheme`` the colours (`None`: as the system wishes).
    """
    prepare_input_method()
    use_language(language)
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(list(argv))
    dress(app, language, scale, scheme)
    return app


def dress(app: QApplication, language: str, scale: int, scheme: theme.Scheme | None) -> None:
    """Give an application its style, fonts, words of Qt's own and the guard of Enter."""
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(language))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language == "zh_CN" and translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
    theme.register_fonts()
    theme.use(app, scheme, scale)
    Composing(app)
    Collector(app)


def prepare_input_method(processes: Path = Path("/proc")) -> None:
    """Let Chinese be typed under fcitx on Linux; to be called before the QApplication.

    PySide6 brings no plug-in for fcitx, but fcitx 5 answers to the one for ibus.
    """
    if "QT_IM_MODULE" in os.environ and os.environ["QT_IM_MODULE"] not in ("fcitx", "fcitx5"):
        return
    names = (entry / "comm" for entry in processes.glob("[0-9]*"))
    if any(_reads(name).startswith("fcitx") for name in names):
        os.environ["QT_IM_MODULE"] = "ibus"
        os.environ["IBUS_USE_PORTAL"] = "1"


def _reads(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
