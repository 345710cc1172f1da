"""Addresses as feeds write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from player.formats.feed_words import _PLAIN, _absolute, clean_address

BASE = "https://x.org/feeds/a.xml"


@pytest.mark.parametrize(
    ("address", "absolute"),
    [
        ("https://y.org/a.mp3", "https://y.org/a.mp3"),
        (" HTTP://y.org/a.mp3\n", "http://y.org/a.mp3"),
        ("../b.mp3", "https://x.org/b.mp3"),
        ("//y.org/c.mp3?", "https://y.org/c.mp3"),
        ("mailto:me@x.org", None),
        ("http://", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_come_out_absolute(address: object, absolute: str | None) -> None:
    assert clean_address(address, BASE) == absolute


WORDS = "http:// https:// HTTPS:// x.org y-z_1.example :80 : / // .. a é ? # ; = & @ [ ] %20 % ~ ( ) ! * , + $ ' \\ |"
PIECES = st.sampled_from([*WORDS.split(), " ", "\t", "\u2044"])


@given(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.sampled_from((BASE, "http://z.org", "sample://e/f")))
@example("https://y.org/a;b", BASE)
@example("https://y.org//a?", BASE)
@example("https://y.org:/a", BASE)
def test_the_short_way_leads_where_the_long_one_does(address: str, base: str) -> None:
    assert clean_address(address, base) == (_absolute(address.strip(), base) if address.strip() else None)


def test_most_addresses_take_the_short_way() -> None:
    for address in (
        "https://x.org/1.mp3",
        "http://www.x.org:8080/a/b_c-1.mp3?source=feed&u=https://y.org/#t=1",
        "https://dts.podtrac.com/redirect.mp3/traffic.x.org/e/(1),2+3.mp3?updated=1700000000",
        "https://x.org",
    ):
        assert _PLAIN.fullmatch(address), address
