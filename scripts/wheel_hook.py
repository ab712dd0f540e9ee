"""Refuse to build a wheel whose encoder is missing or is not the pinned one. Called by hatchling."""

from __future__ import annotations

import hashlib
import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

EMBEDDING = Path("src/datumline/embedding")


class EncoderPresent(BuildHookInterface[Any]):
    """Checks the encoder's files before a wheel is made; an editable install may come before them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Stop the build with one line unless the files stand there with the pinned bytes."""
        del build_data
        if version == "editable":
            return
        folder = Path(self.root) / EMBEDDING
        pins = runpy.run_path(str(folder / "pins.py"))
        for file in ("WEIGHTS", "VOCABULARY"):
            path = folder / "weights" / pins[f"{file}_FILE"]
            if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != pins[f"{file}_SHA256"]:
                self.app.abort(f"{path} is missing or is not the pinned file: run `make encoder` first")
