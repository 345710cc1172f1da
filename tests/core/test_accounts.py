"""Names and passwords apart from the addresses they came in."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.core.accounts import Account, origin, split_account


@pytest.mark.parametrize(
    ("url", "bare", "account"),
    [
        ("https://x.org/feed", "https://x.org/feed", None),
        ("https://ann:secret@x.org/feed?a=b", "https://x.org/feed?a=b", Account("ann", "secret")),
        ("https://ann%40x.org:a%3Ab@x.org:8080/", "https://x.org:8080/", Account("ann@x.org", "a:b")),
        ("https://ann@x.org/", "https://x.org/", Account("ann", "")),
        ("https://@x.org/", "https://x.org/", None),
        ("https://:@[::1]:80/", "https://[::1]:80/", None),
        ("sample://earmark/feed.xml", "sample://earmark/feed.xml", None),
    ],
)
def test_an_account_is_taken_out_of_an_address(url: str, bare: str, account: Account | None) -> None:
    assert split_account(url) == (bare, account)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_account_can_be_in_an_address(user: str, password: str) -> None:
    url = f"https://{quote(user, safe='')}:{quote(password, safe='')}@x.org/feed"
    assert split_account(url) == ("https://x.org/feed", Account(user, password))


def test_a_password_shows_nowhere() -> None:
    assert "secret" not in repr(Account("ann", "secret"))


def test_who_answers() -> None:
    assert origin("https://X.org/a") == origin("https://x.org:443/b")
    assert len({origin(each) for each in ("https://x.org", "http://x.org", "https://x.org:8443", "https://y.org")}) == 4
