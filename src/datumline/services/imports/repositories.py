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
from datumline.services.imports.report import Report
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
    known = (*state.heads, *([state.begun] if state.begun else []))
    if known and state.place != place and not present(clone, known):
        raise Problem(f"another repository is known as '{called}'", where=place, expected="--name NAME")
    return replace(state, place=place)


def read_up_to(state: Repository, clone: Clone, head: str) -> Repository:
    """What to remember once `head` is in.

    Below the cut of a shallow clone nothing is in: it stays begun, and is ended when its history is whole.
    """
    return replace(state, begun=head) if clone.shallow else replace(state, heads=(head,), begun=None)


def tell_of(clone: Clone, state: Repository, report: Report) -> None:
    """Say what a reader would otherwise look for: nothing to read, nothing new, or not all of it."""
    if clone.head is None:
        report.notes.append("the repository has no commits")
    elif clone.head in state.heads:
        report.notes.append("no commits since the last import")
    elif clone.shallow:
        report.notes.append("a shallow clone: what lies below its cut is not in; fetch it and import again")


def identities_for(context: Context, author: str) -> Identities:
    """Who is who, for an import by this author. Raises Problem when the actor may not import."""
    door = gate(context)
    if not door.allows(Verb.WRITE, Noun.IMPORT):
        raise Problem("repositories are not yours to import", expected="an admin or an HR partner")
    return Identities(chart=door.chart, author=author, today=context.today)
