"""How the figures are counted: by which of the policy's numbers."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.services.context import Context
from datumline.services.pages.verdict_cards import pack_words
from datumline.services.policy import active_policy

# What stands together, its title, and the parameters that it is measured by; the page says the rest.
FIGURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "on-time": ("On time", ("window.signals", "on_time.bar_raiser_floor")),
    "on-time-quarter": (
        "On time by quarter",
        (
            "on_time.senior_bar",
            "on_time.quarters",
            "on_time.quarters_shown",
            "regression.level",
            "regression.least_count",
        ),
    ),
    "quality": ("Defects and incidents", ("window.signals",)),
    "reviews": ("Reviews", ("review.slow", "review.blocking")),
    "documents": ("Design documents", ("design_doc.first_review", "design_doc.citation")),
    "reach": (
        "Reach",
        ("bar_raiser.cross_team_projects", "bar_raiser.customer_impact", "bar_raiser.trade_offs_with_data"),
    ),
    "health": ("The record's own health", ("evidence.late_after",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Figures that are counted alike, and the parameters with value, meaning and reference."""

    id: str
    name: str
    parameters: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedPage:
    """Every figure."""

    signals: tuple[Counted, ...]
    pack: str


def counted_page(context: Context) -> CountedPage:
    """The page under the pack in force."""
    policy = active_policy(context)

    def told(key: str) -> tuple[str, str, str, str]:
        parameter = policy.parameter(key)
        value = f"{parameter.on(context.today)} {parameter.unit}"
        return key, value, parameter.meaning, parameter.reference

    return CountedPage(
        signals=tuple(
            Counted(id=name, name=title, parameters=tuple(map(told, keys)))
            for name, (title, keys) in FIGURES.items()
        ),
        pack=pack_words(policy),
    )
