"""Import people from a table: who is new, who changed, who is where from which day on.

A second import of the same table adds nothing: a row is compared with where the person stands on the day that
the row is about, and only what differs is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import uuid4

from datumline.connectors.people.client import PeopleTable, open_people
from datumline.connectors.people.translate import (
    PersonRow,
    position_draft,
    profile_draft,
    profile_of,
    read_person,
)
from datumline.connectors.table.columns import not_used
from datumline.connectors.table.dates import DateFormat
from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.fold import PLACE_FIELDS, OrgChart, Place, place_on
from datumline.domain.people.person import Person, PersonId, Position
from datumline.domain.people.relations import EVERYTHING_KNOWN
from datumline.domain.period import AsOf
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import Gate, gate
from datumline.services.context import Context
from datumline.services.imports.mapping import Reading
from datumline.services.imports.report import SHOWN_FIRST, Report, Unmatched
from datumline.services.imports.rights import check_row
from datumline.store import people
from datumline.store.import_lock import one_import
from datumline.store.imports import trial
from datumline.store.ledger import place

MOST_ROWS = 40_000  # more than any table of people; all rows are held to look for circles
BATCH = 2_000
Said = dict[str, Json | date]


def import_people(context: Context, path: Path, reading: Reading, *, dry_run: bool = False) -> Report:
    """Bring a table of people in, all in one transaction; the report says what became of every row.

    Raises Problem when the file cannot be used as a whole, managers form a circle or another import runs;
    nothing is written then.
    """
    if not gate(context).allows(Verb.WRITE, Noun.IMPORT):
        raise Problem("people are not yours to import", expected="an admin or an HR partner")
    table = open_people(path, reading.columns)
    report = Report(what="people", source=str(path), dry_run=dry_run)
    report.notes += not_used(table.columns)
    if table.encoding == "cp1252":
        report.notes.append("not UTF-8: read as Windows-1252")
    rows = _rows(table, reading.date_format, report)
    with one_import(context.home), trial(dry_run=dry_run):
        drafts, report = _merged(gate(context), rows, path, report)
        for at in range(0, len(drafts), BATCH):
            placed = place(drafts[at : at + BATCH], clock=context.clock)
            report.new += sum(where.new for where in placed)
    return report


def _rows(table: PeopleTable, written: DateFormat, report: Report) -> list[PersonRow]:
    rows: list[PersonRow] = []
    stands: dict[tuple[str, date | None], int] = {}
    for count, line in enumerate(table.lines):
        if count == MOST_ROWS:
            raise Problem(f"more than {MOST_ROWS} rows", where=str(table.path), expected="people, one a row")
        try:
            if line.fault:
                raise Problem(line.fault, expected="a row like the header")  # noqa: TRY301 - one way to refuse
            row = read_person(line.number, table.columns.of(line), written)
            before = stands.setdefault((row.emails[0], row.effective), row.line)
            if before != row.line:
                raise Problem(  # noqa: TRY301 - as above
                    f"{row.emails[0]} stands on line {before} too", expected="one row for each person and day"
                )
            rows.append(row)
        except Problem as problem:
            report.refuse(line.number, problem)
    return rows


def _merged(door: Gate, rows: list[PersonRow], path: Path, report: Report) -> tuple[list[Draft], Report]:
    """The entries of all rows that the importer may write, and the report on every row.

    A denied row is as if it did not stand in the table: its addresses name nobody to the rows that are left.
    """
    denied: set[int] = set()
    while True:
        merge = _Merge(door, deepcopy(report))
        drafts = merge.drafts([row for row in rows if row.line not in denied], path)
        if not merge.denied:
            return drafts, merge.report
        denied |= set(merge.denied)
        for line, problem in sorted(merge.denied.items()):
            report.refuse(line, problem)


@dataclass(slots=True)
class _Merge:
    """One table against what is on file: which entries it takes to make the file say what the table says."""

    door: Gate
    report: Report
    context: Context = field(init=False)
    chart: OrgChart = field(init=False)
    positions: dict[PersonId, list[Position]] = field(init=False)
    profiles: dict[PersonId, Said] = field(default_factory=dict)
    ids: dict[str, PersonId] = field(default_factory=dict)  # by e-mail
    whose: dict[int, list[PersonId]] = field(default_factory=dict)  # by line: everybody whose address it has
    denied: dict[int, Problem] = field(default_factory=dict)  # by line: what the importer may not write
    lines: dict[PersonId, int] = field(default_factory=dict)  # where each person's line was last said
    resolved: dict[PersonId, PersonId] = field(default_factory=dict)  # provisional to real
    added: set[PersonId] = field(default_factory=set)
    changed: set[PersonId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.context, self.chart = self.door.context, self.door.chart
        self.positions = {person: list(said) for person, said in self.door.records.positions_of.items()}

    def drafts(self, rows: list[PersonRow], path: Path) -> list[Draft]:
        """Every entry to append. Raises Problem for a circle of managers."""
        kept = self.identify(rows)
        drafts: list[Draft] = []
        first: list[tuple[int, Draft]] = []
        for row in sorted(kept, key=lambda each: each.effective or self.context.today):
            try:
                made = self.changes(row)
            except Problem as problem:
                self.denied[row.line] = problem
                continue
            self.report.known += not made
            drafts += made
            first += [(row.line, each) for each in made if len(first) < SHOWN_FIRST]
        if self.denied:
            return []
        for line, draft in first:
            self.report.show(draft, line, self.name_of)
        drafts += [self.resolution(*pair) for pair in self.resolved.items()]
        for person, line in self.lines.items():
            self.refuse_circle(person, line, path)
        confirmed = {
            each for each in self.changed if each in self.chart.people and self.chart.people[each].provisional
        }
        self.report.counts = {
            "people_added": len(self.added),
            "people_changed": len(self.changed - self.added),
            "people_confirmed": len(confirmed),
            "people_resolved": len(self.resolved),
        }
        return drafts

    def name_of(self, person: PersonId) -> str:
        """The name of somebody, as the table or the file says it."""
        return str(self.before(person).get("name", ""))

    def changes(self, row: PersonRow) -> list[Draft]:
        """What a row adds. Raises Problem when the importer may not write that; nothing of it is kept."""
        person, on = self.ids[row.emails[0]], row.effective or self.context.today
        there = place_on(self.positions.get(person, ()), AsOf(as_of=on, known_at=EVERYTHING_KNOWN))
        profile, position = self.profile(row, person), self.position(row, there)
        if profile or position or len(self.whose[row.line]) > 1:
            check_row(self.door, self.whose[row.line], there, position)
        return [*self.known_as(person, profile), *self.stands(person, row.line, on, position)]

    def identify(self, rows: list[PersonRow]) -> list[PersonRow]:
        """Give each row its person, a new one where neither e-mail nor handle is known."""
        emails = people.known_by("email", {email for row in rows for email in row.emails})
        handles = people.known_by("handle", {handle for row in rows for handle in _handles(row)})
        kept: list[PersonRow] = []
        for row in rows:
            found = [
                person for email in row.emails for person in (self.ids.get(email), *emails[email]) if person
            ]
            found += [person for handle in _handles(row) for person in handles[handle]]
            try:
                person = self.one(row, list(dict.fromkeys(found)))
            except Problem as problem:
                self.report.refuse(row.line, problem)
                continue
            self.ids |= dict.fromkeys(row.emails, person)
            self.whose[row.line] = list(dict.fromkeys([person, *found]))
            kept.append(row)
        missing = {row.manager for row in kept if row.manager and row.manager not in self.ids}
        for email, persons in people.known_by("email", missing).items():
            self.ids |= {email: persons[0]} if persons else {}
        return kept

    def one(self, row: PersonRow, found: list[PersonId]) -> PersonId:
        """The one person that a row is about; by its word the provisional ones among them are that person.

        Raises Problem when the row's addresses are several people's whom nobody called provisional.
        """
        strangers = [
            each for each in found if each in self.chart.people and self.chart.people[each].provisional
        ]
        others = [each for each in found if each not in strangers]
        if len(others) > 1:
            raise Problem(f"the addresses of {row.name} are {len(others)} people's", expected="one person's")
        person = next(iter([*others, *strangers]), None) or str(uuid4())
        self.resolved |= {each: person for each in strangers if each != person}
        return person

    def resolution(self, stranger: PersonId, person: PersonId) -> Draft:
        """The table's word that a provisional person is this one."""
        return Draft(
            kind=Kind.IDENTITY_RESOLVED,
            author=self.context.actor.author,
            occurred_on=self.context.today,
            subject=person,
            amounts={"provisional": stranger},
        )

    def profile(self, row: PersonRow, person: PersonId) -> Said:
        """The whole new profile where the row says something new about who the person is, else nothing."""
        before = self.before(person)
        said = {"zone": "UTC"} | before | profile_of(row)
        for name in ("emails", "handles"):
            said[name] = _joined(profile_of(row).get(name), before.get(name))
        said = {name: value for name, value in said.items() if value != []}
        said.pop("provisional", None)
        return {} if said == before else said

    def before(self, person: PersonId) -> Said:
        """The profile on file, with what rows above said."""
        return self.profiles.get(person) or _profile(self.chart.people.get(person))

    def known_as(self, person: PersonId, said: Said) -> Iterable[Draft]:
        """The entry of a new profile."""
        if said:
            (self.changed if self.before(person) else self.added).add(person)
            self.profiles[person] = said
            yield profile_draft(person, said, author=self.context.actor.author, on=self.context.today)

    def position(self, row: PersonRow, there: Place) -> Said:
        """What the row says otherwise than what holds on its day."""
        said = {**row.place, **self.manager(row)}
        return {name: value for name, value in said.items() if value != getattr(there, name)}

    def stands(self, person: PersonId, line: int, on: date, said: Said) -> Iterable[Draft]:
        """The entry of a new position."""
        if not said:
            return
        self.changed.add(person)
        held = self.positions.setdefault(person, [])
        held.append(_position(person, on, said))
        held.sort(key=lambda each: (each.from_day, each.recorded_at))
        if said.get("manager"):
            self.lines[person] = line
        yield position_draft(person, said, author=self.context.actor.author, on=on)

    def manager(self, row: PersonRow) -> Mapping[str, Json]:
        """The manager that the row says: a person, explicitly nobody, or nothing said."""
        if not row.says_manager:
            return {}
        if row.manager is None:
            return {"manager": None}
        if row.manager not in self.ids:
            self.report.leave(Unmatched(name=row.manager, email=row.manager, changes=1, lines=(row.line,)))
            return {}
        return {"manager": self.ids[row.manager]}

    def refuse_circle(self, person: PersonId, line: int, path: Path) -> None:
        """Nobody is above themselves, on any day that the table says a line for."""
        for said in [each for each in self.positions[person] if each.manager is not None]:
            at = AsOf(as_of=said.from_day, known_at=EVERYTHING_KNOWN)
            way, above = [person], self.above(person, at)
            while above is not None and above not in way:
                way.append(above)
                above = self.above(above, at)
            if above == person:
                at_lines = sorted({self.lines[each] for each in way if each in self.lines})
                raise Problem(
                    "managers in a circle",
                    where=f"{path}:{','.join(map(str, at_lines)) or line}",
                    expected="a line that ends at somebody without a manager",
                )

    def above(self, person: PersonId, at: AsOf) -> PersonId | None:
        """The manager on a day, with what the table says."""
        return place_on(self.positions.get(person, ()), at).manager


