"""Import commitments and incidents from tables, streamed in one transaction.

A row is known again by its id, or by what it says. A commitment that a later table calls delivered, or due on
another day, gets a delivery or a reschedule; what the first import wrote stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from datumline.connectors.commitments.client import LAYOUT as COMMITMENTS
from datumline.connectors.commitments.translate import commitment_draft
from datumline.connectors.incidents.client import LAYOUT as INCIDENTS
from datumline.connectors.incidents.translate import incident_draft
from datumline.connectors.table.client import Line, Table, open_table
from datumline.connectors.table.columns import Columns, Layout, find_columns, not_used, text
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.services.access import Gate, gate
from datumline.services.context import Context
from datumline.services.imports.finding import Finder, NobodyError
from datumline.services.imports.mapping import Reading
from datumline.services.imports.report import Progress, Report, Strangers, silent
from datumline.services.imports.rights import OTHERS, check_not_me, may_import_about
from datumline.store.import_lock import one_import
from datumline.store.imports import trial
from datumline.store.ledger import entries, place

BATCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    layout: Layout
    draft: Callable[..., Draft]
    whose: str  # the field that names the person


KINDS: Mapping[str, _Kind] = {
    "commitments": _Kind(layout=COMMITMENTS, draft=commitment_draft, whose="owner"),
    "incidents": _Kind(layout=INCIDENTS, draft=incident_draft, whose="person"),
}


def import_table(  # noqa: PLR0913 - what a run of an import is made of
    context: Context,
    kind: str,
    path: Path,
    reading: Reading,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Report:
    """Bring a table of `commitments` or `incidents` in; the report says what became of every row.

    Raises Problem when the file cannot be used as a whole or another import runs; nothing is written then.
    """
    if kind not in KINDS:
        raise Problem(f"no kind '{kind}'", where="--kind", expected=f"one of {', '.join(KINDS)}")
    table = open_table(path)
    columns = find_columns(table.headers, KINDS[kind].layout, reading.columns, where=str(path))
    report = Report(what=kind, source=str(path), dry_run=dry_run)
    report.notes += ["not UTF-8: read as Windows-1252"] if table.encoding == "cp1252" else []
    report.notes += not_used(columns)
    run = _Run(
        context=context,
        kind=KINDS[kind],
        columns=columns,
        reading=reading,
        report=report,
        finder=Finder(),
        gate=gate(context),
    )
    with one_import(context.home), trial(dry_run=dry_run):
        run.all(table, progress)
    return report


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """One import of one table."""

    context: Context
    kind: _Kind
    columns: Columns
    reading: Reading
    report: Report
    finder: Finder
    gate: Gate

    def all(self, table: Table, progress: Progress) -> None:
        """Every row, a batch at a time."""
        lines, done = iter(table.lines), 0
        strangers = Strangers()
        while batch := list(islice(lines, BATCH)):
            numbered = list(self.drafts(batch, strangers))
            drafts = [draft for _, draft in numbered]
            placed = place(drafts, clock=self.context.clock)
            for (line, draft), where in zip(numbered, placed, strict=True):
                if where.new:
                    self.report.show(draft, line, self.name_of)
            known = [draft for draft, where in zip(drafts, placed, strict=True) if not where.new]
            later = place(list(self.changes(known)), clock=self.context.clock)
            self.report.new += sum(where.new for where in (*placed, *later))
            self.report.known += len(known)
            done += len(batch)
            progress(done, None)
        strangers.tell(self.report)

    def drafts(self, batch: Sequence[Line], strangers: Strangers) -> Iterator[tuple[int, Draft]]:
        """The drafts of a batch with their lines; a row that gives none is refused, or names a stranger."""
        rows = {line.number: self.columns.of(line) for line in batch if not line.fault}
        self.finder.look_up(name for row in rows.values() if (name := text(row.get(self.kind.whose))))
        for line in batch:
            try:
                if line.fault:
                    raise Problem(line.fault, expected="a row like the header")  # noqa: TRY301 - one way to refuse
                draft = self.kind.draft(
                    rows[line.number],
                    written=self.reading.date_format,
                    today=self.context.today,
                    resolve=self.person,
                )
            except NobodyError:
                name = text(rows[line.number].get(self.kind.whose)) or ""
                strangers.add(name, line.number)
            except Problem as problem:
                self.report.refuse(line.number, problem)
            else:
                yield line.number, draft

    def name_of(self, person: PersonId) -> str:
        """The name of somebody on file."""
        return self.gate.chart.people[person].name

    def person(self, name: str) -> PersonId:
        """Whom a row is about. Raises Problem when nobody is, or the actor may not write about them."""
        person = self.finder.person(name)
        check_not_me(self.gate, person)
        if self.gate.allows(Verb.WRITE, Noun.ENTRY, person) or may_import_about(self.gate, person):
            return person
        if self.gate.allows(Verb.WRITE, Noun.IMPORT):
            raise Problem("not yours to write about", expected=OTHERS)
        raise NobodyError("not yours", expected="somebody whose record you write")

    def changes(self, known: Sequence[Draft]) -> Iterator[Draft]:
        """What a row says beyond the commitment on file: delivered meanwhile, or due on another day."""
        rows = {(row.subject, row.source): row for row in known if row.kind is Kind.COMMITMENT}
        if not rows:
            return
        there = entries(
            subjects={str(row.subject) for row in rows.values()},
            audiences=(Audience.SHARED,),
            kinds=(Kind.COMMITMENT, Kind.RESCHEDULE, Kind.DELIVERY),
        )
        moved, delivered = _last(there, Kind.RESCHEDULE, "to"), _last(there, Kind.DELIVERY, "delivered")
        for entry in there:
            row = rows.get((entry.subject, entry.source)) if entry.kind is Kind.COMMITMENT else None
            if row is not None:
                yield from _moved(row, entry, moved.get(entry.id), self.context.today)
                yield from _delivered(row, entry, delivered.get(entry.id))


def _last(there: Iterable[Entry], kind: Kind, field: str) -> dict[EntryId, object]:
    found = (entry for entry in there if entry.kind is kind)
    return {str(entry.amounts["commitment"]): entry.amounts[field] for entry in found}


def _moved(row: Draft, entry: Entry, moved: object, today: date) -> Iterator[Draft]:
    before, now = moved or entry.amounts["due"], row.amounts["due"]
    if now != before:
        yield Draft(
            kind=Kind.RESCHEDULE,
            author=row.author,
            occurred_on=today,
            subject=row.subject,
            title=row.title,
            source=f"{row.source}#due:{before}>{now}",
            amounts={"commitment": entry.id, "from": _day(before), "to": now},
        )


def _delivered(row: Draft, entry: Entry, delivered: object) -> Iterator[Draft]:
    now = row.amounts["delivered"]
    if now is not None and now not in {entry.amounts.get("delivered"), delivered}:
        yield Draft(
            kind=Kind.DELIVERY,
            author=row.author,
            occurred_on=_day(now),
            subject=row.subject,
            title=row.title,
            source=f"{row.source}#delivered:{now}",
            amounts={"commitment": entry.id, "delivered": now},
        )


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))
