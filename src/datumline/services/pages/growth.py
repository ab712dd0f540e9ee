"""The growth document as a page: where am I at, month by month, what was promised and answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from datumline.domain.citation import EntryId
from datumline.domain.evidence.agreed import agreed
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.plan_versions import plans_of
from datumline.domain.growth.first_heard import heard, named_since
from datumline.domain.growth.growth_document import REVIEW_PARTS, last_review, month_words, quarter_words
from datumline.domain.growth.material import SAID, headline
from datumline.domain.growth.monthly import HEADINGS, Update, updates_of
from datumline.domain.growth.quarterly import ReviewDraft, review_draft
from datumline.domain.growth.surprise import CERTAIN, Expected, Surprise, expected_of, surprise
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.period import MONTHS_IN_QUARTER, add_months, quarter_of
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import MONTHS
from datumline.domain.visibility.artifacts import Artifact, told
from datumline.domain.visibility.forecast import Forecast, State, standing_of
from datumline.services.entries import found
from datumline.services.growth import (
    criteria,
    material_of,
    months_to_write,
    next_level,
    open_cycles,
    reads_growth,
    writes_own,
    writes_reviews,
)
from datumline.services.pages.entry_rows import kind_words
from datumline.services.pages.readings import note_once
from datumline.services.policy import active_policy
from datumline.services.record import PersonRecord, read_record, read_records
from datumline.services.visit import Visit

LAMPS = {State.LANDED: "met", State.ON_COURSE: "met", State.BEHIND: "not-met", State.NOT_BEGUN: "unknown"}
SHOWN_NOTES = 12
LED = 60  # people on the page of who leads them
MORE_QUARTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCard:
    """One month: bullets by heading, and the answers; `waits` while there is none."""

    id: EntryId
    words: str
    written: date
    bullets: tuple[tuple[str, tuple[str, ...]], ...]
    answers: tuple[tuple[str, date, str], ...]
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review: what it is called, its day, what it says in one line, and the concerns first heard in it."""

    id: EntryId
    title: str
    on: date
    says: str
    first_heard: tuple[str, ...]
    replied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """An artifact of the visibility plan and its state in the last audit."""

    name: str
    what: str
    state: str
    lamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPart:
    """The visibility plan in force in lines, with its month and forecast; `pending`: a version waits."""

    lines: tuple[PlanLine, ...] = ()
    words: str = ""
    forecast: str = ""
    pending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """A note or a conversation, and what came of it."""

    id: EntryId
    on: date
    kind: str
    title: str
    own: bool
    again: date | None
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthPage:
    """The page.

    Attributes:
        writes, reviews: whether the one who asks writes the bullets, or answers and reviews.
        stands: the last quarterly review by part; `review` is that review.
        owed: months without an update that may still be written.
        predictions: past reviews with what was expected; `ahead` what can be predicted, and was last.
        recalled: the last recall: level, how many, of how many, when.
        led_by: who led the person since when, the latest first: with whom the document came along.
    """

    person: PersonId
    name: str
    mine: bool
    writes: bool
    reviews: bool
    stands: tuple[tuple[str, tuple[str, ...]], ...]
    review: ReviewLine | None
    plan: PlanPart
    months: tuple[MonthCard, ...]
    owed: tuple[str, ...]
    history: tuple[ReviewLine, ...]
    notes: tuple[NoteLine, ...]
    predictions: tuple[Expected, ...]
    surprise: Surprise
    ahead: tuple[tuple[str, date, str], ...]
    next_level: str
    recalled: tuple[str, int, int, date] | None
    led_by: tuple[tuple[str, date], ...]
    today: date


