"""One person's record on a day, as one reader may see it: what status, pages and documents all start from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from datumline.domain.clocks.catalogue import clocks_of
from datumline.domain.clocks.clock import Clock
from datumline.domain.evidence.cycles import Cycle, cycles_of, next_review
from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import disputes, standing
from datumline.domain.improvement.case_clocks import case_clocks
from datumline.domain.people.access import OPERATOR, Thing
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import OrgChart, Place, Records, place_on
from datumline.domain.people.person import Person, PersonId
from datumline.domain.period import AsOf, at_end_of
from datumline.domain.policy.pack import Policy
from datumline.domain.signals.catalogue import signals_of
from datumline.domain.signals.commitments import Commitment, commitments_of
from datumline.domain.signals.signal import Signal
from datumline.services.access import absent
from datumline.services.policy import policy_in_force
from datumline.services.visit import Visit
from datumline.store import ledger, people

READS = frozenset({Noun.ENTRY, Noun.FEEDBACK_NOTE})  # what verdicts and clocks rest on
PERSONAL = (Audience.SHARED, Audience.CASE, Audience.PANEL, Audience.PRIVATE)


@dataclass(frozen=True, kw_only=True)
class Record:
    """One person on one day, as far as somebody's rights reach.

    Attributes:
        at: both clocks of the question.
        people: what was known about people then; `chart` is the organisation on that day.
        entries: what the ledger keeps and the rights reach, oldest record first, verbs included.
        organisation: the organisation's entries: cycles, activated packs.
        whole: whether the rights reach all that verdicts and clocks rest on. Half of the record would give
            another verdict, and a note unseen would look like a note owed.
    """

    person: Person
    at: AsOf
    policy: Policy
    people: Records
    entries: Sequence[Entry]
    organisation: Sequence[Entry]
    whole: bool

    @cached_property
    def chart(self) -> OrgChart:
        """The organisation on that day, as known then."""
        return self.people.chart(self.at)

    @property
    def place(self) -> Place:
        """Where the person stands on that day."""
        return place_on(self.people.positions_of.get(self.person.id, ()), self.at)

    @cached_property
    def standing(self) -> tuple[Entry, ...]:
        """What stands on that day and the reader may see, own private notes included."""
        return standing(self.entries, self.at)

    @cached_property
    def published(self) -> tuple[Entry, ...]:
        """The entries that may serve as evidence: a private note is none until it is published."""
        return tuple(entry for entry in self.entries if entry.audience is not Audience.PRIVATE)

    @cached_property
    def evidence(self) -> tuple[Entry, ...]:
        """What stands of them on that day: what figures, clocks, verdicts and documents are made from."""
        return standing(self.published, self.at)

    @cached_property
    def disputes(self) -> Mapping[EntryId, tuple[Entry, ...]]:
        """The disputes that travel with each standing entry."""
        return disputes(self.entries, self.at)

    @cached_property
    def cycles(self) -> tuple[Cycle, ...]:
        """The review cycles on record."""
        return cycles_of(self.organisation, self.at)

    @cached_property
    def concerns(self) -> tuple[str, ...]:
        """The concerns that have entries, by their first day."""
        ordered = sorted(self.evidence, key=lambda entry: entry.occurred_on)
        return tuple(dict.fromkeys(entry.concern for entry in ordered if entry.concern))

    @cached_property
    def commitments(self) -> tuple[Commitment, ...]:
        """The commitments, folded."""
        return commitments_of(self.published, self.at, self.was_manager)

    @cached_property
    def signals(self) -> tuple[Signal, ...]:
        """Every figure of the catalogue."""
        return signals_of(
            self.published,
            self.policy,
            self.at,
            review_day=next_review(self.cycles, self.at.as_of),
            was_manager=self.was_manager,
            zone=ZoneInfo(self.person.zone),
        )

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """The deadlines that run or are overdue; none for who may not read all that they rest on."""
        if not self.whole:
            return ()
        kept = clocks_of(self.published, self.policy, self.at, zone=ZoneInfo(self.person.zone))
        found = (*kept, *case_clocks(self.evidence, self.policy, self.at.as_of))
        return tuple(sorted(found, key=lambda clock: (clock.due, clock.id, clock.entry)))

    def was_manager(self, author: str, day: date) -> bool | None:
        """Whether `author` was the manager on that day, as known now; unknown when nobody said who was.

        The operator of an own machine acts as everybody's manager (law 11).
        """
        return self.managed(self.person.id, author, day)

    def managed(self, person: PersonId, author: str, day: date) -> bool | None:
        """The same about anybody."""
        if author == OPERATOR:
            return True
        positions = self.people.positions_of.get(person, ())
        manager = place_on(positions, AsOf(as_of=day, known_at=self.at.known_at)).manager
        return None if manager is None else manager == author


@dataclass(frozen=True, kw_only=True)
class PersonRecord(Record):
    """What one reader sees of one person on one day, own private notes included."""

    visit: Visit


def read_record(visit: Visit, person: PersonId, at: AsOf) -> PersonRecord:
    """The record of one person, in two queries. Raises Problem when the reader may see none of it."""
    if not visit.sees(person, Noun.ENTRY):
        raise absent("such person")
    subjects = visit.chart.known_as(person)
    found = ledger.entries(subjects=subjects, audiences=PERSONAL, until=at)
    organisation = ledger.entries(
        subjects=[""],
        audiences=[Audience.ORGANISATION],
        kinds=[Kind.CYCLE, Kind.PACK_ACTIVATION, Kind.RETRACTION],
    )
    return PersonRecord(
        visit=visit,
        person=visit.chart.people[person],
        at=at,
        policy=policy_in_force(organisation, at),
        people=_people(visit, at),
        entries=visit.gate.readable_entries(found),
        organisation=organisation,
        whole=reads_whole(visit, person),
    )


def reads_whole(visit: Visit, person: PersonId) -> bool:
    """Whether the one who asks may read all that verdicts and clocks about the person rest on."""
    thing = Thing(noun=Noun.VERDICT, subject=person, reads=READS)
    return visit.gate.asks(Verb.READ, thing).allowed


def read_records(
    visit: Visit, people: Collection[PersonId], at: AsOf, *, policy: Policy, organisation: Sequence[Entry]
) -> list[PersonRecord]:
    """The records of many people as they are today, all their entries in one query.

    Only what the reader may read of them is in; whose record may be opened at all is for the caller to say.
    """
    if not people:
        return []
    names = {each: person for person in people for each in visit.chart.known_as(person)}
    told: dict[PersonId, list[Entry]] = {person: [] for person in people}
    for entry in visit.gate.readable_entries(
        ledger.entries(subjects=list(names), audiences=PERSONAL, until=at)
    ):
        told[names[entry.subject or ""]].append(entry)
    return [
        PersonRecord(
            visit=visit,
            person=visit.chart.people[person],
            at=at,
            policy=policy,
            people=visit.gate.records,
            entries=found,
            organisation=organisation,
            whole=reads_whole(visit, person),
        )
        for person, found in told.items()
    ]


def _people(visit: Visit, at: AsOf) -> Records:
    """What was known about people then: a later correction must not reach back into a past answer."""
    now = visit.context.at().known_at
    return visit.gate.records if at.known_at >= now else people.records(known_at=at.known_at)


def written_later(record: PersonRecord) -> int:
    """How many readable entries happened by `as_of` but were written after `known_at`.

    What a question about a past day leaves out on purpose, so that a shell can say so.
    """
    subjects = record.visit.chart.known_as(record.person.id)
    everything = ledger.entries(
        subjects=subjects, audiences=PERSONAL, until=at_end_of(record.visit.context.today)
    )
    readable = record.visit.gate.readable_entries(everything)
    return sum(
        entry.recorded_at > record.at.known_at and entry.occurred_on <= record.at.as_of for entry in readable
    )
