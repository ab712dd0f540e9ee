"""Quick entry on a page: one line read back part by part, each to be mended in place, then written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from datumline.domain.evidence.addressed import addressed
from datumline.domain.evidence.entry import Audience, EntryId
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.evidence.quick_entry import STARTS, Heard, QuickEntry, hear
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import Person, PersonId
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.entries import may_write, write
from datumline.services.evidence import said_in
from datumline.services.pages.entry_rows import kind_words, principle_name
from datumline.services.policy import active_policy
from datumline.services.record import read_record
from datumline.services.visit import Visit

LISTED = 200  # more people than this are not offered one by one: the line names them
NOT_YOURS = "another kind, or another person"
EXAMPLES = "say what it is: missed, saw, told, note …"
FIRST_WORD = "first word"  # where a line is said not to tell what it is
SHORT = 60  # characters of what was expected that a line still holds
OFFERED = 12  # of those whom a name can mean
WRITABLE = frozenset({Type.TEXT, Type.DATE, Type.FLAG, Type.COUNT, Type.DECIMAL, Type.TEXTS})
KINDS = tuple(dict.fromkeys(STARTS.values()))
START_OF = {kind: next(word for word, each in STARTS.items() if each is kind) for kind in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A field of a kind, as a form shows it."""

    name: str
    type: Type
    needed: bool
    options: tuple[tuple[str, str], ...] = ()  # none: a line names no entry


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickPage:
    """The line as it was understood.

    Attributes:
        line: as it was typed.
        about: whom it is about; `called` is their name, empty as long as nobody is chosen.
        said: the name in the line; `meant` is everybody whom it can mean.
        people: everybody whom one may write about, when they are few enough to be listed.
        kind: what it is, or None; `amounts` are the fields of that kind.
        entry: the parts.
        faults: what was not understood, each in one line.
        concerns: those that the person has; `new_concern` says that the line names none of them.
        kinds, principles: what can be chosen, with the words for it.
    """

    line: str
    about: PersonId | None
    called: str
    said: str
    meant: tuple[tuple[PersonId, str], ...]
    people: tuple[tuple[PersonId, str], ...]
    kind: Kind | None
    entry: QuickEntry
    amounts: tuple[Amount, ...]
    faults: tuple[str, ...]
    concerns: tuple[str, ...]
    new_concern: bool
    kinds: tuple[tuple[str, str], ...]
    principles: tuple[tuple[str, str], ...]
    today: date


def may_log(asked: Visit) -> bool:
    """Whether there is anybody whom the one who asks may write about."""
    return any(asked.gate.allows(Verb.WRITE, Noun.ENTRY, person) for person in asked.people)


def writable_name(asked: Visit, person: PersonId) -> str | None:
    """The name of somebody whom the one who asks may write about; None for everybody else."""
    known = _writable(asked).get(person)
    return known.name if known else None


def quick_page(asked: Visit, line: str, about: PersonId | None = None, kind: Kind | None = None) -> QuickPage:
    """Read a line; `about` is the person whose page it was typed on, `kind` what somebody corrected it to.

    Raises Problem when `about` is nobody whom the one who asks may write about.
    """
    people = _writable(asked)
    if about is not None and about not in people:
        raise Problem("no such person", where="about", expected="somebody whom you may write about")
    among = [people[about]] if about else list(people.values())
    told = addressed(line, among)
    person = about or (told.found[0] if len(told.found) == 1 else None)
    policy = active_policy(asked.context)
    concerns = _concerns(asked, person)
    heard = _in_known_words(_heard(asked, told.line, kind, policy), concerns)
    return QuickPage(
        line=line,
        about=person,
        called=people[person].name if person else "",
        said="" if about else told.said,
        meant=tuple((each, people[each].name) for each in told.found[:OFFERED]),
        people=_listed(people),
        kind=heard.kind,
        entry=heard.entry,
        amounts=amounts_of_kind(heard.kind),
        faults=tuple(_sentence(fault) for fault in heard.faults),
        concerns=concerns,
        new_concern=bool(person and heard.entry.concern) and heard.entry.concern not in concerns,
        kinds=tuple((each, _kind_label(each, told.line)) for each in KINDS),
        principles=_principles(heard.entry.principles, policy),
        today=asked.context.today,
    )


