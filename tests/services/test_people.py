"""People: brought in, found, changed from a day on, resolved, and seen only by who may see them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import org_chart
from datumline.domain.period import AsOf, at_end_of
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import gate, note_reading, who_opened
from datumline.services.people import all_people, card_of, find_person, resolve, strangers
from datumline.store import people, people_projection
from datumline.store.ledger import entries, place
from support.offices import PEOPLE, TODAY, Office

HEADER = PEOPLE.splitlines()[0]


def test_people_come_in_once(office: Office) -> None:
    first, again = office.people(), office.people()
    assert (first.new, first.counts["people_added"], first.refused_count) == (14, 7, 0)
    assert (again.new, again.known, again.refused_count) == (0, 7, 0)
    card = card_of(office.context, office.person("ines@firm.example"))
    assert card.manager is not None
    assert (card.manager.name, card.place.level, card.place.start_date) == (
        "Mona Reyes",
        "L4",
        date(2021, 4, 3),
    )


def test_a_trial_writes_nothing(office: Office) -> None:
    report = office.people(dry_run=True)
    assert report.new == 14
    assert all_people(office.context) == []


@pytest.mark.parametrize(
    "text", ["ines@firm.example", " INES@Firm.Example ", "github:ines", "ines", "Ines Okafor", "ines  okafor"]
)
def test_a_person_is_found_by_each_name(office: Office, text: str) -> None:
    office.people()
    found = find_person(office.context, text)
    assert found.name == "Ines Okafor"
    assert find_person(office.context, found.id) == found


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Administrator", "admin"),
        ("HR Partner, Engineer", "hr-partner, Engineer"),
        ("Tech lead", "Tech lead"),
    ],
)
def test_a_duty_is_known_by_its_usual_words(office: Office, written: str, kept: str) -> None:
    office.people(f'name,email,role\nInes Okafor,ines@firm.example,"{written}"\n')
    assert card_of(office.context, office.person("ines@firm.example")).place.role == kept


def test_a_name_that_two_people_have_is_asked_back(office: Office) -> None:
    office.people()
    office.people(f"{HEADER}\nInes Okafor,ines.b@firm.example,,,,,,,\n")
    with pytest.raises(Problem, match="is 2 people, expected one of ines") as problem:
        find_person(office.context, "Ines Okafor")
    assert "ines.b@firm.example" in problem.value.expected


def test_nobody_is_one_clear_line(office: Office) -> None:
    with pytest.raises(Problem, match="nobody is known as 'Ghost'"):
        find_person(office.context, "Ghost")


def test_a_changed_row_holds_from_its_day_and_as_known_then(office: Office) -> None:
    office.on(date(2026, 1, 5)).people()
    ines, mona, nils = (office.on(TODAY).person(f"{n}@firm.example") for n in ("ines", "mona", "nils"))
    row = "Ines Okafor,ines@firm.example,nils@firm.example,search,core,L5,engineer,,,2026-03-01"
    moved = f"{HEADER},effective date\n{row}\n"
    report = office.on(TODAY).people(moved)
    assert (report.new, report.counts["people_changed"]) == (1, 1)
    now = AsOf(as_of=TODAY, known_at=at_end_of(TODAY).known_at)
    known = people.records(known_at=now.known_at)
    assert org_chart(known, now).manager_of(ines) == nils
    assert org_chart(known, AsOf(as_of=date(2026, 2, 28), known_at=now.known_at)).manager_of(ines) == mona
    # As it was known before that was written, Mona was still the manager on 1 April.
    before = at_end_of(TODAY - timedelta(days=1))
    then = people.records(known_at=before.known_at)
    assert org_chart(then, AsOf(as_of=date(2026, 4, 1), known_at=before.known_at)).manager_of(ines) == mona


def test_the_top_of_the_line_can_be_cleared(office: Office) -> None:
    office.people()
    office.people(f"{HEADER}\nMona Reyes,mona@firm.example,,billing,core,,engineering-manager,,\n")
    assert card_of(office.context, office.person("mona@firm.example")).manager is None


def test_bad_rows_are_refused_by_line_and_the_rest_goes_in(office: Office) -> None:
    report = office.people(
        f"{HEADER}\nA,a@firm.example,,,,,,31/31/2020,\nB,not-an-address,,,,,,,\nC,c@firm.example,,,,,,,\n"
        "C again,c@firm.example,,,,,,,\n,d@firm.example,,,,,,,\nE,e@firm.example,ghost@firm.example,,,,,,\n"
    )
    assert [(each.line, each.what) for each in report.refused] == [
        (2, "'31/31/2020' is no day of the calendar"),
        (3, "email is 'not-an-address'"),
        (5, "c@firm.example stands on line 4 too"),
        (6, "no name"),
    ]
    assert [(each.name, each.lines) for each in report.unmatched] == [("ghost@firm.example", (7,))]
    assert {card.person.name for card in all_people(office.context)} == {"C", "E"}


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ("A,a@f.example,a@f.example,,,,,,", "2"),
        (
            "A,a@f.example,b@f.example,,,,,,\nB,b@f.example,c@f.example,,,,,,\nC,c@f.example,a@f.example,,,,,,",
            "2,3,4",
        ),
    ],
)
def test_managers_in_a_circle_are_refused_and_nothing_is_written(
    office: Office, rows: str, lines: str
) -> None:
    with pytest.raises(Problem, match="managers in a circle") as problem:
        office.people(f"{HEADER}\n{rows}\n")
    assert problem.value.where.endswith(f":{lines}")
    assert all_people(office.context) == []


def test_a_circle_through_people_on_file_is_refused(office: Office) -> None:
    office.people()
    with pytest.raises(Problem, match="managers in a circle"):
        office.people(f"{HEADER}\nVera Lind,vera@firm.example,ines@firm.example,,core,,director,,\n")
    assert office.people().new == 0


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("nom,courriel\nA,a@f.example\n", "no column for name and email"),
        ("name,email,Full Name\nA,a@f.example,A\n", "two columns for name"),
        ("name,email\n", None),
    ],
)
def test_headers_are_checked(office: Office, content: str, line: str | None) -> None:
    if line is None:
        assert office.people(content).new == 0
        return
    with pytest.raises(Problem, match=line):
        office.people(content)


def test_a_mapping_names_the_columns(office: Office) -> None:
    assert office.people("Nom,Courriel\nA,a@f.example\n", name="Nom", email="courriel").new == 1
    with pytest.raises(Problem, match="no column 'Name'"):
        office.people("Nom,Courriel\nA,a@f.example\n", name="Name", email="courriel")


def stranger(office: Office, name: str, email: str) -> str:
    person = "5f0c3d5e-94ab-4f0c-8d3e-0a1b2c3d4e5f"
    said: dict[str, Json | date] = {"name": name, "emails": [email], "provisional": True}
    place(
        [
            Draft(kind=Kind.PROFILE, author="git:billing", occurred_on=TODAY, subject=person, amounts=said),
            Draft(
                kind=Kind.CHANGE_BATCH,
                author="git:billing",
                occurred_on=TODAY,
                subject=person,
                source="git:change-batch:1",
                amounts={"changes": 3, "defects": 0},
            ),
        ],
        clock=office.context.clock,
    )
    return person


def test_a_resolved_stranger_is_one_record_with_the_person(office: Office) -> None:
    office.people()
    unknown = stranger(office, "ines okafor", "1+ines@users.noreply.github.com")
    (listed,) = strangers(office.context)
    assert (listed.changes, [each.name for each in listed.perhaps]) == (3, ["Ines Okafor"])
    resolve(office.context, unknown, "ines@firm.example")
    ines = office.person("ines@firm.example")
    assert card_of(office.context, ines).known_as == (ines, unknown)
    assert office.person("1+ines@users.noreply.github.com") == ines
    assert strangers(office.context) == []
    mona = gate(office.as_person("mona@firm.example"))
    assert mona.allows(Verb.READ, Noun.ENTRY, unknown)
    assert not gate(office.as_person("jens@firm.example")).allows(Verb.READ, Noun.ENTRY, unknown)
    with pytest.raises(Problem, match="is nobody to be resolved"):
        resolve(office.context, "ines@firm.example", "jens@firm.example")


def test_a_stranger_whose_address_is_imported_becomes_that_person(office: Office) -> None:
    unknown = stranger(office, "Ines", "ines@firm.example")
    assert office.people().counts["people_confirmed"] == 1
    assert office.person("ines@firm.example") == unknown
    assert not find_person(office.context, unknown).provisional


def test_a_table_says_which_strangers_are_one_person(office: Office) -> None:
    """Two addresses and a handle that sources knew apart; the table names all three for Ines."""
    first = stranger(office, "ines", "ines@firm.example")
    others = ["8f0c3d5e-94ab-4f0c-8d3e-0a1b2c3d4e5f", "9f0c3d5e-94ab-4f0c-8d3e-0a1b2c3d4e5f"]
    known: list[dict[str, Json | date]] = [{"emails": ["ines@home.example"]}, {"handles": ["ines"]}]
    place(
        [
            Draft(
                kind=Kind.PROFILE,
                author="git:billing",
                occurred_on=TODAY,
                subject=person,
                amounts=by | {"name": "I.", "provisional": True},
            )
            for person, by in zip(others, known, strict=True)
        ],
        clock=office.context.clock,
    )
    row = "Ines Okafor,ines@firm.example;ines@home.example,,,,,,,github:ines"
    report = office.people(f"{HEADER}\n{row}\n")
    assert (report.counts["people_confirmed"], report.counts["people_resolved"]) == (1, 2)
    assert card_of(office.context, first).known_as == (first, *others)
    assert strangers(office.context) == []
    assert office.people(f"{HEADER}\n{row}\n").new == 0


def test_the_tables_equal_the_ledger(office: Office) -> None:
    office.people()
    jens = office.person("jens@firm.example")
    (entry,) = entries(subjects=[jens], audiences=[Audience.SHARED], kinds=[Kind.POSITION])
    place(
        [
            Draft(
                kind=Kind.RETRACTION,
                author="operator",
                occurred_on=TODAY,
                subject=entry.subject,
                ref=entry.id,
                amounts={"reason": "Somebody else."},
            )
        ],
        clock=office.context.clock,
    )
    assert card_of(office.context, str(entry.subject)).place.level is None
    assert list(people_projection.faults()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_key SET value = 'elsewhere' WHERE value = 'ines@firm.example'")
        cursor.execute("DELETE FROM people_said WHERE subject = %s", [entry.subject])
    ines = office.person("Ines Okafor")
    assert set(people_projection.faults()) == {("people_key", ines), ("people_said", str(entry.subject))}
    people_projection.rebuild()
    assert list(people_projection.faults()) == []


def test_what_is_kept_ready_is_read_again_after_every_change(office: Office) -> None:
    office.people()
    kept = people.known_now()
    assert people.known_now() is kept
    office.people(f"{HEADER}\nKim Oh,kim@firm.example,,,,,,,\n", dry_run=True)
    assert people.known_now() is kept
    office.people(f"{HEADER}\nKim Oh,kim@firm.example,,,,,,,\n")
    assert len(people.known_now().profiles) == len(kept.profiles) + 1


def test_rights_follow_the_line_of_the_day(office: Office) -> None:
    office.people()
    ines = office.person("ines@firm.example")
    office.people(f"{HEADER}\nInes Okafor,ines@firm.example,nils@firm.example,search,core,L4,engineer,,\n")
    assert not gate(office.as_person("mona@firm.example")).allows(Verb.READ, Noun.ENTRY, ines)
    assert gate(office.as_person("nils@firm.example")).allows(Verb.READ, Noun.ENTRY, ines)


def test_import_is_not_for_everybody(office: Office) -> None:
    office.people()
    allowed = {
        name: gate(office.as_person(f"{name}@firm.example")).allows(Verb.WRITE, Noun.IMPORT)
        for name in ("vera", "mona", "ines", "hana", "abel")
    }
    assert allowed == {"vera": False, "mona": False, "ines": False, "hana": True, "abel": True}


def test_who_opened_my_record_is_kept_for_good(office: Office) -> None:
    office.people()
    ines, mona = office.person("ines@firm.example"), office.as_person("mona@firm.example")
    note_reading(mona, ines, Noun.SIGNAL, "status")
    note_reading(office.as_person("ines@firm.example"), ines, Noun.SIGNAL, "status")
    found = who_opened(office.as_person("ines@firm.example"), ines) or ()
    assert [(each.actor, each.noun) for each in found] == [(mona.actor.person, "signal")]
    assert who_opened(office.as_person("jens@firm.example"), ines) is None
    for verb in (
        "UPDATE access_log SET noun = 'x'",
        "DELETE FROM access_log",
        "REPLACE INTO access_log SELECT * FROM access_log",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb)
    assert len(who_opened(office.as_person("ines@firm.example"), ines) or ()) == 1
