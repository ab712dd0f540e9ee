"""The growth document: updates and answers, reviews, predictions, recall, and documents made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from datumline.domain.citation import EntryId
from datumline.domain.documents.document import Document
from datumline.domain.evidence.cycles import Cycle
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import check_draft
from datumline.domain.growth.growth_document import growth_document, last_review
from datumline.domain.growth.material import Material
from datumline.domain.growth.monthly import HEADINGS, check_bullets
from datumline.domain.growth.packet import cuttable, packet
from datumline.domain.growth.quarterly import quarterly_document
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf, add_months
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.domain.signals.words import signal_words
from datumline.services.access import absent, note_reading
from datumline.services.context import Context
from datumline.services.documents import Made, fitted
from datumline.services.entries import found
from datumline.services.language import language
from datumline.services.ledger import append
from datumline.services.people import find_person
from datumline.services.policy import active_policy
from datumline.services.record import PersonRecord, read_record
from datumline.services.visit import Visit, visit

DOCUMENT, QUARTER, PACKET = "document", "quarter", "packet"
PARTS = (DOCUMENT, QUARTER, PACKET)
DIMENSIONS = ("scope", "impact", "leverage", "artifacts")
EXAMPLES = (1, 2, 3)  # of each criterion in the pack's phrases


def reads_growth(asked: Visit, person: PersonId) -> bool:
    """Whether the one who asks may read the growth document of somebody."""
    return asked.sees(person, Noun.GROWTH_DOCUMENT) and asked.sees(person, Noun.ENTRY)


def writes_own(asked: Visit, person: PersonId) -> bool:
    """Whether it is the own document of the one who asks: bullets and predictions are the engineer's."""
    mine = person == asked.me or (asked.me is None and asked.context.actor.operator)
    return mine and asked.gate.allows(Verb.WRITE, Noun.GROWTH_DOCUMENT, person)


def writes_reviews(asked: Visit, person: PersonId) -> bool:
    """Whether the one who asks answers and reviews: whoever may write in it and is not its subject."""
    return (
        person in asked.chart.people
        and person != asked.me
        and asked.gate.allows(Verb.WRITE, Noun.GROWTH_DOCUMENT, person)
    )


def write_update(
    asked: Visit, *, person: PersonId, month: date, bullets: Mapping[str, Sequence[str]], key: str
) -> EntryId:
    """Write a month's bullets. Raises Problem for too few or too many, or a month that has not begun."""
    if not writes_own(asked, person):
        raise absent("such person")
    today = asked.context.today
    check_bullets(bullets, active_policy(asked.context), today)
    if month > today or month.day != 1:
        raise Problem(f"the month {month}", where="month", expected="the first day of a month that has begun")
    said = {name: list(bullets[name]) for name in HEADINGS if bullets[name]}
    return _one(asked, person, Kind.GROWTH_UPDATE, key, amounts={"month": month, **said})


def write_answer(asked: Visit, *, update: EntryId, text: str, key: str) -> tuple[EntryId, PersonId]:
    """Answer a monthly update in writing; gives the entry and whose document it is in. Raises Problem."""
    thread = found(asked, update)
    if thread is None or thread.entry.kind is not Kind.GROWTH_UPDATE:
        raise absent("such entry")
    subject = asked.chart.same_as.get(str(thread.entry.subject), str(thread.entry.subject))
    if not writes_reviews(asked, subject):
        raise absent("such entry")
    return _one(
        asked, subject, Kind.GROWTH_ANSWER, key, text=text, amounts={"update": thread.last.id}
    ), subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A quarterly review as written: the quarter's first day, four parts, what it names and rests on."""

    quarter: date
    stands: str
    progress: str
    risk: str
    focus: str
    concerns: tuple[str, ...] = ()
    cites: tuple[EntryId, ...] = ()

    @property
    def amounts(self) -> dict[str, object]:
        """Its fields as the ledger keeps them."""
        said: dict[str, object] = {
            name: getattr(self, name) for name in ("quarter", "stands", "progress", "risk", "focus")
        }
        return said | {
            name: list(value) for name, value in (("concerns", self.concerns), ("cites", self.cites)) if value
        }


def write_review(asked: Visit, *, person: PersonId, review: Review, key: str) -> EntryId:
    """Write a quarterly review for the engineer to read. Raises Problem."""
    if not writes_reviews(asked, person):
        raise absent("such person")
    return _one(asked, person, Kind.QUARTERLY_REVIEW, key, amounts=review.amounts)


def open_cycles(record: PersonRecord) -> tuple[Cycle, ...]:
    """The cycles whose review day is not over: what can still be predicted."""
    return tuple(
        each
        for each in record.cycles
        if each.review_on is not None
        and each.review_on > record.at.as_of
        and each.span.start <= record.at.as_of
    )


