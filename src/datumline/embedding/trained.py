"""The trained heads that come with the encoder: small files made by `scripts/train_language.py`."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from datumline.domain.language.head import Head
from datumline.domain.problem import Problem
from datumline.embedding import tensor_file

FOLDER = Path(__file__).parent / "heads"
WEIGHTS, ABOUT = ".safetensors", ".json"


@cache
def load_head(name: str) -> Head:
    """The head called `name`, read once per process. Raises Problem when its files are missing."""
    path = FOLDER / f"{name}{ABOUT}"
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
        tensors = tensor_file.parse((FOLDER / f"{name}{WEIGHTS}").read_bytes())
    except OSError as wrong:
        raise Problem(
            "a trained head is missing", where=str(path), expected="a whole installation"
        ) from wrong
    return Head(
        labels=about["labels"],
        weights=tensors["weights"].astype(np.float64),
        bias=tensors["bias"].astype(np.float64),
        identity=about["identity"],
    )


def save_head(name: str, head: Head) -> None:
    """Write a head's files; the same head gives the same bytes."""
    tensors = {"weights": head.weights.astype(np.float32), "bias": head.bias.astype(np.float32)}
    (FOLDER / f"{name}{WEIGHTS}").write_bytes(tensor_file.serialise(tensors))
    about = {"identity": head.identity, "labels": list(head.labels)}
    (FOLDER / f"{name}{ABOUT}").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
