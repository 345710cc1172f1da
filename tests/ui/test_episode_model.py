from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from player.core.model import Download, DownloadState, Episode, EpisodeId, PodcastId
from player.core.skips import Span
from player.ui.episode_model import PAGE, PAGES_KEPT, EpisodeModel, facts_text


def episode(number: int, **changes: object) -> Episode:
    values: dict[str, object] = {
        "id": EpisodeId(number),
        "podcast": PodcastId(1),
        "podcast_title": "Show",
        "guid": str(number),
        "title": f"Episode {number}",
        "link": None,
        "published": None,
        "duration": 3_600_000,
        "enclosure": None,
        "download": Download(EpisodeId(number), DownloadState.NONE),
    }
    return Episode(**(values | changes))  # type: ignore[arg-type]


class Shelf:
    """Any number of episodes; remembers what was read."""

    def __init__(self) -> None:
        self.asked: list[list[EpisodeId]] = []
        self.gone: set[EpisodeId] = set()

    def episodes(self, ids: Sequence[EpisodeId]) -> list[Episode]:
        self.asked.append(list(ids))
        return [episode(each) for each in ids if each not in self.gone]

    def skips(self, episodes: Iterable[EpisodeId]) -> dict[EpisodeId, tuple[Span, ...]]:
        return {}


def nothing_left(episode: Episode, skips: Sequence[Span]) -> None:
    """No episode has been begun."""
    assert not skips, episode.id


def ids(count: int) -> list[EpisodeId]:
    return [EpisodeId(number) for number in range(count)]


def test_reads_by_page(application: QApplication) -> None:
    shelf = Shelf()
    model = EpisodeModel(shelf, nothing_left)
    model.show_other(ids(100_000))
    assert not shelf.asked
    assert model.index(50_000, 0).data() == "Episode 50000"
    assert model.index(50_001, 0).data() == "Episode 50001"
    assert [len(each) for each in shelf.asked] == [PAGE]
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_other(ids(250))
    model.update_ids(ids(250)[:20] + ids(250)[25:])
    model.update_ids(ids(250))


def test_keeps_a_bounded_number_of_pages(application: QApplication) -> None:
    shelf = Shelf()
    model = EpisodeModel(shelf, nothing_left)
    model.show_other(ids(PAGE * (PAGES_KEPT + 5)))
    for page in range(PAGES_KEPT + 5):
        model.episode(page * PAGE)
    before = len(shelf.asked)
    model.episode((PAGES_KEPT + 4) * PAGE)
    assert len(shelf.asked) == before
    model.episode(0)
    assert len(shelf.asked) == before + 1


def test_an_episode_that_is_gone_leaves_an_empty_row(application: QApplication) -> None:
    shelf = Shelf()
    shelf.gone.add(EpisodeId(1))
    model = EpisodeModel(shelf, nothing_left)
    model.show_other(ids(3))
    assert model.index(1, 0).data() is None
    assert model.index(2, 0).data() == "Episode 2"


def test_forgetting_tells_the_rows_that_changed(application: QApplication) -> None:
    shelf = Shelf()
    model = EpisodeModel(shelf, nothing_left)
    model.show_other(ids(10))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.episode(3)
    model.forget([EpisodeId(3), EpisodeId(7), EpisodeId(99)])
    model.touch(EpisodeId(5))
    assert told == [(0, 9)], "no row of the page is to be seen before all are drawn anew"
    model.episode(3)
    model.touch(EpisodeId(5))
    model.touch(EpisodeId(99))
    assert told == [(0, 9), (5, 5)]
    assert len(shelf.asked) == 2


@given(
    st.lists(st.integers(0, 12), unique=True, max_size=12),
    st.lists(st.integers(0, 12), unique=True, max_size=12),
)
def test_an_update_moves_a_faithful_view_along(before: list[int], after: list[int]) -> None:
    model = EpisodeModel(Shelf(), nothing_left)
    model.show_other([EpisodeId(each) for each in before])
    mirror = list(model.ids)

    def inserted(_parent: QModelIndex, first: int, last: int) -> None:
        mirror[first:first] = model.ids[first : last + 1]

    def removed(_parent: QModelIndex, first: int, last: int) -> None:
        del mirror[first : last + 1]

    model.rowsInserted.connect(inserted)
    model.rowsRemoved.connect(removed)
    model.update_ids([EpisodeId(each) for each in after])
    assert mirror == model.ids == after
    assert all(model.row_of(EpisodeId(each)) == row for row, each in enumerate(after))


def test_facts(application: QApplication) -> None:
    assert facts_text(episode(1, duration=None), None) == ""
    assert facts_text(episode(1), 1_800_000) == "30 min left"
    assert facts_text(episode(1, chapter_count=3), None) == "1 h 00 min · 3 chapters"


def test_a_row_is_read_out_whole(application: QApplication) -> None:
    model = EpisodeModel(Shelf(), nothing_left)
    model.show_other(ids(2))
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Episode 1 · Show · 1 h 00 min"
