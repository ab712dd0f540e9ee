"""What an import did, in counts and with line numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from datumline.domain.evidence.draft import Draft
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

Progress = Callable[[int, int | None], None]  # how many are done, of how many if that is known
FIRST_LINES = 10  # of a table that are named for each unmatched person
SHOWN_FIRST = 10  # entries that are shown whole, so that somebody can see what an import writes
LISTED = 1_000  # of each sort; beyond that only counted, so that a broken file cannot fill the memory


def silent(done: int, total: int | None) -> None:
    """Report progress to nobody."""
    del done, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that was not taken, and why."""

    line: int
    what: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Somebody whom a source names and nobody on file is known as.

    Attributes:
        name: as the source writes it.
        email: if the source says one.
        person: the provisional person that was made for them; None where none was.
        changes: how much of the import is theirs: changes in a repository, rows in a table.
        lines: of a table, where they are named.
        perhaps: confirmed people who might be they, for a person to decide.
    """

    name: str
    email: str = ""
    person: str | None = None
    changes: int = 0
    lines: tuple[int, ...] = ()
    perhaps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One of the first entries that an import writes, in words.

    Attributes:
        line: of a table; None in a repository.
        about: the person's name.
        said: the kind's own fields, each with its value; persons by their names.
    """

    line: int | None
    kind: str
    about: str
    day: date
    title: str
    said: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Strangers:
    """Names in a table that are nobody's on file, with how often and where they first stand."""

    rows: Counter[str] = field(default_factory=Counter)
    lines: dict[str, list[int]] = field(default_factory=dict)
    more: int = 0  # rows about still other names, once enough names are listed

    def add(self, name: str, line: int) -> None:
        """Count one row."""
        if name not in self.lines and len(self.lines) == LISTED:
            self.more += 1
            return
        self.rows[name] += 1
        found = self.lines.setdefault(name, [])
        if len(found) < FIRST_LINES:
            found.append(line)

    def tell(self, report: Report) -> None:
        """Name them in the report, the most frequent first."""
        for name, rows in self.rows.most_common():
            report.leave(Unmatched(name=name, changes=rows, lines=tuple(self.lines[name])))
        if self.more:
            report.notes.append(f"{self.more} more rows name still other people who are not on file")


@dataclass(slots=True, kw_only=True)
class Report:
    """The counts that every import ends with.

    Attributes:
        what: the kind of import, such as `people`.
        source: the file or repository.
        dry_run: whether nothing was written.
        new: entries appended.
        known: entries, or rows, that stood already.
        refused_count, unmatched_count: how many, also where the lists stop.
        notes: what else the reader should know, such as an encoding that was assumed.
        counts: further counts of this kind of import, by name.
        samples: the first entries that are new.
    """

    what: str
    source: str
    dry_run: bool = False
    new: int = 0
    known: int = 0
    refused: list[Refused] = field(default_factory=list)
    refused_count: int = 0
    unmatched: list[Unmatched] = field(default_factory=list)
    unmatched_count: int = 0
    notes: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)

    def show(self, draft: Draft, line: int | None, name_of: Callable[[PersonId], str]) -> None:
        """Keep an entry that is new as a sample, as long as there are few."""
        if len(self.samples) < SHOWN_FIRST:
            self.samples.append(_sample(draft, line, name_of))

    def refuse(self, line: int, problem: Problem) -> None:
        """Count a row that is not taken."""
        self.refused_count += 1
        if len(self.refused) < LISTED:
            self.refused.append(Refused(line=line, what=problem.what, expected=problem.expected))

    def leave(self, unmatched: Unmatched) -> None:
        """Count somebody who is nobody on file."""
        self.unmatched_count += 1
        if len(self.unmatched) < LISTED:
            self.unmatched.append(unmatched)

    def document(self) -> dict[str, Json]:
        """The report as JSON."""
        return {
            "import": self.what,
            "source": self.source,
            "dry_run": self.dry_run,
            "new": self.new,
            "known": self.known,
            "unmatched": self.unmatched_count,
            "refused": self.refused_count,
            "counts": dict(self.counts),
            "refused_rows": [
                {"line": each.line, "what": each.what, "expected": each.expected} for each in self.refused
            ],
            "unmatched_people": [
                {
                    "name": each.name,
                    "email": each.email,
                    "person": each.person,
                    "changes": each.changes,
                    "lines": list(each.lines),
                    "perhaps": list(each.perhaps),
                }
                for each in self.unmatched
            ],
            "notes": list(self.notes),
            "samples": [
                {
                    "line": each.line,
                    "kind": each.kind,
                    "about": each.about,
                    "day": each.day.isoformat(),
                    "title": each.title,
                    "said": dict(each.said),
                }
                for each in self.samples
            ],
        }


def _sample(draft: Draft, line: int | None, name_of: Callable[[PersonId], str]) -> Sample:
    said: list[tuple[str, str]] = []
    for name, value in draft.amounts.items():
        several = value if isinstance(value, list) else [value]
        text = ", ".join(str(each) for each in several if each is not None)
        if name == "manager" and text:
            text = name_of(text)
        if text and text != draft.title:
            said.append((name, text))
    return Sample(
        line=line,
        kind=draft.kind.value,
        about=name_of(draft.subject) if draft.subject else "",
        day=draft.occurred_on,
        title=draft.title,
        said=tuple(said),
    )
