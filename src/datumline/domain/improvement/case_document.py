"""The papers of a case: the plan as the person gets it, and the dossier for who handles it (spec 40).

Both are made from the entries that the reader may read, name them, and say how many of them they leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from datumline.domain.documents.document import (
    Block,
    Claim,
    Document,
    Lamps,
    LeftOut,
    Note,
    Paragraph,
    Row,
    Section,
)
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.evidence.entry import EntryId
from datumline.domain.evidence.kinds import VERBS
from datumline.domain.improvement.case_blocks import answers_of, cite, entries_of, event_words, rows_of
from datumline.domain.improvement.case_events import because
from datumline.domain.improvement.case_material import CaseMaterial
from datumline.domain.improvement.coaching_plan import readings_of, week_of
from datumline.domain.improvement.documentation import Checklist
from datumline.domain.improvement.formal_plan import DRAGGING, FormalPlan, started_on
from datumline.domain.improvement.terms import Terms
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words
from datumline.domain.verdict import Condition, Verdict

PAGES = "case.documents.most"
LEVELS = ("individual", "team", "organisation")


def dossier(material: CaseMaterial, policy: Policy) -> Document:
    """The whole case, from the first example on."""
    say, case = policy.phrases.say, material.case
    sections = [
        Section(title=say("document.dossier.table"), blocks=tuple(_table(material.verdict, policy))),
        Section(title=say("document.dossier.papers"), blocks=(_checklist(material.checklist, policy),)),
        Section(title=say("document.dossier.diagnosis"), blocks=tuple(_diagnoses(material, policy))),
        *_plans(material, policy),
        Section(title=say("document.dossier.notes"), blocks=entries_of(material, policy, formal=False)),
        Section(title=say("document.dossier.formal"), blocks=entries_of(material, policy, formal=True)),
        Section(title=say("document.dossier.answers"), blocks=tuple(answers_of(material, policy))),
    ]
    told = {entry.id for entry in (*case.entries, *material.answers)}
    return _document("dossier", material, sections, told, policy)


def plan_paper(material: CaseMaterial, plan: FormalPlan, policy: Policy) -> Document:
    """A formal plan on paper: what is expected and given, its clock, its readings."""
    told = {each.id for each in (plan.issue, *plan.later) if each}
    told |= {each.id for each in readings_of(material.case.entries, material.case.concern)}
    return _document("plan", material, list(_plan(material, plan, policy)), told, policy)


def _document(
    kind: str, material: CaseMaterial, sections: list[Section], told: set[EntryId], policy: Policy
) -> Document:
    say = policy.phrases.say
    evidence = [each for each in material.entries if each.kind not in VERBS]
    used = told & {each.id for each in evidence}
    rest = tuple(each.id for each in evidence if each.id not in used)
    struck = tuple(each.id for each in evidence if each.redacted)
    left = (
        LeftOut(why=say(f"document.{kind}.left.other"), entries=rest),
        LeftOut(why=say("document.dossier.left.struck"), entries=struck),
    )
    omissions = [Note(text=say("document.dossier.left.private"))]
    omissions += [Note(text=f"{len(each.entries)} {each.why}") for each in left if each.entries]
    on = material.at.as_of
    return Document(
        kind=kind,
        title=say(f"document.{kind}.title", name=material.person.name, concern=material.case.concern or ""),
        subtitle=say("document.signal-log.clocks", as_of=on, known_at=material.at.known_at.date()),
        at=material.at,
        pack=policy.ref,
        budget=PageBudget(least=1, most=policy.whole(PAGES, on)),
        sections=(*sections, Section(title=say("document.dossier.left"), blocks=tuple(omissions))),
        footer=say(
            "document.signal-log.footer",
            used=len(used),
            available=len(evidence),
            pack=policy.ref.name,
            version=policy.ref.version,
        ),
        used=len(used),
        available=len(evidence),
        left_out=tuple(each for each in left if each.entries),
    )


def _table(verdict: Verdict, policy: Policy) -> Iterator[Block]:
    say = policy.phrases.say
    yield Note(text=say(f"verdict.{verdict.table}.{verdict.verdict}"))
    yield Lamps(
        lamps=tuple((row.answer, say(f"row.{verdict.table}.{row.id}"), "") for row in verdict.rows)
        + tuple(
            (each.answer, say(f"condition.{verdict.table}.{each.id}", **each.figures), "")
            for each in verdict.conditions
        )
    )


def _checklist(checklist: Checklist, policy: Policy) -> Lamps:
    return Lamps(
        lamps=tuple(
            (line.answer, policy.phrases.say(f"case.line.{line.id}"), _behind(line))
            for line in checklist.lines
        )
    )


def _behind(line: Condition) -> str:
    return str(len(line.because)) if line.because else ""


def _diagnoses(material: CaseMaterial, policy: Policy) -> Iterator[Block]:
    """The last diagnosis, level by level; a level that nobody looked at is said to be unexamined."""
    say, versions = policy.phrases.say, material.case.diagnoses
    if not versions:
        yield Note(text=say("document.dossier.no-diagnosis"))
        return
    last = versions[-1]
    type_of = say(f"verdict.diagnosis.{last.amounts['type']}").partition(".")[0]
    yield Paragraph(claims=(Claim(text=f"{type_of}. {last.text}", citations=cite(last)),))
    said = last.amounts.get("levels")
    found = said if isinstance(said, dict) else {}
    rows = [
        Row(cells=(say(f"level.{level}"), str(found.get(level) or say("document.dossier.unexamined"))))
        for level in LEVELS
    ]
    yield rows_of("diagnosis", ("level", "found"), (3, 12), rows, policy)
    if len(versions) > 1:
        yield Note(text=say("document.dossier.versions", count=len(versions) - 1))


def _plans(material: CaseMaterial, policy: Policy) -> Iterator[Section]:
    coaching, say = material.case.coaching, policy.phrases.say
    if coaching:
        span = say("document.dossier.window", start=coaching.starts, end=coaching.ends)
        closed = say("document.dossier.closed", outcome=coaching.outcome.replace("-", " "))
        blocks: list[Block] = [Note(text=f"{span} {closed}" if coaching.closed else span)]
        blocks += _terms(coaching.terms, policy)
        yield Section(title=say("document.dossier.coaching"), blocks=tuple(blocks))
    if material.case.plan:
        yield from _plan(material, material.case.plan, policy)


def _plan(material: CaseMaterial, plan: FormalPlan, policy: Policy) -> Iterator[Section]:
    say = policy.phrases.say
    blocks: list[Block] = []
    if plan.issue and plan.due:
        start = started_on(plan.issue)
        days = (plan.due - start).days
        blocks.append(Note(text=say("document.plan.clock", start=start, end=plan.due, days=days)))
    month = policy.whole(DRAGGING, material.at.as_of)
    state = say(f"case.state.{plan.state}", **({"month": month} if plan.state == "dragging" else {}))
    read = say(
        "document.plan.acknowledged" if plan.acknowledged else "document.plan.unread",
        **({"day": plan.acknowledged.recorded_at.date()} if plan.acknowledged else {}),
    )
    blocks.append(Note(text=f"{state} {read}" if plan.issue else state))
    if plan.override:
        blocks.append(Note(text=say("document.plan.override", why=plan.override)))
    blocks += _terms(plan.terms, policy)
    yield Section(title=say("document.plan.terms"), blocks=tuple(blocks))
    rows = list(_readings(material, plan))
    if rows:
        table = rows_of("readings", ("week", "expected", "result"), (4, 10, 3), rows, policy)
        yield Section(title=say("document.plan.readings"), blocks=(table,))
    later = [
        Row(cells=(day_words(each.occurred_on), event_words(each), because(each)), entries=(each.id,))
        for each in plan.later
    ]
    if later:
        table = rows_of("later", ("happened", "what", "why"), (4, 5, 10), later, policy)
        yield Section(title=say("document.plan.later"), blocks=(table,))


def _readings(material: CaseMaterial, plan: FormalPlan) -> Iterator[Row]:
    start = started_on(plan.issue) - timedelta(days=6) if plan.issue else date.min
    for entry in readings_of(material.case.entries, material.case.concern):
        if week_of(entry) >= start:
            cells = (
                day_words(week_of(entry)),
                str(entry.amounts["expectation"]),
                str(entry.amounts["result"]),
            )
            yield Row(cells=cells, entries=(entry.id,))


def _terms(terms: Terms, policy: Policy) -> Iterator[Block]:
    say = policy.phrases.say
    expected = [Row(cells=(each.says, each.area, each.measure)) for each in terms.expectations]
    if expected:
        yield rows_of("expected", ("expected", "area", "measure"), (8, 3, 8), expected, policy)
    given = [
        Row(
            cells=(
                each.what,
                day_words(each.until) if each.until else say("document.plan.undated"),
                each.by,
            )
        )
        for each in terms.support
    ]
    if given:
        yield rows_of("support", ("support", "until", "by"), (8, 4, 4), given, policy)
    else:
        yield Note(text=say("document.plan.no-support"))
