"""The versions of a plan that two people sign: which one is in force, and which one waits for whose name.

Writing a version signs it for its author. It is in force once the person concerned and somebody else have
signed; a later version changes nothing before both have signed again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.person import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version. `signed` is who signed it and on which day, its author first."""

    entry: Entry
    signed: Mapping[str, date]

    @property
    def id(self) -> EntryId:
        """The entry that holds it."""
        return self.entry.id

    @property
    def starts(self) -> date:
        """The first day of the plan."""
        day = self.entry.amounts["starts"]
        return day if isinstance(day, date) else date.fromisoformat(str(day))

    def is_signed_by(self, who: str) -> bool:
        """Whether that person signed."""
        return who in self.signed

    @property
    def in_force(self) -> bool:
        """Whether both have signed: the person, and somebody else."""
        subject = self.entry.subject
        return subject in self.signed and any(each != subject for each in self.signed)

    @property
    def in_force_since(self) -> date | None:
        """The day of the second signature."""
        subject = self.entry.subject
        if not self.in_force:
            return None
        others = min(day for who, day in self.signed.items() if who != subject)
        return max(self.signed[subject or ""], others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """Every version, oldest first; `current` is in force, `pending` a later one that waits for a name."""

    versions: tuple[Version, ...]

    @property
    def current(self) -> Version | None:
        """The latest version that both have signed."""
        return next((each for each in reversed(self.versions) if each.in_force), None)

    @property
    def pending(self) -> Version | None:
        """The latest version, while it waits."""
        last = self.versions[-1] if self.versions else None
        return None if last is None or last.in_force else last

    def named(self, plan: object) -> Version | None:
        """The version with this id."""
        return next((each for each in self.versions if each.id == plan), None)

    @property
    def line(self) -> frozenset[EntryId]:
        """The ids of the versions that began on the current one's day: an audit of one is an audit of all."""
        current = self.current
        return frozenset(each.id for each in self.versions if current and each.starts == current.starts)


def plans_of(standing: Iterable[Entry], subject: PersonId | None = None) -> Plans:
    """The plans among what stands, oldest record first; of one person where `subject` is given."""
    written: list[Entry] = []
    signed: dict[EntryId, dict[str, date]] = {}
    for entry in standing:
        if subject is not None and entry.subject != subject:
            continue
        if entry.kind is Kind.VISIBILITY_PLAN:
            written.append(entry)
            signed[entry.id] = {entry.author: entry.recorded_at.date()}
        elif entry.kind is Kind.SIGNATURE and (names := signed.get(str(entry.amounts["plan"]))) is not None:
            names.setdefault(entry.author, entry.recorded_at.date())
    return Plans(versions=tuple(Version(entry=each, signed=signed[each.id]) for each in written))
