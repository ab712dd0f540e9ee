"""Entries as lines of a record: three dates, what became of it, how first-hand, disputed or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta, tzinfo

from datumline.domain.evidence.entry import Entry, EntryId, Seen
from datumline.domain.evidence.kinds import NO_EVIDENCE, Kind
from datumline.domain.evidence.lateness import days_late
from datumline.domain.people.person import PersonId
from datumline.domain.period import MONTHS_IN_QUARTER
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import short_day_words
from datumline.domain.signals.commitments import Commitment
from datumline.domain.signals.on_time import State
from datumline.services.pages.cards import EntryRow, Month

SEEN = {
    Seen.OBSERVED: "seen by the author",
    Seen.ARTIFACT: "the artifact itself",
    Seen.REPORTED: "told by a peer",
}
KIND_NAMES = {
    Kind.SBI: "SBI conversation",
    Kind.TRADE_OFF: "trade-off",
    Kind.CROSS_TEAM_PROJECT: "cross-team project",
}
MONTHS_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a row needs besides its entry.

    Attributes:
        policy, on: for the names of principles and for when an entry is late.
        disputes: the disputes of each entry.
        commitments: by each entry that tells their life.
        names: of the people who write.
        zone: the subject's own.
    """

    policy: Policy
    on: date
    disputes: Mapping[EntryId, Sequence[Entry]]
    commitments: Mapping[EntryId, Commitment]
    names: Mapping[PersonId, str]
    zone: tzinfo = UTC

    @property
    def late_after(self) -> timedelta:
        """From how long on an entry counts as written late."""
        return timedelta(days=self.policy.days("evidence.late_after", self.on))


def told_by(commitments: Iterable[Commitment]) -> dict[EntryId, Commitment]:
    """Each commitment by every entry that tells its life."""
    return {entry: each for each in commitments for entry in each.entries}


def latest_first(standing: Iterable[Entry]) -> list[Entry]:
    """What a record shows: evidence, latest first. People's frame and the ledger's verbs stand elsewhere."""
    kept = [entry for entry in standing if entry.kind not in NO_EVIDENCE]
    return sorted(kept, key=lambda entry: (entry.occurred_on, entry.recorded_at, entry.id), reverse=True)


def entry_row(entry: Entry, reading: Reading) -> EntryRow:
    """One entry as a line."""
    disputes = reading.disputes.get(entry.id, ())
    return EntryRow(
        id=entry.id,
        kind=kind_words(entry.kind),
        title=headline(entry, reading.commitments),
        text=entry.text if entry.title else "",
        happened=entry.occurred_on,
        written=entry.recorded_at,
        shared=entry.shared_at,
        late_days=days_late(entry, reading.late_after, reading.zone),
        disputed="; ".join(str(each.amounts.get("reason") or each.text) for each in disputes),
        principles=tuple(principle_name(each, reading.policy) for each in entry.principles),
        seen=SEEN[entry.seen] if entry.seen else "",
        concern=entry.concern or "",
        tag=(entry.tag or "").replace("-", " "),
        state=state_of(entry, reading.commitments),
        links=entry.links,
        author=author_words(entry.author, reading.names),
    )


def kind_words(kind: Kind) -> str:
    """A kind's name as people write it."""
    return KIND_NAMES.get(kind, kind.replace("-", " "))


def principle_name(principle: str, policy: Policy) -> str:
    """A principle's public name; the id itself when the pack has none."""
    known = policy.principles.get(principle)
    return known.name if known else principle


TOLD = {"skip-level-told": "The manager's manager was told", "hr-told": "HR was told"}


def author_words(author: str, names: Mapping[PersonId, str]) -> str:
    """Who wrote it: a person's name, or the source."""
    return names.get(author) or (author if ":" in author else author.replace("-", " "))


def headline(entry: Entry, commitments: Mapping[EntryId, Commitment]) -> str:
    """What an entry is about in one line: its title, else what it names."""
    if entry.title:
        return entry.title
    if entry.kind is Kind.ASSESSMENT:
        return _weighed(entry)
    if entry.kind is Kind.PLAN_EVENT:
        event = _text(entry, "event")
        return TOLD.get(event) or event.replace("-", " ").capitalize()
    if entry.id in commitments and entry.kind is not Kind.COMMITMENT:
        return f"{kind_words(entry.kind).capitalize()}: {commitments[entry.id].work}"
    named = (entry.amounts.get(name) for name in ("work", "artifact", "name", "of", "whom"))
    said = next((str(each) for each in named if each), "") or entry.text.partition("\n")[0]
    return said or kind_words(entry.kind).capitalize()


