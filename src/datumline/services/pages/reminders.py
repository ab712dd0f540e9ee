"""This week: what runs out for whoever looks, what a new home still lacks, and whether mail says so too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun, Verb
from datumline.services.context import Mode
from datumline.services.outgoing import NO_MAIL, Outgoing
from datumline.services.pages.cards import ClockLine
from datumline.services.policy import policy_in_force
from datumline.services.record import PersonRecord, read_records
from datumline.services.reminders import ORGANISATION_KINDS, Line, lines_of, looked_after
from datumline.services.visit import Visit
from datumline.store import accounts
from datumline.store.ledger import entries

WEEK_DAYS = 7  # how far ahead the page looks
SHOWN = 100  # lines of each list
NOTES = frozenset(
    {
        Kind.OCCURRENCE,
        Kind.WRITTEN_NOTE,
        Kind.SBI,
        Kind.PERSONAL_CONVERSATION,
        Kind.PEER_REPORT,
        Kind.RECOGNITION,
    }
)
MAILED = "The same is sent to you by mail, once a business day at most, without names of matters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that a new home still lacks: what to do, where, and why."""

    words: str
    why: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersPage:
    """The page.

    Attributes:
        over, week: what was due, and what falls due in the next `days` days.
        more: how many lines are left out of both.
        steps: of the first set-up, still open.
        mail: one sentence on whether reminders are sent.
    """

    over: tuple[ClockLine, ...]
    week: tuple[ClockLine, ...]
    more: int
    steps: tuple[Step, ...]
    days: int
    mail: str


def reminders_page(asked: Visit, outgoing: Outgoing) -> RemindersPage:
    """What runs out for the one who asks; nothing that they may not see on a person's page."""
    frame = entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=ORGANISATION_KINDS)
    policy = policy_in_force(frame, asked.context.at())
    people = looked_after(asked)
    records = read_records(asked, people, asked.context.at(), policy=policy, organisation=frame)
    lines = lines_of(asked, records)
    over = [_clock(line) for line in lines if line.days < 0]
    week = [_clock(line) for line in lines if 0 <= line.days <= WEEK_DAYS]
    return RemindersPage(
        over=tuple(over[-SHOWN:]),
        week=tuple(week[:SHOWN]),
        more=max(0, len(over) - SHOWN) + max(0, len(week) - SHOWN),
        steps=tuple(_steps(asked, records)),
        days=WEEK_DAYS,
        mail=MAILED if outgoing.configured else NO_MAIL,
    )


def _clock(line: Line) -> ClockLine:
    return ClockLine(
        person=line.person,
        name=line.name,
        what=line.what,
        due=line.due,
        days=line.days,
        next_step=line.next_step,
    )


def _steps(asked: Visit, records: Sequence[PersonRecord]) -> Iterator[Step]:
    """In the order in which they are taken; what is done, or is not the visitor's to do, is not named."""
    others = [each for each in records if each.person.id != asked.me]
    if asked.gate.allows(Verb.WRITE, Noun.IMPORT):
        yield from _organisation(asked)
    if others and not any(entry.kind in NOTES for each in others for entry in each.entries):
        yield Step(
            words="Write the first note",
            why="One line, one day: what somebody did, seen by you.",
            href=f"/people/{others[0].person.id}/entries/new",
        )
    if asked.context.mode is Mode.ORGANISATION and asked.gate.allows(Verb.WRITE, Noun.ACCOUNT, asked.me):
        yield from _invitations(asked)


def _organisation(asked: Visit) -> Iterator[Step]:
    people = asked.chart.people.values()
    confirmed = [each for each in people if not each.provisional and each.id != asked.me]
    strangers = len(people) - sum(not each.provisional for each in people)
    if not confirmed:
        yield Step(
            words="Import your people",
            why="Name, e-mail, manager, team and level, one row each. Everything else hangs on them.",
            href="/imports",
        )
    elif strangers:
        many = "1 name is nobody's" if strangers == 1 else f"{strangers} names are nobody's"
        yield Step(
            words="Say who is meant",
            why=f"{many} on file: add the addresses to your table of people and import it again.",
            href="/imports",
        )


def _invitations(asked: Visit) -> Iterator[Step]:
    known = {each.person for each in accounts.all_accounts()}
    managers = {person for person in asked.chart.people if asked.chart.reports_of(person)}
    missing = len(managers - known)
    if missing:
        many = "1 manager has" if missing == 1 else f"{missing} managers have"
        yield Step(words="Invite the managers", why=f"{many} no account yet.", href="/accounts")
