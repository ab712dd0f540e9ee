"""Whose work a repository shows: people on file by their e-mail, provisional persons for everybody else.

An address that nobody on file has becomes a provisional person with a stream of its own. Nobody is merged by
a likeness: a person resolves them later, and the record is one from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind
from datumline.domain.people.fold import OrgChart
from datumline.domain.people.identity import email_key, name_key, suggestions, visibly
from datumline.domain.people.person import Identity, Person, PersonId
from datumline.domain.verdict import Json
from datumline.services.imports.report import Report, Unmatched
from datumline.services.people import email_of
from datumline.store import people

LONGEST = 200  # characters of a name that are kept


@dataclass(slots=True, kw_only=True)
class Identities:
    """Turns contacts into persons, and remembers for whom a provisional person must be written first.

    Attributes:
        chart: the organisation as it is.
        author: who writes the provisional profiles, such as `git:billing`.
        today: from which day on they are known.
    """

    chart: OrgChart
    author: str
    today: date
    _by_key: dict[str, PersonId] = field(default_factory=people.by_address)
    _made: dict[PersonId, Person] = field(default_factory=dict)
    _waiting: dict[PersonId, str] = field(default_factory=dict)  # their fullest name so far; may be empty
    _changes: Counter[PersonId] = field(default_factory=Counter)

    def person(self, name: str, email: str) -> PersonId:
        """Who that is: somebody on file, somebody met before, or somebody new and provisional.

        A name such as `@ines` without e-mail is a handle. Of several names with one address the fullest is
        kept, whichever comes first: processes hand commits over in any order.
        """
        key = email_key(email) or name_key(name)
        if key in self._by_key:
            self._call(self._by_key[key], name)
        else:
            known = [Identity(system="email", value=email_key(email))] if email_key(email) else []
            known += [Identity(system="handle", value=key[1:])] if key.startswith("@") else []
            self._by_key[key] = self._new(name, email_key(email), tuple(known))
        return self._by_key[key]

    def _new(self, name: str, email: str, known: tuple[Identity, ...]) -> PersonId:
        person = str(uuid4())
        self._waiting[person] = _shown(name)
        self._made[person] = Person(id=person, name=_shown(name) or email, identities=known, provisional=True)
        return person

    def _call(self, person: PersonId, name: str) -> None:
        shown = _shown(name)
        if person in self._waiting and _fullness(shown) > _fullness(self._waiting[person]):
            self._waiting[person] = shown
            self._made[person] = replace(self._made[person], name=shown)

    def name_of(self, person: PersonId) -> str:
        """The name of somebody on file, or met in this import."""
        found = self._made.get(person) or self.chart.people.get(person)
        return found.name if found else ""

    def profiles(self) -> list[Draft]:
        """The profiles of all who were met since the last call."""
        waiting, self._waiting = self._waiting, {}
        return [self._profile(self._made[person]) for person in waiting]

    def _profile(self, person: Person) -> Draft:
        said: dict[str, Json | date] = {"name": person.name, "provisional": True}
        for field_name, wanted in (("emails", "email"), ("handles", "handle")):
            values: list[Json] = [each.value for each in person.identities if each.system == wanted]
            said |= {field_name: values} if values else {}
        return Draft(
            kind=Kind.PROFILE,
            author=self.author,
            occurred_on=self.today,
            subject=person.id,
            amounts=said,
        )

    def count(self, drafts: Iterable[Draft]) -> None:
        """Count what is theirs."""
        for draft in drafts:
            if draft.subject is not None:
                self._changes[draft.subject] += int(str(draft.amounts.get("changes", 1)))

    def tell(self, report: Report) -> None:
        """Name every provisional person whom this import wrote about, the busiest first."""
        for person, changes in self._changes.most_common():
            stranger = self._made.get(person) or self.chart.people.get(person)
            if stranger is not None and stranger.provisional:
                report.leave(self._unmatched(stranger, changes, listed=len(report.unmatched)))

    def _unmatched(self, stranger: Person, changes: int, *, listed: int) -> Unmatched:
        confirmed = [] if listed > LONGEST else self._confirmed
        return Unmatched(
            name=stranger.name,
            email=email_of(stranger),
            person=stranger.id,
            changes=changes,
            perhaps=tuple(self.chart.people[each].name for each in suggestions(stranger, confirmed)),
        )

    @property
    def _confirmed(self) -> list[Person]:
        return [person for person in self.chart.people.values() if not person.provisional]


def _shown(name: str) -> str:
    return visibly(name.strip())[:LONGEST]


def _fullness(name: str) -> tuple[int, int, str]:
    """More words, then more letters, then the later in the alphabet: the order of commits never decides."""
    return len(name.split()), len(name), name