def growth_page(asked: Visit, person: PersonId) -> GrowthPage | None:
    """The page; None where the one who asks may not read the document."""
    if not reads_growth(asked, person):
        return None
    note_once(asked, person, Noun.GROWTH_DOCUMENT, "growth document")
    record = read_record(asked, person, asked.context.at())
    entries, policy, today = record.evidence, record.policy, record.at.as_of
    reviewed, updates = last_review(entries), updates_of(entries)
    lines = tuple(_reviews(record))
    expected = expected_of(entries)
    return GrowthPage(
        person=person,
        name=record.person.name,
        mine=person == asked.me,
        writes=writes_own(asked, person),
        reviews=writes_reviews(asked, person),
        stands=tuple(_stands(reviewed, policy)) if reviewed else (),
        review=next((each for each in lines if reviewed and each.id == reviewed.id), None),
        plan=_plan(record),
        months=tuple(_month(each, record) for each in updates),
        owed=tuple(
            f"{MONTHS[each.month - 1]} {each.year}"
            for each in months_to_write(today, [u.month for u in updates])
            if each not in {u.month for u in updates}
        ),
        history=lines,
        notes=tuple(_notes(record))[:SHOWN_NOTES],
        predictions=tuple(reversed(expected)),
        surprise=surprise(expected),
        ahead=tuple(_ahead(record)),
        next_level=next_level(policy, record.place.level),
        recalled=_recalled(entries),
        led_by=tuple(_led_by(record)),
        today=today,
    )


def _stands(review: Entry, policy: Policy) -> Iterator[tuple[str, tuple[str, ...]]]:
    for part in REVIEW_PARTS:
        lines = tuple(line for line in str(review.amounts.get(part) or "").splitlines() if line.strip())
        if lines:
            yield policy.phrases.say(f"review.{part}"), lines


def _plan(record: PersonRecord) -> PlanPart:
    """The plan in force in lines, its month and its forecast."""
    plans, say = plans_of(record.evidence), record.policy.phrases.say
    now = standing_of(plans, record.evidence, record.policy, record.at.as_of)
    if plans.current is None or now is None:
        return PlanPart(pending=plans.pending is not None)
    states = now.audits[-1].states if now.audits else {}
    artifacts = told(plans.current)
    months = record.policy.whole("visibility.months", record.at.as_of)
    lines = tuple(
        PlanLine(
            name=say(f"visibility.artifact.{each}"),
            what=artifacts[each]["what"],
            state=say(f"visibility.state.{states[each][0]}") if each in states else "not audited yet",
            lamp=LAMPS[states[each][0]] if each in states else "unknown",
        )
        for each in Artifact
    )
    return PlanPart(
        lines=lines,
        words=say("visibility.month", month=min(max(now.month, 1), months), months=months, ends=now.ends),
        forecast=say(f"visibility.forecast.{now.forecast}", counted=now.counted, of=now.of),
        pending=plans.pending is not None,
    )


def _month(update: Update, record: PersonRecord) -> MonthCard:
    say, names = record.policy.phrases.say, record.visit.names
    return MonthCard(
        id=update.entry.id,
        words=month_words(update),
        written=update.entry.occurred_on,
        bullets=tuple(
            (say(f"growth.{name}"), update.bullets[name]) for name in HEADINGS if update.bullets[name]
        ),
        answers=tuple((names.get(e.author, e.author), e.occurred_on, e.text) for e in update.answers),
        waits=not update.answers,
    )


def _reviews(record: PersonRecord) -> Iterator[ReviewLine]:
    """Quarterly and formal reviews, latest first."""
    entries = record.evidence
    first: dict[EntryId, list[str]] = {}
    for each in heard(entries, zone=ZoneInfo(record.person.zone)):
        if each.since is None:
            first.setdefault(each.review, []).append(each.concern)
    replied = {entry.amounts.get("to") for entry in entries if entry.kind is Kind.REPLY}
    written = [e for e in entries if e.kind in {Kind.QUARTERLY_REVIEW, Kind.FORMAL_REVIEW}]
    for entry in sorted(written, key=lambda e: (e.occurred_on, e.recorded_at), reverse=True):
        quarterly = entry.kind is Kind.QUARTERLY_REVIEW
        yield ReviewLine(
            id=entry.id,
            title=f"Quarterly review, {quarter_words(entry)}" if quarterly else headline(entry),
            on=entry.occurred_on,
            says=str(entry.amounts.get("stands" if quarterly else "outcome") or ""),
            first_heard=tuple(first.get(entry.id, ())),
            replied=entry.id in replied,
        )


