"""Half-written forms: kept for their owner, found again by their owner, and by nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from datumline.domain.problem import Problem
from datumline.services.access import absent
from datumline.services.context import Context
from datumline.services.policy import active_policy
from datumline.store import workspace
from datumline.store.workspace import KeptForm

__all__ = ["KeptForm", "discard", "keep", "kept_at", "kept_forms"]

LONGEST = 400_000  # characters of one form; a limit of the table, not of what is worth saying
LONGEST_PLACE = 300
MOST = 200  # forms of one owner


def keep(
    context: Context, *, place: str, title: str, once: str, fields: Mapping[str, Sequence[str]]
) -> datetime:
    """Keep a half-written form for who asks, and say when that was. Raises Problem when it cannot be kept."""
    owner = _owner(context)
    length = sum(len(name) + sum(map(len, values)) for name, values in fields.items())
    if length > LONGEST or not place.startswith("/") or len(place) > LONGEST_PLACE:
        raise Problem("too long for a draft", expected=f"at most {LONGEST} characters")
    now, oldest = context.clock(), _oldest(context)
    workspace.discard_before(owner, oldest)
    others = [each for each in workspace.kept(owner, since=oldest) if each.place != place]
    if len(others) >= MOST:
        raise Problem(f"{MOST} drafts are kept already", expected="one fewer: discard some")
    said = {name: values for name, values in fields.items() if any(values)}
    workspace.keep(KeptForm(owner=owner, place=place, title=title, once=once, fields=said, saved_at=now))
    return now


def kept_at(context: Context, place: str) -> KeptForm | None:
    """What who asks kept for a form, if anything."""
    owner = context.actor.author
    return workspace.kept_at(owner, place, since=_oldest(context)) if owner else None


def kept_forms(context: Context) -> list[KeptForm]:
    """Everything that who asks kept, latest first."""
    owner = context.actor.author
    return workspace.kept(owner, since=_oldest(context)) if owner else []


def discard(context: Context, place: str) -> bool:
    """Remove what who asks kept for a form; says whether there was anything."""
    owner = context.actor.author
    return workspace.discard(owner, place) if owner else False


def discard_ended(context: Context) -> int:
    """Remove everybody's drafts that are kept no longer; how many. For a job."""
    return workspace.discard_all_before(_oldest(context))


def _owner(context: Context) -> str:
    if not context.actor.author:
        raise absent("such person")
    return context.actor.author


def _oldest(context: Context) -> datetime:
    """Since when drafts are kept: a note about somebody lasts no longer than a private one (M12)."""
    days = active_policy(context).days("access.private_note", context.today)
    return context.clock() - timedelta(days=days)