def _handles(row: PersonRow) -> list[str]:
    """As the row writes them, and without their system, as documents do."""
    return [form for handle in row.handles for form in (handle, handle.rpartition(":")[2])]


def _profile(person: Person | None) -> Said:
    if person is None:
        return {}
    emails = [each.value for each in person.identities if each.system == "email"]
    handles = [
        each.value if each.system == "handle" else f"{each.system}:{each.value}"
        for each in person.identities
        if each.system != "email"
    ]
    said: Said = {"name": person.name, "zone": person.zone, "emails": list(emails)}
    said |= {"handles": list(handles)} if handles else {}
    return said | ({"provisional": True} if person.provisional else {})


def _joined(now: object, before: object) -> list[Json]:
    """What the row says first, then what was known before: an old address still finds its person."""
    lists = [each for each in (now, before) if isinstance(each, list)]
    return list(dict.fromkeys(str(item) for each in lists for item in each))


def _position(person: PersonId, on: date, said: Mapping[str, Json | date]) -> Position:
    return Position(
        person=person,
        from_day=on,
        recorded_at=EVERYTHING_KNOWN,
        cleared=tuple(name for name, value in said.items() if value is None),
        **{name: value for name, value in said.items() if name in PLACE_FIELDS and value is not None},  # type: ignore[arg-type]
    )
