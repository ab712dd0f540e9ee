"""What surrounds every page: who looks at it, on which day, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Place = tuple[str, str, str, str]  # name, address, words, key

# What is opened every day stands above, what it rests on below. A key is free or empty.
PLACES: tuple[Place, ...] = (
    ("today", "/", "Today", "t"),
    ("people", "/people", "People", "p"),
    ("reminders", "/reminders", "This week", ""),
    ("growth", "/growth", "Growth", "g"),
)
MY_PLACES: tuple[Place, ...] = (("today", "/", "My line", "t"), *PLACES[1:])
IMPORTS: Place = ("imports", "/imports", "Import", "")
RECEIPTS: Place = ("receipts", "/receipts", "Receipts", "")
ACCOUNTS: Place = ("accounts", "/accounts", "Accounts", "")
BENEATH: tuple[Place, ...] = (
    ("drafts", "/drafts", "Drafts", ""),
    ("organisation", "/organisation", "Organisation", ""),
    ("policy", "/policy", "Policy", ""),
    ("opened", "/opened", "Who opened what", ""),
    ("access", "/access", "Who may see what", ""),
    ("conflicts", "/conflicts", "Conflicts", ""),
    ("break-glass", "/break-glass", "Break-glass", ""),
    ("counted", "/counted", "How it is counted", "c"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of one page.

    Attributes:
        today: the day of the page; None where nobody can say.
        viewer: the name of whoever looks; empty before somebody has been chosen.
        role: their place in a few words.
        demo: the organisation is invented and its day is fixed.
        solo: nobody signs in here; the operator reads everything.
        signed_in: whoever looks has signed in, and can sign out.
        current: the name of the place that the page belongs to.
        places, beneath: where one can go, and what it rests on.
        logged: the id of the entry that was just written, or empty.
        asks_csrf: the page has a form that changes something.
        glass: records that whoever looks has open by break-glass: whose, by name and id, and until when.
    """

    today: date | None = None
    viewer: str = ""
    role: str = ""
    demo: bool = False
    solo: bool = False
    signed_in: bool = False
    current: str = ""
    places: tuple[Place, ...] = PLACES
    beneath: tuple[Place, ...] = BENEATH
    logged: str = ""
    asks_csrf: bool = False
    glass: tuple[tuple[str, str, datetime], ...] = ()
