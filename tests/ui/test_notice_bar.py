from __future__ import annotations

from player.ui.main_window import MainWindow


def test_a_long_title_is_cut_where_it_is_told_about(window: MainWindow) -> None:
    notices = window.notices
    whole = f"“{'Export controls on GPUs ' * 10}” is skipped from now on."
    notices.tell(whole)
    assert notices.words.text() == f"“{('Export controls on GPUs ' * 3)[:60].rstrip()}…” is skipped from now on."
    assert notices.words.toolTip() == whole
    notices.tell("“Stargate” is skipped from now on.")
    assert notices.words.text() == "“Stargate” is skipped from now on."
    assert notices.words.toolTip() == ""
