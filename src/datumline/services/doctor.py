"""Is this installation sound? One line a check, and what would mend it."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from datumline import __version__
from datumline.domain.problem import Problem
from datumline.embedding.weights import read_weights
from datumline.services.ledger import listed_keys, signer_of
from datumline.services.opened import Opened
from datumline.signing.keys import KEY_FILE
from datumline.store import health, ledger

LEAST_FREE = 500_000_000  # bytes: room for a backup, a journal and some days of writing
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at."""

    name: str
    sound: bool
    says: str


def examine(opened: Opened) -> Iterator[Check]:
    """Every check in turn; one that cannot be made is unsound and says why."""
    checks: dict[str, Callable[[Opened], str]] = {
        "program": lambda _: f"datumline {__version__}",
        "home": _home,
        "database": _database,
        "guards": _guards,
        "heads": _heads,
        "key": _key,
        "space": _space,
        "encoder": _encoder,
    }
    for name, check in checks.items():
        try:
            yield Check(name=name, sound=True, says=check(opened))
        except Problem as problem:
            yield Check(name=name, sound=False, says=str(problem))
        except Exception as error:
            known = opened.trouble(error)
            if known is None and not isinstance(error, OSError):
                raise
            yield Check(name=name, sound=False, says=str(known or error))


def _home(opened: Opened) -> str:
    if not (opened.home / "home.json").exists():
        opened.context()  # makes it
    return f"{opened.home}, origin {signer_of(opened.home).origin}"


def _database(opened: Opened) -> str:
    opened.context()
    said = ", ".join(f"{name} {value}" for name, value in health.settings().items())
    return f"{health.kind()}: {said}"


def _guards(opened: Opened) -> str:
    opened.context()
    missing = health.missing_guards()
    if missing:
        raise Problem(
            f"no {', '.join(missing)}",
            expected="the triggers that keep the ledger append-only; restore a backup",
        )
    return "the database refuses changes and removals"


def _heads(opened: Opened) -> str:
    opened.context()
    wrong = list(health.wrong_heads())
    if wrong:
        raise Problem(
            f"{len(wrong)} streams do not end where their head says, first {wrong[0]}",
            expected="whole streams; see `datumline ledger verify`",
        )
    return f"{len(ledger.heads())} streams end where their heads say"


def _key(opened: Opened) -> str:
    context = opened.context()
    key = signer_of(context.home)
    path = context.home / "keys" / KEY_FILE
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise Problem("others may read the signing key", where=str(path), expected=f"chmod 600 {path}")
    if key.key_id not in listed_keys():
        raise Problem("the signing key is not listed", where=str(path), expected="its entry in the ledger")
    return f"signs as {key.key_id}"


def _space(opened: Opened) -> str:
    free = shutil.disk_usage(opened.home).free
    if free < LEAST_FREE:
        raise Problem(
            f"{free // MEGABYTE} MB free", where=str(opened.home), expected=f"{LEAST_FREE // MEGABYTE} MB"
        )
    return f"{free // MEGABYTE} MB free"


def _encoder(_: Opened) -> str:
    return f"weights as pinned, {len(read_weights()) // MEGABYTE} MB"
