"""Named arrays in one file, in the safetensors layout: a length, a JSON header, then the raw bytes.

The first eight bytes are the header's length (unsigned, little-endian). The header maps each name to its
`dtype` (`F32`, `F16` or `I64`), `shape` and `data_offsets` [begin, end) counted from the header's end. The
same arrays always give the same bytes: names are sorted and the header is padded with spaces to a multiple of
eight.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[Any]]

_DTYPES: dict[str, np.dtype[Any]] = {"F32": np.dtype("<f4"), "F16": np.dtype("<f2"), "I64": np.dtype("<i8")}
_NAMES = {dtype: name for name, dtype in _DTYPES.items()}
_LENGTH = struct.Struct("<Q")


def parse(data: bytes | memoryview) -> Tensors:
    """Return the arrays of a file as views on its bytes: read-only, nothing copied.

    Raises:
        KeyError, ValueError: if the bytes do not follow the layout above.
    """
    view = memoryview(data)
    (length,) = _LENGTH.unpack(view[: _LENGTH.size])
    start = _LENGTH.size + length
    header: dict[str, Any] = json.loads(bytes(view[_LENGTH.size : start]))
    header.pop("__metadata__", None)
    tensors: Tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        flat = np.frombuffer(view[start + begin : start + end], dtype=_DTYPES[entry["dtype"]])
        tensors[name] = flat.reshape(entry["shape"])
    return tensors


def serialise(tensors: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the file's bytes for little-endian float32, float16 or int64 arrays."""
    header: dict[str, Any] = {}
    blocks: list[bytes] = []
    offset = 0
    for name in sorted(tensors):
        array = np.asarray(tensors[name], order="C")
        block = array.tobytes()
        header[name] = {
            "data_offsets": [offset, offset + len(block)],
            "dtype": _NAMES[array.dtype],
            "shape": list(array.shape),
        }
        blocks.append(block)
        offset += len(block)
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode("ascii")
    text += b" " * (-len(text) % 8)
    return b"".join([_LENGTH.pack(len(text)), text, *blocks])
