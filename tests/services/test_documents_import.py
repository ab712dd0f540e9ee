"""Design documents come in with their authors and with who cites them, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.services.imports.documents import import_documents
from datumline.services.imports.git import import_git
from datumline.store.imports import repository as remembered
from datumline.store.ledger import entries
from support.clones import ADA, BEN, CLEO, Repository
from support.offices import Office

PEP = """PEP: 7
Title: Keep it short
Author: Ada Marsh <ada@marsh.example>
Status: Final
Created: 02-Mar-2026

Text.
"""
OTHER = """PEP: 8
Title: Longer
Author: Ben Oduya <ben@oduya.example>
Status: Draft
Created: 04-Mar-2026

See PEP 7.
"""


@pytest.fixture
def proposals(tmp_path: Path) -> Repository:
    """Two proposals; the second, by somebody else, cites the first."""
    made = Repository(tmp_path / "proposals")
    made.change("peps/pep-0007.rst", PEP, "Add PEP 7", by=ADA, at="2026-03-02T09:00:00+00:00")
    made.change("peps/pep-0008.rst", OTHER, "Add PEP 8", by=BEN, at="2026-03-04T09:00:00+00:00")
    return made


def stored(kind: Kind) -> list[tuple[str | None, str]]:
    found = entries(subjects=None, audiences=(Audience.SHARED,), kinds=(kind,))
    return [(each.subject, str(each.amounts["artifact"])) for each in found]


def test_documents_and_citations_come_in_once(office: Office, proposals: Repository) -> None:
    import_git(office.context, proposals.path)
    ada, ben = office.person("ada@marsh.example"), office.person("ben@oduya.example")
    first, again = (
        import_documents(office.context, proposals.path),
        import_documents(office.context, proposals.path),
    )
    assert (first.new, first.counts["documents"], first.counts["people_provisional"]) == (3, 2, 0)
    assert (again.new, again.unmatched_count) == (0, 0)
    assert sorted(stored(Kind.ARTIFACT), key=lambda each: each[1]) == [(ada, "PEP 7"), (ben, "PEP 8")]
    assert stored(Kind.CITATION) == [(ada, "PEP 7")]


def test_only_new_history_is_searched_and_an_old_citation_is_not_counted_again(
    office: Office, proposals: Repository
) -> None:
    import_documents(office.context, proposals.path)
    proposals.change("peps/pep-0008.rst", OTHER + "Again PEP 7.\n", "Cite it again", by=BEN)
    proposals.change("notes.md", "PEP 8 helps.\n", "Cite the other", by=CLEO)
    assert import_documents(office.context, proposals.path).new == 1
    assert sorted(artifact for _, artifact in stored(Kind.CITATION)) == ["PEP 7", "PEP 8"]


def test_a_trial_writes_nothing(office: Office, proposals: Repository) -> None:
    assert import_documents(office.context, proposals.path, dry_run=True).new == 3
    assert stored(Kind.ARTIFACT) == []
    assert remembered("proposals", "documents") is None


def test_a_trial_keeps_nobody_from_writing_while_it_reads(office: Office, proposals: Repository) -> None:
    held: list[bool] = []

    def progress(_done: int, _total: int | None) -> None:
        held.append(connection.in_atomic_block)

    import_documents(office.context, proposals.path, dry_run=True, progress=progress)
    assert held
    assert not any(held)


def test_citations_below_a_cut_come_in_once_the_history_is_whole(
    office: Office, proposals: Repository, tmp_path: Path
) -> None:
    proposals.change("notes.md", "PEP 8 helps.\n", "Cite the other", by=CLEO)
    cut = tmp_path / "cut" / "proposals"
    proposals.git("clone", "-q", "--depth=1", proposals.path.as_uri(), str(cut))
    import_documents(office.context, cut)
    assert stored(Kind.CITATION) == []
    proposals.git("-C", str(cut), "fetch", "-q", "--unshallow")
    assert [import_documents(office.context, cut).new for _ in range(2)] == [2, 0]
    assert sorted(artifact for _, artifact in stored(Kind.CITATION)) == ["PEP 7", "PEP 8"]


def test_a_repository_without_documents_says_so(office: Office, tmp_path: Path) -> None:
    plain = Repository(tmp_path / "plain")
    plain.change("README.md", "Words.\n", "Begin")
    assert import_documents(office.context, plain.path).notes == ["no PEP, KEP, RFC or ADR stands at HEAD"]


def test_a_document_that_was_cited_before_it_was_there(office: Office, proposals: Repository) -> None:
    proposals.change("notes.md", "PEP 9 will help.\n", "Announce", by=CLEO, at="2026-03-05T09:00:00+00:00")
    import_documents(office.context, proposals.path)
    later = OTHER.replace("PEP: 8", "PEP: 9").replace("See PEP 7.", "")
    proposals.change("peps/pep-0009.rst", later, "Add PEP 9", by=BEN, at="2026-03-06T09:00:00+00:00")
    assert import_documents(office.context, proposals.path).new == 2
    assert sorted(artifact for _, artifact in stored(Kind.CITATION)) == ["PEP 7", "PEP 9"]
