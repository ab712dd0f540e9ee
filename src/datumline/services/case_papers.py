"""The papers of a case: dossier and plan, for who may read all that they are made from."""

from __future__ import annotations

from datumline.domain.documents.document import Document
from datumline.domain.improvement.case import Case
from datumline.domain.improvement.case_document import dossier, plan_paper
from datumline.domain.improvement.case_material import CaseMaterial
from datumline.domain.improvement.documentation import documentation
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem
from datumline.services.access import absent, note_reading
from datumline.services.cases import answers_in, case_in
from datumline.services.context import Context
from datumline.services.documents import Made, fitted
from datumline.services.people import find_person
from datumline.services.record import PersonRecord, read_record
from datumline.services.verdicts import PLAN, judge_record, named_concern
from datumline.services.visit import Visit, visit

DOSSIER, PLAN_PAPER = "dossier", "plan"
WHICH = (DOSSIER, PLAN_PAPER)


def paper_about(context: Context, which: str, person: str, at: AsOf, *, concern: str | None = None) -> Made:
    """A paper about somebody named. Raises Problem for nobody, several concerns, or no plan."""
    asked = visit(context)
    return made_paper(asked, which, find_person(asked.context, person, Noun.ENTRY).id, at, concern=concern)


def made_paper(asked: Visit, which: str, person: PersonId, at: AsOf, *, concern: str | None = None) -> Made:
    """The dossier for who handles the case; the plan for who may read it, the person from its issue on."""
    record = read_record(asked, person, at)
    if not record.whole or (which == DOSSIER and not asked.sees(person, Noun.PLAN)):
        raise absent("such document")
    named = named_concern(record, concern)
    case = case_in(record, named)
    document = _document(which, record, case)
    note_reading(asked.context, person, Noun.CONCERN, which)
    return fitted(lambda _: document, most=0)


def _document(which: str, record: PersonRecord, case: Case) -> Document:
    answers = answers_in(record, case)
    material = CaseMaterial(
        person=record.person,
        at=record.at,
        case=case,
        answers=answers,
        entries=record.evidence,
        verdict=judge_record(record, PLAN, case.concern, changes=False).verdict,
        checklist=documentation(case, answers, record.policy, record.at.as_of),
        names=dict(record.visit.names),
    )
    if which == DOSSIER:
        return dossier(material, record.policy)
    if case.plan is None:
        raise Problem("no formal plan", where=case.concern or "", expected="a concern with a plan")
    return plan_paper(material, case.plan, record.policy)
