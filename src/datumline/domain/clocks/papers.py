"""The clocks that papers open: a note's checkpoint, the answer to an update, audits of a plan, a re-check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from datumline.domain.clocks.clock import Clock
from datumline.domain.clocks.deadline import Count, deadline
from datumline.domain.evidence.agreed import agreed
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.plan_versions import plans_of
from datumline.domain.period import A_DAY, AsOf, add_months
from datumline.domain.policy.pack import Policy

PARTS = "sbi.parts"
ANSWER = "growth.answer_within"
AUDITS = ("visibility.first_audit", "visibility.second_audit")
RECHECK = "stretch.recheck"
SOUND = "sound"


def paper_clocks(stand: Sequence[Entry], policy: Policy, at: AsOf) -> Iterator[Clock]:
    """Every clock that a paper opens and nothing has closed; `stand` is what stands, oldest record first."""
    yield from _checkpoints(stand)
    yield from _answers(stand, policy, at)
    yield from _signatures(stand, policy, at)
    yield from _audits(stand, policy, at)
    yield from _rechecks(stand, policy, at)


def _checkpoints(stand: Sequence[Entry]) -> Iterator[Clock]:
    """The day that a note's commit names, until somebody says what came of it."""
    entries = {entry.id: entry for entry in stand}
    for each in agreed(stand).values():
        if each.outcome is None:
            said = entries[each.entry]
            note = entries.get(each.note)
            yield Clock(
                id="note-checkpoint",
                subject=said.subject,
                starts=min(said.occurred_on, each.on),
                due=each.on,
                entry=each.note,
                parameter=PARTS,
                concern=note.concern if note else None,
            )


def _answers(stand: Sequence[Entry], policy: Policy, at: AsOf) -> Iterator[Clock]:
    answered = {entry.amounts.get("update") for entry in stand if entry.kind is Kind.GROWTH_ANSWER}
    for entry in stand:
        if entry.kind is Kind.GROWTH_UPDATE and entry.id not in answered:
            days = policy.days(ANSWER, at.as_of)
            yield Clock(
                id="update-answer",
                subject=entry.subject,
                starts=entry.occurred_on,
                due=deadline(entry.occurred_on, days),
                entry=entry.id,
                parameter=ANSWER,
            )


def _signatures(stand: Sequence[Entry], policy: Policy, at: AsOf) -> Iterator[Clock]:
    """A version of a plan that waits for the other name; the policy gives it as long as an answer."""
    pending = plans_of(stand).pending
    if pending is not None:
        day = pending.entry.occurred_on
        yield Clock(
            id="plan-signature",
            subject=pending.entry.subject,
            starts=day,
            due=deadline(day, policy.days(ANSWER, at.as_of)),
            entry=pending.id,
            parameter=ANSWER,
        )


def _audits(stand: Sequence[Entry], policy: Policy, at: AsOf) -> Iterator[Clock]:
    """Month n begins n - 1 months after the plan's start, on its day of month; due by the month's end."""
    plans = plans_of(stand)
    if plans.current is None:
        return
    done = {
        entry.amounts.get("month")
        for entry in stand
        if entry.kind is Kind.SELF_AUDIT and entry.amounts.get("plan") in plans.line
    }
    for parameter in AUDITS:
        month = policy.whole(parameter, at.as_of)
        if month not in done:
            starts = plans.current.starts
            yield Clock(
                id="self-audit",
                subject=plans.current.entry.subject,
                starts=add_months(starts, month - 1),
                due=add_months(starts, month) - A_DAY,
                entry=plans.current.id,
                parameter=parameter,
            )


def _rechecks(stand: Sequence[Entry], policy: Policy, at: AsOf) -> Iterator[Clock]:
    """A stretch project that was found sound is looked at again every month."""
    latest = {entry.amounts["project"]: entry for entry in stand if entry.kind is Kind.STRETCH_CHECK}
    for entry in latest.values():
        if entry.amounts.get("verdict") == SOUND:
            months = policy.whole(RECHECK, at.as_of)
            yield Clock(
                id="stretch-recheck",
                subject=entry.subject,
                starts=entry.occurred_on,
                due=deadline(entry.occurred_on, months, Count.MONTHS),
                entry=entry.id,
                parameter=RECHECK,
            )
