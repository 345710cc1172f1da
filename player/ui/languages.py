"""The language of the window: which of the translations is loaded, and how dates and numbers are written.

Must not know any words: those of the window are in `resources/translations`, Qt's own come with Qt.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from player.ui.icons import resource_folder


def speak_listeners_language(application: QCoreApplication) -> None:
    """Load the first language that the listener wants and the window can, by LANGUAGE, LC_ALL, LC_MESSAGES and LANG.

    The window is written in English. Dates and numbers follow the language, in the manner of the listener's country.
    """
    territory = QLocale.system().territory()
    language = first_known(QLocale.system().uiLanguages(), translation_folder())
    speak(application, QLocale(language, territory), translation_folder())


def translation_folder() -> Path:
    """Where the compiled translations lie."""
    return resource_folder() / "translations"


def speak(application: QCoreApplication, locale: QLocale, folder: Path) -> list[QTranslator]:
    """Say everything in the language of `locale` from now on; gives the translators, none for English."""
    QLocale.setDefault(locale)
    if locale.language() == QLocale.Language.English:
        return []
    ours, qts = QTranslator(application), QTranslator(application)
    qts.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    ours.load(locale, "earmark", "_", str(folder))
    # The one installed last is asked first.
    for translator in (qts, ours):
        application.installTranslator(translator)
    return [ours, qts]


def first_known(wanted: Iterable[str], folder: Path) -> QLocale.Language:
    """The first of these languages of the listener ("de-AT", "de", …) that there is, English among them."""
    known = {path.stem.partition("_")[2] for path in folder.glob("earmark_*.qm")}
    codes = (tag.partition("-")[0] for tag in wanted)
    code = next((code for code in codes if code == "en" or code in known), "en")
    return QLocale(code).language()
