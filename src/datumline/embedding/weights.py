"""Reads the encoder's files, and refuses any that are missing or are not the ones pinned."""

from __future__ import annotations

import hashlib
import mmap
from pathlib import Path

from datumline.domain.problem import Problem
from datumline.embedding import pins

FOLDER = Path(__file__).parent / "weights"
"""Where the build step puts the files, and where a wheel carries them."""


def read_weights(folder: Path = FOLDER) -> memoryview:
    """Return the checked weights file, mapped rather than read, so that processes share its pages."""
    path = folder / pins.WEIGHTS_FILE
    try:
        with path.open("rb") as file:
            content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    _check(path, content, pins.WEIGHTS_SHA256)
    return content


def read_vocabulary_text(folder: Path = FOLDER) -> str:
    """Return the checked vocabulary: one word piece a line."""
    path = folder / pins.VOCABULARY_FILE
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path) from error
    _check(path, content, pins.VOCABULARY_SHA256)
    return content.decode("utf-8")


def _check(path: Path, content: bytes | memoryview, expected: str) -> None:
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise Problem(
            f"the encoder's file is not the pinned one: SHA-256 {found}",
            where=str(path),
            expected=f"{expected}; run `make encoder` to build it again",
        )


def _unreadable(path: Path) -> Problem:
    return Problem(
        "the encoder's file is missing or unreadable",
        where=str(path),
        expected="the file that `make encoder` builds; run `make encoder`",
    )
