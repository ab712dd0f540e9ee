"""The page of conflicts of interest: one's own, and those of others that one may know of."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.access_words import Noun, Verb
from datumline.services import conflicts
from datumline.services.pages.readings import note_once
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictLine:
    """Who is too near to whom, and why, in a word."""

    entry: EntryId
    who: str
    other: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictsPage:
    """The page.

    Attributes:
        declares: whether the one who asks has a record to write it into.
        months: for how many months whoever reported to somebody counts as near without being declared.
    """

    mine: tuple[ConflictLine, ...]
    others: tuple[ConflictLine, ...]
    declares: bool
    months: int


def conflicts_page(asked: Visit) -> ConflictsPage:
    """What the one who asks may know of."""
    found = conflicts.known(asked)
    for person in {each.person for each in found} - {asked.me}:
        note_once(asked, person, Noun.CONFLICT, "conflicts page")
    lines = [
        (
            each.person == asked.me,
            ConflictLine(
                entry=each.entry,
                who=asked.name_of(each.person),
                other=asked.name_of(each.other) or "somebody not on file",
                why=each.why.value,
            ),
        )
        for each in found
    ]
    me = asked.me
    return ConflictsPage(
        mine=tuple(line for mine, line in lines if mine),
        others=tuple(line for mine, line in lines if not mine),
        declares=me is not None and asked.gate.allows(Verb.WRITE, Noun.CONFLICT, me),
        months=conflicts.former_report_months(asked),
    )
