"""The facts about a stretch project that a person's record holds: those of the latest check on file."""

from __future__ import annotations

from collections.abc import Iterable

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf
from datumline.domain.policy.told import Told, instant
from datumline.domain.verdict import Json

SAID = ("budget", "sponsor", "users")


def stretch_facts(standing: Iterable[Entry], *, at: AsOf) -> Told:
    """What the latest check says, asked about the day of `at`; without a check nothing is known."""
    checks = [entry for entry in standing if entry.kind is Kind.STRETCH_CHECK]
    facts: dict[str, Json] = {
        "as_of": at.as_of.isoformat(),
        "known_at": instant(at.known_at),
        "entries": [],
    }
    if not checks:
        return Told(facts=facts, evidence={})
    last = checks[-1]
    held = last.amounts["facts"]
    said = {name: held[name] for name in SAID if isinstance(held, dict) and name in held}
    return Told(facts={**facts, **said}, evidence={f"/{name}": last.id for name in said})
