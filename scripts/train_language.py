"""Train the light heads of the language engine on `training/`, and write them beside the encoder.

Run from the repository with the development tools installed: `python scripts/train_language.py`. Only the
`train` folders are read; the `test` folders are for `datumline bench language`. Sentence vectors are kept in
the folder that `--cache` names, because encoding takes most of the time.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]

import datumline  # noqa: F401 - first: it settles numpy's threads before numpy is there
from datumline.domain.language.embedder import Embedder, Vectors, WordVectors
from datumline.domain.language.features import Marker
from datumline.domain.language.head import Head
from datumline.domain.language.matching import figures
from datumline.domain.language.principles import Cues, both
from datumline.domain.language.segmentation import Sentence, sentences
from datumline.domain.language.wording import LABELS
from datumline.domain.stories.marks import Marked, StoryMarker, rows
from datumline.domain.stories.part import LABELS as STORY_LABELS
from datumline.domain.stories.telling import with_neighbours
from datumline.embedding.encoder import load_encoder
from datumline.embedding.trained import save_head
from datumline.pack_files.language import load_lexicon
from datumline.services.bench.language_public import free_rows, pyramid_pairs
from datumline.services.bench.language_samples import LabelledNote, coverage_lists, labelled, notes, stories

PARTS = ("S", "B", "I", "A", "C", "P")
NOTE_LABELS = (*PARTS, *LABELS, "ua", "pos")
PASSAGE_SCALE, PASSAGE_HOLD = 4.5, 2.0
STORY_SCALE, STORY_HOLD = 3.0, 6.0
ELEMENT_SCALE = 8.0
SCALE = 2.5  # of the vectors beside the features: unit vectors alone would be held too small
HOLD_VECTORS, HOLD_FEATURES = 1.0, 0.5  # how strongly weights are held near nothing
NAMED = ("Karim ", "Elena ", "She ")
ANY_DAY = date(2026, 6, 1)
OVERLAP = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sentence with its features and what is known of it: 1 for a label it has, 0 for one it has not."""

    text: str
    features: NDArray[np.float32]
    known: Mapping[str, float]


