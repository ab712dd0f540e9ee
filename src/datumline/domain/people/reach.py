"""How far a relation reaches into a person's record, whoever has it: what readers of one reach read alike.

Only rights without a condition count. What hangs on a condition (own private notes, notes of one's own after
the line has ended, what a session cites) is one reader's alone and is read for each request.
"""

from __future__ import annotations

from functools import cache

from datumline.domain.people.access_matrix import AUDIENCES, SHARED_KINDS
from datumline.domain.people.access_rules import noun_of, rules
from datumline.domain.people.access_words import Noun, Relation, Verb

Reach = frozenset[Noun]

PRIVATE = "private"
ORGANISATION = "organisation"
STREAMS = tuple(audience for audience in AUDIENCES if audience not in {PRIVATE, ORGANISATION})
IN_STREAMS = frozenset(
    Noun(name) for name in (*(AUDIENCES[each] for each in STREAMS), *SHARED_KINDS.values())
)


@cache
def reach_of(held: frozenset[Relation]) -> Reach:
    """What of a person's streams may be read by who stands to them in these relations."""
    return frozenset(
        rule.noun
        for rule in rules()
        if rule.verb is Verb.READ
        and rule.noun in IN_STREAMS
        and rule.relation in held
        and not rule.conditions
    )


def within(reach: Reach, audience: str, kind: str) -> bool:
    """Whether an entry of this kind in a stream of this audience lies within the reach."""
    return audience in STREAMS and noun_of(audience, kind) in reach
