"""Which encoding a text file is in, found from its bytes alone and never by guessing past a fault.

UTF-8 and UTF-16 are tried first; what is neither is read as Windows-1252, the encoding in which spreadsheets
save CSV on many machines, and the report says so.
"""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from datumline.domain.problem import Problem

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 4_096
_BLOCK = 1 << 20


def encoding_of(path: Path) -> str:
    """The Python name of the file's encoding.

    Raises:
        Problem: the bytes are no text (NULs), or text that is broken (a lone surrogate, undefined bytes).
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
        guess = marked or _sixteen_bits(head) or "utf-8"
        if guess == "utf-8" and b"\0" in head:
            raise Problem(
                "NUL bytes", where=str(path), expected="a text file in UTF-8, UTF-16 or Windows-1252"
            )
        fault = _fault(file, guess)
        if fault is None:
            return guess
        if (
            guess == "utf-8"
            and _fault(file, guess, "surrogatepass") is not None
            and _fault(file, "cp1252") is None
        ):
            return "cp1252"
    raise Problem(
        f"bytes that are not {guess.removesuffix('-sig').upper()}",
        where=f"{path} byte {fault}",
        expected="a text file in UTF-8, UTF-16 or Windows-1252",
    )


def _sixteen_bits(head: bytes) -> str | None:
    """UTF-16 without its mark: mostly Western text has a NUL in every other byte."""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if half and odd > half * 0.4 and not even:
        return "utf-16-le"
    return "utf-16-be" if half and even > half * 0.4 and not odd else None


def _fault(file: BinaryIO, encoding: str, errors: str = "strict") -> int | None:
    """The offset of the first byte that does not decode; None when all do."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    done = 0
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
            done += len(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as wrong:
        return max(0, done + wrong.start)
    return None
