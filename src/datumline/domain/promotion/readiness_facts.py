"""What the record tells the readiness table: evidence by kind, work in flight, and what persons judged.

Work in flight is a commitment that is not delivered and says which dimension it is for; its link is the first
on file. The target is the level after the present one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from datumline.domain.evidence.assessed import assessed
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import AsOf
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.rubric import DIMENSIONS
from datumline.domain.policy.told import Told, instant
from datumline.domain.promotion.readiness_record import ANSWERS
from datumline.domain.signals.commitments import Commitment
from datumline.domain.verdict import Json, Pointer

READ = frozenset(
    {
        Kind.ARTIFACT,
        Kind.CITATION,
        Kind.OWNERSHIP,
        Kind.METRIC_READING,
        Kind.UNBLOCKED,
        Kind.DIRECTION,
        Kind.MENTORSHIP,
        Kind.INCIDENT,
    }
)
NUMBERS = ("before", "after")
WORDS = {"yes": "met", "no": "not-met"}
Facts = dict[str, Json]


def next_level(policy: Policy, current: str | None) -> str | None:
    """The lowest level with a rubric above `current`; None where there is none, or nobody said."""
    if current is None or current not in policy.levels:
        return None
    rank = policy.levels[current].rank
    above = [level for level in policy.levels.values() if level.rank > rank and level.id in policy.rubrics]
    return min(above, key=lambda level: level.rank).id if above else None


def readiness_facts(
    entries: Iterable[Entry],
    commitments: Iterable[Commitment],
    *,
    current: str | None,
    policy: Policy,
    at: AsOf,
) -> Told:
    """Facts from the entries that stand; `commitments` are theirs, with only the reschedules that count."""
    standing, lives = tuple(entries), {life.entry: life for life in commitments}
    told = [each for each in standing if each.kind in READ or each.id in lives]
    flying = [each for each in standing if _in_flight(each, lives)]
    judged = list(_judgements(standing))
    facts: Facts = {
        "as_of": at.as_of.isoformat(),
        "known_at": instant(at.known_at),
        "current": current,
        "target": next_level(policy, current),
        "entries": [_fact(each, lives.get(each.id)) for each in told],
        "in_flight": [_work(each, lives[each.id]) for each in flying],
        "assessments": [fact for fact, _ in judged],
    }
    behind: dict[Pointer, str] = {}
    for key, listed in (("entries", told), ("in_flight", flying)):
        behind |= {f"/{key}/{place}": each.id for place, each in enumerate(listed)}
    behind |= {f"/assessments/{place}": entry for place, (_, entry) in enumerate(judged)}
    return Told(facts={key: value for key, value in facts.items() if value is not None}, evidence=behind)


def _in_flight(entry: Entry, lives: Mapping[str, Commitment]) -> bool:
    return entry.id in lives and entry.dimension is not None and lives[entry.id].delivered is None


def _fact(entry: Entry, life: Commitment | None) -> Json:
    said = {name: _plain(name, value) for name, value in entry.amounts.items()}
    fact: Facts = {
        "kind": entry.kind.value,
        "occurred_on": entry.occurred_on.isoformat(),
        "recorded_at": instant(entry.recorded_at),
        **said,
    }
    return fact if life is None else fact | _life(life)


def _life(life: Commitment) -> Facts:
    moves: list[Json] = [
        {"from": move.from_due.isoformat(), "to": move.to.isoformat(), "on": move.on.isoformat()}
        for move in life.moves
    ]
    return {"delivered": life.delivered.isoformat() if life.delivered else None, "rescheduled": moves}


def _work(entry: Entry, life: Commitment) -> Json:
    return {
        "dimension": entry.dimension.value if entry.dimension else None,
        "due": life.standing.due.isoformat(),
        "link": entry.links[0] if entry.links else "",
    }


def _judgements(standing: Sequence[Entry]) -> Iterator[tuple[Json, EntryId]]:
    """The last answer on each condition of each dimension, with who gave it."""
    authors = {each.id: each.author for each in standing}
    for dimension in DIMENSIONS:
        for name, said in assessed(standing, dimension, None).items():
            given = WORDS.get(said.answer, said.answer)
            if given in ANSWERS:
                fact: Facts = {"dimension": dimension, "condition": name.replace("_", "-"), "answer": given}
                yield {**fact, "by": authors[said.entry]}, said.entry


def _plain(name: str, value: Json | date) -> Json:
    """A day as text, and a figure as the number that it is."""
    if isinstance(value, date):
        return value.isoformat()
    return float(str(value)) if name in NUMBERS and value is not None else value