def predict(  # noqa: PLR0913 - what a form says
    asked: Visit, *, person: PersonId, cycle: str, outcome: str, sure: int, key: str
) -> EntryId:
    """Say what one expects of a review, and how sure. Raises Problem for a review that is over."""
    if not writes_own(asked, person):
        raise absent("such person")
    record = read_record(asked, person, asked.context.at())
    if cycle not in {each.name for each in open_cycles(record)}:
        raise Problem(
            f"no review of '{cycle}' lies ahead", where="cycle", expected="a cycle before its review day"
        )
    if outcome not in record.policy.texts("review.outcomes", record.at.as_of):
        raise Problem(f"no outcome '{outcome}'", where="outcome", expected="one of the policy's outcomes")
    amounts = {"cycle": cycle, "outcome": outcome, "sure": sure}
    return _one(asked, person, Kind.PREDICTION, key, amounts=amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """Whether a criterion stands in what was written from memory, with the words that say it."""

    dimension: str
    says: str
    covered: bool
    quotes: tuple[str, ...]


def next_level(policy: Policy, level: str | None) -> str:
    """The level above, as far as the pack has criteria for it; empty where it has none."""
    ranked = sorted(policy.levels.values(), key=lambda each: each.rank)
    names = [each.id for each in ranked]
    after = names[names.index(level) + 1 :] if level in names else []
    return next((each for each in after if f"criterion.{each}.scope" in policy.phrases), "")


def criteria(policy: Policy, level: str) -> tuple[tuple[str, str], ...]:
    """The criteria of a level by dimension."""
    return tuple((each, policy.phrases.say(f"criterion.{level}.{each}")) for each in DIMENSIONS)


def recall(asked: Visit, *, person: PersonId, text: str, key: str) -> tuple[Recalled, ...]:
    """Hold what was written from memory against the next level's criteria; only the count goes on record.

    Raises Problem for a text that cannot be judged, or a level without one above.
    """
    if not writes_own(asked, person):
        raise absent("such person")
    policy, place = active_policy(asked.context), asked.chart.place_of(person)
    level = next_level(policy, place.level)
    if not level:
        raise Problem("no level above", where="text", expected="a level whose criteria the policy has")
    told = recalled(policy, level, text)
    amounts = {"level": level, "recalled": sum(each.covered for each in told), "of": len(told)}
    _one(asked, person, Kind.CRITERIA_RECALL, key, amounts=amounts)
    return told


def recalled(policy: Policy, level: str, text: str) -> tuple[Recalled, ...]:
    """Which criteria of a level a text covers. Raises Problem for a text that cannot be judged."""
    known = criteria(policy, level)
    items = [{"id": name, "says": says, "examples": _examples(policy, level, name)} for name, says in known]
    document = language().coverage(text, "what you wrote", items)["items"]
    return tuple(
        Recalled(
            dimension=name,
            says=says,
            covered=bool(document[name]["covered"]),
            quotes=tuple(each["quote"] for each in document[name]["quotes"]),
        )
        for name, says in known
    )


def _examples(policy: Policy, level: str, dimension: str) -> list[str]:
    """Other words for a criterion, as the pack gives them: with them a text is judged much surer."""
    keys = (f"criterion.{level}.{dimension}.example-{number}" for number in EXAMPLES)
    return [policy.phrases.say(key) for key in keys]


def _one(  # noqa: PLR0913 - the parts of one entry
    asked: Visit, person: PersonId, kind: Kind, key: str, *, text: str = "", amounts: object
) -> EntryId:
    draft = Draft(
        kind=kind,
        author=asked.context.actor.author,
        subject=person,
        audience=Audience.SHARED,
        occurred_on=asked.context.today,
        text=text,
        key=key,
        amounts=amounts,  # type: ignore[arg-type]  # dates, texts and lists, checked by the ledger
    )
    check_draft(draft, asked.context.clock())
    (receipt,) = append(asked.context, [draft])
    return receipt.hash


def material_of(record: PersonRecord) -> Material:
    """What growth documents are made from: the shared record as the reader sees it."""
    return Material(
        person=record.person,
        place=record.place,
        manager=record.visit.name_of(record.chart.manager_of(record.person.id)),
        entries=[entry for entry in record.evidence if entry.audience is Audience.SHARED],
        names=record.visit.names,
        figures=tuple(_figures(record)),
        at=record.at,
        zone=ZoneInfo(record.person.zone),
    )


def _figures(record: PersonRecord) -> Iterator[tuple[str, str, str, tuple[EntryId, ...]]]:
    if not record.visit.gate.allows(Verb.READ, Noun.SIGNAL, record.person.id):
        return
    for signal in record.signals:
        words = signal_words(signal, record.policy.phrases)
        if signal.bar is not None and not words.empty:
            yield words.name, words.figure, words.count, signal.entries


def document_about(context: Context, person: str, at: AsOf, *, part: str = DOCUMENT) -> Made:
    """A growth document of somebody named. Raises Problem for nobody of that name, or without the right."""
    asked = visit(context)
    named = find_person(context, person, Noun.GROWTH_DOCUMENT).id
    return made_document(asked, named, at, part=part)


def made_document(asked: Visit, person: PersonId, at: AsOf, *, part: str, review: EntryId = "") -> Made:
    """A part of the growth document, measured. Raises Problem, as for nobody, without the right."""
    if not reads_growth(asked, person) or part not in PARTS:
        raise absent("such document")
    record = read_record(asked, person, at)
    note_reading(asked.context, person, Noun.GROWTH_DOCUMENT, f"growth {part}")
    material, policy = material_of(record), record.policy
    if part == PACKET:
        return fitted(lambda cut: packet(material, policy, cut=cut), most=cuttable(material))
    return fitted(lambda _: _document(material, policy, part, review), most=0)


def _document(material: Material, policy: Policy, part: str, review: EntryId) -> Document:
    if part == DOCUMENT:
        return growth_document(material, policy)
    wanted = next((entry for entry in material.entries if entry.id == review), None)
    wanted = wanted or last_review(material.entries)
    if wanted is None or wanted.kind is not Kind.QUARTERLY_REVIEW:
        raise Problem("no quarterly review", where="--part", expected="one that was written")
    return quarterly_document(material, wanted, policy)


def months_to_write(today: date, written: Sequence[date], *, back: int = 3) -> tuple[date, ...]:
    """The months that an update can be written for: this one, and those before that have none."""
    this = today.replace(day=1)
    found = [add_months(this, -each) for each in range(back)]
    return tuple(each for each in found if each not in written or each == this)
