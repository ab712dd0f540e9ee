"""Third persons are masked: a record tells nothing of people whose own its reader may not open (M10).

A mask stands for the same person throughout one record, so that a text can still be followed and two matters
stay two; in another record the same person has another mask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from datumline.domain.people.naming import Named, Names, named_in
from datumline.domain.people.person import PersonId

DIGITS = 4  # of a mask; enough to tell the people of one record apart
Shows = Callable[[PersonId], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """How people are named, and what of each only who may open their record can know.

    Attributes:
        secrets: for each person something that is told to nobody else, so that no mask can be guessed back.
    """

    names: Names
    secrets: Mapping[PersonId, str]


def masked(text: str, subject: PersonId | None, masks: Masks, shows: Shows) -> str:
    """The text with a mask for everybody whom the reader may not know of; `subject` is whose record it is.

    A name that may be that of somebody `shows` lets through stays.
    """
    pieces: list[str] = []
    at = 0
    for found in named_in(text, masks.names):
        if not any(shows(person) for person in found.bearers):
            pieces += [text[at : found.start], _mask(found, subject, masks)]
            at = found.end
    return "".join((*pieces, text[at:])) if pieces else text


def _mask(found: Named, subject: PersonId | None, masks: Masks) -> str:
    said = " ".join(
        [subject or "", *sorted(f"{each} {masks.secrets.get(each, '')}" for each in found.bearers)]
    )
    return f"[colleague {sha256(said.encode()).hexdigest()[:DIGITS]}]"
