"""A tree over the ids of all entries (RFC 6962, section 2.1): its root, and the path from one leaf to it.

A leaf is the 32 bytes of an entry's id. Two levels hash under different first bytes, so that no node can pass
for a leaf.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

LEAF, NODE = b"\0", b"\1"
EMPTY = sha256(b"").digest()


def leaf_of(entry: str) -> bytes:
    """The leaf hash of an entry's id (64 hex digits)."""
    return sha256(LEAF + bytes.fromhex(entry)).digest()


def levels_of(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """The tree from its leaf hashes up: each level half the one below, an odd last node moving up as is."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [
            sha256(NODE + left + right).digest() for left, right in zip(below[::2], below[1::2], strict=False)
        ]
        levels.append(above + below[len(above) * 2 :])
    return levels


def root_of(levels: Sequence[Sequence[bytes]]) -> bytes:
    """The root of a tree."""
    return levels[-1][0] if levels[-1] else EMPTY


def path_of(levels: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    """The inclusion path of a leaf, nearest first. Raises IndexError for a leaf that is not there."""
    if not 0 <= index < len(levels[0]):
        raise IndexError(index)
    path: list[bytes] = []
    for level in levels[:-1]:
        beside = index ^ 1
        path += level[beside : beside + 1]
        index //= 2
    return path


def root_by(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root to which a path leads from a leaf (RFC 9162, section 2.1.3.2); None where it cannot fit."""
    last, found = size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            found = sha256(NODE + step + found).digest()
            while index and not index % 2:
                index, last = index // 2, last // 2
        else:
            found = sha256(NODE + found + step).digest()
        index, last = index // 2, last // 2
    return found if last == 0 else None
