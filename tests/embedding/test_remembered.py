"""What is kept of sentences is what would be worked out again, and nothing is worked out twice."""

from __future__ import annotations

import numpy as np

from datumline.domain.language.embedder import Vectors, WordVectors
from datumline.embedding.encoder import load_encoder
from datumline.embedding.remembered import Remembered

SENTENCES = ("The export came late.", "Two customers were billed by hand.", "Say so three days before.")


class Counting:
    """An embedder that tells what it was asked for."""

    identity = "counting"
    dimensions = 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: list[str]) -> Vectors:  # noqa: D102 - the protocol says it
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)

    def by_word(self, text: str) -> WordVectors:  # noqa: D102 - as above
        raise NotImplementedError(text)


def test_a_sentence_is_encoded_once_and_comes_back_in_its_place() -> None:
    behind = Counting()
    kept = Remembered(behind, most=2)  # type: ignore[arg-type]  # a sequence is a list here
    assert kept.embed(["a", "bb", "a"]).tolist() == [[1, 1], [2, 1], [1, 1]]
    assert kept.embed(["bb", "ccc"]).tolist() == [[2, 1], [3, 1]]
    assert behind.asked == ["a", "bb", "ccc"]
    kept.embed(["a"])
    assert behind.asked == ["a", "bb", "ccc", "a"]  # it was the oldest of three


def test_alone_and_among_others_a_sentence_has_the_same_vector() -> None:
    encoder = load_encoder()
    together = encoder.embed(SENTENCES)
    alone = np.concatenate([encoder.embed([each]) for each in SENTENCES])
    assert together.tobytes() == alone.tobytes()
    assert Remembered(encoder).embed(SENTENCES).tobytes() == together.tobytes()
