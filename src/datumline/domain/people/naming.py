"""Where a text names people, and whose names these may be: in full, by address or handle, or by one word.

A single word is a name only where it begins with a capital, is no everyday word and is borne by few: notes
say "Jens", and "Will" is mostly no person. What could be several people's is taken for all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from datumline.domain.people.person import Person, PersonId

LEAST = 3  # characters of a single word that names somebody
MOST_BEARERS = 50  # a word that more people bear names nobody
_EVERYDAY = """
able april art august baker banks bell berry best bill bishop bond booth bright brook brown burns bush
butler carpenter case chance chase christian church clay cliff close cole cook cooper cross daisy dale
dawn day dean drew duke earl early east engineer faith fields fisher forest foster frank free french
gold good grace grant gray green hall hand hardy head heath hill hood hope hunt ivy jewel joy judge june
just keen key king lake land lane lily little long love lucky mark marsh mason may mercy miles mills
moon north page park parks peace penny piper plain pool poole porter potter price queen read reed rich
rivers robin rock rose rowan ruby rush sage sands sharp short silver singer small smith snow south star
stone storm strong sue summer summers swift team underwood vale violet walker wall waters watts weaver
webb wells west white wills will winter wise wolf wood woods young
"""
EVERYDAY = frozenset(_EVERYDAY.split())
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.])@[\w-]+|\b[a-z]+:[\w-]+")
_BETWEEN = re.compile(r"[\s\-.,'\u2019_]{1,3}")
Bearers = frozenset[PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Who is meant by what.

    Attributes:
        full: by all words of a name, two at least, in its order or the other way round.
        single: by one word of a name.
        addresses: by address, by `@handle` and by `system:handle`.
    """

    full: Mapping[tuple[str, ...], Bearers]
    single: Mapping[str, Bearers]
    addresses: Mapping[str, Bearers]
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A part of a text that names somebody: from `start` to before `end`, and whose name it may be."""

    start: int
    end: int
    bearers: Bearers


def names_of(people: Iterable[Person]) -> Names:
    """How these people can be named. Who is known only from a source is not known by one word alone."""
    full: dict[tuple[str, ...], set[PersonId]] = {}
    single: dict[str, set[PersonId]] = {}
    addresses: dict[str, set[PersonId]] = {}
    for person in people:
        words = tuple(_folded(word) for word in _WORD.findall(person.name))
        if len(words) > 1:
            for order in (words, (*words[-1:], *words[:-1])):
                full.setdefault(order, set()).add(person.id)
        for word in () if person.provisional else words:
            single.setdefault(word, set()).add(person.id)
        for each in person.identities:
            said = (
                (each.value,) if each.system == "email" else (f"@{each.value}", f"{each.system}:{each.value}")
            )
            for address in said:
                addresses.setdefault(address.casefold(), set()).add(person.id)
    return Names(
        full={words: frozenset(bearers) for words, bearers in full.items()},
        single={
            word: frozenset(bearers)
            for word, bearers in single.items()
            if len(word) >= LEAST and word.isalpha() and word not in EVERYDAY and len(bearers) <= MOST_BEARERS
        },
        addresses={address: frozenset(bearers) for address, bearers in addresses.items()},
        longest=max(map(len, full), default=0),
    )


def named_in(text: str, names: Names) -> Iterator[Named]:
    """Everybody whom the text names, from its beginning to its end, no part of it twice."""
    known = [
        Named(start=each.start(), end=each.end(), bearers=names.addresses[each.group().casefold()])
        for each in _ADDRESS.finditer(text)
        if each.group().casefold() in names.addresses
    ]
    words = [
        each
        for each in _WORD.finditer(text)
        if not any(found.start <= each.start() < found.end for found in known)
    ]
    yield from sorted([*known, *_by_words(text, words, names)], key=lambda found: found.start)


def _by_words(text: str, words: list[re.Match[str]], names: Names) -> Iterator[Named]:
    at, folded = 0, [_folded(each.group()) for each in words]
    while at < len(words):
        length = _longest_at(text, words, folded, at, names)
        bearers = names.full.get(tuple(folded[at : at + length]), frozenset())
        if not length and words[at].group()[0].isupper():
            bearers = names.single.get(folded[at], frozenset())
        if bearers:
            last = max(length, 1) - 1
            yield Named(start=words[at].start(), end=words[at + last].end(), bearers=bearers)
        at += max(length, 1)


def _longest_at(text: str, words: list[re.Match[str]], folded: list[str], at: int, names: Names) -> int:
    """How many words from `at` on are somebody's whole name; 0 for none."""
    reach = 1
    while (
        at + reach < len(words)
        and reach < names.longest
        and _BETWEEN.fullmatch(text, words[at + reach - 1].end(), words[at + reach].start())
    ):
        reach += 1
    lengths = (length for length in range(reach, 1, -1) if tuple(folded[at : at + length]) in names.full)
    return next(lengths, 0)


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))
