"""The shipped pack has every number that a signal asks for."""

from __future__ import annotations

from decimal import Decimal

from datumline.domain.evidence.kinds import Kind
from datumline.domain.period import at_end_of
from datumline.domain.signals.catalogue import signals_of
from datumline.domain.signals.measures import measures_of
from datumline.pack_files.loading import load
from support.signal_cases import MANAGER, MEASURES, TODAY, entry, promise, promises, was_mara


def test_the_shipped_numbers_are_the_ones_of_these_cases() -> None:
    assert measures_of(load(None), TODAY) == MEASURES


def test_a_person_is_answered_by_the_shipped_pack() -> None:
    held = [*promises(TODAY, kept=3, missed=0), promise(TODAY, None)]
    moved = entry(Kind.RESCHEDULE, TODAY, author=MANAGER, commitment=held[-1].id, from_=TODAY, to=TODAY)
    found = signals_of([*held, moved], load(None), at_end_of(TODAY), was_manager=was_mara)
    assert (found[0].id, found[0].numerator, found[0].bar and found[0].bar.number) == (
        "on-time",
        3,
        Decimal(85),
    )
