"""What pages show of people and is dear to work out: from projections, worked out again where that is stale.

Kept for a person and a reach (`domain.people.reach`), never for a reader: what is one reader's alone, links
and the names of others are put together for each request by whoever asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Generic, TypeVar

from datumline import domain
from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.people.fold import OrgChart, Records
from datumline.domain.people.person import PersonId
from datumline.domain.people.reach import STREAMS, Reach, reach_of, within
from datumline.domain.people.relations import EVERYTHING_KNOWN
from datumline.domain.period import AsOf, at_end_of
from datumline.domain.policy.pack import Policy
from datumline.services.context import Context
from datumline.services.in_force import policy_in_force, policy_of, ruling
from datumline.services.kept_form import packed, unpacked
from datumline.services.ready import Ready
from datumline.services.record import READS, Record
from datumline.services.visit import Visit
from datumline.store import ledger, people, projections
from datumline.store.ledger import Head
from datumline.store.projections import Computed, Ends, Making, Question, reach_name

KEPT = tuple(Audience(each) for each in STREAMS)
READ = (*KEPT, Audience.PRIVATE, Audience.ORGANISATION)
ORGANISATION = ""  # the subject of the organisation's own stream
LISTED = 500  # beyond this many people everybody's are read: a longer list is planned worse
CODE = ("domain", "services")  # the floors that say what a document holds
Document = TypeVar("Document")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What records rest on besides the persons' own streams.

    `name` changes with the organisation's entries, and with the code that works records out.
    """

    organisation: tuple[Entry, ...]
    policy: Policy
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is the same for all documents of one request."""

    chart: OrgChart
    people: Records
    frame: Frame
    at: AsOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf(Generic[Document]):
    """One kind of document about a person.

    Attributes:
        what: its name in the table.
        form: the class of the document.
        made: makes it from a record, with the first day on which time alone changes it.
        making: works a row of the table out again.
        read: documents by their text, so that one that did not change is read from JSON once in a process.
    """

    what: str
    form: type[Document]
    made: Callable[[Record], tuple[Document, date | None]]
    making: Making
    read: Ready[Document]

    def document(self, text: str) -> Document:
        """The document from its text."""
        found = self.read.get(text)
        if found is None:
            found = unpacked(self.form, text)
            self.read.put(text, found)
        return found


def shelf(
    what: str,
    form: type[Document],
    made: Callable[[Record], tuple[Document, date | None]],
    *,
    most: int,
) -> Shelf[Document]:
    """A kind of document, of which `most` are held in memory; `ledger verify` works every row out again."""

    def compute(question: Question) -> Computed:
        at = at_end_of(question.as_of)
        setting = _setting(at, Frame(organisation=ruling(""), policy=policy_of(question.pack), name=""))
        (record,) = _records({question.subject: question.reach}, setting)
        document, until = made(record)
        return packed(document), until

    return Shelf(
        what=what, form=form, made=made, making=Making(ends=_ends, compute=compute), read=Ready(most)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Generic[Document]):
    """What was asked for, by person.

    Attributes:
        missing: how many are stale and were not worked out for this request.
        own: the last entries of the private streams that the one who asks keeps about each: their notes are
            in no document.
    """

    documents: Mapping[PersonId, Document]
    missing: int
    own: Mapping[PersonId, tuple[EntryId, ...]]
    policy: Policy


def documents(
    asked: Visit, of: Sequence[PersonId], kind: Shelf[Document], *, at_once: int
) -> Found[Document]:
    """The documents about these people today, as far as the one who asks reaches into their records.

    One query when all are kept and hold; else one more for their entries, and two to keep what was made. At
    most `at_once` are worked out.
    """
    whose = {person: reach_of(asked.gate.relations.towards(person)) for person in of}
    names = {each: person for person in of for each in asked.chart.known_as(person)}
    heads, rows = projections.ends_and_kept(
        subjects=[*names, ORGANISATION] if len(names) < LISTED else None,
        audiences=READ,
        what=kind.what,
        reaches=set(whose.values()),
    )
    at = asked.context.at()
    setting = Setting(chart=asked.chart, people=asked.gate.records, frame=frame(heads, at), at=at)
    ends, policy, on = ends_of(heads, names, setting.frame), setting.frame.policy, at.as_of.isoformat()
    found: dict[PersonId, Document] = {}
    for person in of:
        row = rows.get((person, reach_name(whose[person])))
        if row and row.holds(pack=policy.digest, heads=ends[person].name, on=on):
            found[person] = kind.document(row.body)
    stale = {person: whose[person] for person in of if person not in found}
    made = make(kind, dict(islice(stale.items(), at_once)), ends, setting)
    own: dict[PersonId, tuple[EntryId, ...]] = {}
    for head in heads:
        if head.owner and head.owner == asked.context.actor.author and head.subject in names:
            own[names[head.subject]] = (*own.get(names[head.subject], ()), head.hash)
    return Found(
        documents=found | made,
        missing=len(stale) - len(made),
        own=own,
        policy=policy,
    )


def make(
    kind: Shelf[Document], whose: Mapping[PersonId, Reach], ends: Mapping[PersonId, Ends], setting: Setting
) -> dict[PersonId, Document]:
    """Work out the documents of these people and keep them."""
    if not whose:
        return {}
    made = {record.person.id: kind.made(record) for record in _records(whose, setting)}
    policy, day = setting.frame.policy, setting.at.as_of
    projections.keep(
        [
            (
                Question(what=kind.what, subject=each, reach=whose[each], pack=policy.digest, as_of=day),
                ends[each],
                (packed(document), until),
            )
            for each, (document, until) in made.items()
        ]
    )
    return {person: document for person, (document, _) in made.items()}


def ends_of(heads: Collection[Head], names: Mapping[PersonId, PersonId], rest: Frame) -> dict[PersonId, Ends]:
    """How far each person's streams have come; `names` are all ids under which somebody is known."""
    own: dict[PersonId, list[Head]] = {person: [] for person in names.values()}
    for head in heads:
        if not head.owner and head.subject in names:
            own[names[head.subject]].append(head)
    return {person: Ends(heads=tuple(found), frame=rest.name) for person, found in own.items()}


