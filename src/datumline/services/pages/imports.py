"""The import pages: what may be brought in, how far one has come, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from datumline.connectors.people.client import LAYOUT as PEOPLE
from datumline.connectors.table.dates import DateFormat
from datumline.domain.evidence.kinds import Kind
from datumline.services.imports.asked import (
    CLONES,
    MOST_BYTES,
    TABLES,
    TRY,
    followed_by,
    import_of,
    may_confirm,
    may_import,
    may_name_clones,
    recent,
)
from datumline.services.imports.mapping import saved_names
from datumline.services.imports.tables import KINDS
from datumline.services.jobs import Job, JobId, State, asker, is_stuck
from datumline.services.pages.entry_rows import kind_words
from datumline.services.visit import Visit

SHOWN = 50  # refused rows and unmatched names on the page; the rest is counted
RECENT = 10
WORDS = {
    "people": "People",
    "commitments": "Commitments",
    "incidents": "Incidents",
    "git": "A repository's history",
    "documents": "A repository's design documents",
}
DATES = {
    DateFormat.AUTO: "found out from the file",
    DateFormat.ISO: "2026-06-30",
    DateFormat.DMY: "30/06/2026",
    DateFormat.MDY: "06/30/2026",
    DateFormat.EXCEL: "day numbers of a spreadsheet",
}
HAPPENS = {State.WAITING: "Waiting", State.RUNNING: "Reading", State.DONE: "Done", State.FAILED: "Failed"}
DOES = {State.WAITING: "Waiting", State.RUNNING: "Bringing in", State.DONE: "In", State.FAILED: "Failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentLine:
    """An import or a preview that was asked for lately."""

    job: JobId
    words: str
    what: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage:
    """What may be brought in here."""

    kinds: tuple[tuple[str, str], ...]
    dates: tuple[tuple[str, str], ...]
    mappings: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    clones: bool
    most_mb: int
    recent: tuple[RecentLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure of the report."""

    words: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedLine:
    """A row that is not taken."""

    line: int
    what: str
    expected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLine:
    """One of the first entries that are new: where it stands, whom it is about, what it says."""

    line: int | None
    about: str
    day: date
    what: str
    said: tuple[tuple[str, str | date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrangerLine:
    """A name that nobody on file has, where it stands, and who it might be."""

    name: str
    email: str
    much: int
    lines: str
    perhaps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """One preview or import.

    Attributes:
        version: changes with everything that the page says.
        trial: a preview, which writes nothing.
        open: it is not ended: the page asks again.
        stuck: nobody began it for a while.
        next: the import that this preview led to.
        may: the one who asks may go on from a preview.
        samples: the first entries that are new, of `samples_of`; for who asked, since they say what is in it.
    """

    job: JobId
    version: str
    title: str
    name: str
    trial: bool
    open: bool
    failed: bool
    words: str
    done: int
    total: int | None
    stuck: bool
    error: str
    next: JobId | None
    may: bool
    counts: tuple[Count, ...]
    more_counts: tuple[Count, ...]
    samples: tuple[SampleLine, ...]
    samples_of: int
    refused: tuple[RefusedLine, ...]
    refused_more: int
    strangers: tuple[StrangerLine, ...]
    strangers_more: int
    notes: tuple[str, ...]
    asked_at: datetime
    ended_at: datetime | None


def imports_page(asked: Visit, clones: Path | None) -> ImportsPage | None:
    """The page from which imports begin; None for who may not import."""
    if not may_import(asked):
        return None
    layouts = {"people": PEOPLE} | {name: kind.layout for name, kind in KINDS.items()}
    return ImportsPage(
        kinds=tuple((name, WORDS[name]) for name in TABLES),
        dates=tuple((each.value, DATES[each]) for each in DateFormat),
        mappings=tuple((name, f"{name} ({kind})") for name, kind in saved_names()),
        fields=tuple((WORDS[name], ", ".join(layout.aliases)) for name, layout in layouts.items()),
        clones=may_name_clones(asked, clones),
        most_mb=MOST_BYTES >> 20,
        recent=tuple(_recent(job) for job in recent(asked, RECENT)),
    )


def clone_page(asked: Visit, clones: Path | None) -> tuple[tuple[str, str], ...] | None:
    """What may be read from a clone; None for who may not name one."""
    if not may_name_clones(asked, clones):
        return None
    return tuple((name, WORDS[name]) for name in CLONES)


def import_page(asked: Visit, job: JobId, clones: Path | None) -> ImportPage | None:
    """One preview or import; None when there is none to be seen."""
    found = import_of(asked, job)
    if found is None:
        return None
    said: Mapping[str, Any] = found.result or {}
    trial = found.kind == TRY
    after = followed_by(found) if trial else None
    own = found.asked_by == asker(asked.context)
    refused: Sequence[Mapping[str, Any]] = said.get("refused_rows", ())
    strangers: Sequence[Mapping[str, Any]] = said.get("unmatched_people", ())
    return ImportPage(
        job=found.id,
        version=f"{found.state}-{found.token}-{found.done}-{found.total}-{after}-{bool(found.error)}",
        title=WORDS[str(found.arguments["what"])],
        name=str(found.arguments["name"]),
        trial=trial,
        open=found.is_open,
        failed=found.state is State.FAILED,
        words=(HAPPENS if trial else DOES)[found.state],
        done=found.done,
        total=found.total,
        stuck=is_stuck(found, asked.context.clock()),
        error=found.error,
        next=after,
        may=may_confirm(asked, found, clones),
        counts=_counts(said, trial=trial) if said else (),
        more_counts=_more_counts(said),
        samples=tuple(_sample(each) for each in said.get("samples", ()) if own),
        samples_of=int(said.get("new", 0)),
        refused=tuple(RefusedLine(**each) for each in refused[:SHOWN]),
        refused_more=max(0, int(said.get("refused", 0)) - SHOWN),
        strangers=tuple(_stranger(each) for each in strangers[:SHOWN]),
        strangers_more=max(0, int(said.get("unmatched", 0)) - SHOWN),
        notes=tuple(said.get("notes", ())),
        asked_at=found.asked_at,
        ended_at=found.ended_at,
    )


def _recent(job: Job) -> RecentLine:
    what = WORDS[str(job.arguments["what"])]
    return RecentLine(
        job=job.id,
        words=f"{what}: {job.arguments['name']}",
        what="preview" if job.kind == TRY else "import",
        state=job.state.value,
        at=job.asked_at,
    )


def _counts(said: Mapping[str, Any], *, trial: bool) -> tuple[Count, ...]:
    new = "would be new" if trial else "new"
    words = {"new": new, "known": "known already", "unmatched": "unmatched", "refused": "refused"}
    return tuple(Count(words=word, number=int(said[name])) for name, word in words.items())


def _more_counts(said: Mapping[str, Any]) -> tuple[Count, ...]:
    further: Mapping[str, int] = said.get("counts", {})
    return tuple(
        Count(words=name.replace("_", " "), number=count) for name, count in further.items() if count
    )


def _sample(said: Mapping[str, Any]) -> SampleLine:
    kind = kind_words(Kind(said["kind"]))
    return SampleLine(
        line=said["line"],
        about=said["about"],
        day=date.fromisoformat(said["day"]),
        what=f"{kind}: {said['title']}" if said["title"] else kind,
        said=tuple((name.replace("_", " "), _day_or_text(value)) for name, value in said["said"].items()),
    )


def _day_or_text(value: str) -> str | date:
    try:
        return date.fromisoformat(value) if len(value) == len("2026-06-30") else value
    except ValueError:
        return value


def _stranger(said: Mapping[str, Any]) -> StrangerLine:
    return StrangerLine(
        name=said["name"],
        email=said["email"] if said["email"] != said["name"] else "",
        much=said["changes"],
        lines=", ".join(map(str, said["lines"])),
        perhaps=" or ".join(said["perhaps"]),
    )
