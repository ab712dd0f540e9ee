"""What imports of a clone share: what the repository is called, what is remembered of it, and who asks."""

from __future__ import annotations

from dataclasses import replace

from datumline.connectors.git.client import present
from datumline.connectors.git.clone import Clone, run
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.problem import Problem
from datumline.services.access import gate
from datumline.services.context import Context
from datumline.services.imports.identities import Identities
from datumline.services.people import chart_now
from datumline.store.imports import Repository, repository


def name_of(clone: Clone) -> str:
    """What the clone's origin calls the repository, else its folder's name."""
    origin = run(clone.path, "config", "--get", "remote.origin.url").stdout.decode(errors="replace").strip()
    last = origin.rstrip("/").replace(":", "/").rsplit("/", 1)[-1].removesuffix(".git")
    return last or clone.path.absolute().name.removesuffix(".git")


def state_of(clone: Clone, name: str | None, what: str) -> Repository:
    """How far the repository was imported; `place` is where it is read from now.

    Raises Problem when another repository goes by that name.
    """
    called, place = name or name_of(clone), str(clone.path.absolute())
    state = repository(called, what) or Repository(name=called, what=what, place=place)
    if state.heads and state.place != place and not present(clone, state.heads):
        raise Problem(f"another repository is known as '{called}'", where=place, expected="--name NAME")
    return replace(state, place=place)


def identities_for(context: Context, author: str) -> Identities:
    """Who is who, for an import by this author. Raises Problem when the actor may not import."""
    door = gate(context)
    if not door.allows(Verb.WRITE, Noun.IMPORT):
        raise Problem("repositories are not yours to import", expected="an admin or an HR partner")
    return Identities(chart=chart_now(context, door), author=author, today=context.today)
