"""A decoder whose samples come at another rate: what follows a file without a gap goes to the same output.

Must not know which decoder it is.
"""

from __future__ import annotations

from player.audio.decoder import Decoder, Samples
from player.audio.mp3_index import Mp3Index
from player.audio.sounds import Resampled
from player.core.model import Millis


def rated(decoder: Decoder, rate: int) -> Decoder:
    """The decoder itself where it has that rate, else one that gives its samples at it."""
    return decoder if decoder.rate == rate else _RatedDecoder(decoder, rate)


class _RatedDecoder:
    def __init__(self, decoder: Decoder, rate: int) -> None:
        self._decoder = decoder
        self.rate = rate
        self.channels = decoder.channels
        self.position = 0
        length = round(decoder.duration * rate / 1000)
        self._sound = Resampled(decoder, decoder.rate, rate, decoder.channels, length)

    @property
    def duration(self) -> Millis:
        """See Decoder."""
        return self._decoder.duration

    @property
    def announced(self) -> Millis:
        """See Decoder."""
        return self._decoder.announced

    @property
    def index(self) -> Mp3Index | None:
        """See Decoder."""
        return self._decoder.index

    @property
    def is_exact(self) -> bool:
        """See Decoder."""
        return self._decoder.is_exact

    def seek(self, sample: int) -> None:
        """See Decoder."""
        self.position = max(0, sample)
        self._sound.seek(self.position)

    def read(self) -> Samples | None:
        """See Decoder."""
        samples = self._sound.read()
        if samples is not None:
            self.position += len(samples)
        return samples

    def close(self) -> None:
        """See Decoder."""
        self._decoder.close()
