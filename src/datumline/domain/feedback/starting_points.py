"""Where to begin: the situations that come again, each as a note with blanks in square brackets.

The notes are the pack's phrases (`start.ID.title`, `start.ID.text`), with its own figures in them. A blank is
what only the writer knows; a note that still has one is not shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from datumline.domain.policy.pack import Policy

SITUATIONS = (
    "slow-reviews",
    "no-failure-modes",
    "missed-commitments",
    "avoidable-incident",
    "unanswered-questions",
    "on-call-hand-over",
)
_BLANK = re.compile(r"\[[^\[\]\n]{1,120}\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingPoint:
    """One situation: its name, and the note to fill in."""

    id: str
    title: str
    text: str


def starting_points(policy: Policy, on: date, *, checkpoint: date) -> tuple[StartingPoint, ...]:
    """Every situation, with the figures of the day; `checkpoint` is proposed as the day to look again."""
    figures: dict[str, int | Decimal | date] = {
        "slow": policy.whole("review.slow", on),
        "blocking": policy.whole("review.blocking", on),
        "hours": policy.whole("feedback.doc_question", on),
        "share": policy.number("design_doc.first_review", on),
        "checkpoint": checkpoint,
    }
    return tuple(
        StartingPoint(
            id=each,
            title=policy.phrases.say(f"start.{each}.title"),
            text=policy.phrases.say(f"start.{each}.text", **figures),
        )
        for each in SITUATIONS
    )


def blanks(text: str) -> tuple[str, ...]:
    """What still stands in square brackets, in order."""
    return tuple(_BLANK.findall(text))
