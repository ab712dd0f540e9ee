"""Which contact `.mailmap` makes of a name and e-mail, by git's rules (gitmailmap(5)).

Four line forms, `#` comments, names and e-mails compared without regard to ASCII case, later lines over
earlier ones. The map of the commit at HEAD is used for authors and trailers alike, in bare and other clones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from datumline.connectors.git.clone import Clone, run
from datumline.connectors.git.record import Contact

_PAIR = re.compile(rb"([^<>]*)<([^<>]*)>")


@dataclass(slots=True, kw_only=True)
class _Proper:
    """What a commit e-mail stands for: proper name and e-mail, each None where the written one stays."""

    name: str | None = None
    email: str | None = None
    by_name: dict[bytes, tuple[str | None, str | None]] = field(default_factory=dict)


class Mailmap:
    """A parsed `.mailmap`; an empty one maps every contact to itself."""

    def __init__(self, text: bytes = b"") -> None:
        self._emails: dict[bytes, _Proper] = {}
        for line in text.splitlines():
            if not line.startswith(b"#"):
                self._add(_PAIR.findall(line))

    def _add(self, pairs: list[tuple[bytes, bytes]]) -> None:
        if not pairs:
            return
        (name, email), *more = ((name.strip(), email.strip()) for name, email in pairs)
        proper_name = name.decode(errors="replace") or None
        if not more:
            self._at(email).name = proper_name or self._at(email).name
            return
        old_name, old_email = more[0]
        proper_email = email.decode(errors="replace") or None
        entry = self._at(old_email)
        if old_name:
            entry.by_name[old_name.lower()] = (proper_name, proper_email)
        else:
            entry.name = proper_name or entry.name
            entry.email = proper_email or entry.email

    def _at(self, email: bytes) -> _Proper:
        return self._emails.setdefault(email.lower(), _Proper())

    def contact(self, name: str, email: str) -> Contact:
        """The contact behind `name <email>`."""
        entry = self._emails.get(email.encode().lower())
        if entry is None:
            return Contact(name=name, email=email)
        proper_name, proper_email = entry.by_name.get(name.encode().lower(), (entry.name, entry.email))
        return Contact(name=proper_name or name, email=proper_email or email)


def mailmap_of(clone: Clone) -> Mailmap:
    """The `.mailmap` committed at HEAD; an empty map where there is none."""
    done = run(clone.path, "cat-file", "blob", "HEAD:.mailmap")
    return Mailmap(done.stdout if done.returncode == 0 else b"")
