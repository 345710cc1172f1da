"""Engines on a stage for all tests of engines: each module says which `lengths` its files have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stages import RealStage, ScriptedStage, Stage


@pytest.fixture
def real() -> Iterator[RealStage]:
    """The engine that decodes."""
    stage = RealStage()
    yield stage
    stage.engine.close()


@pytest.fixture(params=["scripted", "real"])
def stage(request: pytest.FixtureRequest, lengths: dict[Path, int]) -> Iterator[Stage]:
    """Both engines, one after the other. `lengths` of the module are those of its files, in milliseconds."""
    made: Stage = RealStage() if request.param == "real" else ScriptedStage(lengths)
    yield made
    made.engine.close()
