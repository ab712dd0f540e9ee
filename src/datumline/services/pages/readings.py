"""What a page about somebody reads, under which name, and that it was read."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from datumline.domain.evidence.entry import Audience
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.services.access import note_reading
from datumline.services.ready import Ready
from datumline.services.record import PERSONAL
from datumline.services.visit import Visit
from datumline.store.ledger import Head, digest, heads

LISTED = 500  # beyond this many people all heads are read: a longer list is planned worse
ORGANISATION = ""  # the subject of the organisation's own stream
Read = tuple[Hashable, ...]


def read_by(
    asked: Visit, people: Collection[PersonId], *, organisation: bool = False
) -> dict[PersonId, Read]:
    """For each person one name for all that may be read of them, and by whom: one query for all.

    It changes with every entry that could be read, and with every change of how the reader stands to them.
    """
    names = {each: person for person in people for each in asked.chart.known_as(person)}
    subjects = [*names, ORGANISATION] if organisation else list(names)
    audiences = (*PERSONAL, Audience.ORGANISATION) if organisation else PERSONAL
    author = asked.context.actor.author
    ends: dict[PersonId, list[Head]] = {person: [] for person in people}
    frame: list[Head] = []
    for head in heads(subjects=subjects if len(subjects) <= LISTED else None, audiences=audiences):
        if head.subject == ORGANISATION:
            frame.append(head)
        elif head.subject in names and head.owner in ("", author):
            ends[names[head.subject]].append(head)
    home, today = asked.context.home, asked.context.today
    return {
        person: (home, today, _reader(asked, person, found), digest([*found, *frame]), person)
        for person, found in ends.items()
    }


def _reader(asked: Visit, person: PersonId, ends: Collection[Head]) -> str:
    """How the reader stands to the person; by name where they read streams of their own."""
    relations = "+".join(sorted(asked.gate.relations.towards(person)))
    private = any(head.owner for head in ends)
    return f"{relations}:{asked.context.actor.author}" if private else relations


_NOTED: Ready[bool] = Ready(most=10_000)


def note_once(asked: Visit, subject: PersonId, noun: Noun, what: str) -> None:
    """Note that the record was opened, once a day for each reader and page."""
    key = (asked.context.home, asked.context.today, asked.context.actor.author, subject, noun, what)
    if _NOTED.get(key) is None:
        note_reading(asked.context, subject, noun, what)
        _NOTED.put(key, result=True)
