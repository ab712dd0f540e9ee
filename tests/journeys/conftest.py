"""The demo organisation, built and served once for journeys in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.homes import Home
from support.site import Site, served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, built once and served for the whole run."""
    folder = tmp_path_factory.mktemp("demo")
    home = Home(folder=folder / "home", database_url=None)
    built = home.run("demo", "--no-serve")
    assert built.returncode == 0, built.stderr
    with served(home, DATUMLINE_CLONES=str(folder)) as address:
        yield Site(home=home, address=address)
