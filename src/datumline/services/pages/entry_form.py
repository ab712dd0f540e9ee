"""The form for an entry: which kinds one may write, which fields a kind has, what can be chosen in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.acts import Act
from datumline.domain.evidence.entry import Audience, Dimension, Entry, EntryId, Seen, Tag
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.domain.evidence.writing import GROUPS, fields_of_form
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import short_day_words
from datumline.domain.signals.commitments import Commitment
from datumline.services.entries import Said, found, kinds_for, latest_day, may, may_write, said_by
from datumline.services.pages.entry_rows import SEEN, kind_words, latest_first, principle_name
from datumline.services.record import PersonRecord, read_record
from datumline.services.visit import Visit

Option = tuple[str, str]  # what is sent, and what is read
RECENT = 60  # entries that can be named from a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One amount field of a kind: its type decides how it is asked for, `options` what can be chosen."""

    name: str
    type: Type
    needed: bool
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForm:
    """What the form needs besides what is typed.

    Attributes:
        kinds: the groups of kinds that may be written; shown while none is chosen.
        kind: the kind chosen; None while none is.
        asks: the general fields that the kind has.
        amounts: the kind's own fields.
        suggested: what the pack's map says that such an entry speaks of: the event, and the principles.
        audiences: who may be given it to read.
        today: the day that pages and verdicts are of.
        latest: the latest day on which it can have happened: somewhere it may be tomorrow already.
        entry: the entry that it replaces or publishes, if any, and `state` of its matter.
    """

    person: PersonId
    name: str
    own: bool
    kinds: tuple[tuple[str, tuple[Option, ...]], ...] = ()
    kind: Kind | None = None
    kind_name: str = ""
    asks: tuple[str, ...] = ()
    amounts: tuple[Field, ...] = ()
    principles: tuple[Option, ...] = ()
    suggested: tuple[tuple[str, str], ...] = ()
    likely: frozenset[str] = frozenset()
    concerns: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    today: date
    latest: date
    entry: EntryId = ""
    title: str = ""
    state: str = ""
    said: Said | None = None

    @property
    def seen(self) -> tuple[Option, ...]:
        """How first-hand it can be."""
        return tuple((str(seen), SEEN[seen]) for seen in (Seen.OBSERVED, Seen.ARTIFACT, Seen.REPORTED))

    @property
    def tags(self) -> tuple[Option, ...]:
        """Where the matter can stand."""
        return tuple((str(tag), tag.replace("-", " ")) for tag in Tag)

    @property
    def dimensions(self) -> tuple[Option, ...]:
        """The dimensions of a rubric."""
        return tuple((str(each), str(each)) for each in Dimension)


def entry_form(asked: Visit, person: PersonId, kind: str) -> EntryForm | None:
    """The form for a new entry about somebody; None where the one who asks may write nothing.

    A kind that they may not write, or that there is not, is as if none had been chosen.
    """
    kinds = kinds_for(asked, person)
    if not kinds:
        return None
    chosen = next((each for each in kinds if each == kind), None)
    if chosen is None:
        return _about(asked, person, kinds=tuple(_groups(kinds)))
    record = read_record(asked, person, asked.context.at())
    return _form(record, chosen, audiences=_audiences(asked, person, chosen))


def entry_again(asked: Visit, wanted: EntryId, act: Act) -> EntryForm | None:
    """The form that replaces an entry, or publishes a private note; None without the right to."""
    thread = found(asked, wanted)
    if thread is None or not may(asked, act, thread):
        return None
    entry = thread.entry
    person = asked.chart.same_as.get(str(entry.subject), str(entry.subject))
    record = read_record(asked, person, asked.context.at())
    audience = Audience.SHARED if act is Act.PUBLISH else entry.audience
    return _form(record, entry.kind, audiences=(audience.value,), entry=entry, state=thread.state)


def _about(asked: Visit, person: PersonId, **more: object) -> EntryForm:
    return EntryForm(
        person=person,
        name=asked.name_of(person),
        own=person == asked.me,
        today=asked.context.today,
        latest=latest_day(asked, person),
        **more,  # type: ignore[arg-type]  # the fields above, by name
    )


def _form(
    record: PersonRecord, kind: Kind, *, audiences: Sequence[str], entry: Entry | None = None, state: str = ""
) -> EntryForm:
    policy = record.policy
    rows = [each for each in policy.metric_principles.values() if each.kind == kind]
    return _about(
        record.visit,
        record.person.id,
        kind=kind,
        kind_name=kind_words(kind),
        asks=fields_of_form(kind),
        amounts=tuple(_fields(kind, record)),
        principles=_principles(policy, entry),
        suggested=tuple((row.says, _named(row.principles, policy)) for row in rows),
        likely=frozenset(name for row in rows for name in row.principles),
        concerns=record.concerns,
        audiences=tuple(audiences),
        entry=entry.id if entry else "",
        title=entry.title if entry else "",
        state=state,
        said=said_by(entry) if entry else None,
    )


def _named(principles: Sequence[str], policy: Policy) -> str:
    return ", ".join(principle_name(name, policy) for name in principles)


def _groups(kinds: Sequence[Kind]) -> Iterator[tuple[str, tuple[Option, ...]]]:
    for name, members in GROUPS.items():
        options = tuple((str(kind), kind_words(kind)) for kind in members if kind in kinds)
        if options:
            yield name, options


def _audiences(asked: Visit, person: PersonId, kind: Kind) -> tuple[str, ...]:
    pair = (Audience.SHARED, Audience.PRIVATE)
    return tuple(each.value for each in pair if may_write(asked, person, each, kind))


def _fields(kind: Kind, record: PersonRecord) -> Iterator[Field]:
    for name, (type_of, needed) in amounts(kind).items():
        options = tuple(_entries(name, record)) if type_of is Type.ENTRY else ()
        yield Field(name=name, type=type_of, needed=needed, options=options)


def _entries(name: str, record: PersonRecord) -> Iterator[Option]:
    """The entries that a field can name: commitments, the open ones first, or the latest evidence."""
    if name == "commitment":
        for each in sorted(record.commitments, key=_open_first):
            yield each.entry, f"{each.work}, due {short_day_words(each.standing.due)}"
        return
    for entry in latest_first(record.evidence)[:RECENT]:
        yield entry.id, f"{short_day_words(entry.occurred_on)}: {entry.title or kind_words(entry.kind)}"


def _open_first(commitment: Commitment) -> tuple[bool, int]:
    return commitment.delivered is not None, -commitment.standing.due.toordinal()


def _principles(policy: Policy, entry: Entry | None) -> tuple[Option, ...]:
    """Every principle of the pack, and those of the entry that the pack has no more."""
    known = {each.id: each.name for each in policy.principles.values()}
    gone = {name: name for name in (entry.principles if entry else ()) if name not in known}
    return tuple((known | gone).items())
