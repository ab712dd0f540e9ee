"""What the page of components shows: invented view models, so that every part stands in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from datumline.domain.verdict import Answer
from datumline.services.pages.cards import (
    ChangeLine,
    ClockLine,
    ConditionLine,
    EntryRow,
    Point,
    SignalCard,
    VerdictCard,
)
from datumline.web.forms import Form, blank

MET, NOT, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
NOBODY = "nobody"
SIZES = (
    ("title", "The name of a page"),
    ("figure", "74 %"),
    ("lead", "The answer of a verdict, in one sentence"),
    ("head", "The title of a part"),
    ("body", "What is read"),
    ("small", "What stands beside it: counts, days, help"),
    ("tiny", "Keys"),
)
COLOURS = (
    ("paper", "ground"),
    ("sheet", "what lies on it: cards, fields"),
    ("wash", "beside the matter"),
    ("ink", "words"),
    ("soft", "words beside them"),
    ("teal", "datum: links, the bar, the one first act"),
    ("datum-wash", "behind what was asked for"),
    ("met", "met, done"),
    ("unmet", "not met, refused, late"),
    ("warn", "warning"),
    ("unknown", "unknown"),
)
ANSWERS = ((MET, "Commitments kept on time"), (NOT, "Two projects owned"), (UNKNOWN, "A measured impact"))
KINDS = (("occurrence", "something seen"), ("written-note", "written note"), ("commitment", "commitment"))
PRINCIPLES = (
    ("deliver-results", "Deliver Results"),
    ("dive-deep", "Dive Deep"),
    ("earn-trust", "Earn Trust"),
)
AUDIENCES = (("shared", "The person it is about"), ("private", "Only me, and it is no evidence"))
TABS = (
    ("where", "/components", "Where it stands", ""),
    ("entries", "/components#tags-title", "Entries", 281),
    ("reader", "/components#top", "Who opened it", 4),
)
FIGURES = (
    ("On time", "74 %", "26 of 35", NOT, "above 85 %"),
    ("Cross-team projects owned", "2", "2", MET, "at least 2"),
    ("Mentorship outcomes", "none", "0", UNKNOWN, "no bar"),
)
PAIRS = (("Happened", "22 Jun 2026"), ("Written", "22 Jun 2026, 15:04 UTC"), ("Shared", "when written"))
CARD = VerdictCard(
    key="plan",
    table="plan",
    verdict="follow-up-note",
    question="May a formal plan start?",
    about="late delivery",
    answer="Not yet. Write the second note and give it 30 days.",
    next_step="Write the follow-up note and share it.",
    conditions=(
        ConditionLine(id="named", answer=MET, words="Named in writing, and it could be read", said="11 June"),
        ConditionLine(id="repeated", answer=NOT, words="Repeated over two months", said="3 Mar to 22 Apr"),
        ConditionLine(id="unchanged", answer=UNKNOWN, words="Unchanged after two notes and a conversation"),
    ),
    changes=(ChangeLine(to="Start a formal plan", steps=("Share a second note.", "It happens again.")),),
    earliest=date(2026, 8, 1),
    holds_until=date(2026, 8, 1),
    parameters=(("pip.more_time", "30 days (S4)"),),
    pack="Policy: default pack 1",
)
SIGNALS = (
    SignalCard(
        id="sample-on-time",
        name="On time by quarter",
        figure="60 %",
        count="9 of 15",
        interval="95 % interval: 36 to 80 %.",
        standing=NOT,
        bar="at least 90 %",
        bar_at=90,
        trend="28 points lower than the quarter before.",
        unit="%",
        points=(
            Point(label="Q3", value=94, low=72, high=99),
            Point(label="Q4", value=92, low=67, high=99),
            Point(label="Q1", value=88, low=64, high=97),
            Point(label="Q2", value=60, low=36, high=80),
        ),
    ),
    SignalCard(
        id="sample-few",
        name="On time, few commitments",
        figure="67 %",
        count="2 of 3",
        interval="95 % interval: 21 to 94 %.",
        standing=UNKNOWN,
        bar="above 85 %",
        bar_at=85,
        unit="%",
        cautions=("Too few to tell. Read it as weak evidence.",),
        points=(Point(label="Q1", value=None), Point(label="Q2", value=67, low=21, high=94)),
    ),
    SignalCard(id="sample-none", name="Avoidable incidents", empty="Nothing on file: neither good nor bad."),
)
ENTRIES = (
    EntryRow(
        id="a" * 64,
        kind="commitment",
        title="Invoice export",
        text="Two customers were billed by hand.",
        happened=date(2026, 6, 22),
        written=datetime(2026, 6, 22, 15, 4, tzinfo=UTC),
        shared=datetime(2026, 6, 22, 15, 4, tzinfo=UTC),
        principles=("Deliver Results",),
        state="9 days after its date",
        seen="the artifact itself",
    ),
    EntryRow(
        id="b" * 64,
        kind="occurrence",
        title="Two review questions left open",
        happened=date(2026, 4, 9),
        written=datetime(2026, 6, 11, 9, 30, tzinfo=UTC),
        shared=None,
        late_days=63,
        disputed="I answered both in the review of 10 April.",
        concern="late delivery",
        tag="in progress",
    ),
)
CLOCKS = (
    ClockLine(person=NOBODY, name="Ilse Okafor", what="a note is owed", due=date(2026, 6, 11), days=-19),
    ClockLine(
        person=NOBODY,
        name="Ilse Okafor",
        what="“Refund window”",
        due=date(2026, 7, 9),
        days=9,
        next_step="Ask whether the date holds.",
    ),
)
FIELDS = ("title", "happened", "kind", "text", "principles", "audience", "file", "sure")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentsPage:
    """Everything that the page of components shows."""

    sizes: tuple[tuple[str, str], ...] = SIZES
    colours: tuple[tuple[str, str], ...] = COLOURS
    answers: tuple[tuple[Answer, str], ...] = ANSWERS
    kinds: tuple[tuple[str, str], ...] = KINDS
    principles: tuple[tuple[str, str], ...] = PRINCIPLES
    audiences: tuple[tuple[str, str], ...] = AUDIENCES
    tabs: tuple[tuple[str, str, str, object], ...] = TABS
    figures: tuple[tuple[str, str, str, Answer, str], ...] = FIGURES
    pairs: tuple[tuple[str, str], ...] = PAIRS
    verdict: VerdictCard = CARD
    signals: tuple[SignalCard, ...] = SIGNALS
    entries: tuple[EntryRow, ...] = ENTRIES
    clocks: tuple[ClockLine, ...] = CLOCKS


def sample_form() -> Form:
    """A form that came back with two fields to mend."""
    form = blank(
        FIELDS, {"happened": "2026-07-22", "principles": ["dive-deep"], "text": "It came nine days late."}
    )
    form.refuse("title", "Write a title.")
    form.refuse("happened", "Write the day as 2026-06-30, between 1970-01-01 and 2026-06-30.")
    return form
