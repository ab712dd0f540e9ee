"""Open a home: the database it names, brought to this version's shape, its signing key in the ledger."""

from __future__ import annotations

import os
from datetime import date, datetime
from functools import partial
from pathlib import Path

import django
from django.apps import apps

from datumline.config.databases import database
from datumline.config.home import DATABASE_URL, Home, home_at, home_folder
from datumline.domain.people.access import Actor
from datumline.services.context import Context, system_clock
from datumline.signing.keys import signing_key


def open_home(folder: Path | None = None, *, database_url: str | None = None) -> Home:
    """Open a home, by default the one that the environment names; it is made on first use. Raises Problem.

    This process's database connection leads to the home from then on.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datumline.config.settings")
    if not apps.ready:
        django.setup()
    from datumline.services.ledger import list_key  # noqa: PLC0415 - needs Django set up
    from datumline.store.schema import bring_up_to_date, point_at  # noqa: PLC0415 - as above

    if folder is None:
        folder, database_url = home_folder(), os.environ.get(DATABASE_URL)
    home = home_at(folder, database_url=database_url)
    point_at(database(home.folder, home.database_url))
    bring_up_to_date(home.folder)
    list_key(signing_key(home.keys, origin=home.origin))
    return home


def context_of(home: Home, actor: str | None = None) -> Context:
    """A request's context. `actor` is a person's id; None is the operator of this machine.

    A demo lives on its own fixed day, at the present time of day; any other home has the system's clock.
    """
    clock = system_clock if home.today is None else partial(_clock_on, home.today)
    return Context(
        actor=Actor(operator=True) if actor is None else Actor(person=actor),
        clock=clock,
        today=clock().date(),
        home=home.folder,
        demo=home.demo,
    )


def _clock_on(day: date) -> datetime:
    return datetime.combine(day, system_clock().timetz())