def _weighed(entry: Entry) -> str:
    """What an assessment says: the condition that was weighed, and the answer."""
    dimension, condition = (
        _text(entry, name).replace("-", " ").replace("_", " ") for name in ("dimension", "condition")
    )
    answer = {"none": "not known"}.get(_text(entry, "answer"), _text(entry, "answer"))
    return f"Weighed for the {dimension}: {condition}, {answer}" if condition else "Assessment"


def state_of(entry: Entry, commitments: Mapping[EntryId, Commitment]) -> str:
    """What became of it, or its figures, in a few words."""
    if entry.kind is Kind.COMMITMENT and entry.id in commitments:
        return commitment_state(commitments[entry.id])
    worded = STATES.get(entry.kind)
    return worded(entry) if worded else ""


def commitment_state(commitment: Commitment) -> str:
    """How a promise stands."""
    standing = commitment.standing
    moved = (
        f", moved {standing.moved} times" if standing.moved > 1 else ", moved once" if standing.moved else ""
    )
    if commitment.delivered is None:
        word = "due" if standing.state is State.NOT_YET_DUE else "open, was due"
        return f"{word} {short_day_words(standing.due)}{moved}"
    late = (commitment.delivered - standing.due).days
    if late == 0:
        return f"on its date{moved}"
    days = "1 day" if abs(late) == 1 else f"{abs(late)} days"
    return f"{days} {'after' if late > 0 else 'before'} its date{moved}"


def _changes(entry: Entry) -> str:
    return _joined(
        _count(entry, "changes", "change"), _count(entry, "defects", "defect"), _text(entry, "repository")
    )


def _reviews(entry: Entry) -> str:
    hours = f"{entry.amounts['hours']} h" if entry.amounts.get("hours") else ""
    return _joined(_count(entry, "reviews", "review"), hours, _text(entry, "repository"))


def _incident(entry: Entry) -> str:
    avoidable = {True: "avoidable", False: "not avoidable"}.get(entry.amounts.get("avoidable"), "")  # type: ignore[call-overload]
    return _joined(_text(entry, "severity"), avoidable, _text(entry, "role"), _text(entry, "system"))


def _artifact(entry: Entry) -> str:
    adopted = entry.amounts.get("adopted_by")
    by = f"adopted by {', '.join(map(str, adopted))}" if isinstance(adopted, list) and adopted else ""
    return _joined(_text(entry, "type").replace("-", " "), _text(entry, "status"), by)


def _reading(entry: Entry) -> str:
    before, unit = entry.amounts.get("before"), _text(entry, "unit")
    after = f"{entry.amounts.get('after')} {unit}".strip()
    return f"from {before} to {after}" if before is not None else after


def _citation(entry: Entry) -> str:
    return _joined(*(f"by {said}" for said in (_text(entry, "by"), _text(entry, "by_team")) if said))


STATES: Mapping[Kind, Callable[[Entry], str]] = {
    Kind.CHANGE_BATCH: _changes,
    Kind.REVIEW_TURNAROUND: _reviews,
    Kind.INCIDENT: _incident,
    Kind.ARTIFACT: _artifact,
    Kind.METRIC_READING: _reading,
    Kind.CITATION: _citation,
}


def _text(entry: Entry, name: str) -> str:
    value = entry.amounts.get(name)
    return value if isinstance(value, str) else ""


def _count(entry: Entry, name: str, noun: str) -> str:
    value = entry.amounts.get(name)
    return f"{value} {noun if value == 1 else noun + 's'}" if isinstance(value, int) else ""


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def months_of(
    entries: Collection[Entry], *, until: date, late_after: timedelta, zone: tzinfo
) -> tuple[Month, ...]:
    """Entries per calendar month by the day they happened, over the last two years; empty without any."""
    counts: dict[tuple[int, int], list[int]] = {}
    for entry in entries:
        month = counts.setdefault((entry.occurred_on.year, entry.occurred_on.month), [0, 0])
        month[0] += 1
        month[1] += days_late(entry, late_after, zone) is not None
    spans = [_month_before(until, back) for back in reversed(range(MONTHS_SHOWN))]
    if not any(span in counts for span in spans):
        return ()
    return tuple(_month(span, *counts.get(span, (0, 0))) for span in spans)


def _month_before(day: date, months: int) -> tuple[int, int]:
    year, month0 = divmod(day.year * 12 + day.month - 1 - months, 12)
    return year, month0 + 1


def _month(span: tuple[int, int], count: int, late: int) -> Month:
    first = date(*span, 1)
    named = span[1] % MONTHS_IN_QUARTER == 1
    name = (f"{first:%b %Y}" if span[1] == 1 else f"{first:%b}") if named else ""
    return Month(label=f"{first:%B %Y}", count=count, late=late, name=name)
