"""What would make somebody ready, borderline or not ready: whole sets of changes, each to be tried.

A dimension is raised by adding the evidence that is missing, brought near by work in flight, and brought
below the bar by taking the claim out of as many entries as needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import A_DAY, add_months, quarter_of
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.json_patch import add, put
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.rubric import DIMENSIONS, Rubric
from datumline.domain.policy.would_change import NEW_ENTRY, Step, Steps
from datumline.domain.promotion import evidence
from datumline.domain.promotion.piece import Measured, Piece
from datumline.domain.promotion.readiness_record import ReadinessRecord
from datumline.domain.promotion.standing import Dimension, Standing, asked, standings
from datumline.domain.promotion.still_cited import STILL_READ
from datumline.domain.verdict import Answer, Json

AHEAD = timedelta(days=30)
OLD = "a document of an earlier year"
MOST_WAYS = 24
Wanted = Mapping[str, Standing]
READY: tuple[Wanted, ...] = (dict.fromkeys(DIMENSIONS, Standing.AT_BAR),)
BORDERLINE: tuple[Wanted, ...] = tuple(
    {**READY[0], third: Standing.APPROACHING} for third in ("scope", "impact", "leverage")
)
NOT_READY: tuple[Wanted, ...] = tuple({name: Standing.BELOW} for name in DIMENSIONS)
WANTED = {"ready": READY, "borderline": BORDERLINE, "not-ready": NOT_READY}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    record: ReadinessRecord
    rubric: Rubric
    found: Mapping[str, Dimension]

    @property
    def today(self) -> str:
        return self.record.at.as_of.isoformat()


def proposals(record: ReadinessRecord, policy: Policy, to: str) -> Iterator[Iterable[Steps]]:
    """Sets of steps that may give `to`, in one group; for nobody's level, first one."""
    rubric = asked(record, policy)
    if rubric is None:
        return
    state = _Asked(record=record, rubric=rubric, found=standings(record, policy, rubric))
    yield (
        _joined(state, way)
        for wanted in WANTED.get(to, ())
        for way in islice(product(*(_ways(state, *each) for each in wanted.items())), MOST_WAYS)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """One way to bring a dimension where it should be: new entries, work in flight, and other steps."""

    entries: tuple[tuple[str, Json], ...] = ()
    work: tuple[tuple[str, Json], ...] = ()
    told: bool = False  # work in flight must be known, if only that there is none
    steps: Steps = ()


def _joined(state: _Asked, ways: Iterable[_Way]) -> Steps:
    """The steps of all dimensions, a list that nobody gave begun only once."""
    listed = list(ways)
    facts = state.record.facts
    entries = [each for way in listed for each in way.entries]
    work = [each for way in listed for each in way.work]
    steps = [step for way in listed for step in way.steps]
    steps += _listed(facts.get("entries"), "entries", entries, state)
    if work or any(way.told for way in listed):
        steps += _listed(facts.get("in_flight"), "in_flight", work, state)
    return tuple(steps)


def _listed(known: object, key: str, new: list[tuple[str, Json]], state: _Asked) -> list[Step]:
    path = NEW_ENTRY if key == "entries" else f"/{key}/-"
    if isinstance(known, list):
        return [Step(condition=name, operation=add(path, value)) for name, value in new]
    if not new and (key == "entries" or key in state.record.facts):
        return []
    name = new[0][0] if new else "none-below"
    return [Step(condition=name, operation=put(state.record.facts, key, [value for _, value in new]))]


def _ways(state: _Asked, name: str, wanted: Standing) -> Iterator[_Way]:
    dimension = state.found[name]
    if dimension.standing is wanted:
        yield _Way()
    elif wanted is Standing.AT_BAR:
        yield _raised(state, name)
    elif wanted is Standing.APPROACHING:
        flight: Json = {
            "dimension": name,
            "due": (state.record.at.as_of + AHEAD).isoformat(),
            "link": "a link",
        }
        for way in _lowered(state, name):
            yield _Way(entries=way.entries, steps=way.steps, work=((name, flight),))
    else:
        cancelled = _cancelled(state, name)
        for way in _lowered(state, name):
            unsaid = state.record.in_flight is ABSENT
            yield _Way(entries=way.entries, steps=(*way.steps, *cancelled), told=unsaid)


def _cancelled(state: _Asked, name: str) -> Steps:
    """Whatever is, or may be, in flight for the dimension, without a date."""
    listed = state.record.in_flight
    return tuple(
        Step(condition="none-below", operation=add(f"/in_flight/{work.place}/due", None))
        for work in (() if listed is ABSENT else listed)
        if work.counts(name, state.record.at.as_of) is not Answer.NOT_MET
    )


def _raised(state: _Asked, name: str) -> _Way:
    """The evidence that is missing, bar by bar."""
    entries: list[tuple[str, Json]] = []
    steps: list[Step] = []
    for bar, found in state.found[name].bars.items():
        if found.answer is Answer.MET:
            continue
        if state.rubric.bars[name][bar] is None:
            steps += _assessed(state, name, bar, met=True)
        else:
            entries += [(bar, value) for value in _missing(state, bar, found)]
    return _Way(entries=tuple(entries), steps=tuple(steps))


def _missing(state: _Asked, bar: str, found: Measured) -> Iterator[Json]:
    lacking = (found.need or 0) - (found.have or 0)
    if bar == evidence.ON_TIME:
        lacking = found.lacking
    if bar == evidence.CITED:
        yield from _late_citations(state, found.need or 0)
        return
    if bar == evidence.FOLLOWED:
        yield _entry(state, bar, number=found.need or 0)
        return
    if bar == evidence.UNBLOCKED:
        lacking = (found.need or 0) - _in_this_quarter(found, state.record.at.as_of)
    for number in range(max(lacking, 1)):
        yield _entry(state, bar, number=number)


def _in_this_quarter(found: Measured, on: date) -> int:
    """How many were unblocked in the quarter that new entries fall into: nothing is dated back."""
    this = quarter_of(on)
    return sum(piece.amount for piece in found.pieces if piece.answer is Answer.MET and piece.group == this)


def _entry(state: _Asked, bar: str, *, number: int, short: bool = False) -> Json:
    """A whole new entry that counts towards the bar; with `short` one that speaks to it and does not."""
    today = state.today
    kind, fields = _fields(bar, number, state.record.at.as_of)
    return {**_base(today, today, kind), **fields, **(dict([_SHORT[kind]]) if short else {})}


def _base(occurred: str, recorded: str, kind: Kind) -> dict[str, Json]:
    return {"kind": kind.value, "occurred_on": occurred, "recorded_at": recorded}


def _fields(bar: str, number: int, on: date) -> tuple[Kind, dict[str, Json]]:
    today, past = on.isoformat(), (on - A_DAY).isoformat()
    person = f"a colleague, number {number + 1}"
    document: dict[str, Json] = {"type": "design-doc", "organisation_wide": True, "reviewed_by_team": True}
    owned: dict[str, Json] = {"of": "service", "end_to_end": True, "from": today, "to": None}
    found: dict[str, tuple[Kind, dict[str, Json]]] = {
        evidence.FEATURE: (Kind.OWNERSHIP, {"of": "feature", "from": today, "to": None}),
        evidence.SERVICES: (Kind.OWNERSHIP, owned),
        evidence.ON_TIME: (Kind.COMMITMENT, {"due": past, "delivered": past, "team_goal": True}),
        evidence.METRICS: (Kind.METRIC_READING, {"before": 2, "after": 1, "organisation": True}),
        evidence.MENTORED: (Kind.MENTORSHIP, {"whom": person}),
        evidence.UNBLOCKED: (Kind.UNBLOCKED, {"whom": person}),
        evidence.FOLLOWED: (Kind.DIRECTION, {"followers": number}),
        evidence.REVIEWED: (Kind.ARTIFACT, document),
        evidence.ADOPTED: (Kind.ARTIFACT, document),
        evidence.CITED: (Kind.CITATION, {"artifact": "a document", "own_team": False}),
    }
    return found[bar]


_SHORT: Mapping[Kind, tuple[str, Json]] = {
    Kind.OWNERSHIP: ("of", None),
    Kind.COMMITMENT: ("delivered", "2999-12-31"),
    Kind.METRIC_READING: ("organisation", False),
    Kind.MENTORSHIP: ("whom", None),
    Kind.UNBLOCKED: ("whom", None),
    Kind.DIRECTION: ("followers", 0),
    Kind.ARTIFACT: ("type", "migration"),
    Kind.CITATION: ("own_team", True),
    Kind.INCIDENT: ("role", "responder"),
}


def _late_citations(state: _Asked, months: int) -> Iterator[Json]:
    """A citation today, by others, of a document that is old enough; with it, if none is on file."""
    today, on = state.today, state.record.at.as_of
    old = [
        (entry.texts.get("artifact") or entry.texts.get("id") or entry.pointer)
        for entry in state.record.of(Kind.ARTIFACT)
        if isinstance(entry.occurred, date)
        and entry.exists(state.record.at) is Answer.MET
        and entry.texts.get("type") in STILL_READ
        and add_months(entry.occurred, months) <= on
    ]
    if not old:
        written = date(on.year - months // 12 - 1, on.month, 1).isoformat()
        document: dict[str, Json] = {"artifact": OLD, "type": "retro", "organisation_wide": False}
        yield {**_base(written, today, Kind.ARTIFACT), **document}
    name = old[0] if old else OLD
    yield {**_base(today, today, Kind.CITATION), "artifact": name, "own_team": False}


def _lowered(state: _Asked, name: str) -> Iterator[_Way]:
    """Ways to bring the dimension below its bar: through each of its bars."""
    dimension = state.found[name]
    if dimension.at_bar is Answer.NOT_MET:
        yield _Way()
        return
    for bar, found in dimension.bars.items():
        if state.rubric.bars[name][bar] is None:
            yield _Way(steps=tuple(_assessed(state, name, bar, met=False)))
        elif not found.pieces:
            yield _Way(entries=((bar, _entry(state, bar, number=0, short=True)),))
        else:
            yield _Way(steps=tuple(_weakened(bar, found)))


def _weakened(bar: str, found: Measured) -> Iterator[Step]:
    """The claim taken out of every entry that counts or may; what can stay is left out when it is tried."""
    places: dict[int, Piece] = {piece.entry.place: piece for piece in found.pieces}
    for place, piece in places.items():
        if piece.answer is not Answer.NOT_MET:
            key, value = _SHORT[piece.entry.kind]
            yield Step(condition=bar, operation=add(f"/entries/{place}/{key}", value))


def _assessed(state: _Asked, name: str, bar: str, *, met: bool) -> Iterator[Step]:
    """A named person's word, new or changed."""
    word = (Answer.MET if met else Answer.NOT_MET).value
    told = state.found[name].bars[bar].because
    against = [
        pointer
        for pointer in told
        if state.record.assessments[int(pointer.rsplit("/", 1)[1])].answer not in (Answer.UNKNOWN, word)
    ]
    if against and met:
        for pointer in against:
            yield Step(condition=bar, operation=add(f"{pointer}/answer", word))
        return
    new: Json = {"dimension": name, "condition": bar, "answer": word, "by": "a named person"}
    listed = isinstance(state.record.facts.get("assessments"), list)
    operation = add("/assessments/-", new) if listed else put(state.record.facts, "assessments", [new])
    yield Step(condition=bar, operation=operation)
