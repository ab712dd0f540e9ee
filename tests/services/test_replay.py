"""A past day's answer stays what it was, whatever is recorded later: entries, line changes, policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access import Actor
from datumline.domain.period import AsOf, end_of_day
from datumline.services.context import Context
from datumline.services.policy import activate
from datumline.services.record import read_record
from datumline.services.status import Status
from datumline.services.verdicts import judged_of
from datumline.services.visit import visit
from datumline.store import ledger
from support.offices import Office
from support.packs import write_pack

CONCERN = "slipping dates"
INES = "ines@firm.example"
BEGIN = date(2026, 7, 1)
QUESTIONS = (
    (date(2026, 8, 1), date(2026, 8, 1)),
    (date(2026, 9, 15), date(2026, 9, 15)),
    (date(2026, 8, 1), date(2026, 9, 15)),
)
LAST = max(known for _, known in QUESTIONS)
LATER = datetime(2026, 9, 17, tzinfo=UTC)
KINDS = (
    Kind.OCCURRENCE,
    Kind.WRITTEN_NOTE,
    Kind.SBI,
    Kind.PERSONAL_CONVERSATION,
    Kind.CROSS_TEAM_PROJECT,
    Kind.TRADE_OFF,
)
_minutes = count(1)

past_days = st.dates(BEGIN, LAST)
events = st.one_of(
    st.tuples(st.just("entry"), st.sampled_from(KINDS), past_days),
    st.tuples(st.just("commitment"), past_days, st.one_of(st.none(), past_days)),
    st.tuples(st.just("correction"), st.integers(0, 3), past_days),
    st.tuples(st.just("retraction"), st.integers(0, 3), past_days),
    st.tuples(st.just("line"), st.sampled_from(["nils@firm.example", "vera@firm.example"]), past_days),
    st.tuples(st.just("level"), st.sampled_from(["L4", "L5"]), past_days),
    st.tuples(st.just("policy"), st.integers(7, 120), past_days),
)


class History:
    """An office whose later days can be written in any order."""

    def __init__(self, office: Office) -> None:
        office.people()
        self.office = office
        self.ines, self.mona = office.person(INES), office.person("mona@firm.example")
        self.first: list[str] = []
        for day, kind in zip(range(1, 60, 14), [*KINDS[:3], Kind.OCCURRENCE, Kind.WRITTEN_NOTE], strict=True):
            on = BEGIN + timedelta(days=day)
            at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
            self.first.append(self.place(at, kind, on, seen=Seen.OBSERVED, concern=CONCERN))

    def place(self, at: datetime, kind: Kind, on: date, **fields: Any) -> str:
        """Append an entry about Ines at that instant; its id."""
        draft = Draft(kind=kind, author=self.mona, subject=self.ines, occurred_on=on, **fields)
        return ledger.place([draft], clock=lambda: at)[0].hash

    def context(self, at: datetime) -> Context:
        """The operator's request at that instant."""
        return replace(self.office.context, today=at.date(), clock=lambda: at, actor=Actor(operator=True))

    def answer(self, as_of: date, known_at: date) -> dict[str, Any]:
        """Everything that status says of Ines on that day, asked long afterwards."""
        asking = visit(self.context(datetime(2028, 1, 1, tzinfo=UTC)))
        record = read_record(asking, self.ines, AsOf(as_of=as_of, known_at=end_of_day(known_at)))
        return Status(record=record, verdicts=judged_of(record), unseen=0).document()

    def write_later(self, event: tuple[Any, ...], folder: Path) -> None:
        """Record one of `events`, after everything that the questions know of."""
        at = LATER + timedelta(minutes=next(_minutes))
        what, *said = event
        if what == "policy":
            wait = f"pip.more_time:\n  reference: ours\n  values: {{2020-01-01: {said[0]}}}\n"
            pack = write_pack(folder / f"pack-{at:%d%H%M}", {"parameters/plan.yaml": wait})
            activate(self.context(at), pack, said[1])
        elif what == "entry":
            self.place(at, said[0], said[1], concern=CONCERN, amounts={})
        elif what == "commitment":
            amounts = {"work": "export", "due": said[0], "delivered": said[1]}
            self.place(at, Kind.COMMITMENT, BEGIN, amounts=amounts)
        elif what == "line":
            self.place(at, Kind.POSITION, said[1], amounts={"manager": self.office.person(said[0])})
        elif what == "level":
            self.place(at, Kind.POSITION, said[1], amounts={"level": said[0]})
        else:
            self.amend(at, what, self.first[said[0]], said[1])

    def amend(self, at: datetime, what: str, entry: str, on: date) -> None:
        """Correct or retract an entry."""
        (named,) = ledger.by_id([entry])
        kind = Kind.RETRACTION if what == "retraction" else named.kind
        self.place(at, kind, on, ref=entry, amounts={"reason": "seen otherwise"})


@pytest.mark.slow
def test_a_past_day_s_answer_stays_what_it_was(office: Office, tmp_path: Path) -> None:
    history = History(office)
    before = [history.answer(*question) for question in QUESTIONS]
    assert len({str(answer["verdicts"]) for answer in before}) == len(QUESTIONS)
    changed = 0

    @settings(max_examples=30, deadline=None)
    @given(st.lists(events, min_size=1, max_size=4))
    def whatever_is_recorded_later(later: list[tuple[Any, ...]]) -> None:
        nonlocal changed
        for event in later:
            history.write_later(event, tmp_path)
        assert [history.answer(*question) for question in QUESTIONS] == before
        changed += 1

    whatever_is_recorded_later()
    now = history.answer(LAST, date(2027, 12, 31))
    assert (changed > 1, now["verdicts"] != before[1]["verdicts"]) == (True, True)
