"""People: who somebody is, and where they stand on a given day as known at a given time.

A person is a fold over `profile` and `position` entries of their shared stream, so that "who was the
manager on 12 March, as known then" has an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

PersonId = str  # a random UUID (version 4) in its usual text form


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One name under which a source knows somebody.

    `system` is `email`, `git`, `github`, `jira` …; `value` is what that source writes.
    """

    system: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person's lasting facts.

    `zone` is an IANA name. `provisional` marks somebody known only from a source (an author in a
    repository) whom nobody has confirmed yet.
    """

    id: PersonId
    name: str
    identities: tuple[Identity, ...] = ()
    zone: str = "UTC"
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What held for a person from `from_day` on, as written at `recorded_at`. None: not said here.

    `cleared` names the fields of which it was said that there is none any more, such as `manager`.
    """

    person: PersonId
    from_day: date
    recorded_at: datetime
    manager: PersonId | None = None
    unit: str | None = None
    team: str | None = None
    level: str | None = None
    role: str | None = None
    start_date: date | None = None
    active: bool | None = None
    cleared: tuple[str, ...] = ()
