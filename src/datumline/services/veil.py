"""The names of people whose records a reader may not open stand masked in the records that they read (M10).

The one place where names are masked, for entries and for what was made from them. `Gate.readable_entries`
passes every entry through it, so pages, search, commands, documents and files hold alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.masked import masked_entry, masked_fields
from datumline.domain.people.access_rules import noun_of
from datumline.domain.people.access_words import Noun
from datumline.domain.people.fold import OrgChart, Records
from datumline.domain.people.masking import Masks, masked
from datumline.domain.people.naming import names_of
from datumline.domain.people.person import PersonId
from datumline.services.ready import Ready

MOST_TOLD = 3_000  # texts kept for one reader
View = TypeVar("View")
_MASKS: Ready[Masks] = Ready(most=2)  # by the state of what is known about people


def masks_of(records: Records, chart: OrgChart) -> Masks:
    """How people are named, read again when something was written about people."""
    found = _MASKS.get(records.version) if records.version else None
    if found is None:
        latest = sorted(records.profiles, key=lambda each: each.recorded_at, reverse=True)
        first = {each.person: each.recorded_at.isoformat() for each in latest}
        found = Masks(names=names_of(chart.people.values()), secrets=first)
        if records.version:
            _MASKS.put(records.version, found)
    return found


@dataclass(frozen=True)
class Veil:
    """The veil of one reader at one moment.

    Attributes:
        reader: who reads; empty for nobody on file.
        opens: whether the reader may open somebody's record.
        writes: whether the reader may correct what this author wrote about somebody, and so reads its words
            as they are.
        lifted: whether nothing is masked, as for the operator of an own machine.
        told: what was masked before for the same rights: by subject, author and words.
    """

    reader: PersonId
    records: Records
    chart: OrgChart
    opens: Callable[[PersonId], bool]
    writes: Callable[[Noun, PersonId | None, str], bool]
    lifted: bool = False
    told: dict[tuple[PersonId | None, str, str], str] = field(default_factory=dict)

    @cached_property
    def _masks(self) -> Masks:
        return masks_of(self.records, self.chart)

    @cached_property
    def _opened(self) -> dict[PersonId, bool]:
        return {}

    def text(self, said: str, subject: PersonId | None, author: str = "") -> str:
        """Words of a record as the reader may read them.

        Its subject, the author, the reader and the line above the subject are no third persons.
        """
        if self.lifted or not said:
            return said
        key = (subject, author, said)
        found = self.told.get(key)
        if found is None:
            if len(self.told) >= MOST_TOLD:
                self.told.clear()
            found = self.told[key] = self._masked(said, subject, author)
        return found

    def _masked(self, said: str, subject: PersonId | None, author: str) -> str:
        party = {subject, author, self.reader, *(self.chart.chain_of(subject) if subject else ())}
        return masked(said, subject, self._masks, lambda person: person in party or self._shows(person))

    def _shows(self, person: PersonId) -> bool:
        if person not in self._opened:
            self._opened[person] = self.opens(person)
        return self._opened[person]

    def entry(self, entry: Entry) -> Entry:
        """The entry as the reader may read it."""
        if self._as_written(entry):
            return entry
        subject = self._real(entry.subject)
        return masked_entry(entry, lambda said: self.text(said, subject, entry.author))

    def hidden_fields(self, entry: Entry) -> frozenset[str]:
        """The fields of an entry that the reader may not read as they were written."""
        if self._as_written(entry):
            return frozenset()
        subject = self._real(entry.subject)
        return masked_fields(entry, lambda said: self.text(said, subject, entry.author))

    def _as_written(self, entry: Entry) -> bool:
        noun = noun_of(entry.audience.value, entry.kind.value)
        return self.lifted or self.writes(noun, entry.subject, entry.author)

    def _real(self, person: PersonId | None) -> PersonId | None:
        return self.chart.same_as.get(person, person) if person else None

    def view(self, shown: View, subject: PersonId) -> View:
        """What was made from a record and kept for several readers, as this one may read it."""
        if self.lifted:
            return shown

        def say(said: str, author: str) -> str:
            return (
                said
                if author and self.writes(Noun.ENTRY, subject, author)
                else self.text(said, subject, author)
            )

        found: View = _walked(shown, say)
        return found


Say = Callable[[str, str], str]


def _walked(value: Any, say: Say, author: str = "") -> Any:
    """A plain value with every text passed through `say`, with the author of the line that it stands in."""
    if isinstance(value, str) and type(value) is str:
        return say(value, author)
    if isinstance(value, tuple | list):
        walked = [_walked(each, say, author) for each in value]
        return type(value)(walked) if any(a is not b for a, b in zip(walked, value, strict=True)) else value
    if isinstance(value, Mapping):
        return {name: _walked(each, say, author) for name, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        by = str(getattr(value, "author", author))
        said = {each.name: getattr(value, each.name) for each in fields(value) if each.name != "author"}
        walked_fields = {name: _walked(each, say, by) for name, each in said.items()}
        changed = {name: each for name, each in walked_fields.items() if each is not said[name]}
        return replace(value, **changed) if changed else value
    return value
