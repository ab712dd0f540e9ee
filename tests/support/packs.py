"""Packs made for one test: a folder of files, on top of the shipped pack unless the head says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HEAD = """\
id: example
version: "3"
effective-from: 2020-01-01
extends: default
owner: Example Ltd
licence: proprietary
"""


def write_pack(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a pack's files into `folder`; the head is a sound one unless it is among them."""
    for path, content in ({"pack.yaml": HEAD} | dict(files or {})).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
