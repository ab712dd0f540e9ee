"""The conditions of a diagnosis: what speaks for and against each type of problem (spec 10, lens).

Shares are taken of the failures that are sure. Two lists that nobody gave leave everything about failures
unknown; one that is not given leaves open only whether there are enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from datumline.domain.diagnosis.diagnosis_record import DiagnosisRecord, TeamRate
from datumline.domain.policy.facts import ABSENT
from datumline.domain.policy.pack import Policy
from datumline.domain.verdict import Answer, Condition, Figure, Pointer, answer

ON_FILE, PATTERN, SHARED, TEAM, MISMATCH, BEHAVIOUR, CLUSTERED, FLAGGED, SCATTERED = (
    "on-file",
    "pattern",
    "expectations-shared",
    "team-on-time",
    "mismatch",
    "behaviour",
    "clustered",
    "risk-flagged",
    "scattered",
)
PERCENT = 100
LEVELS = {
    "individual": ("commitments", "defects", "behaviour_entries"),
    "team": ("team_on_time",),
    "organisation": ("expectation_shared_on", "mismatch"),
}
PARAMETERS = (
    "diagnosis.least_failures",
    "diagnosis.cluster_share",
    "diagnosis.late_expectation_share",
    "diagnosis.silent_share",
    "diagnosis.team_bar",
    "diagnosis.team_margin",
    "diagnosis.least_behaviour",
    "diagnosis.scatter_months",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisBars:
    """The numbers of the policy, on one day. Shares and bars are in percent, the margin in points."""

    least: int
    cluster: Decimal
    late: Decimal
    silent: Decimal
    team: Decimal
    margin: Decimal
    behaviour: int
    months: int


def bars_of(policy: Policy, on: date) -> DiagnosisBars:
    """The numbers that hold on `on`."""
    return DiagnosisBars(
        least=policy.whole("diagnosis.least_failures", on),
        cluster=policy.number("diagnosis.cluster_share", on),
        late=policy.number("diagnosis.late_expectation_share", on),
        silent=policy.number("diagnosis.silent_share", on),
        team=policy.number("diagnosis.team_bar", on),
        margin=policy.number("diagnosis.team_margin", on),
        behaviour=policy.whole("diagnosis.least_behaviour", on),
        months=policy.whole("diagnosis.scatter_months", on),
    )


def unexamined(record: DiagnosisRecord) -> tuple[str, ...]:
    """The levels of which nobody said anything: an entry, or that one looked and there is none."""
    return tuple(
        level
        for level, keys in LEVELS.items()
        if all(record.facts.get(key, ABSENT) is ABSENT for key in keys)
    )


def diagnosis_conditions(record: DiagnosisRecord, bars: DiagnosisBars) -> tuple[Condition, ...]:
    """Every condition, answered."""
    failures = tuple(each.pointer for each in record.failures)
    return (
        Condition(id=ON_FILE, answer=_on_file(record), because=failures + _at(record, "behaviour_entries")),
        Condition(
            id=PATTERN,
            answer=_pattern(record, bars),
            because=failures,
            figures={"count": len(failures), "needed": bars.least},
        ),
        _shared(record, bars),
        _team(record, bars),
        Condition(
            id=MISMATCH,
            answer=answer(None if record.mismatch is ABSENT else record.mismatch in {"domain", "stage"}),
            because=_at(record, "mismatch"),
        ),
        Condition(
            id=BEHAVIOUR,
            answer=answer(None if record.behaviour is ABSENT else (record.behaviour or 0) >= bars.behaviour),
            because=_at(record, "behaviour_entries"),
            figures={
                "count": record.behaviour if isinstance(record.behaviour, int) else None,
                "needed": bars.behaviour,
            },
        ),
        _clustered(record, bars),
        _flagged(record, bars),
        _scattered(record, bars),
    )


def _at(record: DiagnosisRecord, key: str) -> tuple[Pointer, ...]:
    return () if record.facts.get(key, ABSENT) is ABSENT else (f"/{key}",)


def _on_file(record: DiagnosisRecord) -> Answer:
    """Whether there is anything to diagnose: one failure, or one entry on behaviour."""
    behaviour = record.behaviour if isinstance(record.behaviour, int) else 0
    if record.failures or behaviour:
        return Answer.MET
    return answer(None if record.doubtful is None or record.doubtful or record.behaviour is ABSENT else False)


def _pattern(record: DiagnosisRecord, bars: DiagnosisBars) -> Answer:
    count, more = len(record.failures), record.doubtful
    if count >= bars.least:
        return Answer.MET
    return answer(None if more is None or count + more >= bars.least else False)


def _shared(record: DiagnosisRecord, bars: DiagnosisBars) -> Condition:
    """Whether the expectation was shared before the failures, most of them at least.

    A failure of the day of sharing came before it (as in reading 17, doubt goes to the engineer).
    """
    day, failures = record.shared_on, record.failures
    early = [each for each in failures if isinstance(day, date) and each.on <= day]
    late = PERCENT * len(early) > bars.late * len(failures)
    known = isinstance(day, date) and day <= record.at.as_of
    return Condition(
        id=SHARED,
        answer=answer(None if day is ABSENT else known and not late),
        because=(*_at(record, "expectation_shared_on"), *(each.pointer for each in early)),
        figures={"before": len(early), "of": len(failures)},
    )


def _team(record: DiagnosisRecord, bars: DiagnosisBars) -> Condition:
    """Whether the team keeps its dates, or keeps them clearly better than the person does."""
    own = _own_rate(record)
    figures: dict[str, Figure] = {"own_percent": None if own is None else round(float(own), 1)}
    given: bool | None = None
    if isinstance(record.team, TeamRate) and record.team.of:
        rate = Decimal(PERCENT * record.team.on_time) / record.team.of
        figures["team_percent"] = round(float(rate), 1)
        given = True if rate >= bars.team else None if own is None else own < rate - bars.margin
    elif record.team is not ABSENT:
        given = True
    return Condition(id=TEAM, answer=answer(given), because=_at(record, "team_on_time"), figures=figures)


def _own_rate(record: DiagnosisRecord) -> Decimal | None:
    """The share of the person's commitments that were on time, of those that are settled; None for none."""
    as_of = record.at.as_of
    told = [
        each.missed(as_of)
        for each in record.known_promises
        if isinstance(each.due, date)
        and (each.due < as_of or (isinstance(each.delivered, date) and each.delivered <= as_of))
    ]
    settled = [missed for missed in told if missed is not None]
    return Decimal(PERCENT * settled.count(False)) / len(settled) if settled else None


