"""Files that a command writes for somebody: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from datumline.domain.problem import Problem


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside its place and move it there at once. Raises Problem when that cannot be done.

    A device or a pipe is written to, and stays what it is.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            try:
                draft.write(content)
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).replace(path)
            except OSError:
                Path(draft.name).unlink(missing_ok=True)
                raise
    except OSError as wrong:
        raise Problem(
            wrong.strerror or "cannot be written",
            where=str(path),
            expected="a file in a folder that can be written",
        ) from wrong
