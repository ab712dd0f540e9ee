"""What a no rests on when entries are there that do not count: not shared, hearsay, too early."""

from __future__ import annotations

from dataclasses import replace

from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_record import PlanRecord
from datumline.domain.policy.facts import ABSENT
from datumline.domain.verdict import Answer, Condition, Pointer

LOOKS_AT = {
    "personal-conversation": (Kind.PERSONAL_CONVERSATION,),
    "named-in-writing": (Kind.WRITTEN_NOTE, Kind.SBI),
    "repeated": (Kind.OCCURRENCE,),
    "second-written-note": (Kind.WRITTEN_NOTE,),
    "notes-on-different-days": (Kind.WRITTEN_NOTE,),
    "sbi-conversation": (Kind.SBI,),
    "unchanged": (Kind.OCCURRENCE,),
    "wait-over": (Kind.WRITTEN_NOTE,),
}
# Here the entries that do not count stand beside those that do: one more of them would have been enough.
COUNTS_UP = ("second-written-note", "notes-on-different-days")


def with_what_falls_short(condition: Condition, record: PlanRecord) -> Condition:
    """The condition; a no also points at the entries on file that it looked at and that do not count."""
    kinds = LOOKS_AT.get(condition.id)
    counted = condition.because and condition.id not in COUNTS_UP
    if kinds is None or counted or condition.answer is not Answer.NOT_MET:
        return condition
    looked = [entry.pointer for entry in record.of(*kinds) if entry.exists(record.at) is not Answer.NOT_MET]
    return replace(condition, because=(*looked, *_the_drop(condition, record, looked)))


def _the_drop(condition: Condition, record: PlanRecord, looked: list[Pointer]) -> tuple[Pointer, ...]:
    """The day of the drop, when a conversation does not count because of it."""
    asked = condition.id == "personal-conversation" and looked and record.dropped_on is not ABSENT
    return ("/dropped_on",) if asked else ()
