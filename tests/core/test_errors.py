"""Errors go from one process to another as they are."""

from __future__ import annotations

import pickle

import pytest

from player.core import errors

KNOWN = [
    each
    for each in vars(errors).values()
    if isinstance(each, type) and issubclass(each, errors.KnownError) and each is not errors.KnownError
]


@pytest.mark.parametrize("kind", KNOWN, ids=lambda kind: kind.__name__)
def test_an_error_survives_the_way_to_another_process(kind: type[errors.KnownError]) -> None:
    names = getattr(kind, "__dataclass_fields__", ())
    made = kind(**{name: f"the {name}" for name in names})
    again = pickle.loads(pickle.dumps(made))
    assert type(again) is kind
    assert [getattr(again, name) for name in names] == [f"the {name}" for name in names]


def test_a_plain_one_keeps_its_words() -> None:
    again = pickle.loads(pickle.dumps(errors.KnownError("words")))
    assert again.args == ("words",)
