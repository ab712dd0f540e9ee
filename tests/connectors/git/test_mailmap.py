"""`.mailmap` means here what it means to git."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datumline.connectors.git.clone import open_clone
from datumline.connectors.git.mailmap import Mailmap, mailmap_of
from support.clones import Repository

NAMES = st.sampled_from(["Ada Marsh", "ada marsh", "A. Marsh", "Ben Oduya", ""])
EMAILS = st.sampled_from(["ada@marsh.example", "ADA@marsh.example", "a@old.example", "ben@oduya.example"])
LINES = st.one_of(
    st.tuples(NAMES, EMAILS).map(lambda x: f"{x[0]} <{x[1]}>"),
    st.tuples(NAMES, EMAILS, NAMES, EMAILS).map(lambda x: f"{x[0]} <{x[1]}> {x[2]} <{x[3]}>  # why"),
    st.sampled_from(["# comment <a@old.example>", "", "no address", "  # Ada <a@old.example>"]),
)


@pytest.mark.parametrize(
    ("line", "becomes"),
    [
        ("Ada Marsh <a@old.example>", ("Ada Marsh", "a@old.example")),
        ("<ada@marsh.example> <a@old.example>", ("A.", "ada@marsh.example")),
        ("Ada Marsh <ada@marsh.example> <A@OLD.example>", ("Ada Marsh", "ada@marsh.example")),
        ("Ada Marsh <ada@marsh.example> a. <a@old.example>", ("Ada Marsh", "ada@marsh.example")),
        ("Ada Marsh <ada@marsh.example> B. <a@old.example>", ("A.", "a@old.example")),
        ("# Ada Marsh <a@old.example>", ("A.", "a@old.example")),
    ],
)
def test_each_line_form(line: str, becomes: tuple[str, str]) -> None:
    contact = Mailmap(line.encode()).contact("A.", "a@old.example")
    assert (contact.name, contact.email) == becomes


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINES, max_size=6), name=NAMES.filter(bool), email=EMAILS)
def test_the_map_agrees_with_git(lines: list[str], name: str, email: str, repository: Repository) -> None:
    text = "\n".join(lines)
    Path(repository.path, ".mailmap").write_text(text)
    gits = repository.git("check-mailmap", f"{name} <{email}>")
    assert str(Mailmap(text.encode()).contact(name, email)) == gits


def test_a_clone_without_a_map_keeps_names_as_written(repository: Repository) -> None:
    repository.commit("Begin")
    contact = mailmap_of(open_clone(repository.path)).contact("A.", "a@old.example")
    assert str(contact) == "A. <a@old.example>"
