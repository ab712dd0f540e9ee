"""The access matrix as a page for people, made from the very table that decides."""

from __future__ import annotations

from datumline.domain.people.access_rules import RELATIONS, rules
from datumline.domain.people.access_words import Condition, Noun, Relation

MEANINGS = {
    Condition.MINE: "who asks wrote it",
    Condition.NOT_MINE: "who asks neither wrote it nor is its subject",
    Condition.SOURCED: "a connector wrote it",
    Condition.FRESH: "not published, and not older than the policy keeps a private note",
    Condition.IN_LINE: "written since the person reports to who asks",
    Condition.ISSUED: "the person has been given it",
    Condition.SUBMITTED: "it has been handed in",
    Condition.RUNNING: "its session is not closed",
    Condition.CITED: "cited in a packet of an open session that who asks sits in, without a conflict",
    Condition.IN_SESSION: "on the table of an open session that who asks sits in, without a conflict",
    Condition.IN_CASE: "part of a case that the HR partner handles",
    Condition.SHARED: "published to its subject",
    Condition.CONSENTED: "its author agreed",
    Condition.UNCHARGED: "the person holds no duty",
    Condition.LINKED: "the owner handed out a link that has not expired",
}
HEAD = """# Who may see what

Written by `python scripts/write_access_matrix.py` from `src/datumline/domain/people/access_matrix.py`, which
decides; not edited by hand. `R` read, `W` write or append, `A` approve or decide, `m` metadata only; other
rights are spelled out; a condition follows a colon.

A former manager is one for the days of the pack's `access.former_manager`; a private note lasts for those of
`access.private_note`. Who stands in on leave has the manager's column, private notes and the cover itself
left out. Towards the own record nobody has a duty, a seat or a cover. A leaver has no rights, and managers
have none over a leaver. What is computed may be read only by who may read all that it was computed from.
"""


def matrix_page() -> str:
    """The page as Markdown."""
    columns = ["noun", *RELATIONS]
    lines = [_row(columns), _row(["---"] * len(columns))]
    lines += [_row([noun, *(_cell(noun, relation) for relation in RELATIONS)]) for noun in Noun]
    conditions = [f"- `{condition}`: {meaning}" for condition, meaning in MEANINGS.items()]
    return "\n".join([HEAD, *lines, "", "## Conditions", "", *conditions, ""])


def _cell(noun: Noun, relation: Relation) -> str:
    return " ".join(each.cell for each in rules() if (each.noun, each.relation) == (noun, relation)) or "-"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
