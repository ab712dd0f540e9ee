"""Who opened whose record: the person's own view, that of who may ask about them, and an administrator's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from urllib.parse import urlencode

from datumline.domain.evidence.chain import stamp
from datumline.domain.people.access import OPERATOR, Thing
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.break_glass import State
from datumline.domain.people.person import PersonId
from datumline.services.access import ANOTHER, who_opened
from datumline.services.pages.readings import note_once
from datumline.services.visit import Visit, role_of
from datumline.store.access_log import Reading, Which, readings

SHOWN = 60  # readings of one page
OWN, OTHERS, TECHNICAL, AUDITED = "own", "others", "technical", "audited"
# What was opened, as the shells name it; what is not listed is shown as it stands.
SAID = {
    "person page": "the record",
    "entry page": "an entry",
    "search": "entries found by a search",
    "status": "the status",
    "signal-log": "the signal log",
    "people show": "name and place",
    "ledger page": "the ledger page",
    "line page": "the reporting line",
    "cover page": "the leave cover",
    "conflicts page": "the conflicts of interest",
    "break-glass page": "the uses of break-glass",
    "tried to let themselves in": "break-glass: tried to let themselves in",
    "tried to review an own opening": "break-glass: tried to review an own opening",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLine:
    """One reading. `subject` is named where several people are meant; `what` not to an administrator."""

    at: datetime
    reader: str
    role: str
    what: str
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedDay:
    """The readings of one day, newest first."""

    on: date
    lines: tuple[OpenedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedList:
    """Some readings by day; `older` is the address of those before, empty at the end."""

    id: str
    days: tuple[OpenedDay, ...]
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """The page.

    Attributes:
        name: whose record it is about; empty on one's own page.
        record: who opened that record; None when there is nobody on file who asks.
        mine: what the one who asks opened of others; None on another's page.
        technical: that and when records were opened, for an administrator; for an auditor also what.
        partial: what is left out of `record` for this reader; empty when nothing is.
    """

    name: str
    person: PersonId | None
    record: OpenedList | None
    mine: OpenedList | None = None
    technical: OpenedList | None = None
    partial: str = ""


def my_opened_page(asked: Visit, *, before: datetime | None = None) -> OpenedPage:
    """The page of the one who asks: who opened their record, and what they opened themselves."""
    me, author = asked.me, asked.context.actor.author
    record = (who_opened(asked.context, me, before=before, most=SHOWN + 1) or []) if me else None
    own = readings(Which(actor=author, before=before), most=SHOWN + 1)
    admin = asked.gate.asks(Verb.METADATA, Thing(noun=Noun.ACCESS_LOG, subject=NOBODY)).allowed
    audits = asked.gate.allows(Verb.READ, Noun.ACCESS_LOG, NOBODY, author=ANOTHER)
    seen = readings(Which(before=before), most=SHOWN + 1) if admin or audits else []
    every = AUDITED if audits else TECHNICAL
    return OpenedPage(
        name="",
        person=me,
        record=None if record is None else _list(asked, OWN, record, "/opened"),
        mine=_list(asked, OTHERS, own, "/opened"),
        technical=_list(asked, every, seen, "/opened") if admin or audits else None,
    )


NOBODY = "00000000-0000-4000-8000-000000000000"  # a right over everybody reaches whoever is asked about


def opened_page(asked: Visit, person: PersonId, *, before: datetime | None = None) -> OpenedPage | None:
    """Who opened another's record, as far as the one who asks may know; None if they may not ask at all."""
    if person not in asked.chart.people:
        return None
    found = who_opened(asked.context, person, before=before, most=SHOWN + 1)
    if found is None:
        return None
    note_once(asked, person, Noun.ACCESS_LOG, "who opened it")
    return OpenedPage(
        name=asked.name_of(person),
        person=person,
        record=_list(asked, OWN, found, f"/people/{person}/opened"),
        partial=_partial(asked, person),
    )


def _partial(asked: Visit, person: PersonId) -> str:
    me = asked.context.actor.author
    mine = asked.gate.allows(Verb.READ, Noun.ACCESS_LOG, person, author=me)
    others = asked.gate.allows(Verb.READ, Noun.ACCESS_LOG, person, author=NOBODY)
    if mine and others:
        return ""
    return (
        "Only what you opened yourself."
        if mine
        else "What others opened; whether you may is for others to check."
    )


def _list(asked: Visit, name: str, found: list[Reading], here: str) -> OpenedList:
    shown = found[:SHOWN]
    lines = [_line(asked, each, named=name != OWN, told=name != TECHNICAL) for each in shown]
    days = groupby(lines, key=lambda line: line.at.date())
    older = f"{here}?{urlencode({'before': stamp(shown[-1].at)})}" if len(found) > SHOWN else ""
    return OpenedList(
        id=name,
        days=tuple(OpenedDay(on=on, lines=tuple(of_day)) for on, of_day in days),
        older=older,
    )


def _line(asked: Visit, reading: Reading, *, named: bool, told: bool) -> OpenedLine:
    alone = reading.actor == OPERATOR
    return OpenedLine(
        at=reading.at,
        reader="The operator of this machine"
        if alone
        else asked.name_of(reading.actor) or "somebody not on file",
        role="" if alone or reading.actor not in asked.chart.people else role_of(asked, reading.actor),
        what=f"{_what(reading)}{_how(asked, reading)}" if told else "",
        subject=asked.name_of(reading.subject) if named else "",
    )


def _what(reading: Reading) -> str:
    return SAID.get(reading.what, f"{reading.noun.replace('-', ' ')}: {reading.what}")


def _how(asked: Visit, reading: Reading) -> str:
    """Whether the reader had the record open by break-glass at that moment."""
    own = (each for each in asked.gate.records.openings if each.subject == reading.subject)
    broke = any(each.by == reading.actor and each.state(reading.at) is State.OPEN for each in own)
    return ", by break-glass" if broke else ""