_FRAMES: Ready[Frame] = Ready(most=20)


def frame(heads: Collection[Head], at: AsOf) -> Frame:
    """What all records rest on: read again when the organisation's stream has a new entry."""
    end = next((head.hash for head in heads if head.subject == ORGANISATION), "")
    found = _FRAMES.get((end, at)) if end else None
    if found is None:
        organisation = ruling(end)
        said = " ".join([_code(), *(entry.id for entry in organisation)])
        found = Frame(
            organisation=organisation,
            policy=policy_in_force(organisation, at),
            name=sha256(said.encode()).hexdigest(),
        )
        _FRAMES.put((end, at), found)
    return found


@cache
def _code() -> str:
    """One name for the code that makes documents: what another version made is stale."""
    top = Path(str(domain.__file__)).parents[1]
    sources = sorted(source for floor in CODE for source in (top / floor).rglob("*.py"))
    return sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _setting(at: AsOf, rest: Frame) -> Setting:
    known = people.known_now()
    chart = known.chart(AsOf(as_of=at.as_of, known_at=EVERYTHING_KNOWN))
    return Setting(chart=chart, people=known, frame=rest, at=at)


def setting_now(heads: Collection[Head], at: AsOf) -> Setting:
    """The setting for documents that nobody asked for yet."""
    return _setting(at, frame(heads, at))


def begin(context: Context) -> None:
    """Read who is who and the policy before the first request asks: a process does so once."""
    setting_now(ledger.heads(subjects=[ORGANISATION], audiences=[Audience.ORGANISATION]), context.at())


def _ends(question: Question) -> Ends:
    at = at_end_of(question.as_of)
    chart = people.known_now().chart(AsOf(as_of=at.as_of, known_at=EVERYTHING_KNOWN))
    names = dict.fromkeys(chart.known_as(question.subject), question.subject)
    heads = ledger.heads(subjects=[*names, ORGANISATION], audiences=(*KEPT, Audience.ORGANISATION))
    return ends_of(heads, names, frame(heads, at))[question.subject]


def _records(whose: Mapping[PersonId, Reach], setting: Setting) -> list[Record]:
    """The records of these people as far as their reaches go, from all their entries in one query."""
    names = {each: person for person in whose for each in setting.chart.known_as(person)}
    told: dict[PersonId, list[Entry]] = {person: [] for person in whose}
    for entry in ledger.entries(subjects=list(names), audiences=KEPT, until=setting.at):
        person = names[entry.subject or ""]
        if within(whose[person], entry.audience, entry.kind):
            told[person].append(entry)
    return [
        Record(
            person=setting.chart.people[person],
            at=setting.at,
            policy=setting.frame.policy,
            people=setting.people,
            entries=entries,
            organisation=setting.frame.organisation,
            whole=whose[person] >= READS,
        )
        for person, entries in told.items()
    ]
