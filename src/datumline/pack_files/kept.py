"""Packs kept when they were activated: the content that past verdicts stand on, named by its digest."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.pack_files.canonical import digest
from datumline.pack_files.loading import assemble_kept

FOLDER = "packs"
FILE = "pack.json"


def keep(content: str, home: Path) -> Path:
    """Write a canonical content below `home`, whole or not at all, and give its folder."""
    folder = home / FOLDER / digest(content)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{FILE}.{os.getpid()}"
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / FILE)
    except OSError as fault:
        unfinished.unlink(missing_ok=True)
        raise Problem(
            f"the pack could not be kept ({fault.strerror})", where=str(folder), expected="room to write"
        ) from fault
    return folder


def kept(home: Path, named: str) -> Policy:
    """The kept pack of that digest. Raises Problem when it is gone or is not what the digest names."""
    return _kept(home / FOLDER / named / FILE, named)


@lru_cache(maxsize=16)
def _kept(file: Path, named: str) -> Policy:
    try:
        content = file.read_bytes()
    except OSError as fault:
        expected = "the content that was kept when the pack was activated"
        raise Problem(f"the pack {named[:12]} cannot be read", where=str(file), expected=expected) from fault
    if digest(content.decode(errors="replace")) != named:
        raise Problem("a kept pack was changed", where=str(file), expected=f"content with the digest {named}")
    return assemble_kept(content, str(file))
