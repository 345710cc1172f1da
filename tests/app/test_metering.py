"""Downloads wait while the network is metered, if the listener wants that."""

from __future__ import annotations

from house import House
from player.app.metering import Metering


def test_held_while_metered_and_as_the_listener_wants(house: House) -> None:
    services = house.services
    metering = Metering(services.downloads, services.settings, services.bus, house.home)
    held = []
    metering.take(is_metered=True)
    held.append(services.downloads.is_held)
    services.settings.change(waits_on_metered=False)
    held.append(services.downloads.is_held)
    services.settings.change(waits_on_metered=True)
    held.append(services.downloads.is_held)
    metering.take(is_metered=False)
    held.append(services.downloads.is_held)
    assert held == [True, False, True, False]
