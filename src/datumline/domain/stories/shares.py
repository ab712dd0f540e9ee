"""How a story divides its words among its parts, beside how it should."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from datumline.domain.policy.pack import Policy
from datumline.domain.stories.part import TOLD, StoryPart
from datumline.domain.stories.telling import Told

Shares = Mapping[StoryPart, Decimal]
"""Percent of the words of each part, one decimal place; together 100, or all 0 where no part is told."""

TENTH = Decimal("0.1")


def shares(told: Sequence[Told]) -> Shares:
    """The share of each part among the words of all four; what is none of them is not counted."""
    words = {part: sum(one.words for one in told if one.part is part) for part in TOLD}
    total = sum(words.values())
    return {part: (Decimal(100 * count) / max(1, total)).quantize(TENTH) for part, count in words.items()}


def target(policy: Policy, on: date) -> Shares:
    """The shares that the policy asks for on a day."""
    return {part: policy.number(f"star.shares.{part.value}", on) for part in TOLD}


def off(found: Shares, wanted: Shares, tolerance: Decimal) -> tuple[StoryPart, ...]:
    """The parts that are told and lie further than `tolerance` points from what is wanted."""
    return tuple(part for part in TOLD if found[part] and abs(found[part] - wanted[part]) > tolerance)
