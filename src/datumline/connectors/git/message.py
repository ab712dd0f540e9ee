"""What a commit message says beyond its prose: co-authors, reviewers, assistants, what it reverts or fixes.

Trailers are taken from any line of the message, not only from its last paragraph, because squash merges
leave them in the middle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TRAILER = re.compile(
    rb"^(co-authored-by|reviewed-by|acked-by|tested-by|approved-by|assisted-by)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)
_REVERTS = re.compile(rb"\bthis reverts commit ([0-9a-f]{7,64})\b", re.IGNORECASE)
_FIXES = re.compile(rb"^fixes[ \t]*:[ \t]*(?:commit )?([0-9a-f]{7,64})\b", re.IGNORECASE | re.MULTILINE)
_CONTACT = re.compile(rb"^([^<>]*?)[ \t]*<([^<>]+)>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a message says. Contacts are (name, e-mail) as the bytes written, before `.mailmap`."""

    co_authors: tuple[tuple[bytes, bytes], ...] = ()
    reviewers: tuple[tuple[bytes, bytes], ...] = ()
    assistants: tuple[str, ...] = ()
    reverts: tuple[str, ...] = ()
    undoes: bool = False


NOTHING = Said()


def read_message(message: bytes) -> Said:
    """The trailers and references of one message. A trailer without `<e-mail>` names nobody."""
    lowered = message.lower()
    trailers = b"-by" in lowered
    references = b"this reverts" in lowered or b"fixes" in lowered
    if not (trailers or references):
        return NOTHING
    found: dict[bytes, list[bytes]] = {}
    if trailers:
        for name, value in _TRAILER.findall(message):
            found.setdefault(name.lower(), []).append(value)
    undone = _REVERTS.findall(lowered) if references else []
    fixed = _FIXES.findall(lowered) if references else []
    if not (found or undone or fixed):
        return NOTHING
    return Said(
        co_authors=_contacts(found.pop(b"co-authored-by", [])),
        assistants=tuple(dict.fromkeys(_text(value) for value in found.pop(b"assisted-by", []))),
        reviewers=_contacts([value for values in found.values() for value in values]),
        reverts=tuple(dict.fromkeys(reference.decode() for reference in (*undone, *fixed))),
        undoes=bool(undone),
    )


def _contacts(values: list[bytes]) -> tuple[tuple[bytes, bytes], ...]:
    matches = (_CONTACT.match(value) for value in values)
    return tuple(dict.fromkeys((match[1], match[2].strip()) for match in matches if match))


def _text(value: bytes) -> str:
    return value.decode(errors="replace")
