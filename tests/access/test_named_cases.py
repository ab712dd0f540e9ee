"""Who may see what, case by case, in the words of the spec: an oracle that does not read the matrix."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from datumline.domain.people.access import Actor, Relations, Thing, can
from datumline.domain.people.access_matrix import COLUMNS
from datumline.domain.people.access_rules import rules
from datumline.domain.people.access_words import Condition, Noun, Relation, Verb
from datumline.domain.people.relations import Seat, actor_for, relations_of
from support.access_cast import LIMITS, NAMES, RECORDS, TODAY, who


def asks(  # noqa: PLR0913 - a case says what it is about
    name: str,
    verb: Verb,
    noun: Noun,
    about: str | None,
    on: date = TODAY,
    *,
    author: str = "",
    recorded_on: date | None = None,
    states: frozenset[Condition] = frozenset(),
    reads: frozenset[Noun] = frozenset(),
) -> bool:
    """Whether somebody of the cast may do that; the operator and a visitor by those names."""
    named = {"operator": Actor(operator=True), "visitor": Actor()}
    actor = named.get(name) or actor_for(who(name), RECORDS, on)
    subject = who(about) if about else None
    thing = Thing(
        noun=noun, subject=subject, author=author, recorded_on=recorded_on, states=states, reads=reads
    )
    return can(actor, verb, thing, relations_of(actor, RECORDS, on, LIMITS), on).allowed


def readers(
    noun: Noun,
    about: str,
    *,
    author: str = "",
    recorded_on: date | None = None,
    reads: frozenset[Noun] = frozenset(),
) -> set[str]:
    """Everybody of the cast who may read it, the subject and outsiders included."""
    return {
        name
        for name in (*NAMES, "operator", "visitor", "stranger")
        if asks(name, Verb.READ, noun, about, author=author, recorded_on=recorded_on, reads=reads)
    }


@pytest.mark.parametrize(
    ("noun", "about", "expected"),
    [
        (Noun.ENTRY, "ines", {"ines", "mona", "vera", "hana", "hugo", "operator"}),
        (Noun.ENTRY, "kato", {"kato", "mona", "vera", "hana", "hugo", "operator"}),
        (Noun.ENTRY, "lars", {"lars", "nils", "jens", "vera", "hana", "hugo", "operator"}),
        (Noun.ENTRY, "gita", {"gita", "nils", "jens", "vera", "hana", "hugo", "operator"}),
        (Noun.ENTRY, "rosa", {"rosa", "olga", "vera", "hedy", "operator"}),
        (Noun.ENTRY, "toni", {"hana", "hugo", "operator"}),
        (Noun.ENTRY, "hana", {"hana", "vera", "hugo", "operator"}),
        (Noun.FEEDBACK_NOTE, "ines", {"ines", "mona", "vera", "operator"}),
        (Noun.PLAN, "ines", {"mona", "vera", "hana", "hugo", "operator"}),
        (Noun.CONCERN, "ines", {"ines", "mona", "vera", "operator"}),
        (Noun.DIAGNOSIS, "ines", {"mona", "vera", "operator"}),
        (Noun.COMPENSATION, "ines", {"ines", "mona", "vera", "hana", "hugo", "operator"}),
        (Noun.CALIBRATION, "ines", {"mona", "vera", "hana", "hugo", "operator"}),
        (Noun.STORY, "ines", {"ines"}),
        (Noun.POSITION, "ines", {"ines", "mona", "vera", "hana", "hugo", "abel", "adam", "operator"}),
        (Noun.ACCESS_LOG, "ines", {"ines", "hana", "hugo", "augo", "operator"}),
        (
            Noun.BREAK_GLASS,
            "ines",
            {"ines", "mona", "vera", "hana", "hugo", "abel", "adam", "augo", "operator"},
        ),
        (Noun.CONFLICT, "olga", {"olga", "vera", "hedy", "augo", "operator"}),
        (Noun.LEAVE_COVER, "nils", {"nils", "vera", "hana", "hugo", "abel", "adam", "augo", "operator"}),
    ],
)
def test_who_reads_what_about_whom(noun: Noun, about: str, expected: set[str]) -> None:
    assert readers(noun, about) == expected


def test_a_private_note_is_its_authors_alone() -> None:
    """A14, M12: not the person's, not the skip level's, not HR's; and not the author's for ever."""
    for days, expected in ((0, {"mona"}), (180, {"mona"}), (181, set())):
        written = TODAY - timedelta(days=days)
        assert readers(Noun.PRIVATE_NOTE, "ines", author=who("mona"), recorded_on=written) == expected
    assert readers(Noun.PRIVATE_NOTE, "kato", author=who("nils"), recorded_on=TODAY) == set()


def test_before_it_is_issued_a_plan_is_not_there_for_its_subject() -> None:
    assert not asks("ines", Verb.READ, Noun.PLAN, "ines")
    assert asks("ines", Verb.READ, Noun.PLAN, "ines", states=frozenset({Condition.ISSUED}))


def test_what_is_computed_is_read_by_those_who_may_read_all_of_it() -> None:
    whole = frozenset({Noun.ENTRY, Noun.FEEDBACK_NOTE, Noun.PLAN})
    assert readers(Noun.VERDICT, "ines") == {"ines", "mona", "vera", "hana", "hugo", "operator"}
    assert readers(Noun.VERDICT, "ines", reads=whole) == {"mona", "vera", "operator"}
    ines = actor_for(who("ines"), RECORDS, TODAY)
    verdict = Thing(noun=Noun.VERDICT, subject=who("ines"), reads=whole)
    refused = can(ines, Verb.READ, verdict, relations_of(ines, RECORDS, TODAY, LIMITS), TODAY)
    assert refused.unreadable == (Noun.PLAN,)


def test_the_former_manager_reads_own_entries_for_a_month_and_nothing_else() -> None:
    """M2. Kato's line went from Nils to Mona on 10 June."""
    own = who("nils")
    last = date(2026, 7, 9)
    assert asks("nils", Verb.READ, Noun.ENTRY, "kato", author=own)
    assert asks("nils", Verb.READ, Noun.ENTRY, "kato", last, author=own)
    assert not asks("nils", Verb.READ, Noun.ENTRY, "kato", last + timedelta(days=1), author=own)
    assert not asks("nils", Verb.READ, Noun.ENTRY, "kato")
    assert not asks("nils", Verb.WRITE, Noun.ENTRY, "kato", author=own)
    assert not asks("nils", Verb.READ, Noun.SIGNAL, "kato", author=own)


