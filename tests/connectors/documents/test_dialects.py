"""Each form of design document, read and refused."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.connectors.documents.dialects import contacts, day_of, dialect_of, read
from datumline.connectors.documents.record import Artifact
from datumline.connectors.git.record import Contact

PEP = """PEP: 9001
Title: Whole Cents
Author: Ada Marsh <ada@marsh.example>,
        Ben Oduya <ben at oduya.example>
Status: Final
Created: 05-Mar-2024

Abstract
"""
KEP = """title: Whole cents
authors:
  - "@adamarsh"
  - "@benoduya"
status: implementable
creation-date: 2024-03-05
last-updated: 2024-13-45
"""
RFC = "- Feature Name: whole_cents\n- Start Date: 2024-03-05\n- RFC PR: x\n\n# Summary\n\nCents.\n"
ADR = "# 7. Whole cents\n\nDate: 2024-03-05\n\n## Status\n\nAccepted\n\n## Context\n"
MADR = (
    "---\nstatus: proposed\ndate: 2024-03-05\ndecision-makers: Ada Marsh\n---\n# Whole cents\n\n## Context\n"
)
OLD_MADR = "# Whole cents\n\n* Status: superseded by 9\n* Deciders: Ada\n* Date: 2024-03-05\n\n## Context\n"
CASES = [
    ("peps/pep-9001.rst", PEP, "PEP 9001", "final", True),
    ("keps/sig-billing/9002-whole-cents/kep.yaml", KEP, "KEP-9002", "implementable", True),
    ("text/9003-whole-cents.md", RFC, "RFC 9003", "merged", True),
    ("docs/adr/0007-whole-cents.md", ADR, "ADR 7", "accepted", True),
    ("docs/decisions/0008-whole-cents.md", MADR, "ADR 8", "proposed", False),
    ("doc/architecture/decisions/0009-whole-cents.md", OLD_MADR, "ADR 9", "superseded by 9", True),
]


def artifact(path: str, text: str) -> Artifact:
    dialect = dialect_of(path)
    assert dialect is not None
    return read(dialect, path, text)


@pytest.mark.parametrize(("path", "text", "name", "status", "accepted"), CASES)
def test_each_form_says_name_title_status_and_day(
    path: str,
    text: str,
    name: str,
    status: str,
    accepted: bool,  # noqa: FBT001 - a case
) -> None:
    for variant in (text, "\ufeff" + text, text.replace("\n", "\r\n")):
        found = artifact(path, variant)
        assert (found.id, found.status, found.accepted) == (name, status, accepted)
        assert found.created == date(2024, 3, 5)
        assert found.title.lower().replace("_", " ") == "whole cents"


def test_authors_are_those_that_the_document_names() -> None:
    assert artifact("pep-9001.txt", PEP).authors == (
        Contact(name="Ada Marsh", email="ada@marsh.example"),
        Contact(name="Ben Oduya", email="ben@oduya.example"),
    )
    kep = artifact(CASES[1][0], KEP)
    assert [author.name for author in kep.authors] == ["@adamarsh", "@benoduya"]
    assert kep.path == "keps/sig-billing/9002-whole-cents"
    assert artifact(CASES[2][0], RFC).authors == ()


@pytest.mark.parametrize(
    ("path", "text", "reason"),
    [
        ("peps/pep-9001.rst", "Just text\n", "no PEP: and Title:"),
        ("keps/a/9002-x/kep.yaml", "title: [\n", "YAML cannot be read"),
        ("keps/a/9002-x/kep.yaml", "- a\n", "no mapping"),
        ("keps/a/9002-x/kep.yaml", "status: x\n", "no title"),
        ("text/9003-x.md", "# Notes\n", "Start Date"),
        ("docs/adr/0007-x.md", "text\n", "no '# ' heading"),
        ("docs/adr/0007-x.md", "# A page\n", "neither status nor date"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(path: str, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        artifact(path, text)


@pytest.mark.parametrize(
    "path",
    ["README.md", "src/pep-9001.py", "docs/0001-first.md", "keps/NNNN-kep-template/kep.yaml", "text/a.md"],
)
def test_other_files_are_no_documents(path: str) -> None:
    assert dialect_of(path) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("5-Mar-2024", date(2024, 3, 5)),
        ("05 March 2024", date(2024, 3, 5)),
        ("Mar 5, 2024", date(2024, 3, 5)),
        ("2024-03-05T10:00:00Z", date(2024, 3, 5)),
        ("2024-02-30", None),
        ("soon", None),
        ("", None),
    ],
)
def test_days_as_people_write_them(written: str, expected: date | None) -> None:
    assert day_of(written) == expected


def test_an_author_may_be_written_address_first() -> None:
    assert contacts("ada@marsh.example (Ada Marsh), Ben Oduya") == (
        Contact(name="Ada Marsh", email="ada@marsh.example"),
        Contact(name="Ben Oduya", email=""),
    )


@pytest.mark.parametrize("folder", ["tests/peps", "tool/test", "src/testdata/x", "fixtures"])
def test_what_a_program_is_tried_with_is_no_document(folder: str) -> None:
    assert dialect_of(f"{folder}/pep-9001.rst") is None
    assert dialect_of(f"my-{folder.replace('/', '-')}/pep-9001.rst") is not None
