"""Whom a text names, and what stands there for who may not know of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.people.masking import Masks, masked
from datumline.domain.people.naming import named_in, names_of
from datumline.domain.people.person import Identity, Person

PEOPLE = [
    Person(id="jens", name="Jens Holmgren", identities=(Identity(system="email", value="jh@firm.example"),)),
    Person(id="lena", name="Lena Brandt", identities=(Identity(system="github", value="lbrandt"),)),
    Person(id="will", name="Will Park"),
    Person(id="mona", name="Mona Reyes-Tan"),
    Person(id="asa", name="Åsa Lind"),
    Person(id="bot", name="Build Server", provisional=True),
]
NAMES = names_of(PEOPLE)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Jens Holmgren waited", ["jens"]),
        ("jens holmgren waited", ["jens"]),
        ("Holmgren, Jens waited", ["jens"]),
        ("Jens's review, and Holmgren\u2019s", ["jens", "jens"]),
        ("JENS waited", ["jens"]),
        ("mail to jh@firm.example", ["jens"]),
        ("mail to jens.holmgren@elsewhere.example", ["jens"]),
        ("https://tracker.example/jens-holmgren/1", ["jens"]),
        ("ask @lbrandt or github:lbrandt", ["lena", "lena"]),
        ("Mona Reyes-Tan and Reyes", ["mona", "mona"]),
        ("Asa said no", ["asa"]),
        ("Will it work? Park the car.", []),
        ("Will Park said no", ["will"]),
        ("the build server broke", ["bot"]),
        ("Build it on the Server", []),
        ("a brandt new thing", []),
        ("", []),
    ],
)
def test_whom_a_text_names(text: str, whom: list[str]) -> None:
    assert [next(iter(found.bearers)) for found in named_in(text, NAMES)] == whom


def test_what_many_bear_names_nobody_and_what_two_bear_names_both() -> None:
    many = names_of([Person(id=str(n), name=f"Engineer{n % 2} Nr{n}") for n in range(200)])
    assert list(named_in("Engineer0 came", many)) == []
    two = names_of([Person(id="a", name="Jens Lang"), Person(id="b", name="Jens Weit")])
    (found,) = named_in("Jens came", two)
    assert found.bearers == {"a", "b"}


MASKS = Masks(names=NAMES, secrets={person.id: f"secret of {person.id}" for person in PEOPLE})


@given(
    st.lists(
        st.sampled_from(
            ["Jens Holmgren", "Lena", "Brandt", "waited", "and", "@lbrandt", ", ", ".", "jh@firm.example"]
        )
    ),
    st.sets(st.sampled_from([person.id for person in PEOPLE])),
)
def test_nobody_hidden_is_named_and_all_else_stays(words: list[str], shown: set[str]) -> None:
    text = " ".join(words)
    told = masked(text, "ines", MASKS, shown.__contains__)
    assert all(found.bearers & shown for found in named_in(told, NAMES))
    assert masked(told, "ines", MASKS, shown.__contains__) == told
    assert [w for w in told.split() if w in {"waited", "and"}] == [w for w in words if w in {"waited", "and"}]
    if shown >= {"jens", "lena"}:
        assert told == text


def test_a_mask_is_one_person_in_one_record_and_another_in_another() -> None:
    def told(text: str, subject: str) -> str:
        return masked(text, subject, MASKS, lambda _: False)

    assert told("Lena Brandt", "ines") == told("lena brandt", "ines") != told("Lena Brandt", "kofi")
    assert told("Lena Brandt", "ines") != told("Jens Holmgren", "ines")
    unsaid = Masks(names=NAMES, secrets={})
    assert masked("Lena Brandt", "ines", unsaid, lambda _: False) != told("Lena Brandt", "ines")
