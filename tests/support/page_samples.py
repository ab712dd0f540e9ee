"""View models by hand, so that the look can be judged without a store. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from datumline.domain.verdict import Answer
from datumline.services.pages.cards import (
    ChangeLine,
    ClockLine,
    ConditionLine,
    EntryRow,
    Month,
    Point,
    SignalCard,
    VerdictCard,
)
from datumline.services.pages.clusters import ClusterCard, Spoken
from datumline.services.pages.concerns import Thread, ThreadLine
from datumline.web.forms import blank
from datumline.web.pages.quick import FIELDS
from datumline.web.rendering import environment
from datumline.web.shell import Shell

MET, NOT, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
ILSE = "0b1f6e4e-9a53-4b8e-8d07-1f7f3a5f0c11"
SHELL = Shell(
    today=date(2026, 6, 30),
    viewer="Rowan Achterberg",
    role="Engineering manager",
    demo=True,
    current="people",
)


def _id(n: int) -> str:
    return f"{n:064x}"


def entry(n: int, happened: date, title: str, **more: object) -> EntryRow:
    written = more.pop("written", datetime(happened.year, happened.month, happened.day, 15, 4, tzinfo=UTC))
    values = {"kind": "commitment", "shared": written, **more}
    return EntryRow(id=_id(n), title=title, happened=happened, written=written, **values)  # type: ignore[arg-type]


ENTRIES = (
    entry(
        1,
        date(2026, 6, 22),
        "Invoice export",
        state="9 days after its date",
        principles=("Deliver Results",),
        text="Risk was not flagged before the due day. Two customers were billed by hand.",
        seen="the artifact itself",
        concern="late delivery",
    ),
    entry(
        2,
        date(2026, 6, 18),
        "Retro of the settlement outage adopted as the template",
        kind="artifact",
        principles=("Dive Deep",),
        state="adopted by Ledger, Risk",
        seen="the artifact itself",
    ),
    entry(
        3,
        date(2026, 6, 11),
        "Written note: dates at risk",
        kind="written note",
        concern="late delivery",
        text="When a date is at risk, say so at least three working days before.",
        seen="seen by the author",
    ),
    entry(
        4,
        date(2026, 4, 9),
        "Two review questions on the retry design left open; launch moved a week",
        kind="occurrence",
        written=datetime(2026, 6, 11, 9, 30, tzinfo=UTC),
        late_days=63,
        principles=("Earn Trust",),
        disputed="I answered both in the design review of 10 April.",
        seen="seen by the author",
        concern="late delivery",
        tag="in progress",
    ),
    entry(
        5,
        date(2026, 3, 3),
        "Ledger split, first cut",
        state="on its date",
        principles=("Deliver Results", "Ownership"),
        seen="the artifact itself",
    ),
)

PLAN = VerdictCard(
    key="plan",
    table="plan",
    verdict="follow-up-note",
    question="May a formal plan start?",
    about="late delivery",
    answer="Not yet: write the second note and give it 30 days.",
    next_step="Write the follow-up note and share it.",
    conditions=(
        ConditionLine(
            id="named-in-writing",
            answer=MET,
            words="Named in writing, and she could read it",
            said="note of 11 Jun 2026",
            entries=(_id(3),),
            parameter="pip.conditions",
        ),
        ConditionLine(
            id="repeated",
            answer=MET,
            words="Repeated over two cycles or two months",
            said="3 Mar to 22 Jun 2026",
            entries=(_id(1), _id(4), _id(5)),
            parameter="pip.conditions",
        ),
        ConditionLine(
            id="unchanged",
            answer=NOT,
            words="Unchanged after two written notes and one SBI conversation",
            said="1 note of 2, no conversation",
            parameter="pip.conditions",
        ),
    ),
    rows=(
        ConditionLine(id="investigate", answer=NOT, words="Only peers report it: investigate before acting"),
        ConditionLine(
            id="personal-conversation",
            answer=NOT,
            words="Strong for two years, then a drop, and no conversation since: talk first",
        ),
        ConditionLine(
            id="managed-transition", answer=UNKNOWN, words="Delivers, but mismatched: a managed transition"
        ),
        ConditionLine(id="start-plan", answer=NOT, words="All three conditions hold: start a formal plan"),
        ConditionLine(
            id="follow-up-note", answer=MET, words="Named, no written follow-up: write it, 30 more days"
        ),
    ),
    decided_by="follow-up-note",
    changes=(
        ChangeLine(
            to="Start a formal plan",
            steps=(
                "Share a second written note on another day.",
                "Hold an SBI conversation.",
                "It happens again after both, 30 days later.",
            ),
        ),
        ChangeLine(to="Managed transition", steps=("Record that the work does not fit the team's domain.",)),
    ),
    holds_until=date(2026, 8, 1),
    parameters=(
        ("pip.conditions", "Named in writing, repeated, unchanged (S4)"),
        ("pip.more_time", "30 days (S4)"),
    ),
    pack="Default pack 1.0",
)

ROUND = VerdictCard(
    key="non-negotiables",
    table="non-negotiables",
    verdict="does-not-meet",
    question="Would the bar-raiser round hold?",
    answer="It would not: one of four is short of its bar, one is not on file.",
    next_step="Put one decision with its options and figures on file.",
    conditions=(
        ConditionLine(
            id="on-time",
            answer=NOT,
            words="Above 85 % on time over 180 days",
            said="74 %, 26 of 35, between 58 and 86 %",
            entries=tuple(_id(n) for n in range(1, 36)),
        ),
        ConditionLine(
            id="cross-team",
            answer=MET,
            words="At least two cross-team projects owned",
            said="ledger split, retry budget",
            entries=(_id(5), _id(2)),
        ),
        ConditionLine(
            id="customer-impact",
            answer=MET,
            words="A documented, deep customer impact",
            said="refunds, 4 days to 1",
            entries=(_id(2),),
        ),
        ConditionLine(
            id="trade-offs", answer=UNKNOWN, words="Trade-offs explained with data", said="nothing on file"
        ),
    ),
    changes=(
        ChangeLine(
            to="Meets the bar",
            steps=("26 commitments in a row on time.", "One trade-off with its data on file."),
        ),
    ),
    parameters=(
        ("on_time.bar_raiser_floor", "above 85 % (S0)"),
        ("bar_raiser.cross_team_projects", "at least 2 (S0)"),
    ),
    pack="Default pack 1.0",
)

SIGNALS = (
    SignalCard(
        id="on-time",
        name="On time",
        figure="60 %",
        count="9 of 15 this quarter",
        interval="Between 36 and 80 % (95 %).",
        standing=NOT,
        bar="90 % in two quarters",
        bar_at=90,
        trend="Was 88 % the quarter before: a regression, less than 1 % likely by chance.",
        unit="%",
        points=(
            Point(label="Q3", value=94, low=72, high=99, count="15 of 16"),
            Point(label="Q4", value=92, low=67, high=99, count="12 of 13"),
            Point(label="Q1", value=88, low=64, high=97, count="14 of 16"),
            Point(label="Q2", value=60, low=36, high=80, count="9 of 15"),
        ),
    ),
    SignalCard(
        id="defects",
        name="Defects per change",
        figure="6.8 %",
        count="11 of 162 changes",
        interval="Between 3.8 and 11.8 % (95 %).",
        trend="Up 4.4 points.",
        unit="%",
        higher_is_better=False,
        points=(
            Point(label="Q3", value=2.1, low=0.7, high=6, count="3 of 143"),
            Point(label="Q4", value=1.8, low=0.5, high=6),
            Point(label="Q1", value=2.4, low=0.8, high=7),
            Point(label="Q2", value=6.8, low=3.8, high=11.8),
        ),
    ),
    SignalCard(
        id="reviews",
        name="Review turnaround",
        figure="31 h",
        count="median of 28 reviews",
        standing=NOT,
        bar="24 hours",
        bar_at=24,
        trend="5 took over four days.",
        unit="h",
        higher_is_better=False,
        points=(
            Point(label="Q3", value=9),
            Point(label="Q4", value=14),
            Point(label="Q1", value=21),
            Point(label="Q2", value=31),
        ),
    ),
    SignalCard(
        id="few",
        name="On time, 180 days",
        figure="67 %",
        count="2 of 3 due",
        interval="Between 21 and 94 % (95 %).",
        standing=UNKNOWN,
        bar="above 85 %",
        bar_at=85,
        unit="%",
        cautions=("Too few to tell. Read it as weak evidence.",),
        points=(Point(label="Q1", value=None), Point(label="Q2", value=67, low=21, high=94, count="2 of 3")),
    ),
    SignalCard(
        id="incidents", name="Avoidable incidents", empty="Nothing on file. Import incidents, or log one."
    ),
)
FIGURES = (
    SignalCard(
        id="first-review-pass",
        name="Documents that pass the first review",
        figure="50 %",
        count="2 of 4",
        span="15 to 85 %",
        standing=NOT,
        bar="at least 70 %",
        bar_at=70,
        value=50,
        unit="%",
        cautions=("Too few to tell. Read it as weak evidence.",),
    ),
    SignalCard(
        id="cross-team-projects",
        name="Cross-team projects owned",
        figure="2",
        standing=MET,
        bar="at least 2",
        bar_at=2,
        value=2,
    ),
    SignalCard(id="late-share", name="Recorded late", figure="14 %", count="6 of 42", span="7 to 28 %"),
)
MONTHS = tuple(
    Month(
        label=f"month {i + 1}",
        count=(i * 7) % 11,
        late=(i * 7) % 11 // 4,
        name="" if i % 3 else "JAJO"[i // 3 % 4],
    )
    for i in range(24)
)


CLUSTERS = (
    ClusterCard(
        id="ownership",
        name="Ownership",
        looks_for="Dates that are kept.",
        speaks_for=(Spoken(id=_id(5), title="Ledger split, first cut", happened=date(2026, 3, 3)),),
        speaks_against=(Spoken(id=_id(1), title="Invoice export", happened=date(2026, 6, 22)),),
        for_count=4,
        against_count=1,
        silent=("Frugality",),
        suggested=2,
        days=180,
    ),
    ClusterCard(
        id="influence",
        name="Influence",
        looks_for="Work across teams.",
        speaks_for=(),
        speaks_against=(),
        for_count=0,
        against_count=0,
        silent=("Earn Trust",),
        suggested=0,
        days=180,
    ),
)
THREADS = (
    Thread(
        name="late delivery",
        tag="in progress",
        remediation="A word three days before",
        lines=(
            ThreadLine(
                id=_id(4),
                happened=date(2026, 4, 9),
                kind="occurrence",
                title="Two review questions left open",
                own=False,
                disputed=True,
            ),
            ThreadLine(
                id=_id(6),
                happened=date(2026, 4, 11),
                kind="reply",
                title="I answered both",
                own=True,
                disputed=False,
            ),
        ),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Whose evidence is shown alone."""

    words: str