class Cached:
    """An embedder that keeps its vectors in a folder."""

    def __init__(self, embedder: Embedder, folder: Path | None) -> None:
        self._embedder, self._folder = embedder, folder

    @property
    def identity(self) -> str:
        """That of the embedder behind."""
        return self._embedder.identity

    @property
    def dimensions(self) -> int:
        """Those of the embedder behind."""
        return self._embedder.dimensions

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vectors, from the folder where they are there."""
        return np.vstack([self._one(text) for text in texts]) if texts else self._embedder.embed([])

    def by_word(self, text: str) -> WordVectors:
        """As the embedder behind."""
        return self._embedder.by_word(text)

    def _one(self, text: str) -> Vectors:
        if self._folder is None:
            return self._embedder.embed([text])
        path = self._folder / (hashlib.sha256(f"{self.identity}\n{text}".encode()).hexdigest() + ".npy")
        if not path.exists():
            np.save(path, self._embedder.embed([text]))
        kept: Vectors = np.load(path)
        return kept


def fit(
    inputs: NDArray[np.float64], answers: NDArray[np.float64], hold: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The weights and, last, the bias of a logistic regression."""

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        raw = inputs @ at[:-1] + at[-1]
        miss = 1 / (1 + np.exp(-raw)) - answers
        value = np.logaddexp(0, -raw * (2 * answers - 1)).sum() + 0.5 * (hold * at[:-1] ** 2).sum()
        return float(value), np.append(inputs.T @ miss + hold * at[:-1], miss.sum())

    found = minimize(
        loss, np.zeros(inputs.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    weights: NDArray[np.float64] = found.x
    return weights


def train(samples: Sequence[Sample], labels: Sequence[str], embedder: Embedder) -> Head:
    """One regression per label, on the samples of which the label is known."""
    vectors = embedder.embed([sample.text for sample in samples]).astype(np.float64) * SCALE
    features = np.asarray([sample.features for sample in samples], dtype=np.float64)
    inputs = np.hstack([vectors, features])
    hold = np.append(np.full(vectors.shape[1], HOLD_VECTORS), np.full(features.shape[1], HOLD_FEATURES))
    columns = []
    for label in labels:
        rows = [row for row, sample in enumerate(samples) if label in sample.known]
        columns.append(fit(inputs[rows], np.array([samples[row].known[label] for row in rows]), hold))
    weights = np.stack([column[:-1] for column in columns], axis=1)
    weights[: vectors.shape[1]] *= SCALE
    bias = np.array([column[-1] for column in columns])
    return Head(labels=tuple(labels), weights=weights, bias=bias, identity=embedder.identity)


class NoteSamples:
    """The samples of the feedback check: sentences of notes, their fragments, and single sentences."""

    def __init__(self) -> None:
        self._lexicon = load_lexicon()
        self._marker = Marker(self._lexicon)

    def all(self) -> list[Sample]:
        """Every sample of the training split."""
        found = [sample for note in notes("train") for sample in self._of(note)]
        for one in labelled("wording", "train"):
            known = _wording(one.labels) | {"P": float("sw" in one.labels), "ua": float("ua" in one.labels)}
            if one.labels & {"ps", "im", "va"}:
                known["pos"] = 0.0
            found += self._alone(one.text, known, ANY_DAY)
        return found

    def _of(self, note: LabelledNote) -> Iterator[Sample]:
        cut = sentences(note.text, self._lexicon)
        marked = [self._marker.mark(sentence, note.on) for sentence in cut]
        features = self._marker.features(marked, note.on)
        for sentence, row in zip(cut, features, strict=True):
            known = _known(_labels(note, sentence))
            if {"B", "I"} & _labels(note, sentence):
                known["pos"] = float(note.praises)
            yield Sample(text=sentence.text, features=row, known=known)
        whole = {sentence.text for sentence in cut}
        for number, line in enumerate(note.lines):
            words = line.span.of(note.text).lstrip("- ").rstrip(",:")
            if "B" in line.parts and words.startswith("you "):  # the same said of somebody
                words = NAMED[number % len(NAMED)] + words.removeprefix("you ")
            elif words in whole:
                continue
            yield from self._alone(words, _known(line.parts | line.rules), note.on)

    def _alone(self, text: str, known: Mapping[str, float], day: date) -> Iterator[Sample]:
        cut = sentences(text, self._lexicon)
        if len(cut) == 1:
            row = self._marker.features([self._marker.mark(cut[0], day)], day, placed=False)[0]
            yield Sample(text=cut[0].text, features=row, known=known)


def _labels(note: LabelledNote, sentence: Sentence) -> frozenset[str]:
    """The labels of the lines that a sentence holds, whole or for the greater part."""
    found: set[str] = set()
    for line in note.lines:
        shared = min(line.span.end, sentence.span.end) - max(line.span.start, sentence.span.start)
        if shared >= min(OVERLAP, line.span.end - line.span.start):
            found |= line.parts | line.rules
    return frozenset(found)


def _known(labels: frozenset[str]) -> dict[str, float]:
    known = {part: float(part in labels) for part in PARTS} | _wording(labels)
    known["P"] = float(bool(labels & {"P", "sw"}))
    return known | ({"ua": float("ua" in labels)} if "A" in labels else {})


def _wording(labels: frozenset[str]) -> dict[str, float]:
    return {label: float(label in labels) for label in LABELS}


def train_shares(  # noqa: PLR0913 - what a fit is asked with
    vectors: NDArray[np.float64],
    cues: NDArray[np.float64],
    answers: Sequence[str],
    identity: str,
    *,
    scale: float,
    hold: float,
    labels: Sequence[str],
) -> Head:
    """One softmax regression over the labels: of several one is meant."""
    inputs = np.hstack([vectors * scale, cues])
    truth = np.eye(len(labels))[[list(labels).index(answer) for answer in answers]]
    shape = (inputs.shape[1] + 1, len(labels))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        at = flat.reshape(shape)
        raw = inputs @ at[:-1] + at[-1]
        raw -= raw.max(axis=1, keepdims=True)
        shares = np.exp(raw) / np.exp(raw).sum(axis=1, keepdims=True)
        miss = shares - truth
        value = -np.log((shares * truth).sum(axis=1)).sum() + 0.5 * hold * (at[:-1] ** 2).sum()
        return float(value), np.vstack([inputs.T @ miss + hold * at[:-1], miss.sum(axis=0)]).ravel()

    at = minimize(
        loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    ).x.reshape(shape)
    weights = at[:-1].copy()
    weights[: vectors.shape[1]] *= scale
    return Head(labels=labels, weights=weights, bias=at[-1], identity=identity)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStory:
    """A story as its sentences' vectors, marks and labels."""

    author: str
    vectors: NDArray[np.float64]
    marked: tuple[Marked, ...]
    labels: tuple[str, ...]


def read_stories(embedder: Embedder) -> list[ReadStory]:
    """The stories of the training split, sentence by sentence as the engine cuts them."""
    lexicon = load_lexicon()
    marker = StoryMarker(lexicon)
    found = []
    for story in stories("train"):
        cut = sentences(story.text, lexicon)
        labels = tuple(str(story.label_of(sentence.span)) for sentence in cut)
        found.append(
            ReadStory(
                author=story.author,
                vectors=embedder.embed([sentence.text for sentence in cut]).astype(np.float64),
                marked=tuple(marker.mark(sentence) for sentence in cut),
                labels=labels,
            )
        )
    return found


def variants(story: ReadStory) -> Iterator[ReadStory]:
    """The story whole, and with each of its parts left out: a teller may forget any."""
    yield story
    for part in sorted(set(story.labels)):
        kept = [place for place, label in enumerate(story.labels) if label != part]
        if len(kept) > 1:
            yield ReadStory(
                author=story.author,
                vectors=story.vectors[kept],
                marked=tuple(story.marked[place] for place in kept),
                labels=tuple(story.labels[place] for place in kept),
            )


def train_stories(told: Sequence[ReadStory], identity: str) -> tuple[Head, Head]:
    """The head for the sentences of stories, and the one for their order."""
    every = [variant for story in told for variant in variants(story)]
    vectors = np.vstack([with_neighbours(one.vectors.astype(np.float32)) for one in every]).astype(np.float64)
    marks = np.vstack([rows(one.marked) for one in every]).astype(np.float64)
    answers = [label for one in every for label in one.labels]
    return train_shares(
        vectors, marks, answers, identity, scale=STORY_SCALE, hold=STORY_HOLD, labels=STORY_LABELS
    ), _order([one.labels for one in told], identity)


def _order(told: Sequence[Sequence[str]], identity: str) -> Head:
    """How often a label follows another, none of them never; beside how often each stands at all."""
    steps = np.full((len(STORY_LABELS), len(STORY_LABELS)), 2.0)
    first = np.full(len(STORY_LABELS), 2.0)
    for labels in told:
        places = [STORY_LABELS.index(label) for label in labels]
        first[places[0]] += 1
        for before, behind in pairwise(places):
            steps[before, behind] += 1
    often = steps.sum(axis=0) / steps.sum()
    weights = np.log(steps / steps.sum(axis=1, keepdims=True)) - np.log(often)[None, :]
    return Head(
        labels=STORY_LABELS,
        weights=weights,
        bias=np.log(first / first.sum()) - np.log(often),
        identity=identity,
    )


def train_principles(embedder: Embedder) -> Head:
    """The head of `map principles`."""
    samples = list(labelled("principles", "train"))
    answers = [sample.first for sample in samples]
    labels = sorted(set(answers))
    lexicon = load_lexicon()
    cues = Cues(lexicon, labels)
    counted = np.array([cues.row(sample.text) for sample in samples], dtype=np.float64)
    vectors = both(embedder, [sample.text for sample in samples], lexicon).astype(np.float64)
    return train_shares(
        vectors, counted, answers, embedder.identity, scale=PASSAGE_SCALE, hold=PASSAGE_HOLD, labels=labels
    )


def train_close(folder: Path, embedder: Embedder) -> Head:
    """The head for texts that follow a list word by word, from the odd documents of the REALSumm folder."""
    rows, answers = [], []
    for read, items, present in pyramid_pairs(folder, embedder, odd=True):
        rows += [figures(item, read)[0] for item in items]
        answers += present
    return _one_regression(np.array(rows), np.array(answers, dtype=np.float64), embedder.identity, hold=5.0)


def train_free(embedder: Embedder) -> Head:
    """The head for texts in their own words, from the lists of `training/coverage`."""
    rows, answers = [], []
    for listed in coverage_lists("train"):
        found = free_rows(listed, embedder)
        rows += [row for row, _ in found]
        answers += [answer for _, answer in found]
    return _one_regression(np.array(rows), np.array(answers, dtype=np.float64), embedder.identity, hold=3.0)


def _one_regression(
    rows: NDArray[np.float64], answers: NDArray[np.float64], identity: str, *, hold: float
) -> Head:
    middle, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    at = fit((rows - middle) / spread, answers, np.full(rows.shape[1], hold))
    weights = at[:-1] / spread
    bias = np.array([at[-1] - float(weights @ middle)])
    return Head(labels=("covered",), weights=weights[:, None], bias=bias, identity=identity)


def main() -> None:
    """Train what the arguments name, by default everything."""
    arguments: Any = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("heads", nargs="*", help=f"of {', '.join(HEADS)}; all unless given")
    arguments.add_argument("--cache", type=Path, help="a folder that keeps sentence vectors")
    arguments.add_argument(
        "--pyramid", type=Path, help="data/REALSumm of the fetched set, for close coverage"
    )
    chosen = arguments.parse_args()
    if chosen.cache is not None:
        chosen.cache.mkdir(parents=True, exist_ok=True)
    embedder = Cached(load_encoder(), chosen.cache)
    for name in chosen.heads or HEADS:
        for file, head in HEADS[name](embedder).items():
            save_head(file, head)
            print(f"{file}: {len(head.weights)} inputs, {len(head.labels)} labels")
    if chosen.pyramid is not None:
        save_head("coverage-close", train_close(chosen.pyramid, embedder))


def train_elements(embedder: Embedder) -> Head:
    """The head for what a full story tells in each part."""
    samples = list(labelled("elements", "train"))
    vectors = embedder.embed([sample.text for sample in samples]).astype(np.float64)
    answers = [sample.first for sample in samples]
    nothing = np.zeros((len(samples), 0))
    return train_shares(
        vectors,
        nothing,
        answers,
        embedder.identity,
        scale=ELEMENT_SCALE,
        hold=1.0,
        labels=sorted(set(answers)),
    )


def _story_heads(embedder: Embedder) -> dict[str, Head]:
    head, order = train_stories(read_stories(embedder), embedder.identity)
    return {"story": head, "story-order": order, "story-elements": train_elements(embedder)}


HEADS: Mapping[str, Callable[[Embedder], dict[str, Head]]] = {
    "note": lambda embedder: {"note": train(NoteSamples().all(), NOTE_LABELS, embedder)},
    "principles": lambda embedder: {"principles": train_principles(embedder)},
    "stories": _story_heads,
    "coverage-free": lambda embedder: {"coverage-free": train_free(embedder)},
}


if __name__ == "__main__":
    main()
