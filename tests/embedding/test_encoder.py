"""The encoder: close meanings close together, the same figures alone and among others."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from datumline.domain.language.embedder import Embedder
from datumline.embedding.encoder import load_encoder


@pytest.fixture(scope="module")
def encoder() -> Embedder:
    return load_encoder()


@pytest.mark.parametrize(
    ("text", "paraphrase", "unrelated"),
    [
        (
            "She delivered the migration two weeks early.",
            "The migration was finished a fortnight ahead of plan by her.",
            "The canteen serves soup on Fridays.",
        ),
        (
            "His code reviews arrive within a day.",
            "He reviews pull requests in less than twenty-four hours.",
            "The database runs out of disk space.",
        ),
        (
            "The service was down for an hour after the deployment.",
            "A deployment caused an outage of sixty minutes.",
            "We hired three new designers in spring.",
        ),
    ],
)
def test_a_paraphrase_is_closer_than_another_subject(
    encoder: Embedder, text: str, paraphrase: str, unrelated: str
) -> None:
    subject, close, far = encoder.embed([text, paraphrase, unrelated])
    assert subject @ close > 0.5
    assert subject @ far < 0.25


def test_the_known_cosine_of_a_known_pair(encoder: Embedder) -> None:
    """The published single-precision weights give 0.7553 for this pair."""
    one, other = encoder.embed(["A man is eating food.", "A man is eating a piece of bread."])
    assert one @ other == pytest.approx(0.7553, abs=5e-4)


def test_a_text_has_the_same_figures_alone_and_among_others(encoder: Embedder) -> None:
    texts = ["short", "", "A sentence of middling length about review turnaround.", "long " * 400]
    together = encoder.embed(texts)
    alone = np.vstack([encoder.embed([text]) for text in texts])
    assert together.tobytes() == alone.tobytes()


def test_vectors_have_length_one_and_the_said_shape(encoder: Embedder) -> None:
    vectors = encoder.embed(["one", "two", ""])
    assert vectors.shape == (3, encoder.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert encoder.embed([]).shape == (0, encoder.dimensions)


def test_the_encoder_needs_no_framework() -> None:
    program = (
        "import sys; from datumline.embedding.encoder import load_encoder; load_encoder().embed(['x']);"
        "print(sorted({'django', 'yaml', 'scipy', 'torch'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert shown.stdout == "[]\n"


@pytest.mark.parametrize(("set_by_operator", "used"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "4"}, "4")])
def test_one_thread_unless_the_operator_says_otherwise(set_by_operator: dict[str, str], used: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    program = "import datumline, os; print(os.environ['OPENBLAS_NUM_THREADS'])"
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, env=clean | set_by_operator, check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == used