def _notes(record: PersonRecord) -> Iterator[NoteLine]:
    """What was said, latest first, with what was agreed and what came of it."""
    came, say = agreed(record.evidence), record.policy.phrases.say
    spoken = [e for e in record.evidence if e.kind in SAID and e.shared_at is not None]
    for entry in sorted(spoken, key=lambda e: (e.occurred_on, e.recorded_at), reverse=True):
        each = came.get(entry.id)
        yield NoteLine(
            id=entry.id,
            on=entry.occurred_on,
            kind=kind_words(entry.kind),
            title=headline(entry),
            own=entry.author == record.person.id,
            again=each.on if each else None,
            outcome=say(f"outcome.{each.outcome}") if each and each.outcome else "",
        )


def _ahead(record: PersonRecord) -> Iterator[tuple[str, date, str]]:
    """What can be predicted: the cycle, its review day, and what was said last."""
    for cycle in open_cycles(record):
        said = [
            e for e in record.evidence if e.kind is Kind.PREDICTION and e.amounts.get("cycle") == cycle.name
        ]
        last = said[-1].amounts if said else {}
        words = f"{last['outcome']}, {last['sure']} % sure" if last else ""
        if cycle.review_on is not None:
            yield cycle.name, cycle.review_on, words


def _recalled(entries: Sequence[Entry]) -> tuple[str, int, int, date] | None:
    said = [entry for entry in entries if entry.kind is Kind.CRITERIA_RECALL]
    if not said:
        return None
    last = said[-1].amounts
    return str(last["level"]), int(str(last["recalled"])), int(str(last["of"])), said[-1].occurred_on