@dataclass(frozen=True, kw_only=True)
class PersonSample:
    """A whole person page."""

    name: str = "Ilse Okafor"
    about: tuple[str, ...] = (
        "Senior engineer",
        "Payments platform",
        "reports to Rowan Achterberg",
        "since 14 Oct 2025",
    )
    clocks: tuple[ClockLine, ...] = (
        ClockLine(
            person=ILSE, name="Ilse Okafor", what="answer her monthly update", due=date(2026, 7, 2), days=2
        ),
        ClockLine(person=ILSE, name="Ilse Okafor", what="Refund window is due", due=date(2026, 7, 9), days=9),
    )
    verdicts: tuple[VerdictCard, ...] = (PLAN, ROUND)
    mine: bool = False
    logs: bool = True
    composes: bool = True
    lined: bool = True
    watched: bool = True
    former: int = 0
    judged: bool = True
    figured: bool = True
    clusters: tuple[ClusterCard, ...] = CLUSTERS
    threads: tuple[Thread, ...] = THREADS
    signals: tuple[SignalCard, ...] = SIGNALS
    figures: tuple[SignalCard, ...] = FIGURES
    silent: tuple[str, ...] = ("Mentorship outcomes", "Services owned end to end")
    entries: tuple[EntryRow, ...] = ENTRIES
    months: tuple[Month, ...] = MONTHS
    behind: Behind | None = None
    health: str = "41 entries, 6 late, 38 shared with her, 30 first-hand"
    as_of: date = date(2026, 6, 30)
    known_at: datetime = datetime(2026, 6, 30, 23, 59, tzinfo=UTC)
    past: bool = False
    here: str = f"/people/{ILSE}"
    home: str = f"/people/{ILSE}"
    fault: str = ""
    older: str = ""
    pack: str = "Default pack 1.0"


def person_html(page: object) -> str:
    """The person page of a sample."""
    return (
        environment()
        .get_template("person.html")
        .render(shell=SHELL, page=page, csrf="", form=blank(FIELDS, {"fixed": ILSE}))
    )
