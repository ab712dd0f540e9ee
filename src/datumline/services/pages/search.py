"""The search page: people, documents and entries that say the words, as far as the reader may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.sought import LEAST_BEGINNING, places
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import Person, PersonId
from datumline.services.pages.entry_rows import author_words, headline, kind_words
from datumline.services.pages.readings import note_once
from datumline.services.people import email_of
from datumline.services.search import Found, found
from datumline.services.visit import Visit

LONGEST = 200  # characters of a question
SNIPPET, LEAD = 220, 60  # characters shown of a text, and how many of them before the first match

Marked = tuple[tuple[str, bool], ...]  # a text in pieces, each with whether it says a sought word


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPerson:
    """One person. `href` is empty when their record may not be opened."""

    name: Marked
    about: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """One entry with the words marked; `audience` says who else reads it, where that is not its subject."""

    id: EntryId
    title: Marked
    text: Marked
    kind: str
    about: str
    person: PersonId | None
    author: str
    happened: date
    audience: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """The page.

    Attributes:
        q: the question as it was typed.
        asked: whether it holds a word at all.
        only_documents: whether nothing else was looked for.
        older: the address of what was written before the last line; empty at the end.
        incomplete: the record is still being read in, so there may be more.
    """

    q: str
    asked: bool
    only_documents: bool
    going_on: bool
    people: tuple[FoundPerson, ...]
    more_people: bool
    documents: tuple[FoundEntry, ...]
    all_documents: str
    entries: tuple[FoundEntry, ...]
    older: str
    incomplete: bool
    least: int = LEAST_BEGINNING


AUDIENCES = {"private": "only you read it", "case": "not yet given to the person", "panel": "for the panel"}


def search_page(asked: Visit, q: str, *, after: str = "", documents: bool = False) -> SearchPage:
    """What the one who asks finds. Whoever's entries are shown has it noted that they were read."""
    question = q.strip()[:LONGEST]
    result = found(asked.gate, question, after=after or None, documents=documents)
    for person in dict.fromkeys(each.subject for each in (*result.documents, *result.entries)):
        if person is not None:
            note_once(asked, person, Noun.ENTRY, "search")
    last = result.entries[-1].id if result.more_entries else ""
    only: dict[str, str] = {"in": "documents"} if documents else {}
    return SearchPage(
        q=question,
        asked=bool(result.words),
        only_documents=documents,
        going_on=bool(after),
        people=tuple(_person(asked, each, result) for each in result.people),
        more_people=result.more_people,
        documents=tuple(_entry(asked, each, result) for each in result.documents),
        all_documents=f"/search?{urlencode({'q': question, 'in': 'documents'})}"
        if result.more_documents
        else "",
        entries=tuple(_entry(asked, each, result) for each in result.entries),
        older=f"/search?{urlencode({'q': question, **only, 'after': last})}" if last else "",
        incomplete=not result.complete,
    )


def _person(asked: Visit, person: Person, result: Found) -> FoundPerson:
    opens = asked.sees(person.id, Noun.ENTRY)
    place = asked.chart.place_of(person.id) if asked.sees(person.id, Noun.POSITION) else None
    told = (place.level, place.team or place.unit) if place else ()
    state = "known only from a source" if person.provisional else ""
    left = "" if asked.chart.is_active(person.id) or not opens else "left"
    return FoundPerson(
        name=marked(person.name, result.words),
        about=" · ".join(each for each in (*told, email_of(person), state, left) if each),
        href=f"/people/{person.id}" if opens else "",
    )


def _entry(asked: Visit, entry: Entry, result: Found) -> FoundEntry:
    title = headline(entry, {})
    said = [entry.text, entry.concern or "", *(v for v in entry.amounts.values() if isinstance(v, str))]
    text = next((each for each in said if each != title and places(each, result.words)), entry.text)
    return FoundEntry(
        id=entry.id,
        title=marked(title, result.words),
        text=marked(_around(text, result.words), result.words) if text != title else (),
        kind=kind_words(entry.kind),
        about=asked.name_of(entry.subject),
        person=entry.subject,
        author=author_words(entry.author, asked.names),
        happened=entry.occurred_on,
        audience=AUDIENCES.get(entry.audience, ""),
    )


def _around(text: str, words: tuple[str, ...]) -> str:
    """The part of a text about its first match, on one line."""
    line = " ".join(text.split())
    if len(line) <= SNIPPET:
        return line
    first = next((start for start, _ in places(line, words)), 0)
    start = max(0, first - LEAD)
    start = start and line.find(" ", start) + 1
    part = line[start : start + SNIPPET]
    return f"{'… ' if start else ''}{part}{' …' if start + SNIPPET < len(line) else ''}"


def marked(text: str, words: tuple[str, ...]) -> Marked:
    """The text in pieces, those that say a sought word marked."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in places(text, words):
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple(piece for piece in (*pieces, (text[at:], False)) if piece[0])
