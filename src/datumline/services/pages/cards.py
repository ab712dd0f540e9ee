"""What a page shows, already decided and already in words: the view models that today and person pages share.

Plain values only: no entry objects, no facts, no policy. Templates lay them out and format days and figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.person import PersonId
from datumline.domain.verdict import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One condition in words.

    Attributes:
        id: its id in the table; together with the table it names the set of entries behind it.
        answer: met, not met or unknown.
        words: what the condition asks.
        said: what was found, short ("26 of 35"); empty when the answer says it all.
        entries: the entries that decided it, oldest first.
        parameter: the policy parameter that it is measured by.
    """

    id: str
    answer: Answer
    words: str
    said: str = ""
    entries: tuple[EntryId, ...] = ()
    parameter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """What would give another outcome: every step of one smallest set, in words."""

    to: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCard:
    """One verdict in words: the question, the answer in one sentence, and everything that it stands on.

    Attributes:
        key: names the card on its page (`plan`, `plan-2`), for anchors and for highlighting its evidence.
        about: the concern, when the question is asked per concern.
        conditions: those that the answer turns on; `others` were looked at too.
        rows: the table's rows in order; `decided_by` is the id of the row that gave the outcome.
        earliest: the first day on which the step asked about could be taken, if nothing else changes.
        parameters: the policy parameters used, each with its reference.
    """

    key: str
    table: str
    verdict: str
    question: str
    answer: str
    next_step: str
    about: str = ""
    conditions: tuple[ConditionLine, ...]
    others: tuple[ConditionLine, ...] = ()
    rows: tuple[ConditionLine, ...] = ()
    decided_by: str | None = None
    changes: tuple[ChangeLine, ...] = ()
    earliest: date | None = None
    holds_until: date | None = None
    parameters: tuple[tuple[str, str], ...] = ()
    pack: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of a series: its window's name, the value with its 95 % interval, and its counts."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCard:
    """One signal against its bar.

    Attributes:
        figure: the value with its unit ("74 %"); empty when there is nothing to show, and `empty` says why.
        count: numerator and denominator in words ("26 of 35").
        interval: the interval as a sentence; `span` the same, short ("58 to 85 %").
        standing: against the bar: met, not met, unknown; None when no bar is set for it.
        bar: the bar in words ("above 85 %"); `bar_at` its place on the scale.
        trend: against the window before, in words.
        cautions: why the figure is weak evidence, when it is ("too few to tell").
        unit: the unit of `value`, `points` and `bar_at`, as it is written after a figure.
        bar_above: the bar itself is not enough.
        counter: how many of the entries used speak against the person.
    """

    id: str
    name: str
    figure: str = ""
    count: str = ""
    interval: str = ""
    span: str = ""
    standing: Answer | None = None
    bar: str = ""
    bar_at: float | None = None
    trend: str = ""
    cautions: tuple[str, ...] = ()
    empty: str = ""
    unit: str = ""
    higher_is_better: bool = True
    bar_above: bool = False
    value: float | None = None
    counter: int = 0
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many entries happened in one month, how many were written late, and what stands below it."""

    label: str
    count: int
    late: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry as a line of the record, with its three dates.

    Attributes:
        kind: its kind in words ("commitment").
        late_days: days between happening and writing, when that is more than the policy allows; else None.
        disputed: the subject's reason, when the entry is disputed.
        seen: how first-hand, in words.
        state: what became of it, in words ("9 days after its date", "open, due 3 Jul 2026").
    """

    id: EntryId
    kind: str
    title: str
    text: str = ""
    happened: date
    written: datetime
    shared: datetime | None
    late_days: int | None = None
    disputed: str = ""
    principles: tuple[str, ...] = ()
    seen: str = ""
    concern: str = ""
    tag: str = ""
    state: str = ""
    links: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """A deadline that runs: whose, what, and when. `days` counts from the page's day; negative is overdue.

    `kind` is the clock's id, or "promise" for a commitment that is still open; `about` the concern, if any;
    `entry` the entry that started a clock.
    """

    kind: str = ""
    about: str = ""
    entry: EntryId = ""
    person: PersonId
    name: str
    what: str
    due: date
    days: int
    next_step: str = ""
