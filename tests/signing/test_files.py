"""Files beside the key: whole or not at all, and still there after a power loss."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from datumline.signing.files import replace_file, write_once

Write = Callable[..., None]
BOTH = pytest.mark.parametrize("write", [write_once, replace_file])


@BOTH
def test_the_folder_is_flushed_after_the_file_has_its_name(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[tuple[bool, list[str]]] = []
    flush = os.fsync

    def counted(descriptor: int) -> None:
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        flushed.append((folder, [each.name for each in tmp_path.glob("[!.]*")]))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", counted)
    write(tmp_path / "key", b"said", mode=0o600)
    assert flushed == [(False, []), (True, ["key"])]


@BOTH
def test_what_cannot_be_written_leaves_nothing_beside(write: Write, tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    if write is replace_file:
        with pytest.raises(IsADirectoryError):
            write(tmp_path / "key", b"said", mode=0o600)
    else:
        write(tmp_path / "key", b"said", mode=0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
