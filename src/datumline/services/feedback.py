"""Notes that are written to be acted on: checked while they are written, shared, looked at again.

The check is the language engine's, through `services/language.py`; it stays warm in the process and keeps the
sentences that it knows. Nothing of a check is stored: what is shared are the writer's own words.
"""

from __future__ import annotations

from datetime import date

from datumline.domain.evidence.agreed import Agreed, Outcome, agreed
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.ledger import standing
from datumline.domain.evidence.receipt import Receipt
from datumline.domain.evidence.threads import Thread
from datumline.domain.feedback.starting_points import blanks
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.entries import Said, draft_of, found, may_write, sent
from datumline.services.ledger import append
from datumline.services.visit import Visit
from datumline.store.transaction import in_transaction

NOTES = (Kind.SBI, Kind.WRITTEN_NOTE)
LOOKED_AT = frozenset({Kind.SBI, Kind.WRITTEN_NOTE, Kind.PERSONAL_CONVERSATION})


def may_compose(asked: Visit, about: PersonId) -> bool:
    """Whether the one who asks may write a note about somebody; about oneself it is no feedback."""
    return (
        about in asked.chart.people
        and about != asked.me
        and may_write(asked, about, Audience.SHARED, Kind.SBI)
    )


def share(asked: Visit, *, about: PersonId, said: Said, checkpoint: date | None, key: str) -> Receipt:
    """Share a note with the person, and set the day on which it is looked at again: both or neither.

    Raises Problem for a note with blanks, a checkpoint before the note, or without the right to write it.
    """
    if said.kind not in LOOKED_AT or not may_compose(asked, about):
        raise absent("such person")
    open_blanks = blanks(said.text)
    if open_blanks:
        raise Problem(
            f"a blank is left: {open_blanks[0]}",
            where="text",
            expected="what you know, or the words taken out",
        )
    if checkpoint is not None and checkpoint < said.occurred_on:
        raise Problem(
            f"the checkpoint {checkpoint} lies before the note", where="checkpoint", expected="a later day"
        )
    draft = draft_of(asked, about, said, key=key)

    def both() -> Receipt:
        (receipt,) = append(asked.context, [draft])
        if checkpoint is not None:
            append(
                asked.context, [_checkpoint(asked, about, receipt.hash, checkpoint, key=f"{key}-checkpoint")]
            )
        return receipt

    return in_transaction(both)


def _checkpoint(  # noqa: PLR0913 - the parts of one entry
    asked: Visit,
    about: PersonId,
    note: EntryId,
    on: date,
    *,
    key: str,
    outcome: Outcome | None = None,
    text: str = "",
) -> Draft:
    said: dict[str, Json | date] = {"note": note, "on": on}
    said |= {"outcome": outcome.value} if outcome else {}
    return Draft(
        kind=Kind.CHECKPOINT,
        author=asked.context.actor.author,
        subject=about,
        occurred_on=asked.context.today,
        text=text,
        key=key,
        amounts=said,
    )


def checkpoint_of(asked: Visit, note: EntryId) -> tuple[Thread, Agreed | None] | None:
    """A note with what was agreed, for who may say what came of it; None for everybody else."""
    thread = found(asked, note)
    if thread is None or not may_check(asked, thread):
        return None
    return thread, agreed_of(asked, thread)


def may_check(asked: Visit, thread: Thread) -> bool:
    """Whether the one who asks may say what came of a note: who may write one about the person."""
    entry = thread.entry
    subject = asked.chart.same_as.get(str(entry.subject), str(entry.subject))
    return entry.kind in LOOKED_AT and entry.audience is Audience.SHARED and may_compose(asked, subject)


def agreed_of(asked: Visit, thread: Thread) -> Agreed | None:
    """The latest checkpoint of a note, whichever entry of its line it names."""
    everything = (*thread.line, *thread.since)
    stands = standing(everything, asked.context.at())
    last = list(agreed(stands).values())
    return last[-1] if last else None


def record_outcome(  # noqa: PLR0913 - what a form says
    asked: Visit, *, note: EntryId, outcome: Outcome, text: str, again: date | None, key: str
) -> EntryId:
    """Say what came of the ask on its day, and when to look again where it did not hold.

    Raises Problem when there is no such note, or it may not be said by the one who asks.
    """
    told = checkpoint_of(asked, note)
    if told is None:
        raise absent("such entry")
    thread, before = told
    if before is None and sent(asked, key) is None:
        raise Problem("the note has no checkpoint", where="outcome", expected="a day to look at it first")
    subject = str(thread.entry.subject)
    on = before.on if before else asked.context.today

    def both() -> EntryId:
        (receipt,) = append(
            asked.context, [_checkpoint(asked, subject, note, on, key=key, outcome=outcome, text=text)]
        )
        if again is not None:
            append(asked.context, [_checkpoint(asked, subject, note, again, key=f"{key}-again")])
        return receipt.hash

    return in_transaction(both)


def set_checkpoint(asked: Visit, *, note: EntryId, on: date, key: str) -> EntryId:
    """Set or move the day on which a note is looked at again. Raises Problem as above."""
    told = checkpoint_of(asked, note)
    if told is None:
        raise absent("such entry")
    (receipt,) = append(asked.context, [_checkpoint(asked, str(told[0].entry.subject), note, on, key=key)])
    return receipt.hash
