"""What surrounds every page: who looks at it, on which day, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Place = tuple[str, str, str, str]  # name, address, words, key

PLACES: tuple[Place, ...] = (
    ("today", "/", "Today", "t"),
    ("people", "/people", "People", "p"),
    ("counted", "/counted", "How it is counted", "c"),
)
MY_PLACES: tuple[Place, ...] = (("today", "/", "My line", "t"), *PLACES[1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of one page.

    Attributes:
        viewer: the name of whoever looks; empty before somebody has been chosen.
        role: their place in a few words.
        demo: the organisation is invented and its day is fixed.
        solo: nobody signs in here; the operator reads everything.
        current: the name of the place that the page belongs to.
        asks_csrf: the page has a form that changes something.
    """

    today: date
    viewer: str = ""
    role: str = ""
    demo: bool = False
    solo: bool = False
    current: str = ""
    places: tuple[Place, ...] = PLACES
    asks_csrf: bool = False
