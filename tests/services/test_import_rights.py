"""Who may import what: nobody their own row, an HR partner the own unit, an administrator everybody else."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId
from datumline.domain.people.relations import EVERYTHING_KNOWN
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.imports.mapping import Reading
from datumline.services.imports.people import import_people
from datumline.services.imports.report import Report
from datumline.services.imports.tables import import_table
from datumline.store import people
from datumline.store.ledger import entries, place
from support.offices import PEOPLE, TODAY, Office

HEADER = "name,email,manager,unit,role,level\n"
OUTSIDE = "Olga Brandt,olga@firm.example,vera@firm.example,,sales,,engineer,2022-01-01,github:olga\n"
HANA, ABEL = "hana@firm.example", "abel@firm.example"


@pytest.fixture
def office(office: Office) -> Office:
    """The office, with Olga in a unit that Hana does not serve."""
    office.people(PEOPLE + OUTSIDE)
    return office


def imported(office: Office, who: str, table: str, *, dry_run: bool = False) -> Report:
    return import_people(office.as_person(who), office.file(table), Reading(), dry_run=dry_run)


def position(office: Office, who: str) -> dict[str, object]:
    chart = people.records().chart(AsOf(as_of=TODAY, known_at=EVERYTHING_KNOWN))
    place = chart.place_of(office.person(who))
    return {"manager": place.manager, "unit": place.unit, "role": place.role, "level": place.level}


def said() -> int:
    kinds = (Kind.PROFILE, Kind.POSITION, Kind.IDENTITY_RESOLVED)
    return len(entries(subjects=None, audiences=(Audience.SHARED,), kinds=kinds))


REFUSED = [
    pytest.param(HANA, f"Hana Sato,{HANA},,core,director,", "the row is about you", id="own role"),
    pytest.param(ABEL, f"Abel Roth,{ABEL},,core,admin,L9", "the row is about you", id="an admin's own"),
    pytest.param(HANA, f"Hana Sako,{HANA},,,,", "the row is about you", id="own name"),
    pytest.param(
        HANA, "Olga Brandt,olga@firm.example,,,,L7", "not yours to write: Olga Brandt", id="outside"
    ),
    pytest.param(
        HANA, "Olga Brandt,olga@firm.example,,core,,", "not yours to write: Olga Brandt", id="drawn in"
    ),
    pytest.param(
        HANA,
        "New One,new@firm.example,,sales,engineer,",
        "not yours to write: somebody new in sales",
        id="new",
    ),
    pytest.param(
        HANA,
        "New One,new@firm.example,,,engineer,",
        "not yours to write: somebody new in no unit",
        id="no unit",
    ),
    pytest.param(HANA, f"Ines Okafor,ines@firm.example,{HANA},,,", "the manager is you", id="my report"),
    pytest.param(ABEL, f"Olga Brandt,olga@firm.example,{ABEL},,,", "the manager is you", id="admin's report"),
    pytest.param(HANA, f"New One,new@firm.example,{HANA},core,,", "the manager is you", id="my new report"),
    pytest.param(
        HANA,
        "Ines Okafor,ines@firm.example,mona@firm.example,,admin,",
        "the role gives or takes a duty: admin",
        id="admin",
    ),
    pytest.param(
        HANA,
        'New One,new@firm.example,,core,"engineer , hr-partner",',
        "the role gives or takes a duty: hr-partner",
        id="a list",
    ),
    pytest.param(HANA, f"Abel Roth,{ABEL},,,engineer,", "not yours to write: Abel Roth", id="taken away"),
    pytest.param(
        HANA,
        f"Abel Roth,{ABEL};hana@evil.example,,,,",
        "not yours to write: Abel Roth",
        id="an admin's address",
    ),
    pytest.param(
        HANA,
        "Ines Okafor,ines@firm.example;olga@firm.example,mona@firm.example,,,",
        "the addresses of Ines Okafor are 2 people's",
        id="another's address",
    ),
    pytest.param(
        HANA,
        f"New One,new@firm.example;{HANA},,core,engineer,",
        "the row is about you",
        id="own address under a new name",
    ),
]


@pytest.mark.parametrize(("who", "row", "what"), REFUSED)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_row_that_the_importer_may_not_write_is_refused_with_its_line(
    office: Office, who: str, row: str, what: str, *, dry_run: bool
) -> None:
    before = said()
    report = imported(office, who, f"{HEADER}{row}\n", dry_run=dry_run)
    assert [(each.line, each.what) for each in report.refused] == [(2, what)]
    assert (report.new, report.known, said()) == (0, 0, before)


def test_a_handle_never_moves_to_somebody_else(office: Office) -> None:
    table = "name,email,handles,unit\nNew One,new@firm.example,github:olga,core\n"
    report = imported(office, HANA, table)
    assert [each.what for each in report.refused] == ["not yours to write: Olga Brandt"]
    assert people.known_by("handle", ["olga"])["olga"] == (office.person("olga@firm.example"),)


def test_only_who_writes_a_provisional_person_says_who_they_are(office: Office) -> None:
    amounts: dict[str, Json | date] = {"name": "pia", "emails": ["pia@home.example"], "provisional": True}
    profile = Draft(
        kind=Kind.PROFILE, author="git:billing", occurred_on=TODAY, subject=str(uuid4()), amounts=amounts
    )
    place([profile], clock=office.context.clock)
    table = "name,email,unit\nInes Okafor,ines@firm.example;pia@home.example,core\n"
    assert [each.what for each in imported(office, HANA, table).refused] == ["not yours to write: pia"]
    assert imported(office, ABEL, table).counts["people_resolved"] == 1


def test_an_hr_partner_writes_the_own_unit(office: Office) -> None:
    table = (
        "name,email,manager,unit,role,level\n"
        "Ines Okafor,ines@firm.example,mona@firm.example,core,engineer,L5\n"
        "New One,new@firm.example,mona@firm.example,core,engineer,L3\n"
    )
    report = imported(office, HANA, table)
    assert (report.refused, report.counts["people_added"]) == ([], 1)
    assert position(office, "ines@firm.example")["level"] == "L5"
    assert position(office, "new@firm.example")["unit"] == "core"
    assert (imported(office, HANA, table).new, imported(office, HANA, table).known) == (0, 2)


def test_rows_that_change_nothing_are_known_whoever_they_are_about(office: Office) -> None:
    report = imported(office, HANA, PEOPLE + OUTSIDE)
    assert (report.new, report.known, report.refused) == (0, 8, [])


def test_an_administrator_writes_everybody_else_and_gives_duties(office: Office) -> None:
    table = f"{HEADER}Olga Brandt,olga@firm.example,vera@firm.example,,hr-partner,\n"
    assert imported(office, ABEL, table).refused == []
    assert position(office, "olga@firm.example")["role"] == "hr-partner"


def test_the_operator_writes_everybody(office: Office) -> None:
    assert office.people(f"{HEADER}Hana Sato,{HANA},,,admin,\n").refused == []
    assert position(office, HANA)["role"] == "admin"


def test_a_refused_row_names_nobody_to_the_rows_that_are_left(office: Office) -> None:
    """Its new address would else lead a line to somebody who was never written."""
    table = (
        "name,email,manager,unit,role,level,effective\n"
        "New One,new@firm.example,,core,admin,,2026-01-01\n"
        "Ines Okafor,ines@firm.example,new@firm.example,core,engineer,L5,\n"
        "New One,new@firm.example,,,,,\n"
    )
    report = imported(office, HANA, table)
    assert [(each.line, each.what) for each in report.refused] == [
        (2, "the role gives or takes a duty: admin"),
        (4, "not yours to write: somebody new in no unit"),
    ]
    assert [(each.name, each.lines) for each in report.unmatched] == [("new@firm.example", (3,))]
    assert position(office, "ines@firm.example")["manager"] == office.person("mona@firm.example")


def test_who_may_not_import_imports_no_people(office: Office) -> None:
    with pytest.raises(Problem, match="not yours to import"):
        imported(office, "mona@firm.example", PEOPLE)


def evidence(office: Office, who: str, kind: str, table: str) -> Report:
    return import_table(office.as_person(who), kind, office.file(table), Reading())


TABLES = {
    "commitments": ("owner,work,due\n", "{who},export,2026-07-04\n", Kind.COMMITMENT),
    "incidents": ("person,title,on\n", "{who},Queue stalled,2026-05-04\n", Kind.INCIDENT),
}


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize(
    ("who", "taken"),
    [(HANA, ["ines@firm.example"]), (ABEL, ["ines@firm.example", "olga@firm.example", HANA])],
)
def test_evidence_comes_in_about_whom_the_importer_writes(
    office: Office, kind: str, who: str, taken: list[str]
) -> None:
    header, row, wanted = TABLES[kind]
    about = ["ines@firm.example", "olga@firm.example", HANA, ABEL]
    refused = {about.index(each) + 2 for each in about if each not in taken}
    if who == HANA:
        taken, refused = [*taken, ABEL], refused - {about.index(ABEL) + 2}
    report = evidence(office, who, kind, header + "".join(row.format(who=each) for each in about))
    assert {each.line for each in report.refused} == refused
    assert report.unmatched_count == 0
    assert subjects(wanted) == {office.person(each) for each in taken}


@pytest.mark.parametrize("kind", TABLES)
def test_a_manager_brings_in_evidence_about_reports_and_not_about_themself(office: Office, kind: str) -> None:
    header, row, wanted = TABLES[kind]
    about = ["mona@firm.example", "ines@firm.example", "olga@firm.example"]
    table = header + "".join(row.format(who=each) for each in about)
    report = evidence(office, "mona@firm.example", kind, table)
    assert [(each.line, each.what) for each in report.refused] == [(2, "the row is about you")]
    assert [each.name for each in report.unmatched] == ["olga@firm.example"]
    assert subjects(wanted) == {office.person("ines@firm.example")}


def subjects(kind: Kind) -> set[PersonId | None]:
    found: list[Entry] = entries(subjects=None, audiences=(Audience.SHARED,), kinds=(kind,))
    return {each.subject for each in found}
