"""Commits in, drafts out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import pytest

from datumline.connectors.git.bots import is_bot
from datumline.connectors.git.record import Commit, Contact
from datumline.connectors.git.translate import Harvest
from datumline.domain.evidence.body import fields_of
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind

ADA = Contact(name="Ada Marsh", email="ada@marsh.example")
BEN = Contact(name="Ben Oduya", email="ben@oduya.example")
CLEO = Contact(name="Cleo Varga", email="cleo@varga.example")
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


def commit(number: int, **said: object) -> Commit:
    plain = Commit(
        id=f"{number:040x}", parents=1, author=ADA, authored=MONDAY, committed=MONDAY,
        subject=f"Change {number}", paths=(f"f{number}",), added=10, deleted=1,
    )  # fmt: skip
    return plain._replace(**said)  # type: ignore[arg-type]


def harvested(commits: Iterable[Commit]) -> Harvest:
    harvest = Harvest(resolve=lambda contact: contact.email)
    for one in commits:
        harvest.add(one)
    return harvest


def drafted(*commits: Commit, targets: Mapping[str, Commit] | None = None) -> list[Draft]:
    drafts = list(harvested(commits).drafts("billing", targets or {}))
    assert all(fields_of(draft) for draft in drafts)  # what the ledger accepts
    return drafts


def test_a_day_of_one_person_is_one_batch() -> None:
    (draft,) = drafted(commit(1), commit(2, paths=("f1", "f2")))
    assert (draft.kind, draft.subject, draft.occurred_on) == (Kind.CHANGE_BATCH, ADA.email, MONDAY)
    assert draft.amounts == {
        "changes": 2, "defects": 0, "files": 2, "lines_added": 20, "lines_deleted": 2,
        "repository": "billing",
    }  # fmt: skip
    assert draft.title == "2 changes to billing"
    assert draft.links == (f"billing@{1:040x}", f"billing@{2:040x}")


def test_other_days_and_other_people_are_other_batches_oldest_first() -> None:
    drafts = drafted(commit(3, authored=TUESDAY), commit(1), commit(2, author=BEN))
    assert [(draft.occurred_on, draft.subject) for draft in drafts] == [
        (MONDAY, ADA.email), (MONDAY, BEN.email), (TUESDAY, ADA.email),
    ]  # fmt: skip


def test_the_same_commits_give_the_same_source_in_any_order_and_others_another() -> None:
    one, two, three = commit(1), commit(2), commit(3)
    assert drafted(one, two)[0].source == drafted(two, one)[0].source
    assert drafted(one, two)[0].source != drafted(one, three)[0].source


def test_a_co_author_is_credited_once_also_under_two_names() -> None:
    again = BEN._replace(name="B. Oduya")
    drafts = drafted(commit(1, co_authors=(BEN, again)))
    assert [(draft.subject, draft.amounts["changes"], draft.text) for draft in drafts] == [
        (ADA.email, 1, "1 written with others."), (BEN.email, 1, "1 written with others."),
    ]  # fmt: skip


def test_reviews_count_on_the_day_of_the_commit_without_hours_and_never_ones_own() -> None:
    drafts = drafted(
        commit(1, committed=TUESDAY, reviewers=(CLEO,)), commit(2, committed=TUESDAY, reviewers=(CLEO,)),
        commit(3, co_authors=(BEN,), reviewers=(BEN,)),
    )  # fmt: skip
    (review,) = [draft for draft in drafts if draft.kind is Kind.REVIEW_TURNAROUND]
    assert (review.subject, review.occurred_on) == (CLEO.email, TUESDAY)
    assert review.amounts == {"reviews": 2, "repository": "billing"}


def test_a_merge_is_nobodys_change_but_its_reviewer_counts() -> None:
    harvest = harvested([commit(1, parents=2, paths=(), reviewers=(CLEO,))])
    assert [draft.kind for draft in harvest.drafts("billing", {})] == [Kind.REVIEW_TURNAROUND]
    assert harvest.tally.merges == 1


def test_a_reverted_change_is_one_defect_of_its_author_on_the_first_day() -> None:
    bad = commit(1, author=BEN)
    mend = commit(2, reverts=(bad.id,), authored=TUESDAY)
    undo = commit(3, reverts=(bad.id,), undoes=True, authored=MONDAY)
    defects = [
        draft for draft in drafted(mend, undo, bad, targets={bad.id: bad}) if draft.amounts.get("defects")
    ]
    assert [(draft.subject, draft.occurred_on, draft.amounts) for draft in defects] == [
        (BEN.email, MONDAY, {"changes": 0, "defects": 1, "repository": "billing"})
    ]
    assert defects[0].title == "A change to billing was reverted: Change 1"
    assert defects[0].source == f"git:defect:{bad.id}"


def test_two_names_of_one_reverted_change_are_one_defect() -> None:
    bad = commit(1)
    drafts = drafted(
        commit(2, reverts=(bad.id,)), commit(3, reverts=(bad.id[:8],)), targets={bad.id: bad, bad.id[:8]: bad}
    )
    assert sum(draft.amounts["defects"] == 1 for draft in drafts) == 1


@pytest.mark.parametrize(
    "target",
    [commit(1, parents=2), commit(1, undoes=True), commit(1, author=Contact(name="x[bot]", email=""))],
)
def test_reverting_a_merge_a_revert_or_a_program_is_nobodys_defect(target: Commit) -> None:
    harvest = harvested([commit(2, reverts=(target.id,))])
    assert [draft.amounts["defects"] for draft in harvest.drafts("billing", {target.id: target})] == [0]
    assert harvest.tally.reverts_passed_over == 1


def test_a_revert_of_what_the_clone_does_not_hold_is_counted_as_unknown() -> None:
    harvest = harvested([commit(2, reverts=("feedface",))])
    assert harvest.references == ("feedface",)
    assert len(list(harvest.drafts("billing", {}))) == 1
    assert harvest.tally.reverts_unknown == 1


def test_lines_that_are_absent_are_unknown_and_never_zero() -> None:
    (draft,) = drafted(commit(1), commit(2, added=None, deleted=None, complete=False))
    assert "lines_added" not in draft.amounts
    assert draft.text == "The lines of 1 are absent from the clone."


def test_programs_are_counted_apart_and_their_human_co_author_is_credited() -> None:
    harvest = harvested(
        [commit(1, author=Contact(name="ci-robot", email="r@example.org"), co_authors=(BEN,))]
    )
    assert [draft.subject for draft in harvest.drafts("billing", {})] == [BEN.email]
    assert harvest.tally.bots == 1


def test_the_cut_of_a_shallow_clone_is_nobodys_work() -> None:
    harvest = harvested([commit(1, edge=True, reviewers=(CLEO,))])
    assert not list(harvest.drafts("billing", {}))
    assert harvest.tally.edges == 1


def test_assistance_is_recorded_and_changes_no_figure() -> None:
    with_it, without = drafted(commit(1, assistants=("Helper 3",)))[0], drafted(commit(1))[0]
    assert with_it.amounts == without.amounts
    assert with_it.text == "Assisted by Helper 3: recorded, not scored."


@pytest.mark.parametrize(
    ("name", "email", "expected"),
    [
        ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", True),
        ("Prow Robot", "k8s-ci-robot@users.noreply.github.com", True),
        ("Bors", "bors@example.org", True),
        ("Isa Lind (bot)", "isa@example.org", True),
        ("Aider", "aider@aider.chat", True),
        ("Aider", "aider@example.org", False),
        ("Jan Bot", "jan.bot.smit@example.org", False),
        ("Ana Talbot", "talbot@example.org", False),
        ("Robotti Vena", "robotti@example.org", False),
    ],
)
def test_programs_are_told_from_people(name: str, email: str, expected: bool) -> None:  # noqa: FBT001 - a case
    assert is_bot(Contact(name=name, email=email)) is expected


def test_two_reverts_of_one_day_give_the_same_defect_in_any_order() -> None:
    wrong, short = commit(1), f"{1:040x}"[:20]
    first, second = commit(2, author=BEN, reverts=(short,), undoes=True), commit(3, reverts=(wrong.id,))
    targets = {wrong.id: wrong, short: wrong}
    one = drafted(wrong, first, second, targets=targets)
    assert one == drafted(second, wrong, first, targets=targets)
    assert one[-1].links[1] == f"billing@{first.id}"


def test_whoever_is_credited_with_a_change_answers_for_its_defect() -> None:
    wrong = commit(1, co_authors=(CLEO,))
    mended = commit(2, author=BEN, reverts=(wrong.id,), undoes=True)
    drafts = drafted(wrong, mended, targets={wrong.id: wrong})
    assert [draft.subject for draft in drafts if draft.amounts["defects"]] == [ADA.email, CLEO.email]
