from __future__ import annotations

from player.core.show_notes import ShowNotes

NOTES = ShowNotes("<ul><li><b>Hi</b> ", "0:00 A</li><li>1:00 B", " bye</li></ul>", "</li></ul>", "<ul><li>", 2)


def test_whole() -> None:
    assert NOTES.html == "<ul><li><b>Hi</b> 0:00 A</li><li>1:00 B bye</li></ul>"


def test_folded_and_unfolded_are_whole_html() -> None:
    assert NOTES.folded("<p>+</p>") == "<ul><li><b>Hi</b> </li></ul><p>+</p><ul><li> bye</li></ul>"
    unfolded = NOTES.unfolded("<p>-</p>")
    assert unfolded == "<ul><li><b>Hi</b> </li></ul><p>-</p><ul><li>0:00 A</li><li>1:00 B bye</li></ul>"


def test_without_an_outline_there_is_no_link() -> None:
    assert ShowNotes("<p>x</p>").folded("+") == ShowNotes("<p>x</p>").unfolded("-") == "<p>x</p>"
