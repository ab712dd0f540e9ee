"""Whatever the lines, the days and the duties are: filter and function agree, and some things never are."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from datumline.domain.people.access import OWN, Actor, Relations, Thing, can
from datumline.domain.people.access_filter import Row, admits, readable_streams
from datumline.domain.people.access_matrix import AUDIENCES, SHARED_KINDS
from datumline.domain.people.access_rules import noun_of
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb
from datumline.domain.people.conflicts import Declared, Why
from datumline.domain.people.fold import Profile, Records
from datumline.domain.people.gain import gained
from datumline.domain.people.leave_cover import Cover
from datumline.domain.people.limits import Limits
from datumline.domain.people.person import Position
from datumline.domain.people.relations import EVERYTHING_KNOWN, Seat, actor_for, relations_of
from datumline.domain.period import AsOf


def now(today: date) -> AsOf:
    return AsOf(as_of=today, known_at=EVERYTHING_KNOWN)


PEOPLE = [f"p{number}" for number in range(7)]  # who has a lower number can be above
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 120).map(lambda number: FIRST + timedelta(days=number))
ROLES = st.sampled_from(["engineer", "hr-partner", "admin", "auditor", "admin, engineer", None])
WRITTEN = datetime(2025, 1, 1, tzinfo=UTC)
WHO = st.sampled_from(PEOPLE)
KINDS = [("shared", kind) for kind in (*SHARED_KINDS, "commitment")]
STREAMS = [*KINDS, *((audience, "commitment") for audience in AUDIENCES if audience != "shared")]
STATES = st.frozensets(
    st.sampled_from([Condition.CITED, Condition.IN_CASE, Condition.ISSUED, Condition.IN_SESSION])
)


@st.composite
def positions(draw: st.DrawFn) -> Position:
    number = draw(st.integers(0, len(PEOPLE) - 1))
    above = draw(st.one_of(st.none(), st.integers(0, number - 1))) if number else None
    return Position(
        person=PEOPLE[number],
        from_day=draw(DAYS),
        recorded_at=WRITTEN,
        manager=None if above is None else PEOPLE[above],
        unit=draw(st.sampled_from(["core", "edge", None])),
        role=draw(ROLES),
        active=draw(st.sampled_from([None, None, None, True, False])),
    )


@st.composite
def covers(draw: st.DrawFn) -> Cover:
    starts = draw(DAYS)
    ends = starts + timedelta(days=draw(st.integers(0, 60)))
    return Cover(entry="c", manager=draw(WHO), by=draw(WHO), starts=starts, ends=ends)


RECORDS = st.builds(
    Records,
    profiles=st.just(
        tuple(Profile(person=each, from_day=FIRST, recorded_at=WRITTEN, name=each) for each in PEOPLE)
    ),
    positions=st.lists(positions(), max_size=20).map(tuple),
    covers=st.lists(covers(), max_size=3).map(tuple),
    conflicts=st.lists(
        st.builds(Declared, entry=st.just("d"), person=WHO, other=WHO, why=st.just(Why.PARTNER)), max_size=2
    ).map(tuple),
)
SEATS = st.lists(
    st.builds(
        Seat,
        subject=WHO,
        relation=st.sampled_from([Relation.PANELIST, Relation.PEER_MANAGER]),
        conflicted=st.booleans(),
    ),
    max_size=2,
)
ROWS = st.builds(
    lambda stream, subject, author, day, states: Row(
        subject=None if stream[0] == "organisation" else subject,
        audience=stream[0],
        kind=stream[1],
        author=author,
        recorded_on=day,
        states=states,
    ),
    st.sampled_from(STREAMS),
    WHO,
    st.one_of(WHO, st.just("git:billing")),
    DAYS,
    STATES,
)
LIMITS = st.builds(
    lambda former, private: Limits(
        former_manager=timedelta(days=former), private_note=timedelta(days=private)
    ),
    st.integers(0, 60),
    st.integers(0, 90),
)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Actor, Relations, Records, date]:
    records, today = draw(RECORDS), draw(DAYS)
    actor = draw(
        st.one_of(WHO.map(lambda who: actor_for(who, records, today)), st.just(Actor(operator=True)))
    )
    opened, seats = draw(st.sets(WHO, max_size=2)), draw(SEATS)
    return (
        actor,
        relations_of(actor, records, today, draw(LIMITS), opened=opened, seats=seats),
        records,
        today,
    )


@settings(max_examples=400, deadline=None)
@given(asked(), st.lists(ROWS, min_size=20, max_size=60))
def test_the_filter_is_the_function_turned_round(
    question: tuple[Actor, Relations, Records, date], rows: list[Row]
) -> None:
    actor, relations, _, today = question
    clauses = readable_streams(actor, relations, today)
    for row in rows:
        thing = Thing(
            noun=noun_of(row.audience, row.kind),
            subject=row.subject,
            author=row.author,
            recorded_on=row.recorded_on,
            states=row.states,
        )
        assert admits(clauses, row) is can(actor, Verb.READ, thing, relations, today).allowed, row


@settings(max_examples=300, deadline=None)
@given(asked(), WHO, WHO)
def test_what_never_is(question: tuple[Actor, Relations, Records, date], author: str, about: str) -> None:
    actor, relations, records, today = question
    me, chart = actor.person, records.chart(now(today))
    if me is None:
        return

    def may(verb: Verb, noun: Noun, subject: str, *states: Condition) -> bool:
        thing = Thing(noun=noun, subject=subject, author=author, recorded_on=today, states=frozenset(states))
        return can(actor, verb, thing, relations, today).allowed

    held = relations.towards(about)
    assert not (me == about and held - OWN)
    assert not (not chart.is_active(me) and any(may(Verb.READ, noun, about) for noun in Noun))
    if about != me and Relation.BREAK_GLASS not in held and (author != me or Relation.MANAGER not in held):
        assert not may(Verb.READ, Noun.PRIVATE_NOTE, about)
    if held <= {Relation.MEMBER, Relation.BREAK_GLASS, Relation.CONFLICTED}:
        verbs = set(Verb) - {Verb.READ}
        assert not any(may(verb, noun, about) for verb in verbs for noun in Noun)
    if Relation.CONFLICTED in held:
        assert not held & {Relation.PANELIST, Relation.PEER_MANAGER, Relation.BREAK_GLASS}
    if Relation.COVER in held and Relation.MANAGER not in held:
        assert about != me
        assert not may(Verb.WRITE, Noun.PRIVATE_NOTE, about)
        if not held & {Relation.HR_PARTNER, Relation.ADMIN}:
            assert not may(Verb.WRITE, Noun.LEAVE_COVER, about)


@settings(max_examples=300, deadline=None)
@given(asked(), WHO, st.one_of(st.none(), WHO), st.sampled_from(["core", "edge", None]))
def test_nobody_becomes_anything_by_a_word_that_is_let_through(
    question: tuple[Actor, Relations, Records, date], person: str, manager: str | None, unit: str | None
) -> None:
    """What `gained` lets through makes the actor nothing to the person that they were not before."""
    actor, _, records, today = question
    if actor.person is None or person == actor.person:
        return
    chart = records.chart(now(today))
    said = {name: value for name, value in (("manager", manager), ("unit", unit)) if value}
    in_a_circle = manager is not None and (manager == person or person in chart.chain_of(manager))
    if in_a_circle or gained(actor.person, chart, person, chart.place_of(person), said) is not None:
        return
    moved = Position(person=person, from_day=today, recorded_at=WRITTEN + timedelta(days=1), **said)  # type: ignore[arg-type]
    after = Records(
        profiles=records.profiles,
        positions=(*records.positions, moved),
        covers=(),
        conflicts=records.conflicts,
    )
    before = Records(profiles=records.profiles, positions=records.positions, conflicts=records.conflicts)
    line = {Relation.MANAGER, Relation.SKIP_LEVEL, Relation.HR_PARTNER}
    was, become = (
        relations_of(actor, each, today, Limits()).towards(person) & line for each in (before, after)
    )
    assert become <= was | ({Relation.SKIP_LEVEL} if Relation.MANAGER in was else frozenset())
