"""The one gate of every shell: may the one who asks do this, and who looked at whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case_events import Event, event_of
from datumline.domain.people.access import Actor, Permission, Relations, Thing, can
from datumline.domain.people.access_filter import Clause, Row, admits, readable_streams
from datumline.domain.people.access_rules import rules_for
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb
from datumline.domain.people.break_glass import opened_by
from datumline.domain.people.fold import OrgChart, Records
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import EVERYTHING_KNOWN, duties_of, relations_of
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem
from datumline.services.context import Context
from datumline.services.in_force import limits_at
from datumline.services.ready import Ready
from datumline.services.veil import Veil
from datumline.store import access_log, ledger, people
from datumline.store.access_log import Reading, Which

NEWEST = 200  # readings shown of a record
ANOTHER = "somebody else"  # no author is called that
_NOBODY = frozenset[PersonId]()
OPENS_A_CASE = frozenset({Event.HR_TOLD, Event.PLAN_DRAFTED})  # from then on HR handles it too


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """How one actor stands to everybody at one moment, and what follows from it.

    Attributes:
        relations: what the actor is to everybody.
        readable: the filter that lists use.
        opens: everybody active whose record the actor may open, by name.
        told: words that were masked for the actor before.
    """

    relations: Relations
    readable: tuple[Clause, ...]
    opens: tuple[PersonId, ...]
    told: dict[tuple[PersonId | None, str, str], str] = field(default_factory=dict, compare=False)


_RIGHTS: Ready[Rights] = Ready(most=1000)


def _rights(door: Gate) -> Rights:
    """The actor's rights, kept as long as nothing is written about people: they are a fold over all of it."""
    actor, records, today = door.context.actor, door.records, door.context.today
    opened = opened_by(records.openings, actor.author, door.context.clock()) if records.openings else _NOBODY
    key = (records.version, actor, today, door.rules, opened)
    found = _RIGHTS.get(key) if records.version else None
    if found is None:
        limits = limits_at(door.rules, door.context.at())
        relations = relations_of(actor, records, today, limits, opened=opened)
        found = Rights(
            relations=relations,
            readable=readable_streams(actor, relations, today),
            opens=_opens(actor, relations, records.chart(_now(today)), today),
        )
        _RIGHTS.put(key, found)
    return found


def _opens(actor: Actor, relations: Relations, chart: OrgChart, today: date) -> tuple[PersonId, ...]:
    """Only whom the actor stands near to is asked about, unless a right reaches everybody."""
    widely = any(rule.relation in relations.everyone for rule in rules_for(Noun.ENTRY, Verb.READ))
    order = chart.places_in_order
    near = order if widely else (person for person in relations.to if person in order)
    seen = [
        person
        for person in near
        if can(actor, Verb.READ, Thing(noun=Noun.ENTRY, subject=person), relations, today).allowed
    ]
    return tuple(sorted(seen, key=order.__getitem__))


def _now(today: date) -> AsOf:
    return AsOf(as_of=today, known_at=EVERYTHING_KNOWN)