def _clustered(record: DiagnosisRecord, bars: DiagnosisBars) -> Condition:
    """Whether the failures lie in one kind of work; those of no known kind may lie anywhere."""
    failures = record.failures
    kinds = Counter(each.work for each in failures if each.work)
    kind, most = max(kinds.items(), key=lambda each: each[1], default=(None, 0))
    least, unsaid = PERCENT * most, sum(each.work is None for each in failures)
    bar = bars.cluster * len(failures)
    given: bool | None = None
    if record.told:
        reachable = PERCENT * (most + unsaid) >= bar
        given = bool(failures) and (True if least >= bar else None if reachable else False)
    because = tuple(each.pointer for each in failures if kind and each.work == kind)
    figures: Mapping[str, Figure] = {"kind": kind, "count": most, "of": len(failures)}
    return Condition(id=CLUSTERED, answer=answer(given), because=because, figures=figures)


def _flagged(record: DiagnosisRecord, bars: DiagnosisBars) -> Condition:
    """Whether the risk was said before the day: not, when most failures were promises missed in silence."""
    failures = record.failures
    silent = [each for each in failures if each.promised and each.flagged is False]
    unsaid = sum(each.promised and each.flagged is None for each in failures)
    bar = bars.silent * len(failures)
    given: bool | None = None
    if record.told:
        surely = PERCENT * len(silent) > bar
        given = False if surely else None if PERCENT * (len(silent) + unsaid) > bar else True
    return Condition(
        id=FLAGGED,
        answer=answer(given),
        because=tuple(each.pointer for each in silent),
        figures={"silent": len(silent), "of": len(failures)},
    )


def _scattered(record: DiagnosisRecord, bars: DiagnosisBars) -> Condition:
    """Whether the failures lie in several calendar months, and so are no one bad spell."""
    months = {(each.on.year, each.on.month) for each in record.failures}
    return Condition(
        id=SCATTERED,
        answer=answer(len(months) >= bars.months if record.told else None),
        because=tuple(each.pointer for each in record.failures),
        figures={"months": len(months), "needed": bars.months},
    )
