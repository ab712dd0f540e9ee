"""That a page about somebody was read."""

from __future__ import annotations

from datumline.domain.people.access_words import Noun, Relation
from datumline.domain.people.person import PersonId
from datumline.services.access import note_reading
from datumline.services.ready import Ready
from datumline.services.visit import Visit

_NOTED: Ready[bool] = Ready(most=10_000)


def note_once(asked: Visit, subject: PersonId, noun: Noun, what: str) -> None:
    """Note that the record was opened, once a day for each reader and page, and again by break-glass."""
    by_break_glass = Relation.BREAK_GLASS in asked.gate.relations.towards(subject)
    reader = asked.context.actor.author
    key = (asked.context.home, asked.context.today, reader, subject, noun, what, by_break_glass)
    if _NOTED.get(key) is None:
        note_reading(asked.context, subject, noun, what)
        _NOTED.put(key, result=True)
