"""A figure is drawn against its bar, and said in words beside."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from datumline.services.pages.cards import Month, Point, SignalCard
from datumline.web.charts import FLOOR, TOP, alternative, record_chart, scale_for, series_chart

CARD = SignalCard(
    id="on-time",
    name="On time",
    unit="%",
    bar="90 % in two quarters",
    bar_at=90,
    points=(
        Point(label="Q1", value=94, low=72, high=99, count="15 of 16"),
        Point(label="Q2", value=60, low=36, high=80, count="9 of 15"),
    ),
)


def test_a_point_short_of_its_bar_is_hollow_and_the_others_are_full() -> None:
    drawn = series_chart(CARD)
    assert drawn.count('class="ok"') == 1
    assert drawn.count('class="short"') == 1


def test_where_less_is_better_a_point_above_the_bar_is_the_hollow_one() -> None:
    hours = replace(CARD, unit="h", bar_at=24, higher_is_better=False, points=(Point(label="Q1", value=31),))
    assert 'class="short"' in series_chart(hours)


def test_a_window_without_figures_keeps_its_place_and_says_so() -> None:
    empty = replace(CARD, points=(Point(label="Q1", value=None), CARD.points[1]))
    assert "Q1: none" in alternative(empty)
    assert series_chart(empty).count("<circle class") == 1


def test_the_words_hold_every_figure_its_count_and_the_bar() -> None:
    words = alternative(CARD)
    assert words == "On time. Q1: 94 %, 15 of 16; Q2: 60 %, 9 of 15; the bar: 90 % in two quarters"


def test_markup_in_a_name_is_inert() -> None:
    drawn = series_chart(replace(CARD, name='"><script>x</script>', points=(Point(label="<b>", value=1),)))
    assert "<script>" not in drawn
    assert "<b>" not in drawn


@given(
    st.lists(st.floats(0, 1e6) | st.none(), min_size=1, max_size=8),
    st.none() | st.floats(0, 1e6),
    st.sampled_from(["%", "h", ""]),
)
def test_whatever_the_figures_nothing_is_drawn_outside_the_picture(
    values: list[float | None], bar: float | None, unit: str
) -> None:
    points = tuple(Point(label="Q", value=value) for value in values)
    scale = scale_for(points, bar, unit)
    assert scale.low < scale.high
    drawn = series_chart(replace(CARD, points=points, bar_at=bar, unit=unit))
    heights = [float(y) for y in re.findall(r'cy="([-\d.]+)"', drawn)]
    assert all(TOP <= y <= FLOOR for y in heights)


def test_the_record_shows_each_month_and_the_part_written_late() -> None:
    months = (Month(label="May 2026", count=4, late=1, name="M"), Month(label="June 2026", count=0, late=0))
    drawn = record_chart(months)
    assert drawn.count('class="month"') == 1
    assert drawn.count('class="tardy"') == 1
    assert "May 2026 to June 2026: 4 entries, 1 written late" in drawn
