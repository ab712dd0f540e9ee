"""Search over what one may see: entries by their words, people by the names they go by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.sought import asked_for, says, words_in, words_of
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import OrgChart
from datumline.domain.people.person import Person, PersonId
from datumline.services.access import Gate
from datumline.store import search, search_index
from datumline.store.ledger import by_id
from datumline.store.search import Part, Reach

AT_ONCE = 5_000  # entries taken in while somebody waits: well under a second
PEOPLE, DOCUMENTS, PAGE = 8, 5, 20  # lines shown of each part
DOCUMENT: tuple[Kind, ...] = (Kind.ARTIFACT,)
# One more than are shown: whether there are others.
OF_ENTRIES = Part(most=PAGE + 1, but=DOCUMENT)
OF_DOCUMENTS = Part(most=DOCUMENTS + 1, kinds=DOCUMENT)
MORE_DOCUMENTS = Part(most=PAGE + 1, kinds=DOCUMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, and in how much of the record.

    Attributes:
        words: the words that were looked for, folded; none when nothing was asked.
        people, documents, entries: the first of each; `more_…` says that there are others.
        complete: whether everything written by now was looked in.
    """

    words: tuple[str, ...]
    people: tuple[Person, ...] = ()
    documents: tuple[Entry, ...] = ()
    entries: tuple[Entry, ...] = ()
    more_people: bool = False
    more_documents: bool = False
    more_entries: bool = False
    complete: bool = True


def take_in(*, most: int | None = None) -> bool:
    """Bring the index up to the ledger, for a job or a command; says whether it is now complete."""
    return search_index.take_in(most=most)


def found(door: Gate, question: str, *, after: EntryId | None = None, documents: bool = False) -> Found:
    """What the actor finds. `after` goes on behind an entry; `documents` asks for nothing else."""
    words = asked_for(question)
    if not words:
        return Found(words=())
    if after is not None and not door.readable_entries(by_id([after])):
        return Found(words=words)  # an id that one may not read leads nowhere, like one that does not exist
    complete = search_index.take_in(most=AT_ONCE)
    first = after is None and not documents
    people = _people(door, words) if first else []
    parts = (OF_ENTRIES, OF_DOCUMENTS) if first else (MORE_DOCUMENTS if documents else OF_ENTRIES,)
    reach = search.reach(door.readable)
    raw = search.find(words, reach=reach, parts=parts, after=after)
    entries, *more = (_shown(door, words, reach, *each) for each in zip(parts, raw, strict=True))
    artifacts = more[0] if more else []
    return Found(
        words=words,
        people=tuple(people[:PEOPLE]),
        documents=tuple(artifacts[:DOCUMENTS]),
        entries=tuple(entries[:PAGE]),
        more_people=len(people) > PEOPLE,
        more_documents=len(artifacts) > DOCUMENTS,
        more_entries=len(entries) > PAGE,
        complete=complete,
    )


def _shown(door: Gate, words: Sequence[str], reach: Reach, part: Part, raw: list[Entry]) -> list[Entry]:
    """What the reader finds of a part: an entry that says a word only in a name that is masked is none."""
    shown: list[Entry] = []
    while True:
        veiled = zip(raw, door.veiled(raw), strict=True)
        shown += [seen for stored, seen in veiled if seen is stored or _says_all(seen, words)]
        if len(shown) >= part.most or len(raw) < part.most:
            return shown[: part.most]
        (raw,) = search.find(words, reach=reach, parts=[part], after=raw[-1].id)


def _says_all(entry: Entry, words: Sequence[str]) -> bool:
    told = {name: getattr(entry, name) for name in ("title", "text", "concern", "remediation")}
    plain = {name: value for name, value in entry.amounts.items() if not isinstance(value, date)}
    said = words_in(entry.kind, told | plain)
    return all(any(says(each, [word]) for each in said) for word in words)


def _people(door: Gate, words: Sequence[str]) -> list[Person]:
    """People whom the actor may know of and who go by all these words, by name; one more than are shown."""
    chart = door.chart
    names = _names(chart, door.records.version)
    matching = set.intersection(*(set(_beginning(names, word)) for word in words))
    ordered = sorted(matching, key=lambda each: (chart.people[each].name.casefold(), each))
    seen = (each for each in ordered if door.allows(Verb.READ, Noun.PERSON, each))
    return [chart.people[each] for each, _ in zip(seen, range(PEOPLE + 1), strict=False)]


Names = tuple[tuple[str, PersonId], ...]
_kept: dict[str, Names] = {}  # by the version of what is known about people; the latest alone


def _names(chart: OrgChart, version: str) -> Names:
    """Every word that somebody goes by with the person, in the words' order."""
    names = _kept.get(version)
    if names is None:
        names = tuple(sorted({(word, each.id) for each in chart.people.values() for word in _goes_by(each)}))
        if version:
            _kept.clear()
            _kept[version] = names
    return names


def _goes_by(person: Person) -> Iterator[str]:
    yield from words_of(person.name)
    for identity in person.identities:
        yield from words_of(identity.value)


def _beginning(names: Names, word: str) -> Iterator[PersonId]:
    for at in range(bisect_left(names, (word, "")), len(names)):
        if not names[at][0].startswith(word):
            return
        yield names[at][1]
