"""What runs out for somebody: one digest a person and day, as a page and, where configured, as one mail.

A person is reminded of what is theirs to do: their own open commitments, and what runs in the records of
those whom they manage. Everything is read through the reader's own gate, as on a page. A mail says less than
the page: no concern, no title, nothing of a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from datumline.domain.clocks.reminder import is_business_day, last_business_day, reminded_on
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.context import Context
from datumline.services.job_running import Task, Work
from datumline.services.jobs import JobQueue, ask_of_itself
from datumline.services.outgoing import Outgoing
from datumline.services.pages.clock_lines import PASSED, PROMISED, STALE_DAYS, WORDS
from datumline.services.people import email_of
from datumline.services.policy import policy_in_force
from datumline.services.record import PersonRecord, read_records
from datumline.services.visit import Visit, visit
from datumline.store import handed_out, jobs
from datumline.store.ledger import entries

KIND = "reminders"
OFFSETS = "reminders.offsets"
FIRST_HOUR = 5  # UTC, from which a day's digest is sent: early morning in Europe
LOOKED_BACK = 10  # runs that the last good one is looked for among
CATCH_UP = timedelta(days=7)  # what a digest makes up for, when none was sent for longer
ORGANISATION_KINDS = (Kind.CYCLE, Kind.PACK_ACTIVATION, Kind.RETRACTION)
COMMITMENT = "commitment"
PLAIN = {
    "note-owed": "something to write down",
    "remediation-window": "a figure to read",
    "remediation-follow-up": "a follow-up",
    "note-checkpoint": "a note to look at again",
    "update-answer": "an answer that waits",
    "plan-signature": "something to sign",
    "self-audit": "something to go through",
    "stretch-recheck": "something to check again",
    "coaching-decision": "a decision that is owed",
    "week-reading": "a week to read",
    "plan-clock": "a day to decide by",
    "move-clock": "a day to decide by",
    COMMITMENT: "a date that was promised",
}
OWN = "a date that you promised"
SUBJECT = "Datumline: what runs out for you"
TEXT = """Hello {name},

{lines}

{over}The whole list, with what it is about, stands in Datumline under "This week"{place}.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that runs out: in whose record, what it is, and the same in words that give nothing away."""

    person: PersonId
    name: str
    what: str
    plain: str
    due: date
    days: int
    next_step: str


def lines_of(asked: Visit, records: Iterable[PersonRecord]) -> tuple[Line, ...]:
    """All that runs out in these records, by due day; what was due long ago is left to the record."""
    found = [line for record in records for line in _of_record(record, own=record.person.id == asked.me)]
    kept = [line for line in found if line.days >= -STALE_DAYS]
    return tuple(sorted(kept, key=lambda line: (line.due, line.name, line.what)))


def looked_after(asked: Visit) -> list[PersonId]:
    """Oneself and those whom one manages today; the operator of an own machine manages everybody."""
    if asked.context.actor.operator:
        return list(asked.people)
    if asked.me is None:
        return []
    mine: Collection[PersonId] = {asked.me, *asked.chart.reports_of(asked.me)}
    return [each for each in asked.people if each in mine]


def _of_record(record: PersonRecord, *, own: bool) -> Iterator[Line]:
    for clock in () if own else record.clocks:
        if not clock.waits:
            what, step = WORDS[clock.id]
            about = f", concern: {clock.concern}" if clock.concern else ""
            yield _line(record, clock.due, what.format(about=about), PLAIN[clock.id], step)
    for each in record.commitments:
        if each.delivered is None:
            due = each.standing.due
            step = PROMISED if due >= record.at.as_of else PASSED
            yield _line(record, due, f"“{each.work}”", OWN if own else PLAIN[COMMITMENT], "" if own else step)


def _line(record: PersonRecord, due: date, what: str, plain: str, step: str) -> Line:
    return Line(
        person=record.person.id,
        name=record.person.name,
        what=what,
        plain=plain,
        due=due,
        days=(due - record.at.as_of).days,
        next_step=step,
    )


def _lines(asked: Visit, frame: Sequence[Entry], policy: Policy) -> tuple[Line, ...]:
    people, at = looked_after(asked), asked.context.at()
    return lines_of(asked, read_records(asked, people, at, policy=policy, organisation=frame))


def ask_if_due(context: Context, queue: JobQueue, outgoing: Outgoing) -> None:
    """Once a business day from the early morning on, where there is mail."""
    now = context.clock()
    if outgoing.configured and is_business_day(context.today) and now.hour >= FIRST_HOUR:
        ask_of_itself(queue, KIND, {}, at=now, once=f"{KIND}:{context.today}")


def _send_all(work: Work) -> Mapping[str, Json]:
    """One mail to everybody for whom something falls on this day; each is noted before it is handed over.

    A worker that dies between the two sends none to that person: a reminder is on the page too, and two of
    the same are worse than one less. What the server did not take is given back, and tried again.
    """
    everybody = visit(work.context)
    frame = entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=ORGANISATION_KINDS)
    policy = policy_in_force(frame, work.context.at())
    people = [each for each in everybody.people if email_of(everybody.chart.people[each])]
    place = f": {work.address}/reminders" if work.address else ""
    sent, refused, since = 0, list[Json](), _since(work.context.today)
    for done, person in enumerate(people, 1):
        asked = visit(work.as_person(person))
        digest = _digest(asked, _lines(asked, frame, policy), policy, since, place)
        if digest:
            try:
                sent += _send(work, asked, person, digest)
            except Problem as problem:
                refused.append(f"{asked.name_of(person)}: {problem}")
        work.progress(done, len(people))
    return {"day": work.context.today.isoformat(), "sent": sent, "refused": refused}


def _since(today: date) -> date:
    """The day up to which reminders were sent; what fell later and was missed is made up for."""
    for job in jobs.of_kinds([KIND], LOOKED_BACK):
        if job.result is not None and str(job.result["day"]) < today.isoformat():
            return max(date.fromisoformat(str(job.result["day"])), today - CATCH_UP)
    return last_business_day(today)


def _digest(asked: Visit, lines: Iterable[Line], policy: Policy, since: date, place: str) -> str:
    """What today's mail says; empty when no reminder falls on this day or on a day that was missed."""
    today = asked.context.today
    offsets = policy.wholes(OFFSETS, today)
    listed = list(lines)
    found = [line for line in listed if reminded_on(line.due, offsets, since=since, today=today)]
    if not found:
        return ""
    over = sum(line.days < 0 for line in listed if line not in found)
    return TEXT.format(
        name=asked.name_of(asked.me),
        place=place,
        lines="\n".join(_plain(line, asked.me) for line in found),
        over=f"Besides these, {over} {'is' if over == 1 else 'are'} overdue for longer. " if over else "",
    )


def _plain(line: Line, me: PersonId | None) -> str:
    about = "" if line.person == me else f" ({line.name})"
    when = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(line.days, f"on {line.due:%d %B}")
    return f"- {line.plain}{about}: {'was due' if line.days < 0 else 'due'} {when}"


def _send(work: Work, asked: Visit, person: PersonId, digest: str) -> bool:
    today = asked.context.today
    if not handed_out.take_digest(person, today, at=work.context.clock()):
        return False
    try:
        work.outgoing.send(
            to=email_of(asked.chart.people[person]),
            subject=SUBJECT,
            text=digest,
            number=f"reminders-{today}-{person}",
        )
    except Exception:
        handed_out.give_back_digest(person, today)
        raise
    return True


TASKS: Mapping[str, Task] = {KIND: Task(run=_send_all)}
