"""A person in brief, for lists: verdicts, what changed them lately, clocks, the day of the last entry.

Kept ready with all that it depends on, so that a list of many people costs a few queries and only what
changed is worked out again.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.period import at_end_of
from datumline.domain.policy.pack import Policy
from datumline.services.pages.cards import ClockLine
from datumline.services.pages.clock_lines import all_clock_lines
from datumline.services.pages.entry_rows import latest_first
from datumline.services.pages.readings import read_by
from datumline.services.pages.verdict_cards import cards_of, outcomes
from datumline.services.policy import policy_in_force
from datumline.services.ready import Ready
from datumline.services.record import PersonRecord, read_records
from datumline.services.visit import Visit
from datumline.store.ledger import entries

BACK_DAYS = 14  # how far back a change of a verdict is looked for
AT_ONCE = 30  # people worked out anew for one page; the others follow with the next
ORGANISATION_KINDS = (Kind.CYCLE, Kind.PACK_ACTIVATION, Kind.RETRACTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictBrief:
    """One verdict in brief. `changed_on` and `before` are said when it changed in the last `BACK_DAYS`."""

    key: str
    question: str
    about: str
    now: str
    next_step: str
    holds_until: date | None = None
    changed_on: date | None = None
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A person in brief. `last` is the day on which the last thing on file happened."""

    person: PersonId
    last: date | None
    verdicts: tuple[VerdictBrief, ...]
    clocks: tuple[ClockLine, ...]


_READY: Ready[Brief] = Ready(most=20_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefs:
    """The briefs of a list of people, by person. `missing` counts those that were not worked out yet."""

    found: Mapping[PersonId, Brief]
    missing: int
    policy: Policy


def briefs_of(asked: Visit, people: Sequence[PersonId]) -> Briefs:
    """These people in brief, for the one who asks: three queries, however many they are."""
    organisation = entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=ORGANISATION_KINDS)
    policy = policy_in_force(organisation, asked.context.at())
    keys = _keys(asked, people, organisation, policy)
    ready = {person: found for person in people if (found := _READY.get(keys[person]))}
    stale = [person for person in people if person not in ready]
    made = {each.person: each for each in _made(asked, stale[:AT_ONCE], organisation, policy)}
    for person, brief in made.items():
        _READY.put(keys[person], brief)
    return Briefs(found=ready | made, missing=len(stale) - len(made), policy=policy)


def _keys(
    asked: Visit, people: Collection[PersonId], organisation: Sequence[Entry], policy: Policy
) -> dict[PersonId, Hashable]:
    """For each person all that their brief depends on: what is read, by whom, under which policy."""
    frame = (organisation[-1].id if organisation else "", policy.digest)
    return {person: (*frame, *read) for person, read in read_by(asked, people).items()}


def _made(
    asked: Visit, people: Sequence[PersonId], organisation: Sequence[Entry], policy: Policy
) -> Iterator[Brief]:
    """The briefs, from all their entries in one query."""
    at = asked.context.at()
    for record in read_records(asked, people, at, policy=policy, organisation=organisation):
        yield _brief(record)


def _brief(record: PersonRecord) -> Brief:
    evidence = latest_first(record.standing)
    return Brief(
        person=record.person.id,
        last=evidence[0].occurred_on if evidence else None,
        verdicts=tuple(_verdicts(record)) if evidence else (),
        clocks=all_clock_lines(record),
    )


def _verdicts(record: PersonRecord) -> Iterator[VerdictBrief]:
    today = record.at.as_of
    earlier = outcomes(_on(record, today - timedelta(days=BACK_DAYS)))
    for card in cards_of(record, changes=False):
        mine = (card.table, card.about)
        changed = earlier.get(mine) not in (None, card.verdict)
        yield VerdictBrief(
            key=card.key,
            question=card.question,
            about=card.about,
            now=card.answer,
            next_step=card.next_step,
            holds_until=card.holds_until,
            changed_on=_changed_on(record, mine, card.verdict) if changed else None,
            before=record.policy.phrases.say(f"verdict.{card.table}.{earlier[mine]}") if changed else "",
        )


def _changed_on(record: PersonRecord, mine: tuple[str, str], now: str) -> date:
    """The last day on which the verdict became what it is."""
    today = record.at.as_of
    for back in range(1, BACK_DAYS):
        if outcomes(_on(record, today - timedelta(days=back))).get(mine) != now:
            return today - timedelta(days=back - 1)
    return today - timedelta(days=BACK_DAYS - 1)


def _on(record: PersonRecord, day: date) -> PersonRecord:
    """The same record at the end of an earlier day."""
    return replace(record, at=at_end_of(day))
