"""The page about access is the table that decides, and says what each of its words means."""

from __future__ import annotations

from pathlib import Path

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_matrix import AUDIENCES, SHARED_KINDS
from datumline.domain.people.access_page import MEANINGS, matrix_page
from datumline.domain.people.access_rules import noun_of, rules
from datumline.domain.people.access_words import Condition, Noun

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "access-matrix.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == matrix_page()


def test_every_condition_has_a_meaning_and_a_use() -> None:
    assert set(MEANINGS) == set(Condition) == {condition for rule in rules() for condition in rule.conditions}


def test_every_stored_entry_is_a_noun() -> None:
    assert set(SHARED_KINDS) <= set(Kind)
    assert set(AUDIENCES) <= set(Audience)
    assert {noun_of("shared", kind) for kind in Kind} == {
        Noun.ENTRY,
        Noun.FEEDBACK_NOTE,
        Noun.PERSON,
        Noun.POSITION,
        Noun.LEAVE_COVER,
        Noun.CONFLICT,
        Noun.BREAK_GLASS,
        Noun.GROWTH_DOCUMENT,
        Noun.VISIBILITY_PLAN,
    }
    assert noun_of("case", "sbi") is Noun.PLAN
