"""Which policy pack is in force, folded from the organisation's entries, and its numbers for rights."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import standing
from datumline.domain.people.limits import Limits
from datumline.domain.period import AsOf
from datumline.domain.policy.activation import Activation, in_force
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.pack_files import kept, load
from datumline.services.context import Context
from datumline.services.ready import Ready
from datumline.store import ledger, packs

RULING = (Kind.CYCLE, Kind.PACK_ACTIVATION, Kind.RETRACTION)  # what of the organisation's rules records

_RULING: Ready[tuple[Entry, ...]] = Ready(most=20)


def ruling(end: EntryId) -> tuple[Entry, ...]:
    """The organisation's cycles and activations, read once as long as its stream ends with this entry."""
    found = _RULING.get(end) if end else None
    if found is None:
        found = tuple(ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=list(RULING)))
        if end:
            _RULING.put(end, found)
    return found


def limits_at(end: EntryId, at: AsOf) -> Limits:
    """How long rights last that end by themselves, by the pack in force; not at all where that is gone."""
    on = at.as_of
    try:
        policy = policy_in_force(ruling(end), at)
    except Problem:
        return Limits()
    return Limits(
        former_manager=timedelta(days=policy.days("access.former_manager", on)),
        private_note=timedelta(days=policy.days("access.private_note", on)),
    )


def active_policy(context: Context, at: AsOf | None = None) -> Policy:
    """The pack in force at `at` (default: now): the shipped one until an activation has started.

    Raises Problem when the content of an activated pack is gone or was changed.
    """
    found = ledger.entries(
        subjects=[""], audiences=[Audience.ORGANISATION], kinds=[Kind.PACK_ACTIVATION, Kind.RETRACTION]
    )
    return policy_in_force(found, at or context.at())


def policy_in_force(organisation: Iterable[Entry], at: AsOf) -> Policy:
    """The pack in force, folded from the organisation's entries; for callers that have read them already."""
    active = in_force((activation_of(entry) for entry in standing(organisation, at) if activates(entry)), at)
    return load() if active is None else policy_of(active.digest)


@lru_cache(maxsize=16)
def policy_of(digest: str) -> Policy:
    """The activated pack of this digest, held against it once in a process. Raises Problem if it is gone."""
    if digest == load().digest:
        return load()
    content = packs.kept(digest)
    if content is None:
        raise Problem(
            "an activated pack is gone",
            where=f"pack {digest[:12]}",
            expected="the content that was kept when it was activated",
        )
    return kept(content, digest)


def activates(entry: Entry) -> bool:
    """Whether an entry of the organisation puts a pack in force."""
    return entry.kind is Kind.PACK_ACTIVATION


def activation_of(entry: Entry) -> Activation:
    """The activation that such an entry says."""
    effective_from = entry.amounts["effective_from"]
    return Activation(
        pack=str(entry.amounts["pack"]),
        version=str(entry.amounts["version"]),
        digest=str(entry.amounts["digest"]),
        effective_from=effective_from if isinstance(effective_from, date) else entry.occurred_on,
        recorded_at=entry.recorded_at,
    )
