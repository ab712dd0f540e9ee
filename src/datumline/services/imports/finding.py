"""Find people by what a source calls them, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.store import people

NOBODY = "nobody on file is"
REMEMBERED = 20_000


class NobodyError(Problem):
    """Nobody, or more than one person, is known by that name."""


@dataclass(slots=True)
class Finder:
    """Remembers whom each text names, by e-mail first, then handle, then exact name."""

    found: dict[str, tuple[PersonId, ...]] = field(default_factory=dict)

    def look_up(self, texts: Iterable[str]) -> None:
        """Find all of these at once; what was found long before is forgotten, to keep the memory small."""
        if len(self.found) > REMEMBERED:
            self.found.clear()
        asked = {text for text in texts if text not in self.found}
        for what in ("email", "handle", "name"):
            left = sorted(text for text in asked if not self.found.get(text))
            self.found |= people.known_by(what, left)

    def person(self, text: str) -> PersonId:
        """The one person that a text names. Raises NobodyError when it names none or several."""
        self.look_up([text])
        persons = self.found[text]
        if len(persons) != 1:
            what = f"{NOBODY} '{text}'" if not persons else f"'{text}' is {len(persons)} people"
            raise NobodyError(what, expected="the e-mail, handle or exact name of one person on file")
        return persons[0]
