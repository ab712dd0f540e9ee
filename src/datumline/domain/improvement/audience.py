"""Who reads what somebody writes about a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from datumline.domain.evidence.entry import Audience
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.plan_facts import DIMENSION
from datumline.domain.verdict import Json


def audience_of(kind: Kind, amounts: Mapping[str, Json | date], *, private: bool) -> Audience:
    """Who will read it. What is weighed for a plan stays in the case until a plan is issued (spec 40)."""
    if private:
        return Audience.PRIVATE
    weighed = kind is Kind.ASSESSMENT and amounts.get("dimension") == DIMENSION
    return Audience.CASE if weighed else Audience.SHARED
