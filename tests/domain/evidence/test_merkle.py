"""The tree over all entries: every path leads to the root, and to no other."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datumline.domain.evidence import merkle
from datumline.domain.evidence.checkpoint import checkpoint_from
from datumline.domain.problem import Problem


def leaves(count: int) -> list[bytes]:
    return [merkle.leaf_of(sha256(bytes([n % 256, n // 256])).hexdigest()) for n in range(count)]


def by_the_book(found: list[bytes]) -> bytes:
    """The root as RFC 6962 defines it: split at the largest power of two below the size."""
    if not found:
        return sha256(b"").digest()
    if len(found) == 1:
        return found[0]
    split = 1 << (len(found) - 1).bit_length() - 1
    return sha256(b"\1" + by_the_book(found[:split]) + by_the_book(found[split:])).digest()


@given(st.integers(0, 300))
def test_the_root_is_the_one_of_the_standard(count: int) -> None:
    assert merkle.root_of(merkle.levels_of(leaves(count))) == by_the_book(leaves(count))


@given(st.data())
def test_every_path_leads_to_the_root_and_no_changed_one_does(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 200))
    index = data.draw(st.integers(0, count - 1))
    found = leaves(count)
    levels = merkle.levels_of(found)
    root, path = merkle.root_of(levels), merkle.path_of(levels, index)
    assert merkle.root_by(found[index], index, count, path) == root
    assert merkle.root_by(merkle.leaf_of("0" * 64), index, count, path) != root
    if path:
        changed = [*path[:-1], bytes([path[-1][0] ^ 1]) + path[-1][1:]]
        assert merkle.root_by(found[index], index, count, changed) != root
        assert merkle.root_by(found[index], index, count, path[:-1]) != root
        assert merkle.root_by(found[index], index, count, [*path, path[0]]) != root
        other = data.draw(st.integers(0, count - 1).filter(lambda each: each != index))
        assert merkle.root_by(found[index], other, count, path) != root


def test_no_leaf_no_path() -> None:
    with pytest.raises(IndexError):
        merkle.path_of(merkle.levels_of(leaves(3)), 3)


@pytest.mark.parametrize(
    "note",
    ["", "a\n1\n\n", "a\nx\nAA==\n\n— a AA==\n", "a\n1\nAA==\n\n— b AA==\n", "a\n01\nAA==\n\n— a AA==\n"],
)
def test_what_is_no_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(Problem, match="not a checkpoint"):
        checkpoint_from(note)