@dataclass(frozen=True)
class Gate:
    """What one actor may do on the day of one request. Made for a request and thrown away with it.

    Attributes:
        context: whose request it is.
        records: everything that is known about people now.
        rules: the last entry of the organisation's stream, which says what rules are in force.
    """

    context: Context
    records: Records
    rules: EntryId

    @cached_property
    def chart(self) -> OrgChart:
        """The organisation as it is and as it is known now."""
        return self.records.chart(_now(self.context.today))

    @cached_property
    def rights(self) -> Rights:
        """How the actor stands to everybody now, and what follows from it."""
        return _rights(self)

    @property
    def relations(self) -> Relations:
        """How the actor stands to everybody today."""
        return self.rights.relations

    @cached_property
    def readable(self) -> tuple[Clause, ...]:
        """The filter that lists use."""
        return tuple(self._in_cases(clause) for clause in self.rights.readable)

    @cached_property
    def cases(self) -> frozenset[PersonId]:
        """Whose case an HR partner handles: HR was told, or a plan asked for. Nobody's for anybody else."""
        if Relation.HR_PARTNER not in self.relations.organisation:
            return _NOBODY
        mine = [each for each, held in self.relations.to.items() if Relation.HR_PARTNER in held]
        told = ledger.entries(subjects=mine, audiences=[Audience.CASE], kinds=[Kind.PLAN_EVENT])
        return frozenset(each.subject for each in told if each.subject and event_of(each) in OPENS_A_CASE)

    def _in_cases(self, clause: Clause) -> Clause:
        """A right inside a case, as a right to the persons whose case the actor handles."""
        if clause.states != {Condition.IN_CASE} or not self.cases:
            return clause
        subjects = self.cases if clause.subjects is None else self.cases & clause.subjects
        return replace(clause, subjects=subjects, states=frozenset())

    def asks(self, verb: Verb, thing: Thing) -> Permission:
        """May the actor do this to that? The answer has its reasons."""
        return can(self.context.actor, verb, self._told(thing), self.relations, self.context.today)

    def _told(self, thing: Thing) -> Thing:
        """The thing with what is known of its subject: whether they hold a duty, and whose case it is."""
        if thing.subject is None:
            return thing
        states = thing.states
        if not duties_of(thing.subject, self.chart):
            states |= {Condition.UNCHARGED}
        if thing.subject in self.cases:
            states |= {Condition.IN_CASE}
        return replace(thing, states=states)

    def allows(self, verb: Verb, noun: Noun, subject: PersonId | None = None, *, author: str = "") -> bool:
        """The same, for a thing of which nothing more need be said."""
        return self.asks(verb, Thing(noun=noun, subject=subject, author=author)).allowed

    def readable_entries(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those entries that the actor may read, in the same order, third persons masked."""
        return self.veiled(entry for entry in entries if admits(self.readable, row_of(entry)))

    def veiled(self, entries: Iterable[Entry]) -> list[Entry]:
        """Entries that the store found readable, third persons masked."""
        return [self.veil.entry(entry) for entry in entries]

    @cached_property
    def veil(self) -> Veil:
        """What masks third persons for the actor."""
        return Veil(
            reader=self.context.actor.author,
            records=self.records,
            chart=self.chart,
            opens=lambda person: self.allows(Verb.READ, Noun.ENTRY, person),
            writes=self._as_written,
            lifted=self.context.actor.operator,
            told=self.rights.told,
        )

    def _as_written(self, noun: Noun, subject: PersonId | None, author: str) -> bool:
        """Whether the actor may correct or sign such a thing: nobody signs what they cannot read."""
        return any(self.allows(verb, noun, subject, author=author) for verb in (Verb.AMEND, Verb.SIGN))


def gate(context: Context) -> Gate:
    """The gate for one request."""
    records, rules = people.known_and_ruled()
    return Gate(context=context, records=records, rules=rules)


def row_of(entry: Entry) -> Row:
    """What the filter looks at in an entry."""
    return Row(
        subject=entry.subject,
        audience=entry.audience.value,
        kind=entry.kind.value,
        author=entry.author,
        recorded_on=entry.recorded_at.date(),
    )


class AbsentError(Problem):
    """A thing that does not exist, or that the actor may not know to exist: pages answer as for neither."""


def absent(what: str, *, where: str = "") -> AbsentError:
    """What is said of a thing that does not exist, or that the actor may not know to exist."""
    return AbsentError(f"no {what}", where=where, expected="one that exists and that you may see")


def note_reading(context: Context, subject: PersonId, noun: Noun, what: str) -> None:
    """Note that the actor opened somebody else's record; one's own leaves no trace."""
    if context.actor.person != subject and context.actor.author:
        access_log.note(
            Reading(
                at=context.clock(), actor=context.actor.author, subject=subject, noun=noun.value, what=what
            )
        )


def who_opened(
    context: Context, subject: PersonId, *, before: datetime | None = None, most: int = NEWEST
) -> list[Reading] | None:
    """Who opened this person's record, newest first, as far as the actor may know; None: they may not ask."""
    door = gate(context)
    which = _log_of(door, subject)
    return None if which is None else access_log.readings(replace(which, before=before), most=most)


def _log_of(door: Gate, subject: PersonId) -> Which | None:
    """The readings of a person's record that the actor may know of: all, the own ones, or others'."""
    me = door.context.actor.author
    mine, others = (
        door.allows(Verb.READ, Noun.ACCESS_LOG, subject, author=author) for author in (me, ANOTHER)
    )
    if not (mine or others):
        return None
    names = door.chart.known_as(subject)
    return Which(subjects=names, actor=None if others else me, not_actor=None if mine else me)
