"""The dialogs that open from a menu or by a key, whatever is shown.

Must not know what is in them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from player.app.compose import Services
from player.core.errors import KnownError
from player.ui.actions import Actions
from player.ui.artworks import Artworks
from player.ui.downloads_settings import DownloadsSettings
from player.ui.settings_dialog import SettingsDialog
from player.ui.shortcuts import Shortcuts
from player.ui.skip_rule_list import SkipRulesDialog
from player.ui.statistics_dialog import StatisticsDialog
from player.ui.theme import Theme


def connect_dialogs(
    actions: Actions,
    services: Services,
    theme: Theme,
    artworks: Artworks,
    report: Callable[[KnownError], None],
    window: QWidget,
) -> None:
    """Let the commands open them over a window; `report` is told what goes wrong in them."""
    actions.connect("settings", lambda: SettingsDialog(services, theme, report, window).open())
    actions.connect("statistics", lambda: StatisticsDialog(services, artworks, window).open())
    actions.connect("skip_rules", lambda: SkipRulesDialog(services, report, window).open())
    actions.connect("shortcuts", lambda: Shortcuts(window).open())
    actions.connect("downloads_settings", lambda: DownloadsSettings(services, report, window).open())