def write_line(asked: Visit, said: QuickEntry, about: PersonId, *, private: bool, key: str) -> EntryId:
    """Write it, once for each key, and give the entry. Raises Problem without the right to."""
    if not may_write(asked, about, Audience.PRIVATE if private else Audience.SHARED, said.kind):
        raise Problem("this kind is not yours to write about this person", where="kind", expected=NOT_YOURS)
    return write(asked, about=about, said=said_in(said, private=private), key=key).hash


def amounts_of_kind(kind: Kind | None) -> tuple[Amount, ...]:
    """The fields of a kind that a person can fill in, needed ones first."""
    found = [
        Amount(name=name, type=type_of, needed=needed)
        for name, (type_of, needed) in (amounts(kind) if kind else {}).items()
        if type_of in WRITABLE
    ]
    return tuple(sorted(found, key=lambda each: not each.needed))


def said_of(page: QuickPage, parts: Mapping[str, Json | date]) -> dict[str, Json | date]:
    """The fields of the entry: those filled in, and that nothing was delivered where the line says so."""
    known = {name: value for name, value in parts.items() if value not in (None, "", [])}
    silent = {name: None for name, value in page.entry.amounts.items() if value is None and name not in known}
    return silent | known


def _heard(asked: Visit, line: str, kind: Kind | None, policy: Policy) -> Heard:
    """The line as it was heard; as what somebody says that it is, where they do."""
    names = frozenset(policy.principles)
    heard = hear(line, today=asked.context.today, principles=names)
    if kind is None or kind is heard.kind:
        return heard
    words = line if heard.kind is None else line.partition(" ")[2]
    again = hear(f"{START_OF[kind]} {words}", today=asked.context.today, principles=names)
    return replace(again, entry=replace(again.entry, title=heard.entry.title))


def _kind_label(kind: Kind, line: str) -> str:
    """The word that begins such a line, and what it makes of it; the line's own word where it is one."""
    word = line.partition(" ")[0].rstrip(":").lower()
    return f"{word if STARTS.get(word) is kind else START_OF[kind]}: {kind_words(kind)}"


def _concerns(asked: Visit, person: PersonId | None) -> tuple[str, ...]:
    if person is None or not asked.sees(person, Noun.ENTRY):
        return ()
    return read_record(asked, person, asked.context.at()).concerns


def _in_known_words(heard: Heard, concerns: tuple[str, ...]) -> Heard:
    """A concern that the person has, by the name that it has: `!late-delivery` is "Late delivery"."""
    said = heard.entry.concern
    known = next((each for each in concerns if said and _plain(each) == _plain(said)), None)
    return replace(heard, entry=replace(heard.entry, concern=known)) if known else heard


def _plain(concern: str) -> str:
    return " ".join(concern.replace("-", " ").casefold().split())


def _writable(asked: Visit) -> dict[PersonId, Person]:
    return {
        person: asked.chart.people[person]
        for person in asked.people
        if asked.gate.allows(Verb.WRITE, Noun.ENTRY, person)
    }


def _principles(said: Collection[str], policy: Policy) -> tuple[tuple[str, str], ...]:
    """Those of the line first."""
    ordered = sorted(policy.principles, key=lambda each: each not in said)
    return tuple((each, principle_name(each, policy)) for each in ordered)


def _listed(people: Mapping[PersonId, Person]) -> tuple[tuple[PersonId, str], ...]:
    return tuple((each.id, each.name) for each in people.values()) if len(people) <= LISTED else ()


def _sentence(fault: Problem) -> str:
    """What was not understood. A long list of what would have been right is offered in the fields below."""
    if fault.where == FIRST_WORD:
        return f"{fault.what[:1].upper()}{fault.what[1:]}; {EXAMPLES}."
    short = fault.expected and len(fault.expected) <= SHORT
    words = f"{fault.what}; expected {fault.expected}." if short else f"{fault.what}."
    return words[0].upper() + words[1:]
