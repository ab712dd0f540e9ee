"""The plan table against an oracle written from the policy's sentences, world by world."""

from __future__ import annotations

import copy
import random

import pytest

from datumline.domain.improvement.plan import decided
from datumline.domain.verdict import Answer
from datumline.pack_files import load
from domain.improvement.plan_oracle import judged
from domain.improvement.plan_worlds import facts

SAYS = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}


@pytest.mark.parametrize("seed", range(10))
def test_every_condition_and_verdict_is_the_oracles(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - invented facts
    policy = load()
    for _ in range(150):
        given = facts(dice)
        answers, verdict = judged(copy.deepcopy(given))
        conditions, decision = decided(given, policy)
        assert {each.id: SAYS[each.answer] for each in conditions} == answers, given
        assert decision.verdict == verdict, given
