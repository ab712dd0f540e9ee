"""Train the head that hears answers in rehearsed interviews, and write it beside the encoder.

Run from the repository: `python scripts/train_interview.py --cache FOLDER`. Only the `train` folders of
`training/interview` and `training/interview-rounds` are read. Each label is a logistic regression over the
sentence's vector, its cues and its words; then all are brought to one scale, on which 0.50 is where the F1 of
the label is best in cross-validation by author.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

import datumline  # noqa: F401 - first: it settles numpy's threads before numpy is there
from datumline.domain.interview.cues import NAMES, Cues
from datumline.domain.language.head import Head
from datumline.embedding.encoder import SentenceEncoder, load_encoder
from datumline.embedding.trained import save_head
from datumline.pack_files.language import load_lexicon
from datumline.services.bench.interview_samples import LABELS, answers, rounds

SCALES = (4.0, 0.5, 3.0)  # of vectors, cues and words: how far each may speak before it is held back
WEIGHT = (
    4.0  # of a sample that has a label, beside one that has not: there are fifteen times as many of those
)
FOLDS = 6
APART = 5  # lines between two answers that are joined: neighbours often say the same thing
SLOPE = 1.0  # steeper would say more than is known
TRIED = np.linspace(-2.0, 0.5, 26)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A stretch of an answer with its labels."""

    author: str
    labels: frozenset[str]
    text: str
    joined: bool = False


def samples() -> Iterator[Sample]:
    """Single answers, the sentences of rounds, and every two of those that follow each other."""
    alone = [Sample(author=one.author, labels=one.labels, text=one.text) for one in answers("train")]
    yield from alone
    yield from joined(alone)
    for each in rounds("train"):
        for turn in each.turns:
            for sentence in turn.sentences:
                yield Sample(author=each.author, labels=sentence.labels, text=sentence.text)
            for first, second in pairwise(turn.sentences):
                labels = first.labels | second.labels
                yield Sample(author=each.author, labels=labels, text=f"{first.text} {second.text}")


def joined(alone: Sequence[Sample]) -> Iterator[Sample]:
    """Answers of one author said in one breath: what stands beside something else is still said."""
    for one, other in zip(alone, alone[APART:], strict=False):
        if one.author == other.author and one.labels and other.labels:
            first = one.text.rstrip(".").removeprefix("- ")
            second = other.text.removeprefix("- ")
            yield Sample(
                author=one.author,
                labels=one.labels | other.labels,
                text=f"{first}, and {second}",
                joined=True,
            )


class Vectors:
    """The encoder's vectors, kept in a file between runs."""

    def __init__(self, encoder: SentenceEncoder, folder: Path | None) -> None:
        self._encoder, self._file = encoder, folder / "interview.npz" if folder else None
        self._kept: dict[str, NDArray[np.float32]] = {}
        if self._file and self._file.exists():
            found: Any = np.load(self._file, allow_pickle=False)
            self._kept = dict(zip(map(str, found["texts"]), found["vectors"], strict=True))

    def of(self, texts: Sequence[str]) -> Floats:
        """One row per text."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if new:
            self._kept |= dict(zip(new, self._encoder.embed(new), strict=True))
            if self._file:
                np.savez(
                    self._file, texts=np.array(list(self._kept)), vectors=np.array(list(self._kept.values()))
                )
        return np.array([self._kept[text] for text in texts], dtype=np.float64)


def fit(inputs: Floats, answer: Floats) -> Floats:
    """The weights and, last, the bias of one regression."""
    weight = 1 + (WEIGHT - 1) * answer

    def loss(at: Floats) -> tuple[float, Floats]:
        raw = inputs @ at[:-1] + at[-1]
        miss = weight * (1 / (1 + np.exp(-raw)) - answer)
        value = (weight * np.logaddexp(0, -raw * (2 * answer - 1))).sum() + 0.5 * (at[:-1] ** 2).sum()
        return float(value), np.append(inputs.T @ miss + at[:-1], miss.sum())

    start = np.zeros(inputs.shape[1] + 1)
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return found


def fit_all(inputs: Floats, truth: Floats) -> Floats:
    """A column per label."""
    return np.stack([fit(inputs, truth[:, place]) for place in range(truth.shape[1])], axis=1)


def raw_held_out(inputs: Floats, truth: Floats, authors: Sequence[str]) -> Floats:
    """What each sample gets from regressions that have not seen its author."""
    names = sorted(set(authors))
    found = np.zeros_like(truth)
    for fold in range(FOLDS):
        held = np.isin(authors, names[fold::FOLDS])
        at = fit_all(inputs[~held], truth[~held])
        found[held] = inputs[held] @ at[:-1] + at[-1]
    return found


def shifts(raw: Floats, truth: Floats) -> Floats:
    """For each label where on the raw scale F1 is best, drawn half-way to the place for all labels."""
    whole = _best_place(raw.ravel(), truth.ravel())
    own = [_best_place(raw[:, label], truth[:, label]) for label in range(truth.shape[1])]
    best: Floats = (np.array(own) + whole) / 2
    said, true = raw >= best, truth > 0
    each = 2 * (said & true).sum(axis=0) / np.maximum(1, said.sum(axis=0) + true.sum(axis=0))
    for name, value, place in zip(LABELS.values(), each, best, strict=True):
        print(f"{name:34} F1 {value:.2f} at {place:.2f}")
    print(f"macro F1 of items {each[:16].mean():.3f}, of mistakes {each[16:23].mean():.3f}, authors held out")
    return best


def _best_place(raw: Floats, truth: Floats) -> float:
    found = [
        (2 * ((raw >= at) & (truth > 0)).sum() / ((raw >= at).sum() + truth.sum() + 1), at) for at in TRIED
    ]
    return float(max(found)[1])


def main() -> None:
    """Train, and say how well it does on authors that were held out."""
    arguments: Any = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cache", type=Path, help="a folder that keeps sentence vectors")
    chosen = arguments.parse_args()
    encoder = load_encoder()
    every = list(samples())
    cues = Cues(load_lexicon())
    rows = np.array([cues.row(one.text) for one in every], dtype=np.float64)
    vectors = Vectors(encoder, chosen.cache).of([one.text for one in every])
    scale = np.concatenate(
        [
            np.full(vectors.shape[1], SCALES[0]),
            np.full(len(NAMES), SCALES[1]),
            np.full(rows.shape[1] - len(NAMES), SCALES[2]),
        ]
    )
    inputs = np.hstack([vectors, rows]) * scale
    truth = np.array([[float(label in one.labels) for label in LABELS.values()] for one in every])
    raw = raw_held_out(inputs, truth, [one.author for one in every])
    told = np.array([not one.joined for one in every])
    best = shifts(raw[told], truth[told])
    at = fit_all(inputs, truth)
    weights = at[:-1] * scale[:, None] * SLOPE
    bias = (at[-1] - best) * SLOPE
    save_head(
        "interview", Head(labels=list(LABELS.values()), weights=weights, bias=bias, identity=encoder.identity)
    )
    print(f"{len(every)} samples, {inputs.shape[1]} inputs")


if __name__ == "__main__":
    main()
