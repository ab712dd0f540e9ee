"""The encoder's files: only the pinned bytes are used, and one line says what to do otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.problem import Problem
from datumline.embedding import pins, tensor_file
from datumline.embedding.encoder import load_encoder
from datumline.embedding.weights import FOLDER, read_vocabulary_text, read_weights


def test_missing_weights_say_how_to_build_them(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="missing") as caught:
        read_weights(tmp_path)
    assert caught.value.where == str(tmp_path / pins.WEIGHTS_FILE)
    assert "run `make encoder`" in caught.value.expected


def test_empty_weights_are_a_problem_too(tmp_path: Path) -> None:
    (tmp_path / pins.WEIGHTS_FILE).touch()
    with pytest.raises(Problem, match="missing or unreadable"):
        read_weights(tmp_path)


def test_one_flipped_bit_in_the_weights_is_refused(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    with (tmp_path / pins.WEIGHTS_FILE).open("r+b") as file:
        file.seek(20_000_000)
        byte = file.read(1)[0]
        file.seek(20_000_000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(Problem, match="not the pinned one"):
        load_encoder(tmp_path)


def test_another_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / pins.VOCABULARY_FILE).write_text("[CLS]\n[SEP]\n[UNK]\n")
    with pytest.raises(Problem, match="not the pinned one"):
        read_vocabulary_text(tmp_path)


def test_the_licence_notice_stands_beside_the_weights() -> None:
    assert "Apache License, Version 2.0" in (FOLDER / pins.NOTICE_FILE).read_text()


@given(
    shapes=st.dictionaries(st.text("abc.", min_size=1), st.lists(st.integers(0, 4), max_size=3), max_size=4)
)
def test_a_tensor_file_gives_back_what_was_written(shapes: dict[str, list[int]]) -> None:
    tensors = {
        name: np.arange(int(np.prod(shape)), dtype=np.float16).reshape(shape)
        for name, shape in shapes.items()
    }
    read = tensor_file.parse(tensor_file.serialise(tensors))
    assert read.keys() == tensors.keys()
    assert all(np.array_equal(read[name], tensors[name]) for name in tensors)
    backwards = dict(reversed(tensors.items()))
    assert tensor_file.serialise(backwards) == tensor_file.serialise(tensors)