def _led_by(record: PersonRecord) -> Iterator[tuple[str, date]]:
    """Each manager with the day from which they led the person, latest first."""
    held = [p for p in record.people.positions_of.get(record.person.id, ()) if p.manager]
    found: list[tuple[str, date]] = []
    for position in sorted(held, key=lambda each: each.from_day):
        name = record.visit.name_of(position.manager) or str(position.manager)
        if not found or found[-1][0] != name:
            found.append((name, position.from_day))
    yield from reversed(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePage:
    """The form of a monthly update: months to choose from, headings, and how many bullets there may be."""

    person: PersonId
    name: str
    months: tuple[tuple[str, str], ...]
    headings: tuple[tuple[str, str], ...]
    least: int
    most: int


def update_page(asked: Visit, person: PersonId) -> UpdatePage | None:
    """The form; None where the bullets are not the one who asks' to write."""
    if not reads_growth(asked, person) or not writes_own(asked, person):
        return None
    policy, today = active_policy(asked.context), asked.context.today
    return UpdatePage(
        person=person,
        name=asked.name_of(person),
        months=tuple((m.isoformat(), f"{MONTHS[m.month - 1]} {m.year}") for m in months_to_write(today, [])),
        headings=tuple((name, policy.phrases.say(f"growth.{name}")) for name in HEADINGS),
        least=policy.whole("growth.monthly.least", today),
        most=policy.whole("growth.monthly.most", today),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """The form of an answer: the update, and whose it is."""

    person: PersonId
    name: str
    month: MonthCard


def answer_page(asked: Visit, update: EntryId) -> AnswerPage | None:
    """The form; None where there is no such update, or it is not for the one who asks to answer."""
    thread = found(asked, update)
    if thread is None or thread.entry.kind is not Kind.GROWTH_UPDATE:
        return None
    person = asked.chart.same_as.get(str(thread.entry.subject), str(thread.entry.subject))
    if not writes_reviews(asked, person):
        return None
    record = read_record(asked, person, asked.context.at())
    known = {each.entry.id: each for each in updates_of(record.evidence)}
    if thread.last.id not in known:
        return None
    return AnswerPage(person=person, name=record.person.name, month=_month(known[thread.last.id], record))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The form of a quarterly review: what the quarter holds, as a draft, and what would be heard first.

    `concerns` are those on file, and since when the person could read of each; None: not yet.
    """

    person: PersonId
    name: str
    quarters: tuple[tuple[str, str], ...]
    quarter: date
    parts: tuple[tuple[str, str], ...]
    draft: ReviewDraft
    concerns: tuple[tuple[str, date | None], ...]


def review_page(asked: Visit, person: PersonId, wanted: str = "") -> ReviewPage | None:
    """The form; None where the one who asks writes no review of the person."""
    if not reads_growth(asked, person) or not writes_reviews(asked, person):
        return None
    record = read_record(asked, person, asked.context.at())
    today = record.at.as_of
    firsts = [add_months(quarter_of(today).start, -MONTHS_IN_QUARTER * back) for back in range(MORE_QUARTERS)]
    quarter = next((each for each in firsts if each.isoformat() == wanted), firsts[0])
    zone = ZoneInfo(record.person.zone)
    return ReviewPage(
        person=person,
        name=record.person.name,
        quarters=tuple(
            (f.isoformat(), f"quarter {(f.month - 1) // MONTHS_IN_QUARTER + 1} of {f.year}") for f in firsts
        ),
        quarter=quarter,
        parts=tuple((part, record.policy.phrases.say(f"review.{part}")) for part in REVIEW_PARTS),
        draft=review_draft(material_of(record), quarter_of(quarter)),
        concerns=tuple(
            (name, named_since(record.evidence, name, before=today, zone=zone)) for name in record.concerns
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfPage:
    """Predict and recall: what lies ahead, the outcomes to choose from, the next level and its dimensions."""

    person: PersonId
    name: str
    cycles: tuple[tuple[str, str], ...]
    ahead: tuple[tuple[str, date, str], ...]
    outcomes: tuple[str, ...]
    level: str
    dimensions: tuple[str, ...]
    certain: int = CERTAIN


def self_page(asked: Visit, person: PersonId) -> SelfPage | None:
    """The page of the engineer alone; None for anybody else."""
    if not reads_growth(asked, person) or not writes_own(asked, person):
        return None
    record = read_record(asked, person, asked.context.at())
    level = next_level(record.policy, record.place.level)
    ahead = tuple(_ahead(record))
    return SelfPage(
        person=person,
        name=record.person.name,
        cycles=tuple(
            (name, f"{name}, review day {day.day} {MONTHS[day.month - 1]} {day.year}")
            for name, day, _ in ahead
        ),
        ahead=ahead,
        outcomes=record.policy.texts("review.outcomes", record.at.as_of),
        level=level,
        dimensions=tuple(name for name, _ in criteria(record.policy, level)) if level else (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """One report: the last month written, whether it waits, the last review's day, the plan's forecast."""

    person: PersonId
    name: str
    month: str
    waits: EntryId
    reviewed: date | None
    forecast: str
    lamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """The growth documents of everybody whom the one who asks leads, and how many were surprised."""

    lines: tuple[TeamLine, ...]
    surprise: Surprise
    recalled: int
    asked_to_recall: int
    target: int


FORECAST_LAMPS = {Forecast.PACKET: "met", Forecast.AT_RISK: "not-met", Forecast.NOT_READY: "not-met"}
FORECAST_WORDS = {
    Forecast.PACKET: "packet",
    Forecast.AT_RISK: "at risk",
    Forecast.NOT_READY: "not ready",
    Forecast.TOO_EARLY: "too early",
    Forecast.UNKNOWN: "no audit yet",
}


def team_page(asked: Visit) -> TeamPage | None:
    """The page of who leads people; None for who leads nobody."""
    led = asked.people if asked.context.actor.operator else asked.chart.reports_of(asked.me or "")
    people = [each for each in led if writes_reviews(asked, each)][:LED]
    if not people:
        return None
    policy = active_policy(asked.context)
    records = read_records(asked, people, asked.context.at(), policy=policy, organisation=())
    recalls = [last for record in records if (last := _recalled(record.evidence)) is not None]
    return TeamPage(
        lines=tuple(sorted(map(_team_line, records), key=lambda each: each.name)),
        surprise=surprise(each for record in records for each in expected_of(record.evidence)),
        recalled=sum(count == of for _, count, of, _ in recalls),
        asked_to_recall=len(recalls),
        target=int(policy.number("surprise.rate", asked.context.today)),
    )


def _team_line(record: PersonRecord) -> TeamLine:
    updates, review = updates_of(record.evidence), last_review(record.evidence)
    now = standing_of(plans_of(record.evidence), record.evidence, record.policy, record.at.as_of)
    waiting = next((each.entry.id for each in updates if not each.answers), "")
    return TeamLine(
        person=record.person.id,
        name=record.person.name,
        month=month_words(updates[0]) if updates else "",
        waits=waiting,
        reviewed=review.occurred_on if review else None,
        forecast=FORECAST_WORDS[now.forecast] if now else "",
        lamp=FORECAST_LAMPS.get(now.forecast, "unknown") if now else "",
    )