def test_rights_begin_with_the_line_and_not_before() -> None:
    """Gita comes to Mona on 15 July; nobody of this office had begun in 2024."""
    assert not asks("nils", Verb.READ, Noun.PERSON, "kato", date(2024, 1, 1))
    assert not asks("mona", Verb.READ, Noun.ENTRY, "gita", date(2026, 7, 14))
    assert asks("mona", Verb.READ, Noun.ENTRY, "gita", date(2026, 7, 15))


def test_a_leaver_reads_nothing_any_more() -> None:
    """M8. Toni left on 20 June."""
    assert asks("toni", Verb.READ, Noun.ENTRY, "toni", date(2026, 6, 19))
    assert not any(asks("toni", Verb.READ, noun, "toni", date(2026, 6, 20)) for noun in Noun)


def test_an_hr_partner_stays_in_the_unit_and_off_the_own_record() -> None:
    """A13, M4."""
    assert not asks("hana", Verb.READ, Noun.ENTRY, "rosa")
    assert not asks("hana", Verb.APPROVE, Noun.PLAN, "hana")
    assert not asks("hana", Verb.WRITE, Noun.POSITION, "hana")
    assert asks("hugo", Verb.READ, Noun.ENTRY, "hana")


def test_an_admin_sees_that_but_never_what() -> None:
    """A12."""
    outside = {Noun.PERSON, Noun.POSITION, Noun.PACK, Noun.IMPORT, Noun.JOB, Noun.EXEMPLAR, Noun.ACCOUNT}
    outside |= {Noun.LEAVE_COVER, Noun.BREAK_GLASS}
    content = set(Noun) - outside
    assert not any(asks("abel", Verb.READ, noun, "ines") for noun in content)
    assert asks("abel", Verb.METADATA, Noun.ENTRY, "ines")
    assert not asks("abel", Verb.METADATA, Noun.ENTRY, "abel")


