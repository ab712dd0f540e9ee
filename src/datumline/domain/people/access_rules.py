"""The access matrix, parsed: which right each relation has to each noun, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from datumline.domain.people.access_matrix import AUDIENCES, COLUMNS, MATRIX, SHARED_KINDS
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb

LETTERS = {"R": Verb.READ, "W": Verb.WRITE, "A": Verb.APPROVE, "m": Verb.METADATA}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One right of one cell: the relation may do the verb to the noun when all conditions hold."""

    noun: Noun
    relation: Relation
    verb: Verb
    conditions: tuple[Condition, ...] = ()


@cache
def rules() -> tuple[Rule, ...]:
    """Every right of the matrix, in the order of the page."""
    columns = [Relation(name) for name in COLUMNS.split()]
    found: list[Rule] = []
    for line in MATRIX.strip().splitlines():
        noun, *cells = (part.strip() for part in line.split("|"))
        for relation, cell in zip(columns, cells, strict=True):
            found += [_rule(Noun(noun), relation, right) for right in cell.split() if right != "-"]
    return tuple(found)


def _rule(noun: Noun, relation: Relation, right: str) -> Rule:
    verb, _, conditions = right.partition(":")
    return Rule(
        noun=noun,
        relation=relation,
        verb=LETTERS.get(verb) or Verb(verb),
        conditions=tuple(Condition(word) for word in conditions.split("+") if word),
    )


@cache
def rules_for(noun: Noun, verb: Verb) -> tuple[Rule, ...]:
    """The rights that lead to this verb on this noun, whoever has them."""
    return tuple(rule for rule in rules() if rule.noun is noun and rule.verb is verb)


@cache
def noun_of(audience: str, kind: str) -> Noun:
    """Which noun of the matrix an entry is. Raises KeyError for an audience that no person's stream has."""
    return Noun(SHARED_KINDS.get(kind, AUDIENCES[audience]) if audience == "shared" else AUDIENCES[audience])


def kinds_of(noun: Noun) -> frozenset[str]:
    """The kinds of a shared stream that are this noun by name; empty for the noun that all others are."""
    return frozenset(kind for kind, name in SHARED_KINDS.items() if name == noun)
