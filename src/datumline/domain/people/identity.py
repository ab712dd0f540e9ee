"""Identities: when two ways of writing somebody mean the same, and when they only look like it.

An e-mail in a commit is text that anybody can write. What is found here is a key for looking up, or a
suggestion for a person to confirm; nothing is merged by it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from datumline.domain.people.person import Person, PersonId

_NOREPLY = re.compile(r"(?:(?P<id>\d+)\+)?(?P<login>[a-z0-9-]+)@users\.noreply\.github\.com")


def email_key(email: str) -> str:
    """The e-mail as it is compared: trimmed and case-folded."""
    return email.strip().strip("<>").casefold()


def name_key(name: str) -> str:
    """The name as it is compared: composed, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def login_of(email: str) -> str | None:
    """The login in a no-reply address, `login@…` or `id+login@…`; None for any other address."""
    match = _NOREPLY.fullmatch(email_key(email))
    return match["login"] if match else None


def suggestions(provisional: Person, people: Iterable[Person]) -> tuple[PersonId, ...]:
    """Confirmed people who might be this provisional one: by the same name, or by the address's login."""
    name = name_key(provisional.name)
    logins = {login for each in provisional.identities if (login := login_of(each.value))}
    return tuple(
        person.id
        for person in people
        if not person.provisional and (name_key(person.name) == name or logins & _handles(person))
    )


def _handles(person: Person) -> set[str]:
    return {each.value.casefold() for each in person.identities if each.system != "email"}


def visibly(name: str) -> str:
    """A name with what cannot be seen made visible: zero-width and direction-changing characters (A31)."""
    return "".join(f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in {"Cf", "Cc"} else c for c in name)
