"""Which pack is in force: never before it was recorded, and the same for a past day whatever comes later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.period import AsOf, at_end_of
from datumline.domain.policy.activation import Activation, in_force

NOON = datetime(2026, 6, 10, 12, tzinfo=UTC)
TENTH = NOON.date()
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def activated(version: str, effective_from: date, recorded_at: datetime) -> Activation:
    return Activation(
        pack="example",
        version=version,
        digest=version * 64,
        effective_from=effective_from,
        recorded_at=recorded_at,
    )


def version_at(at: AsOf, *activations: Activation) -> str | None:
    found = in_force(activations, at)
    return None if found is None else found.version


def test_without_an_activation_no_pack_is_in_force() -> None:
    assert version_at(at_end_of(TENTH)) is None


def test_a_pack_starts_on_its_day() -> None:
    later = activated("1", date(2026, 7, 1), NOON)
    assert version_at(at_end_of(date(2026, 6, 30)), later) is None
    assert version_at(at_end_of(date(2026, 7, 1)), later) == "1"


def test_no_pack_takes_effect_before_its_activation_was_recorded() -> None:
    backdated = activated("1", date(2026, 1, 1), NOON)
    known_later = AsOf(as_of=date(2026, 6, 9), known_at=NOON + timedelta(days=90))
    assert version_at(known_later, backdated) is None
    assert version_at(at_end_of(TENTH), backdated) == "1"


def test_the_latest_start_wins_and_of_one_day_what_was_written_later() -> None:
    first = activated("1", date(2026, 7, 1), NOON)
    sooner = activated("2", date(2026, 6, 20), NOON + timedelta(days=1))
    again = activated("3", date(2026, 7, 1), NOON + timedelta(days=2))
    assert version_at(at_end_of(date(2026, 6, 25)), first, sooner, again) == "2"
    assert version_at(at_end_of(date(2026, 7, 5)), first, sooner) == "1"
    assert version_at(at_end_of(date(2026, 7, 5)), first, sooner, again) == "3"


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))
instants = st.integers(min_value=0, max_value=364 * 24).map(lambda hours: NEW_YEAR + timedelta(hours=hours))
activations = st.builds(activated, st.sampled_from("123"), days, instants)
seconds_after = st.integers(min_value=1, max_value=364 * 24 * 3600)


@given(st.lists(activations, max_size=6), days, days, seconds_after)
def test_what_is_recorded_later_changes_no_past_day(
    earlier: list[Activation], day: date, effective_from: date, after: int
) -> None:
    at = at_end_of(day)
    later = activated("9", effective_from, at.known_at + timedelta(seconds=after))
    assert in_force([*earlier, later], at) == in_force(earlier, at)
