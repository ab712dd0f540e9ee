"""The clocks that run in a person's record on a day: `clocks_of` answers all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, tzinfo
from itertools import pairwise

from datumline.domain.clocks.clock import Clock, State
from datumline.domain.clocks.deadline import day_in, deadline
from datumline.domain.clocks.papers import paper_clocks
from datumline.domain.evidence.entry import Entry, Seen, Tag
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import standing
from datumline.domain.period import AsOf
from datumline.domain.policy.pack import Policy

MORE_TIME = "pip.more_time"
FIRST_NOTE = "evidence.first_note_within"
WINDOW = "remediation.window"
FOLLOW_UP = "remediation.follow_up"
FIRST_HAND = frozenset({Seen.OBSERVED, Seen.ARTIFACT})


def clocks_of(entries: Iterable[Entry], policy: Policy, at: AsOf, *, zone: tzinfo = UTC) -> tuple[Clock, ...]:
    """Every clock that runs on the day or is overdue, by due day.

    `entries` are one person's as the ledger keeps them; `zone` is the engineer's. A wait that is over,
    and whatever belongs to a resolved matter, is no clock any more.
    """
    stand = standing(entries, at)
    found = [clock for concern in _concerns(stand) for clock in _of_concern(concern, policy, at, zone)]
    found += [clock for entry in stand for clock in _of_remediation(entry, policy, at)]
    found += paper_clocks(stand, policy, at)
    running = (clock for clock in found if clock.state(at.as_of) is not State.OVER)
    return tuple(sorted(running, key=lambda clock: (clock.due, clock.id, clock.entry)))


def _concerns(stand: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """The entries of each concern that is not resolved: the tag given last says so."""
    threads: Mapping[str, list[Entry]] = defaultdict(list)
    for entry in sorted(stand, key=lambda each: (each.occurred_on, each.recorded_at)):
        if entry.concern:
            threads[entry.concern].append(entry)
    for thread in threads.values():
        tags = [entry.tag for entry in thread if entry.tag]
        if not tags or tags[-1] is not Tag.RESOLVED:
            yield thread


def _of_concern(thread: Sequence[Entry], policy: Policy, at: AsOf, zone: tzinfo) -> Iterator[Clock]:
    notes = sorted((_shared_on(entry, zone), entry.id) for entry in thread if _is_readable_note(entry, at))
    days = [day for day, _ in notes]
    unanswered = [
        entry
        for entry in thread
        if entry.kind is Kind.OCCURRENCE
        and entry.seen in FIRST_HAND
        and not any(day >= entry.occurred_on for day in days)
    ]
    if unanswered:
        yield _clock(
            "note-owed", unanswered[0], unanswered[0].occurred_on, policy=policy, parameter=FIRST_NOTE, at=at
        )
    second = next((after for before, after in pairwise(notes) if after[0] > before[0]), None)
    if second:
        entry = next(each for each in thread if each.id == second[1])
        yield _clock(
            "wait-before-plan", entry, second[0], policy=policy, parameter=MORE_TIME, at=at, waits=True
        )


def _is_readable_note(entry: Entry, at: AsOf) -> bool:
    return entry.kind is Kind.WRITTEN_NOTE and entry.shared_at is not None and entry.shared_at <= at.known_at


def _shared_on(entry: Entry, zone: tzinfo) -> date:
    """The day from which a note warns: the latest of its three dates (reading 14)."""
    instants = (entry.recorded_at, entry.shared_at or entry.recorded_at)
    return max(entry.occurred_on, *(day_in(instant, zone) for instant in instants))


def _of_remediation(entry: Entry, policy: Policy, at: AsOf) -> Iterator[Clock]:
    """The window of a corrective step, and the follow-up that comes after it."""
    started = entry.remediated_on
    if started is None or entry.tag is Tag.RESOLVED:
        return
    window = _clock("remediation-window", entry, started, policy=policy, parameter=WINDOW, at=at)
    yield window
    yield _clock("remediation-follow-up", entry, window.due, policy=policy, parameter=FOLLOW_UP, at=at)


def _clock(  # noqa: PLR0913 - a clock's parts, named by the caller
    name: str,
    entry: Entry,
    starts: date,
    *,
    policy: Policy,
    parameter: str,
    at: AsOf,
    waits: bool = False,
) -> Clock:
    return Clock(
        id=name,
        subject=entry.subject,
        starts=starts,
        due=deadline(starts, policy.days(parameter, at.as_of)),
        entry=entry.id,
        parameter=parameter,
        concern=entry.concern,
        waits=waits,
    )
