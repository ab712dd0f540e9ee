"""The non-negotiables against an oracle written from the policy's sentences, world by world."""

from __future__ import annotations

import copy
import random

import pytest

from datumline.domain.bar_raiser.non_negotiables import decided
from datumline.domain.verdict import Answer
from datumline.pack_files import load
from domain.bar_raiser.bar_oracle import judged
from domain.bar_raiser.bar_worlds import facts

SAYS = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}


@pytest.mark.parametrize("seed", range(10))
def test_every_lamp_and_verdict_is_the_oracles(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - invented facts
    policy = load()
    for _ in range(150):
        given = facts(dice)
        answers, verdict = judged(copy.deepcopy(given))
        lamps, found = decided(given, policy)
        assert {lamp: SAYS[answer] for lamp, answer in lamps.items()} == answers, given
        assert found == verdict, given
