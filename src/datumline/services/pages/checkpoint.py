"""The checkpoint of a note: what was agreed, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.agreed import Outcome
from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.person import PersonId
from datumline.services.feedback import checkpoint_of
from datumline.services.pages.entry_rows import headline
from datumline.services.policy import active_policy
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointPage:
    """The page. `on` is the day agreed, `outcome` what was said of it; `state` moves with the matter."""

    note: EntryId
    title: str
    text: str
    person: PersonId
    name: str
    on: date | None
    outcome: str
    outcomes: tuple[tuple[str, str], ...]
    today: date
    state: str


def checkpoint_page(asked: Visit, note: EntryId) -> CheckpointPage | None:
    """The page; None where there is no such note, or it is not for the one who asks to say."""
    told = checkpoint_of(asked, note)
    if told is None:
        return None
    thread, agreed = told
    say = active_policy(asked.context).phrases.say
    subject = str(thread.entry.subject)
    return CheckpointPage(
        note=note,
        title=headline(thread.entry, {}),
        text=thread.entry.text,
        person=asked.chart.same_as.get(subject, subject),
        name=asked.name_of(thread.entry.subject),
        on=agreed.on if agreed else None,
        outcome=say(f"outcome.{agreed.outcome}") if agreed and agreed.outcome else "",
        outcomes=tuple((each.value, say(f"outcome.{each}")) for each in Outcome),
        today=asked.context.today,
        state=thread.state,
    )
