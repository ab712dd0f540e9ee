"""The demo as a home: built once, whole or not at all, and used again until its story changes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from datumline import __version__
from datumline.domain.problem import Problem
from datumline.services.context import Mode
from datumline.services.demo.calendar import BEGIN, TODAY, written_at
from datumline.services.demo.company import ENGINEER, company
from datumline.services.demo.glances import glance
from datumline.services.demo.history import history
from datumline.services.demo.replay import replay
from datumline.services.imports.report import Progress, silent
from datumline.services.ledger import list_key
from datumline.services.opened import Opened
from datumline.services.policy import activate_shipped
from datumline.services.search import take_in
from datumline.signing.keys import signing_key
from datumline.store.ledger import heads
from datumline.store.schema import bring_up_to_date
from datumline.store.transaction import in_transaction

STAMP = "demo.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demo that stands in a home.

    Attributes:
        home: its folder.
        new: whether this call built it.
        entries, engineers: how much there is of it.
    """

    home: Path
    new: bool
    entries: int
    engineers: int


def build_demo(opened: Opened, progress: Progress = silent) -> Demo:
    """The demo in this home, built if the home is empty. Raises Problem if something else stands there."""
    folder = opened.home
    found = _stamp(folder)
    if found is None:
        return _build(opened, progress)
    told, entries = found
    if told != story():
        raise Problem(
            "a demo of another version",
            where=str(folder),
            expected="an empty folder in DATUMLINE_HOME; remove this one to build it again",
        )
    return _demo(folder, entries, new=False)


def _build(opened: Opened, progress: Progress) -> Demo:
    with opened.new_home(mode=Mode.DEMO, today=TODAY) as draft:
        bring_up_to_date(draft)
        entries = in_transaction(lambda: _fill(draft, progress))
        stamp = {"version": __version__, "story": story(), "entries": entries}
        (draft / STAMP).write_text(json.dumps(stamp) + "\n", encoding="utf-8")
    return _demo(opened.home, entries, new=True)


def _fill(draft: Path, progress: Progress) -> int:
    """Key and policy first, as of the story's first day, then the story: whole or not at all."""
    if heads():
        raise Problem(
            "this database holds records already",
            where="DATUMLINE_DATABASE_URL",
            expected="none for a demo in a file, or an empty database",
        )
    list_key(signing_key(draft / "keys", origin=""), clock=lambda: written_at(BEGIN))
    activate_shipped(clock=lambda: written_at(BEGIN))
    entries = replay(history(), progress)
    glance()
    take_in()
    return entries


def _demo(folder: Path, entries: int, *, new: bool) -> Demo:
    people = company().members.values()
    return Demo(
        home=folder, new=new, entries=entries, engineers=sum(each.role == ENGINEER for each in people)
    )


def story() -> str:
    """What the demo is made from, as one digest: its data and the modules that tell it."""
    parts = [
        part
        for folder in (files(__package__), files(__package__) / "data")
        for part in folder.iterdir()
        if part.is_file() and part.name.endswith((".py", ".yaml"))
    ]
    whole = sha256()
    for part in sorted(parts, key=lambda each: each.name):
        whole.update(part.name.encode() + b"\0" + part.read_bytes())
    return whole.hexdigest()


def _stamp(folder: Path) -> tuple[str, int] | None:
    """The story and the number of entries that a built demo says of itself; None where there is none."""
    try:
        found = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return str(found["story"]), int(found["entries"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
