"""A request of a case: what it asks for, on which verdict, and what the reader can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import EntryId
from datumline.domain.improvement.case_events import day_said
from datumline.domain.improvement.terms import Terms, terms_of
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.services.cases import case_in
from datumline.services.pages.case_form import concern_address
from datumline.services.pages.case_parts import RequestView, requests_view
from datumline.services.plans import state_of
from datumline.services.record import read_record
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRequest:
    """The page. `verdict` is what the plan table said that day; `override` the reason against it."""

    person: PersonId
    name: str
    concern: str
    request: RequestView
    terms: Terms
    on: date | None
    until: date | None
    override: str
    verdict: str
    text: str
    here: str
    back: str
    state: str


def case_request(asked: Visit, person: PersonId, wanted: EntryId) -> CaseRequest | None:
    """The request of that id; None where there is none that waits and that the one who asks may see."""
    if not asked.sees(person, Noun.PLAN) or not asked.sees(person, Noun.ENTRY):
        return None
    record = read_record(asked, person, asked.context.at())
    entry = next((each for each in record.evidence if each.id == wanted), None)
    if entry is None or entry.concern is None:
        return None
    told = requests_view(case_in(record, entry.concern), asked, record)
    view = next((each for each in told if each.id == wanted), None)
    if view is None:
        return None
    return CaseRequest(
        person=person,
        name=record.person.name,
        concern=entry.concern,
        request=view,
        terms=terms_of(entry),
        on=day_said(entry, "on"),
        until=day_said(entry, "until"),
        override=str(entry.amounts.get("override", "")),
        verdict=str(entry.amounts.get("outcome", "")),
        text=entry.text,
        here=f"/people/{person}/requests/{wanted}",
        back=concern_address(person, entry.concern),
        state=state_of(record),
    )
