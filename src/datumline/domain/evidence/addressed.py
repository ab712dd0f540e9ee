"""Whom a line is about, and the line without the name.

`Ida missed invoice-export due 05-04` and `missed invoice-export due 05-04 @ida.rosendahl` name the same
person. Who is meant is never guessed: no match or several are both said, for a person to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from datumline.domain.evidence.quick_entry import STARTS
from datumline.domain.people.identity import name_key
from datumline.domain.people.person import Person, PersonId

MOST_WORDS = 5  # a name in front is no longer than this; beyond it the line simply begins with a strange word
_AT = re.compile(r"(?<!\S)@([\w.\-]+)")
_SPLIT = re.compile(r"[\s.\-_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A line's person.

    Attributes:
        line: the line without the name.
        said: the name as it was written; empty when none was.
        found: everybody whom it can mean, in the order in which they were given.
    """

    line: str
    said: str
    found: tuple[PersonId, ...]


def addressed(line: str, people: Iterable[Person]) -> Addressed:
    """Find the person that a line names, among these."""
    at = _AT.search(line)
    if at:
        rest = f"{line[: at.start()]} {line[at.end() :]}"
        return Addressed(line=" ".join(rest.split()), said=at[1], found=_meant(at[1], people))
    words, every = line.split(), list(people)
    begins = next((i for i, word in enumerate(words) if _starts(word)), None)
    if begins == 0:
        return Addressed(line=line.strip(), said="", found=())
    begins = begins if begins and begins <= MOST_WORDS else 0
    said = " ".join(words[:begins]).rstrip(":,")
    found = _meant(said, every)
    if not found and (named := _named_in_front(words, every)):
        return named
    return Addressed(line=" ".join(words[begins:]), said=said, found=found)


def _named_in_front(words: list[str], people: list[Person]) -> Addressed | None:
    """A line that begins with whole words of a name, whatever follows: the longest such beginning."""
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        said = " ".join(words[:count]).rstrip(":,")
        parts = name_key(said).split()
        found = tuple(each.id for each in people if name_key(each.name).split()[:count] == parts)
        if parts and found:
            return Addressed(line=" ".join(words[count:]), said=said, found=found)
    return None


def _starts(word: str) -> bool:
    return word.rstrip(":").lower() in STARTS


def _meant(said: str, people: Iterable[Person]) -> tuple[PersonId, ...]:
    """Those with exactly this name, handle or address; else those whose name has words that begin so."""
    every = list(people)
    exact = tuple(person.id for person in every if name_key(said) in _called(person))
    if exact:
        return exact
    parts = [part for part in _SPLIT.split(name_key(said)) if part]
    return tuple(person.id for person in every if parts and _begins(parts, person))


def _called(person: Person) -> set[str]:
    known = {name_key(each.value) for each in person.identities}
    return {name_key(person.name), *known, *(each.partition("@")[0] for each in known)}


def _begins(parts: list[str], person: Person) -> bool:
    words = iter(_SPLIT.split(name_key(person.name)))
    return all(any(word.startswith(part) for word in words) for part in parts)
