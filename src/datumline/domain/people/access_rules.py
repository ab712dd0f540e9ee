"""The access matrix, parsed: which right each relation has to each noun, and under which conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from datumline.domain.people.access_matrix import (
    AUDIENCES,
    COLUMNS,
    FURTHER,
    FURTHER_COLUMNS,
    MATRIX,
    NOT_FOR_COVER,
    SHARED_KINDS,
)
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb

LETTERS = {"R": Verb.READ, "W": Verb.WRITE, "A": Verb.APPROVE, "m": Verb.METADATA}
WRITTEN = {verb: letter for letter, verb in LETTERS.items()}
RELATIONS = tuple(Relation(each) for each in (*COLUMNS.split(), "cover", *FURTHER_COLUMNS.split()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One right of one cell: the relation may do the verb to the noun when all conditions hold."""

    noun: Noun
    relation: Relation
    verb: Verb
    conditions: tuple[Condition, ...] = ()

    @property
    def cell(self) -> str:
        """The right as the table spells it."""
        under = f":{'+'.join(self.conditions)}" if self.conditions else ""
        return f"{WRITTEN.get(self.verb, self.verb)}{under}"


@cache
def rules() -> tuple[Rule, ...]:
    """Every right of the matrix, row by row."""
    told = [*_of_table(MATRIX, COLUMNS), *_of_table(FURTHER, FURTHER_COLUMNS)]
    told += [
        replace(rule, relation=Relation.COVER)
        for rule in told
        if rule.relation is Relation.MANAGER and rule.noun not in NOT_FOR_COVER
    ]
    order = list(Noun)
    return tuple(sorted(told, key=lambda rule: order.index(rule.noun)))


def _of_table(table: str, columns: str) -> Iterator[Rule]:
    relations = [Relation(name) for name in columns.split()]
    for line in table.strip().splitlines():
        noun, *cells = (part.strip() for part in line.split("|"))
        for relation, cell in zip(relations, cells, strict=True):
            yield from (_rule(Noun(noun), relation, right) for right in cell.split() if right != "-")


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
