"""Documents of a clone, where they came from, and who cites them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from datumline.connectors.documents.citations import mentions
from datumline.connectors.documents.client import completed, origins, read_shelf
from datumline.connectors.documents.record import DatedBy, Mention, Shelf
from datumline.connectors.documents.translate import drafts
from datumline.connectors.git.clone import open_clone
from datumline.domain.evidence.body import fields_of
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from support.clones import ADA, BEN, CLEO, Repository

FIRST, SECOND, THIRD = (f"2026-03-0{day}T12:00:00+00:00" for day in (2, 3, 4))
RFC = "- Feature Name: {name}\n- Start Date: 2026-03-01\n\n# Summary\n\n{text}\n"


def shelf_of(repository: Repository) -> tuple[Shelf, list[Mention]]:
    clone = open_clone(repository.path)
    shelf = read_shelf(clone)
    found = origins(clone, shelf.artifacts)
    return completed(shelf, found), list(mentions(clone, shelf, found))


def cited(repository: Repository) -> list[tuple[str, str, str, date]]:
    return sorted((m.artifact, m.by.name, m.document, m.on) for m in shelf_of(repository)[1])


@pytest.fixture
def cents(repository: Repository) -> Repository:
    repository.change(
        "text/0007-cents.md", RFC.format(name="cents", text="Cents."), "Cents", by=ADA, at=FIRST
    )
    return repository


@pytest.mark.parametrize("line", ["See RFC 7.", "See RFC 0007", "RFC #7", "[a](../text/0007-cents.md)"])
def test_a_name_or_a_link_on_an_added_line_is_a_citation(cents: Repository, line: str) -> None:
    cents.change("guide.md", f"# Guide\n\n{line}\n", "Guide", by=BEN, at=SECOND)
    assert cited(cents) == [("RFC 7", "Ben Oduya", "guide.md", date(2026, 3, 3))]


@pytest.mark.parametrize("line", ["RFC 70", "RFC 8", "RFC", "XRFC 7", "cents.md"])
def test_other_numbers_and_words_are_none(cents: Repository, line: str) -> None:
    cents.change("guide.md", f"{line}\n", "Guide", by=BEN)
    assert cited(cents) == []


def test_the_first_time_counts_once_per_person_and_document(cents: Repository) -> None:
    cents.change("guide.md", "RFC 7\n", "Guide", by=BEN, at=SECOND)
    cents.change("guide.md", "RFC 7\n\nand RFC 7 again\n", "More", by=BEN, at=THIRD)
    cents.change("other.md", "RFC 7\n", "Other", by=BEN, at=THIRD)
    cents.change("guide.md", "RFC 7\n\nand RFC 7 again\n\nRFC 7, Cleo\n", "Mine", by=CLEO, at=THIRD)
    assert cited(cents) == [
        ("RFC 7", "Ben Oduya", "guide.md", date(2026, 3, 3)),
        ("RFC 7", "Ben Oduya", "other.md", date(2026, 3, 4)),
        ("RFC 7", "Cleo Varga", "guide.md", date(2026, 3, 4)),
    ]


def test_rewritten_removed_moved_and_own_mentions_are_none(cents: Repository) -> None:
    cents.change("guide.md", "See RFC 7.\n" * 3, "Guide", by=BEN, at=SECOND)
    cents.change("guide.md", "See `RFC 7`.\n" * 3, "Reformat", by=CLEO, at=THIRD)
    cents.git("mv", "guide.md", "manual.md")
    cents.commit("Move", by=CLEO, at=THIRD)
    cents.change("manual.md", "", "Empty", by=CLEO, at=THIRD)
    cents.change(
        "text/0007-cents.md", RFC.format(name="cents", text="Cents. RFC 7"), "Own", by=CLEO, at=THIRD
    )
    assert [who for _, who, _, _ in cited(cents)] == ["Ben Oduya"]


def test_lists_hidden_files_and_code_cite_nobody(repository: Repository) -> None:
    for number in range(1, 31):
        repository.write(f"text/{number:04}-a.md", RFC.format(name=f"a{number}", text=""))
    repository.commit("All", by=ADA)
    repository.write("index.md", "".join(f"RFC {number}\n" for number in range(1, 31)))
    repository.write(".github/OWNERS.md", "RFC 7\n")
    repository.write("main.c", "/* RFC 7 */\n")
    repository.commit("Lists", by=BEN)
    assert cited(repository) == []


def test_two_documents_of_one_name_are_cited_by_neither(repository: Repository) -> None:
    for room in ("a", "b"):
        repository.write(f"{room}/adr/0007-{room}.md", "# 7. Whole\n\nDate: 2026-03-01\n")
    repository.commit("Two", by=ADA)
    repository.change("guide.md", "ADR 7\n", "Guide", by=BEN)
    assert len(shelf_of(repository)[0].artifacts) == 2
    assert cited(repository) == []


def test_history_names_author_and_day_through_renames(repository: Repository) -> None:
    text = RFC.format(name="cents", text="Cents.\n" * 20)
    repository.change("text/0000-cents.md", text.replace("2026-03-01", ""), "Propose", by=BEN, at=FIRST)
    repository.git("mv", "text/0000-cents.md", "text/0007-cents.md")
    repository.commit("Merge it", by=CLEO, at=SECOND)
    (artifact,) = shelf_of(repository)[0].artifacts
    assert [author.name for author in artifact.authors] == ["Ben Oduya"]
    assert (artifact.created, artifact.dated_by) == (date(2026, 3, 2), DatedBy.HISTORY)


def test_a_folder_document_owns_its_files(repository: Repository) -> None:
    folder = "keps/sig-billing/9002-cents"
    repository.write(f"{folder}/kep.yaml", 'title: Cents\nauthors: ["@adamarsh"]\nstatus: implemented\n')
    repository.write(f"{folder}/README.md", "# KEP-9002: cents\n")
    repository.commit("Cents", by=ADA, at=FIRST)
    repository.change(f"{folder}/README.md", "# KEP-9002: cents\n\nKEP-9002\n", "More", by=BEN, at=SECOND)
    repository.change("guide.md", "[a](keps/sig-billing/9002-cents/README.md)\n", "Guide", by=BEN, at=THIRD)
    assert cited(repository) == [("KEP-9002", "Ben Oduya", "guide.md", date(2026, 3, 4))]


def test_the_cut_of_a_shallow_clone_wrote_and_cited_nothing(cents: Repository, tmp_path: Path) -> None:
    cents.change("guide.md", "RFC 7\n", "Guide", by=BEN, at=SECOND)
    cents.change("text/0008-mils.md", RFC.format(name="mils", text="RFC 7"), "Mils", by=CLEO, at=THIRD)
    cents.git("clone", "-q", "--depth=2", cents.path.as_uri(), str(tmp_path / "shallow"))
    clone = open_clone(tmp_path / "shallow")
    shelf = read_shelf(clone)
    found = origins(clone, shelf.artifacts)
    written = {one.id: [each.name for each in one.authors] for one in completed(shelf, found).artifacts}
    assert written == {"RFC 7": [], "RFC 8": ["Cleo Varga"]}
    assert [(m.artifact, m.by.name) for m in mentions(clone, shelf, found)] == [("RFC 7", "Cleo Varga")]


def test_a_clone_without_documents_or_commits_has_an_empty_shelf(repository: Repository) -> None:
    assert shelf_of(repository) == (Shelf(artifacts=()), [])
    repository.change("README.md", "RFC 7\n", "Begin")
    assert shelf_of(repository) == (Shelf(artifacts=()), [])


def test_what_cannot_be_read_is_listed_and_the_rest_goes_on(cents: Repository) -> None:
    cents.change("text/0008-notes.md", "# Notes\n", "Notes")
    shelf, _ = shelf_of(cents)
    assert [artifact.id for artifact in shelf.artifacts] == ["RFC 7"]
    assert shelf.unread == (("text/0008-notes.md", "it has no '- Start Date:' line"),)


def drafted(repository: Repository) -> list[Draft]:
    shelf, found = shelf_of(repository)
    made = list(drafts(shelf, found, repository="designs", resolve=lambda contact: contact.name))
    assert all(fields_of(draft) for draft in made)  # what the ledger accepts
    return made


def test_drafts_credit_the_author_and_leave_the_team_unsaid(cents: Repository) -> None:
    cents.change("guide.md", "RFC 7\n", "Guide", by=BEN, at=SECOND)
    cents.change("own.md", "RFC 7\n", "Own", by=ADA, at=SECOND)
    artifact, citation = drafted(cents)
    assert (artifact.kind, artifact.subject, artifact.occurred_on) == (
        Kind.ARTIFACT,
        "Ada Marsh",
        date(2026, 3, 1),
    )
    assert artifact.amounts == {"artifact": "RFC 7", "type": "rfc", "status": "merged"}
    assert (citation.kind, citation.subject, citation.occurred_on) == (
        Kind.CITATION,
        "Ada Marsh",
        date(2026, 3, 3),
    )
    assert citation.amounts == {"artifact": "RFC 7", "by": "Ben Oduya"}


def test_a_second_run_makes_the_same_sources_and_all_differ(cents: Repository) -> None:
    for number, who in enumerate((BEN, CLEO, BEN)):
        cents.change(f"guide{number}.md", "RFC 7\n", "Guide", by=who)
    sources = [draft.source for draft in drafted(cents)]
    assert len(set(sources)) == 4
    assert [draft.source for draft in drafted(cents)] == sources


def test_a_program_cites_nobody(cents: Repository) -> None:
    cents.change("guide.md", "RFC 7\n", "Guide", by="renovate[bot] <bot@example.org>")
    assert [draft.kind for draft in drafted(cents)] == [Kind.ARTIFACT]


KEP = "title: Cents\nauthors:\n  - '@adamarsh'\nstatus: implemented\ncreation-date: 2026-03-01\n"


@pytest.mark.parametrize(
    "who",
    [
        "Ada <adamarsh@elsewhere.example>",
        "Ada <12+adamarsh@users.noreply.github.com>",
        "Ada Marsh <a@elsewhere.example>",
        "BEN  Oduya <b@elsewhere.example>",
    ],
)
def test_a_likeness_to_an_author_or_first_committer_is_no_citation(repository: Repository, who: str) -> None:
    repository.change("keps/sig-billing/9-cents/kep.yaml", KEP, "Cents", by=BEN, at=FIRST)
    repository.change("guide.md", "KEP-9\n", "Guide", by=who, at=SECOND)
    repository.change("other.md", "KEP-9\n", "Other", by=CLEO, at=THIRD)
    assert [draft.title for draft in drafted(repository) if draft.kind is Kind.CITATION] == [
        "KEP-9 is cited in other.md"
    ]
