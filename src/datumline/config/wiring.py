"""Open a home: the database it names, brought to this version's shape, its signing key in the ledger."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from datumline.config.databases import database
from datumline.config.home import DATABASE_URL, Home, home_at, home_folder
from datumline.signing.keys import SigningKey, signing_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """An opened home."""

    said: Home
    signer: SigningKey

    @property
    def home(self) -> Path:
        """The folder that holds all state."""
        return self.said.folder


def open_home(folder: Path | None = None, *, database_url: str | None = None) -> Installation:
    """Open a home, by default the one that the environment names; it is made on first use. Raises Problem.

    Django must be set up. This process's database connection leads to the home from then on.
    """
    from datumline.services.ledger import list_key  # noqa: PLC0415 - needs Django set up
    from datumline.store.schema import bring_up_to_date, point_at  # noqa: PLC0415 - as above

    if folder is None:
        folder, database_url = home_folder(), os.environ.get(DATABASE_URL)
    home = home_at(folder, database_url=database_url)
    point_at(database(home.folder, home.database_url))
    bring_up_to_date(home.folder)
    signer = signing_key(home.keys, origin=home.origin)
    list_key(signer)
    return Installation(said=home, signer=signer)
