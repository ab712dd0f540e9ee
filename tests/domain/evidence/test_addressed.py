"""Whom a line is about: named in front or by @, never guessed."""

from __future__ import annotations

import pytest

from datumline.domain.evidence.addressed import addressed
from datumline.domain.people.person import Identity, Person

IDA = Person(
    id="ida",
    name="Ida Rosendahl-Ekwueme",
    identities=(Identity(system="email", value="ida@firm.example"),),
)
IDUN, BO = Person(id="idun", name="Idun Aasen"), Person(id="bo", name="Bo Sato")
PEOPLE = (IDA, IDUN, BO)


@pytest.mark.parametrize(
    ("line", "rest", "found"),
    [
        ("Ida missed invoice-export", "missed invoice-export", ("ida",)),
        ("ida rosendahl: missed invoice-export", "missed invoice-export", ("ida",)),
        ("missed invoice-export @rosendahl due 05-04", "missed invoice-export due 05-04", ("ida",)),
        ("Ekwueme saw it", "saw it", ("ida",)),
        ("Ida was late again", "was late again", ("ida",)),
        ("Ida was late, which Bo saw", "was late, which Bo saw", ("ida",)),
        ("Bo Sato: helped with the cache", "helped with the cache", ("bo",)),
        ("id was late again", "id was late again", ()),
        ("id saw it", "saw it", ("ida", "idun")),
        ("@ida saw it", "saw it", ("ida",)),
        ("@bo.sato saw it", "saw it", ("bo",)),
        ("Nobody saw it", "saw it", ()),
        ("saw Ida leave it", "saw Ida leave it", ()),
        ("wrote to ida@firm.example about it", "wrote to ida@firm.example about it", ()),
        ("", "", ()),
    ],
)
def test_a_name_in_front_or_by_at_is_found_and_taken_out(
    line: str, rest: str, found: tuple[str, ...]
) -> None:
    told = addressed(line, PEOPLE)
    assert (told.line, told.found) == (rest, found)


def test_what_was_said_is_kept_when_nobody_is_called_so() -> None:
    assert addressed("Quentin missed it", PEOPLE).said == "Quentin"


def test_an_exact_name_wins_over_those_that_begin_with_it() -> None:
    people = (Person(id="one", name="Ann"), Person(id="two", name="Ann Marie"))
    assert addressed("Ann saw it", people).found == ("one",)
