"""The organisation on a day as known at a time; the pure rules about people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.people.fold import OrgChart, Place, Profile, Records, Resolution, org_chart
from datumline.domain.people.identity import email_key, login_of, name_key, suggestions, visibly
from datumline.domain.people.person import Identity, Person, Position
from datumline.domain.period import AsOf

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)
WRITTEN = datetime(2026, 6, 10, tzinfo=UTC)
NAMES = ["ada", "ben", "cleo", "dora", "emil"]


def place(person: str, day: date = MARCH, at: datetime = WRITTEN, **said: object) -> Position:
    return Position(person=person, from_day=day, recorded_at=at, **said)  # type: ignore[arg-type] # a case's fields


def chart(*positions: Position, day: date = JUNE, known_at: datetime = WRITTEN) -> OrgChart:
    people = {position.person for position in positions} | {position.manager for position in positions}
    profiles = tuple(
        Profile(person=name, from_day=day, recorded_at=datetime(2020, 1, 1, tzinfo=UTC), name=name)
        for name in people
        if name
    )
    records = Records(profiles=profiles, positions=positions)
    return org_chart(records, AsOf(as_of=day, known_at=known_at))


def test_each_field_holds_until_something_later_is_said() -> None:
    said = (place("ada", level="L4", manager="ben"), place("ada", JUNE, level="L5"))
    assert chart(*said, day=JUNE - timedelta(days=1)).place_of("ada") == Place(level="L4", manager="ben")
    assert chart(*said).place_of("ada") == Place(level="L5", manager="ben")
    assert chart(*said, day=MARCH - timedelta(days=1)).place_of("ada") == Place()


def test_of_two_words_for_one_day_the_later_written_counts_once_it_was_written() -> None:
    said = (place("ada", manager="ben"), place("ada", at=WRITTEN + timedelta(hours=1), manager="cleo"))
    assert chart(*said).manager_of("ada") == "ben"
    assert chart(*said, known_at=WRITTEN + timedelta(hours=1)).manager_of("ada") == "cleo"


def test_what_is_cleared_is_gone() -> None:
    said = (place("ada", manager="ben", team="billing"), place("ada", JUNE, cleared=("manager",)))
    assert chart(*said).place_of("ada") == Place(team="billing")


def test_lines_up_and_down() -> None:
    drawn = chart(place("ada", manager="ben"), place("cleo", manager="ben"), place("ben", manager="dora"))
    assert drawn.reports_of("ben") == ("ada", "cleo")
    assert drawn.chain_of("ada") == ("ben", "dora")


def test_a_leaver_has_no_manager_and_is_nobodys_report() -> None:
    drawn = chart(place("ada", manager="ben"), place("ada", JUNE, active=False))
    assert (drawn.manager_of("ada"), drawn.reports_of("ben"), drawn.is_active("ada")) == (None, (), False)


@given(managers=st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES)))
def test_a_chain_ends_even_in_a_circle(managers: dict[str, str]) -> None:
    drawn = chart(*(place(person, manager=manager) for person, manager in managers.items()))
    for person in NAMES:
        chain = drawn.chain_of(person)
        assert person not in chain
        assert len(set(chain)) == len(chain)


@given(
    positions=st.lists(
        st.builds(
            place,
            st.sampled_from(NAMES),
            st.dates(MARCH, JUNE),
            st.datetimes(timezones=st.just(UTC)),
            manager=st.sampled_from(NAMES),
        ),
        max_size=12,
    ),
    later=st.lists(
        st.builds(
            place,
            st.sampled_from(NAMES),
            st.dates(MARCH, JUNE),
            st.just(WRITTEN + timedelta(days=1)),
            manager=st.sampled_from(NAMES),
            active=st.booleans(),
        ),
        max_size=6,
    ),
    day=st.dates(MARCH, JUNE),
)
def test_what_is_written_later_changes_no_answer_of_the_past(
    positions: list[Position], later: list[Position], day: date
) -> None:
    asked = AsOf(as_of=day, known_at=WRITTEN)
    before = org_chart(Records(profiles=_profiles(), positions=tuple(positions)), asked)
    after = org_chart(Records(profiles=_profiles(), positions=(*later, *positions)), asked)
    assert before == after


def _profiles() -> tuple[Profile, ...]:
    return tuple(
        Profile(person=n, from_day=MARCH, recorded_at=datetime(1, 1, 1, tzinfo=UTC), name=n) for n in NAMES
    )


def test_a_new_name_is_shown_from_its_day_and_the_first_before() -> None:
    old = Profile(person="ada", from_day=MARCH, recorded_at=WRITTEN, name="Ada Byron")
    new = Profile(
        person="ada", from_day=JUNE, recorded_at=WRITTEN, name="Ada Lovell", handles=("github:ada",)
    )
    for day, name in ((date(2020, 1, 1), "Ada Byron"), (MARCH, "Ada Byron"), (JUNE, "Ada Lovell")):
        assert (
            org_chart(Records(profiles=(new, old)), AsOf(as_of=day, known_at=WRITTEN)).people["ada"].name
            == name
        )


def test_a_resolved_stranger_is_the_person_also_through_another_stranger() -> None:
    profiles = _profiles()
    resolutions = tuple(
        Resolution(person=person, provisional=stranger, from_day=MARCH, recorded_at=WRITTEN)
        for person, stranger in (("ben", "ada"), ("cleo", "ben"))
    )
    drawn = org_chart(Records(profiles=profiles, resolutions=resolutions), AsOf(as_of=JUNE, known_at=WRITTEN))
    assert drawn.known_as("cleo") == ("cleo", "ada", "ben")
    assert set(drawn.people) == {"cleo", "dora", "emil"}


@pytest.mark.parametrize(
    ("email", "login"),
    [
        ("ines@users.noreply.github.com", "ines"),
        ("123+Ines-O@users.noreply.github.com", "ines-o"),
        ("ines@firm.example", None),
        ("@users.noreply.github.com", None),
    ],
)
def test_the_login_in_a_no_reply_address(email: str, login: str | None) -> None:
    assert login_of(email) == login


def test_keys_compare_what_people_see_as_the_same() -> None:
    assert email_key(" <Ines@Firm.Example> ") == "ines@firm.example"
    assert name_key("In\u0065\u0301s  OKAFOR") == name_key("in\u00e9s okafor")


def test_a_likeness_is_only_ever_suggested() -> None:
    ines = Person(id="1", name="Ines Okafor", identities=(Identity(system="github", value="Ines"),))
    other = Person(id="2", name="Jens Holm")
    by_name = Person(id="3", name="INES okafor", provisional=True)
    address = Identity(system="email", value="9+ines@users.noreply.github.com")
    by_login = Person(id="4", name="I", identities=(address,), provisional=True)
    nobody = Person(id="5", name="Kim", provisional=True)
    people = [ines, other, by_name, by_login, nobody]
    assert [suggestions(each, people) for each in (by_name, by_login, nobody)] == [("1",), ("1",), ()]


@pytest.mark.parametrize(
    ("name", "shown"), [("Ada", "Ada"), ("Ada\u202e", "Ada⟨U+202E⟩"), ("A\u200bda", "A⟨U+200B⟩da")]
)
def test_what_cannot_be_seen_is_made_visible(name: str, shown: str) -> None:
    assert visibly(name) == shown