def test_nobody_approves_their_own() -> None:
    """A09."""
    assert asks("hana", Verb.APPROVE, Noun.PLAN, "ines", author=who("mona"))
    assert not asks("hana", Verb.APPROVE, Noun.PLAN, "ines", author=who("hana"))
    assert not asks("vera", Verb.APPROVE, Noun.VERDICT, "ines", author=who("vera"))


def test_what_cannot_be_written_cannot_be_taken_back() -> None:
    """A07: to amend is for the author; what a connector wrote is for the current manager."""
    assert asks("mona", Verb.AMEND, Noun.ENTRY, "ines", author=who("mona"))
    assert asks("mona", Verb.AMEND, Noun.ENTRY, "ines", author="git:billing")
    assert not asks("mona", Verb.AMEND, Noun.ENTRY, "ines", author=who("ines"))
    assert not asks("ines", Verb.AMEND, Noun.ENTRY, "ines", author=who("mona"))
    assert asks("ines", Verb.DISPUTE, Noun.ENTRY, "ines", author=who("mona"))
    assert not asks("mona", Verb.DISPUTE, Noun.ENTRY, "ines", author=who("mona"))


@pytest.mark.parametrize("relation", [Relation.PANELIST, Relation.PEER_MANAGER])
def test_a_seat_gives_what_is_cited_and_nothing_when_conflicted(relation: Relation) -> None:
    """M3, M5."""
    actor = actor_for(who("olga"), RECORDS, TODAY)

    def allowed(*, conflicted: bool, states: frozenset[Condition]) -> bool:
        seat = Seat(subject=who("ines"), relation=relation, conflicted=conflicted)
        relations = relations_of(actor, RECORDS, TODAY, LIMITS, seats=[seat])
        thing = Thing(noun=Noun.ENTRY, subject=who("ines"), states=states)
        return can(actor, Verb.READ, thing, relations, TODAY).allowed

    cited = frozenset({Condition.CITED})
    assert allowed(conflicted=False, states=cited)
    assert not allowed(conflicted=True, states=cited)
    assert not allowed(conflicted=False, states=frozenset())
    assert not asks("olga", Verb.READ, Noun.ENTRY, "ines", states=cited)


@pytest.mark.parametrize("noun", Noun)
def test_every_noun_has_a_row_and_strangers_have_nothing(noun: Noun) -> None:
    assert any(rule.noun is noun for rule in rules())
    assert not any(asks("visitor", verb, noun, "ines") for verb in Verb)
    assert not can(Actor(), Verb.READ, Thing(noun=noun), Relations(), TODAY).allowed


@pytest.mark.parametrize("relation", COLUMNS.split())
def test_every_relation_has_a_right_somewhere(relation: str) -> None:
    assert any(rule.relation == relation for rule in rules())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_allowed_to_be_done_that_cannot_be_seen(name: str) -> None:
    """To reply, dispute, sign, acknowledge or approve needs to read."""
    verbs = (Verb.REPLY, Verb.DISPUTE, Verb.ACKNOWLEDGE, Verb.SIGN, Verb.APPROVE)
    states = frozenset({Condition.ISSUED, Condition.SUBMITTED})
    for noun in Noun:
        for about in NAMES:
            for verb in verbs:
                if asks(name, verb, noun, about, states=states):
                    assert asks(name, Verb.READ, noun, about, states=states)
