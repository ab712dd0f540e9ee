"""The access matrix as a page for people, made from the very table that decides."""

from __future__ import annotations

from datumline.domain.people.access_matrix import COLUMNS, FORMER_MANAGER_DAYS, MATRIX, PRIVATE_NOTE_DAYS
from datumline.domain.people.access_words import Condition

MEANINGS = {
    Condition.MINE: "who asks wrote it",
    Condition.NOT_MINE: "who asks neither wrote it nor is its subject",
    Condition.SOURCED: "a connector wrote it",
    Condition.FRESH: f"written at most {PRIVATE_NOTE_DAYS} days ago and not published",
    Condition.ISSUED: "the person has been given it",
    Condition.SUBMITTED: "it has been handed in",
    Condition.RUNNING: "its session is not closed",
    Condition.CITED: "cited in a packet of an open session that who asks sits in, without a conflict",
    Condition.IN_SESSION: "on the table of an open session that who asks sits in, without a conflict",
    Condition.IN_CASE: "part of a case that the HR partner handles",
    Condition.SHARED: "published to its subject",
    Condition.CONSENTED: "its author agreed",
    Condition.UNCHARGED: "its person holds no duty",
    Condition.LINKED: "the owner handed out a link that has not expired",
}
HEAD = f"""# Who may see what

Written by `python scripts/write_access_matrix.py` from `src/datumline/domain/people/access_matrix.py`, which
decides; not edited by hand. `R` read, `W` write or append, `A` approve or decide, `m` metadata only; other
rights are spelled out; a condition follows a colon.

A former manager is one for {FORMER_MANAGER_DAYS} days. Nobody has a duty (HR partner, admin) towards the own
record. A leaver has no rights, and managers have none over a leaver. What is computed may be read only by who
may read all that it was computed from.
"""


def matrix_page() -> str:
    """The page as Markdown."""
    columns = ["noun", *COLUMNS.split()]
    rows = [[cell.strip() for cell in line.split("|")] for line in MATRIX.strip().splitlines()]
    lines = [_row(columns), _row(["---"] * len(columns)), *map(_row, rows)]
    conditions = [f"- `{condition}`: {meaning}" for condition, meaning in MEANINGS.items()]
    return "\n".join([HEAD, *lines, "", "## Conditions", "", *conditions, ""])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
