"""The first page, as a browser with nothing kept fetches it: how much crosses the network, and from whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from support.site import Site

pytestmark = pytest.mark.browser
MOST_BYTES = 100_000
ROLES = ("Engineer", "Engineering manager", "Director", "HR partner", "Administrator")


@dataclass
class Network:
    """What a browser asked for and got, by its own account: heads and packed bodies of every answer."""

    bytes: float = 0
    hosts: set[str] = field(default_factory=set)
    answers: int = 0

    def asked(self, said: dict[str, Any]) -> None:
        """One request leaves."""
        address = urlsplit(said["request"]["url"])
        if address.scheme != "data":  # what a file of ours holds already
            self.hosts.add(f"{address.scheme}://{address.netloc}")

    def answered(self, said: dict[str, Any]) -> None:
        """One answer has come whole."""
        self.bytes += said["encodedDataLength"]
        self.answers += 1


@pytest.mark.parametrize("role", ROLES)
def test_the_first_page_is_light_and_all_from_here(page: Page, site: Site, role: str) -> None:
    site.enter_as(page, site.first_of(page, role))
    watched = page.context.new_cdp_session(page)
    network = Network()
    watched.on("Network.requestWillBeSent", network.asked)
    watched.on("Network.loadingFinished", network.answered)
    watched.send("Network.enable")
    watched.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(site.address, wait_until="networkidle")
    assert network.answers >= 5  # the page, its style, two scripts, its mark
    assert 10_000 < network.bytes < MOST_BYTES
    assert network.hosts == {site.address}
