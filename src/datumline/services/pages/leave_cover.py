"""The page of a manager's leave cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import EntryId
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.leave_cover import Cover
from datumline.domain.people.person import PersonId
from datumline.services import leave_cover
from datumline.services.pages.readings import note_once
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """Who stands in for whom, and when; `now` says that it holds today."""

    entry: EntryId
    manager: str
    by: str
    starts: date
    ends: date
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverPage:
    """The page.

    Attributes:
        leads: whether anybody reports to the person at all.
        may_appoint, may_end: what the one who asks may do.
    """

    person: PersonId
    name: str
    rows: tuple[CoverLine, ...]
    leads: bool
    may_appoint: bool
    may_end: bool


def cover_page(asked: Visit, person: PersonId) -> CoverPage | None:
    """Who stands in for somebody today or later; None for who may not know."""
    if not asked.sees(person, Noun.LEAVE_COVER):
        return None
    note_once(asked, person, Noun.LEAVE_COVER, "cover page")
    return CoverPage(
        person=person,
        name=asked.name_of(person),
        rows=tuple(line_of(asked, each) for each in leave_cover.known(asked, person)),
        leads=bool(asked.chart.reports_of(person)),
        may_appoint=leave_cover.may_appoint(asked, person),
        may_end=asked.gate.allows(Verb.AMEND, Noun.LEAVE_COVER, person),
    )


def line_of(asked: Visit, cover: Cover) -> CoverLine:
    """One cover in words."""
    return CoverLine(
        entry=cover.entry,
        manager=asked.name_of(cover.manager) or "somebody not on file",
        by=asked.name_of(cover.by) or "somebody not on file",
        starts=cover.starts,
        ends=cover.ends,
        now=cover.holds(asked.context.today),
    )
