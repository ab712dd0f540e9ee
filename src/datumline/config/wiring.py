"""Open a home: the database it names, brought to this version's shape, its signing key in the ledger."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

import django
from django.apps import apps

from datumline.config.databases import database
from datumline.config.home import (
    DATABASE_URL,
    Home,
    check_free,
    create_home,
    home_at,
    home_folder,
    read_home,
)
from datumline.domain.people.access import Actor
from datumline.domain.period import add_years
from datumline.domain.problem import Problem
from datumline.services.context import Clock, Context, Mode, system_clock
from datumline.signing.files import write_once
from datumline.signing.keys import KEY_FILE, signing_key

PAGES = "datumline.config.page_settings"
DEMO_YEARS = 5  # longer than any story a demo tells


def set_up() -> None:
    """Set Django up, once in a process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "datumline.config.settings")
    if not apps.ready:
        django.setup()


def open_home(folder: Path | None = None, *, database_url: str | None = None) -> Home:
    """Open a home, by default the one that the environment names; it is made on first use. Raises Problem.

    This process's database connection leads to the home from then on.
    """
    set_up()
    from datumline.services.ledger import list_key  # noqa: PLC0415 - needs Django set up
    from datumline.services.policy import activate_shipped  # noqa: PLC0415 - as above
    from datumline.store.schema import bring_up_to_date, point_at  # noqa: PLC0415 - as above

    if folder is None:
        folder, database_url = home_folder(), os.environ.get(DATABASE_URL)
    home = home_at(folder, database_url=database_url)
    _check_not_gone(home)
    _check_key_not_gone(home)
    point_at(database(home.folder, home.database_url))
    changed = bring_up_to_date(home.folder)
    signer = signing_key(home.keys, origin=home.origin)
    listed = home.keys / f"{signer.key_id}.listed"
    if changed or not listed.exists():  # else a look at a ledger writes nothing, whatever was done to it
        list_key(signer, clock=_first_clock(home))
        activate_shipped(clock=_first_clock(home))
        with suppress(OSError):
            write_once(listed, b"", mode=0o600)
    return whose(home)


def whose(home: Home) -> Home:
    """The home with its mode as it is now: where there are accounts, everybody signs in.

    So a second machine on the same database has no first run of its own, and nobody is alone beside an
    organisation.
    """
    from datumline.store.accounts import any_account  # noqa: PLC0415 - needs Django set up

    if home.mode in {Mode.DEMO, Mode.ORGANISATION}:
        return home
    mode = Mode.ORGANISATION if any_account() else read_home(home.folder).mode
    return home if mode is home.mode else replace(home, mode=mode)


def _check_not_gone(home: Home) -> None:
    """Raises Problem where a ledger was and its file is missing or empty: none is begun anew unseen."""
    if home.database_url is not None or not any(home.keys.glob("*.listed")):
        return
    if not home.database.exists() or (home.database.is_file() and not home.database.stat().st_size):
        raise Problem(
            "the database is gone",
            where=str(home.database),
            expected="the file that was there; `datumline restore` brings a backup back into an empty home",
        )


def _check_key_not_gone(home: Home) -> None:
    """Raises Problem where a key signed before and is missing: no other takes its place unseen."""
    path = home.keys / KEY_FILE
    listed = sorted(each.name for each in home.keys.glob("*.listed"))
    if listed and not path.exists():
        raise Problem(
            "the signing key is gone",
            where=str(path),
            expected=f"the file that was there; without {listed[0]} beside it a new key begins",
        )


def _first_clock(home: Home) -> Clock:
    """When the key is listed: now, and in a demo before its story begins."""
    if home.today is None:
        return system_clock
    before = datetime.combine(add_years(home.today, -DEMO_YEARS), time(), tzinfo=UTC)
    return lambda: before


@contextmanager
def new_home(
    folder: Path,
    *,
    database_url: str | None,
    origin: str | None = None,
    mode: Mode | None = None,
    today: date | None = None,
) -> Iterator[Path]:
    """Make a home beside its place, fill it inside the block, and put it there if that went well.

    Raises Problem when the place is taken. The database is empty and has no tables yet; what the block does
    to one on PostgreSQL is for the block to undo.
    """
    set_up()
    from datumline.store.schema import let_go, point_at  # noqa: PLC0415 - needs Django set up

    check_free(folder)
    draft = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}")
    home = create_home(draft, origin=origin, mode=mode, today=today, database_url=database_url)
    try:
        point_at(database(home.folder, home.database_url))
        yield home.folder
        let_go()
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    finally:
        point_at(database(folder, database_url))
        shutil.rmtree(draft, ignore_errors=True)


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
        mode=home.mode,
    )


def _clock_on(day: date) -> datetime:
    return datetime.combine(day, system_clock().timetz())
