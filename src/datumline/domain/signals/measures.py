"""The policy's numbers that signals are measured by, read once for a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from datumline.domain.policy.pack import Policy
from datumline.domain.signals.signal import Bar, Sureness


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Every parameter that a signal uses.

    Attributes:
        window_days: length of the sliding window, in days.
        quarters_shown: how many calendar quarters the on-time rate is shown for.
        quarters_in_a_row: how many consecutive quarters the senior bar asks for.
        senior_bar, bar_raiser_floor, first_review_bar: in percent.
        regression_level: the largest chance, in percent, at which a drop is still called a regression.
        least_count: below this many counted, a rate is marked as too few.
        confidence: of every interval, in percent.
        review_slow_hours, review_blocking_hours: a review longer than this is slow, or blocks.
        citation_months: within how many calendar months somebody outside must have used a document.
        late_after_days: an entry written more days than this after it happened is late.
        recency_parts, recency_bar, recency_least: the window is cut in so many parts, the last one looked at;
            its share is flagged when its interval lies above the bar (percent); fewest entries.
    """

    window_days: int
    quarters_shown: int
    quarters_in_a_row: int
    senior_bar: Bar
    bar_raiser_floor: Bar
    first_review_bar: Bar
    projects_bar: Bar
    impact_bar: Bar
    trade_offs_bar: Bar
    regression_level: Decimal
    least_count: int
    confidence: Decimal
    review_slow_hours: Decimal
    review_blocking_hours: Decimal
    citation_months: int
    late_after_days: int
    recency_parts: int
    recency_bar: Decimal
    recency_least: int

    @property
    def sureness(self) -> Sureness:
        """How a rate's interval is drawn, and when it is marked as too few."""
        return Sureness(confidence=self.confidence, few=self.least_count)


def measures_of(policy: Policy, on: date) -> Measures:
    """The numbers that hold on `on`. Raises Problem when the pack lacks one."""

    def bar(key: str, *, above: bool = False) -> Bar:
        return Bar(number=policy.number(key, on), parameter=key, above=above)

    return Measures(
        window_days=policy.days("window.signals", on),
        quarters_shown=policy.whole("on_time.quarters_shown", on),
        quarters_in_a_row=policy.whole("on_time.quarters", on),
        senior_bar=bar("on_time.senior_bar"),
        bar_raiser_floor=bar("on_time.bar_raiser_floor", above=True),
        first_review_bar=bar("design_doc.first_review"),
        projects_bar=bar("bar_raiser.cross_team_projects"),
        impact_bar=bar("bar_raiser.customer_impact"),
        trade_offs_bar=bar("bar_raiser.trade_offs_with_data"),
        regression_level=policy.number("regression.level", on),
        least_count=policy.whole("regression.least_count", on),
        confidence=policy.number("signals.interval", on),
        review_slow_hours=policy.number("review.slow", on),
        review_blocking_hours=policy.number("review.blocking", on) * 24,
        citation_months=policy.whole("design_doc.citation", on),
        late_after_days=policy.days("evidence.late_after", on),
        recency_parts=policy.whole("recency.parts", on),
        recency_bar=policy.number("recency.bar", on),
        recency_least=policy.whole("recency.least_entries", on),
    )
