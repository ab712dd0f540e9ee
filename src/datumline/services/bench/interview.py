"""`datumline bench language`: how well interviews are heard, on rounds and answers of other voices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from time import perf_counter
from typing import Any

from datumline.domain.interview.transcript import turns_from
from datumline.services.bench import interview_samples as samples
from datumline.services.bench.language import Figure
from datumline.services.rehearsal import DEFAULT, Rehearsal, rehearsal

TEST = "test"
DAY = date(2026, 6, 30)  # the numbers of the shipped pack have not changed since
LOW = 15  # points that empty rounds have to stay under

Counts = dict[str, list[int]]
"""For each label how often it was found and there, found only, there only."""


def measured() -> Iterator[Figure]:
    """A line for the items of whole rounds, one for the mistakes, one for single answers with near misses."""
    engine = rehearsal(DEFAULT, None, DAY)
    engine.document(turns_from([{"speaker": "candidate", "text": "I would begin."}], TEST))
    rounds = list(samples.rounds(TEST))
    started = perf_counter()
    found = [engine.document(turns_from(each.transcript()["turns"], TEST)) for each in rounds]
    spent = perf_counter() - started
    sentences = sum(len(turn.sentences) for each in rounds for turn in each.turns)
    items = {name: [0, 0, 0] for name in samples.ITEMS.values()}
    mistakes = {name: [0, 0, 0] for name in samples.MISTAKES.values()}
    for each, document in zip(rounds, found, strict=True):
        _count(items, each.items, {name for name, one in document["items"].items() if one["covered"]})
        _count(mistakes, each.mistakes, {one["id"] for one in document["mistakes"]})
    ranked = _ranked(rounds, found)
    yield _figure("interview rounds, items", len(rounds), items, 1000 * spent / sentences, ranked)
    yield _figure("interview rounds, mistakes", len(rounds), mistakes, None, {})
    yield _single(engine)


def _count(counts: Counts, there: frozenset[str], said: set[str]) -> None:
    for name, one in counts.items():
        one[0] += name in there and name in said
        one[1] += name not in there and name in said
        one[2] += name in there and name not in said


def _ranked(rounds: Sequence[samples.SampleRound], found: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The share of pairs of rounds of two grades in the right order; how many empty ones stay low."""
    grades = samples.GRADES
    known = [(one, doc["total"]) for one, doc in zip(rounds, found, strict=True) if one.grade in grades]
    pairs = [
        (a, b)
        for (one, a), (other, b) in combinations(sorted(known, key=lambda k: grades.index(k[0].grade)), 2)
        if one.grade != other.grade
    ]
    empty = [doc["total"] for one, doc in zip(rounds, found, strict=True) if one.grade not in grades]
    return {
        "pairs ranked": sum(a > b for a, b in pairs) / max(1, len(pairs)),
        f"empty under {LOW}": sum(total < LOW for total in empty) / max(1, len(empty)),
    }


def _single(engine: Rehearsal) -> Figure:
    """Single answers: is the item heard where it is said, and not heard where it only comes near?"""
    counts: Counts = {name: [0, 0, 0] for name in samples.ITEMS.values()}
    right, of, texts = 0, 0, 0
    for one in samples.answers(TEST):
        texts += 1
        document = engine.document(turns_from([{"speaker": "candidate", "text": one.text}], TEST))
        said = {name for name, item in document["items"].items() if item["quotes"]}
        asked = (one.labels | one.near) & frozenset(counts)
        right += sum((name in one.labels) == (name in said) for name in asked)
        of += len(asked)
        _count(counts, one.labels, said)
    return _figure("interview answers, items", texts, counts, None, {"accuracy": right / max(1, of)})


def _figure(task: str, of: int, counts: Counts, pace: float | None, extra: dict[str, float]) -> Figure:
    both, found, there = (sum(one[place] for one in counts.values()) for place in range(3))
    each = [2 * a / (2 * a + b + c) for a, b, c in counts.values() if a + c]
    return Figure(
        task=task,
        of=of,
        precision=both / max(1, both + found),
        recall=both / max(1, both + there),
        f1=2 * both / max(1, 2 * both + found + there),
        calibration=None,
        ms_per_sentence=pace,
        extra={"macro F1": sum(each) / max(1, len(each)), **extra},
    )
