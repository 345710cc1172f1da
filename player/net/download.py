"""Downloads: one file from its address to its place on the disk, through breaks, kills and servers that change it.

Must not know what an episode is, who asked for it, or what is in the audio.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import httpx

from player.core.errors import DownloadError, HttpStatusError, KnownError, NetworkError
from player.core.phrases import Phrase
from player.core.ranges import Ranges
from player.net.answers import Use, continues, gives_ranges, has_end, use_of, version_of, whole_size
from player.net.bodies import judged
from player.net.claims import Claim
from player.net.client import check_status
from player.net.ending import Downloaded, Ending
from player.net.filling import Filling
from player.net.journal import Part, Place, Version, disk_errors
from player.net.requests import Asking
from player.net.room import amount

_log = logging.getLogger(__name__)

_TRIES_AFTER_ANOTHER, _TRY_AFTER = 12, 0.25
"""A server that gives one connection at a time may not have seen yet that the last one is over."""
_GIVE_WAY_SECONDS = 2.0
"""For so long the filling waits at most while the listener waits for bytes of another place."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What there is of a file now: which bytes, in the file at `path`; `total` is its size, where that is known.

    When all of it is there, the file is moved to `target`.
    """

    path: Path
    there: Ranges
    total: int | None
    target: Path


class Transfer:
    """Fetches one file. `run` does the work; `want` may come from any thread meanwhile.

    What has come stays beside the target (see `player.net.journal`), and the next transfer goes on with it, also in
    another run of the program, but only if the server says that the file is still the same; otherwise it starts anew,
    and what there is is kept until the new version is further.
    """

    def __init__(
        self,
        client: httpx.Client,
        url: str,
        target: Path,
        *,
        on_progress: Callable[[Arrival], None],
        is_cancelled: Callable[[], bool],
        pace: Callable[[int, int], None] = lambda _end, _count: None,
        examine: Callable[[Path, bool], None] = lambda _path, _is_end_sure: None,
        note: Callable[[Downloaded], None] = lambda _: None,
    ) -> None:
        """`on_progress` is told of every chunk, `is_cancelled` asked often; `pace` may hold a lane up. See `Ending`."""
        self._url = url
        self._place = Place(target)
        self._asking, self._jumping = Asking(client, is_cancelled), Asking(client, is_cancelled)
        self._on_progress = on_progress
        self._is_cancelled = is_cancelled
        self._pace = pace
        self._ending = Ending(self._place, examine, note)
        self._changed = threading.Condition()
        self._filling: Filling | None = None
        self._wanted: tuple[int, int] | None = None
        self._jumper: threading.Thread | None = None
        self._patience, self._is_over = 0, False

    def run(self) -> Downloaded | None:
        """Fetch; None when it was cancelled. The target exists only when it is whole.

        Raises NetworkError, HttpStatusError, NotAudioError (as a web page), DownloadError (it broke off), FileError.
        """
        place = self._place
        with disk_errors(place.target):
            place.target.parent.mkdir(parents=True, exist_ok=True)
            place.settle()
        if (done := self._ending.again()) is not None:
            return done
        try:
            part = self._fetch()
        finally:
            self._end()
            with disk_errors(place.target):
                place.settle()
        if part is None:
            return None
        part = part if part.path.exists() else place.part  # what was a newcomer may be the part by now
        version = part.version or Version(self._url)
        is_end_told = self._filling is not None and self._filling.is_end_told
        return self._ending.end(part, version, is_end_sure=version.total is not None or is_end_told)

    def want(self, offset: int, length: int) -> None:
        """The listener waits for these bytes: fetch them now, and what follows them, if the server gives ranges."""
        with self._changed:
            filling = self._filling
            if filling is None or not filling.can_jump:
                return
            claims = filling.claims
            start, stop = claims.there.end_of(offset), min(offset + length, claims.total or 0)
            if start >= stop:
                return
            self._wanted = (start, stop)
            if not claims.comes_soon(start):
                self._go_to_wanted(filling)
            self._changed.notify_all()

    def _go_to_wanted(self, filling: Filling) -> None:
        """Send the second lane to what is wanted, or the one that there is."""
        if filling.is_one_lane:
            self._asking.cut()
            return
        if self._jumper is None:
            self._jumper = threading.Thread(target=self._jump, name="earmark-jump", daemon=True)
            self._jumper.start()
        self._jumping.cut()

    # Filling: from the first missing byte behind the listener's place to the end, and then the rest

    def _fetch(self) -> Part | None:
        """The part that is whole, or None when cancelled."""
        filling = self._filling = Filling.resumed(self._place.current(), self._url)
        while not self._is_cancelled():
            with self._changed:
                if filling.claims.is_complete:
                    return filling.part
                claim = filling.claims.fill(self._wanted[0] if self._wanted else 0)
                if claim is None:
                    # The other lane is at the last of it.
                    self._changed.wait(0.2)
                    continue
            filling = self._fill(filling, claim)
        return None

    def _fill(self, filling: Filling, claim: Claim) -> Filling:
        """Fetch a claim, or what of it the server gives. What to go on with: a new version, where there is one."""
        start = claim.at if filling.version is not None else None
        try:
            with self._asking.ask(self._url, start, _bound(filling, claim.stop), filling.version) as response:
                use = use_of(response, start, filling.version, self._url, is_ended=filling.is_ended)
                if use is Use.COMPLETE:
                    filling.claims.total, filling.is_end_told = claim.at, True
                elif use is Use.ASK_FOR_ALL:
                    return self._go_on_with(Filling.anew(filling.part))
                elif use is Use.BEGIN:
                    return self._begin(response)
                else:
                    filling.address = str(response.url)
                    filling.has_ranges = True
                    self._patience = _TRIES_AFTER_ANOTHER if filling.is_one_lane else 0
                    if filling.claims.total is None:
                        filling.claims.total = claim.stop = whole_size(response)
                    self._receive(filling, claim, response, self._asking.chunks(response, self._url), is_first=False)
        except NetworkError as error:
            if isinstance(error, HttpStatusError) and self._patience:
                with self._changed:
                    self._patience -= 1
                    self._changed.wait(_TRY_AFTER)
            elif not self._asking.is_cut and not self._is_cancelled():
                raise
        finally:
            self._release(filling, claim)
        return filling

    def _begin(self, response: httpx.Response) -> Filling:
        """Receive a version that starts anew, unless there is some of it already."""
        version = version_of(response, self._url)
        before = self._filling
        if before is not None and before.version is not None and not before.version.is_of(version):
            with disk_errors(self._place.target):
                known = self._place.go_on_with(version, instead_of=before.part)
            if known is not None:
                return self._go_on_with(Filling.resumed(known, self._url))
        chunks = judged(self._asking.chunks(response, self._url), self._url, self._is_cancelled)
        with disk_errors(self._place.target):
            part = self._place.begin(version)
        filling = self._go_on_with(Filling.begun(part, version, str(response.url), gives_ranges(response)))
        with self._changed:
            claim = filling.claims.fill(0)
            assert claim is not None
        try:
            self._receive(filling, claim, response, chunks, is_first=True)
        finally:
            self._release(filling, claim)
        return filling

    def _go_on_with(self, filling: Filling) -> Filling:
        with self._changed:
            if self._filling is not None:
                self._filling.close()
            self._filling, self._wanted = filling, None
        return filling

    def _receive(
        self, filling: Filling, claim: Claim, response: httpx.Response, chunks: Iterator[bytes], *, is_first: bool
    ) -> None:
        """Write what comes of a claim. Raises DownloadError when it breaks off."""
        start = claim.at
        self._tell(filling)
        try:
            with disk_errors(self._place.target), filling.part.path.open("r+b", buffering=0) as file:
                with self._changed:
                    filling.prepare_for(claim)
                file.seek(claim.at)
                for chunk in chunks:
                    if not self._take(filling, claim, file, chunk):
                        break
                    self._give_way(filling, claim, self._asking, len(chunk))
                    if filling.is_keeping_due:
                        filling.keep()
        except NetworkError as error:
            raise DownloadError(self._url, _where_it_broke_off(error.reason, filling)) from error
        if self._is_cancelled() or self._asking.is_cut:
            return
        if filling.claims.total is None:
            # The end of the answer is the end of the file; but where a break looks the same, the server is asked again.
            filling.is_ended = not has_end(response) and filling.version is not None and bool(filling.version.validator)
            filling.is_end_told = has_end(response)
            if not filling.is_ended:
                filling.claims.total = claim.stop = claim.at
        # A server may answer a range with less than was asked for, but not with nothing.
        elif claim.room() and (is_first or claim.at == start):
            raise DownloadError(self._url, _where_it_ended(filling.claims.there.total, filling.claims.total))

    def _take(self, filling: Filling, claim: Claim, file: FileIO, chunk: bytes) -> bool:
        """Write one chunk, as far as it is of the claim; whether more of the claim is to come."""
        room = claim.room()
        data = chunk if room is None else chunk[:room]
        filling.put(file, data)
        with self._changed:
            filling.took(claim, len(data))
            self._tell(filling)
            if self._wanted and filling.claims.there.has(*self._wanted):
                self._wanted = None
                self._changed.notify_all()
            return claim.room() != 0

    def _release(self, filling: Filling, claim: Claim) -> None:
        with self._changed:
            filling.claims.release(claim)
            self._changed.notify_all()

    def _give_way(self, filling: Filling, claim: Claim, lane: Asking, count: int) -> None:
        """Let the listener's bytes come first, where they do not come by this claim of a lane; and keep the pace."""
        self._pace(claim.at, count)
        with self._changed:
            self._changed.wait_for(lambda: not self._is_in_the_way(filling, claim, lane), _GIVE_WAY_SECONDS)

    def _is_in_the_way(self, filling: Filling, claim: Claim, lane: Asking) -> bool:
        # A lane that was cut is on its way to the listener's bytes.
        if not self._wanted or self._is_over or lane.is_cut or self._is_cancelled():
            return False
        is_other_asking = lane is not self._jumping and self._jumping.is_asking
        return filling.claims.is_in_the_way(claim, self._wanted[0], is_other_asking=is_other_asking)

    def _tell(self, filling: Filling) -> None:
        with self._changed:
            if filling is self._filling:
                there, total = filling.claims.there, filling.claims.total
                self._on_progress(Arrival(filling.part.path, there, total, self._place.target))

    # Jumping: from where the listener went to the next byte that is there

    def _jump(self) -> None:
        """The second lane, in a thread of its own until the transfer is over."""
        while True:
            with self._changed:
                span = None
                while span is None:
                    if self._is_over:
                        return
                    filling = self._filling
                    if self._wanted and filling is not None and filling.can_jump:
                        span = filling.claims.jump(self._wanted[0])
                    if span is None:
                        self._changed.wait()
            assert filling is not None
            try:
                self._fetch_jump(filling, *span)
            except KnownError as error:
                if not self._jumping.is_cut:
                    self._lose_lane(filling, error)
            with self._changed:
                # Who gave way to this lane need not do so any more.
                self._changed.notify_all()

    def _lose_lane(self, filling: Filling, error: KnownError) -> None:
        """The second lane failed. An address that redirects led to may have expired: once more from the feed's."""
        _log.info("no second lane to %s: %s", filling.address, error)
        with self._changed:
            filling.is_one_lane = filling.address == self._url
            filling.address = self._url
            if filling.is_one_lane and filling.can_jump and self._wanted:
                self._patience = _TRIES_AFTER_ANOTHER
                self._go_to_wanted(filling)

    def _fetch_jump(self, filling: Filling, start: int, stop: int) -> None:
        with self._jumping.ask(filling.address, start, _bound(filling, stop), filling.version) as response:
            check_status(response, filling.address)
            is_range = response.status_code == httpx.codes.PARTIAL_CONTENT
            filling.has_ranges = is_range and continues(response, start, filling.version)
            with self._changed:
                # Meanwhile the listener may have gone elsewhere, or the filling may have come near.
                is_due = filling.can_jump and self._wanted and filling.claims.jump(self._wanted[0]) == (start, stop)
                claim = filling.claims.claim_jump(start, stop) if is_due else None
                if claim is None:
                    return
                with disk_errors(self._place.target):
                    filling.prepare_for(claim)
            try:
                with disk_errors(self._place.target), filling.part.path.open("r+b", buffering=0) as file:
                    file.seek(claim.at)
                    for chunk in self._jumping.chunks(response, self._url):
                        if not self._take(filling, claim, file, chunk):
                            break
                        self._give_way(filling, claim, self._jumping, len(chunk))
            finally:
                self._release(filling, claim)

    def _end(self) -> None:
        """End the second lane, and make what has come safe."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        self._jumping.cut()
        if self._jumper is not None:
            self._jumper.join()
        if self._filling is not None:
            with suppress(OSError):
                self._filling.keep()
            self._filling.close()


def _bound(filling: Filling, stop: int | None) -> int | None:
    """Up to where to ask: to the end without saying where it is, which more servers understand."""
    return None if stop == filling.claims.total else stop


def _where_it_broke_off(reason: str, filling: Filling) -> str:
    there, total = amount(filling.claims.there.total), filling.claims.total
    if not total:
        return Phrase("reasons", "{reason}, after {there}").filled(reason=reason, there=there)
    words = Phrase("reasons", "{reason}, after {there} of {total}")
    return words.filled(reason=reason, there=there, total=amount(total))


def _where_it_ended(there: int, total: int) -> str:
    return Phrase("reasons", "it ended after {there} of {total}").filled(there=amount(there), total=amount(total))
