"""The commands that play, jump and change the sound, tied to their keys.

Must not know a widget but the chapters that are shown.
"""

from __future__ import annotations

from functools import partial

from player.app.compose import Services
from player.core.sound import LARGE_SPEED_STEP, SPEED_STEP
from player.ui.actions import Actions
from player.ui.chapter_column import ChapterColumn

_VOLUME_STEP = 0.05


def connect_playing(actions: Actions, services: Services, chapters: ChapterColumn) -> None:
    """Let the keys of playing do their work."""
    playback, settings = services.playback, services.settings
    actions.connect("toggle", lambda: _toggle(services, chapters))
    actions.connect("seek_back", lambda: playback.seek_by(-settings.value.back_ms))
    actions.connect("seek_forward", lambda: playback.seek_by(settings.value.forward_ms))
    change_speed = services.sounds.change_speed
    actions.connect("slower", partial(change_speed, -SPEED_STEP))
    actions.connect("faster", partial(change_speed, SPEED_STEP))
    actions.connect("much_slower", partial(change_speed, -LARGE_SPEED_STEP))
    actions.connect("much_faster", partial(change_speed, LARGE_SPEED_STEP))
    actions.connect("normal_speed", lambda: services.sounds.choose(services.sounds.current.at_speed(1.0)))
    actions.connect("louder", partial(_change_volume, services, _VOLUME_STEP))
    actions.connect("quieter", partial(_change_volume, services, -_VOLUME_STEP))
    actions.connect("mute", playback.toggle_mute)
    actions.connect("previous_chapter", playback.previous_chapter)
    actions.connect("next_chapter", playback.next_chapter)
    for number in range(1, 10):
        actions.connect(f"chapter_{number}", partial(_play_number, services, chapters, number))
    actions.connect("undo_jump", playback.undo_jump)
    actions.connect("redo_jump", playback.redo_jump)


def _change_volume(services: Services, by: float) -> None:
    """Louder, or quieter; it also ends muting."""
    services.playback.set_volume(round(services.playback.state.volume + by, 2))


def _toggle(services: Services, chapters: ChapterColumn) -> None:
    """Play or pause; with nothing open, play what is shown."""
    playback = services.playback
    if playback.state.episode is None and chapters.episode is not None:
        playback.open(chapters.episode)
    else:
        playback.toggle()


def _play_number(services: Services, chapters: ChapterColumn, number: int) -> None:
    """Play a chapter of the open episode; with nothing open, of the one that is shown."""
    playback = services.playback
    if playback.state.episode is None:
        chapters.play_number(number)
    elif number <= len(playback.state.chapters):
        playback.play_chapter(number - 1)
