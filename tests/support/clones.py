"""Tiny repositories made with git itself, by invented people on stated days."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

ADA = "Ada Marsh <ada@marsh.example>"
BEN = "Ben Oduya <ben@oduya.example>"
CLEO = "Cleo Varga <cleo@varga.example>"


class Repository:
    """A repository on branch `main` with a work tree; each method runs git and hands back what it printed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, given: bytes = b"", **variables: str) -> str:
        """Run git here, away from the settings of whoever runs the tests."""
        quiet = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_COMMITTER_NAME": "Committer",
        }
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            env={**os.environ, **quiet, "GIT_COMMITTER_EMAIL": "committer@example.org", **variables},
            input=given,
            capture_output=True,
            check=True,
        )
        return done.stdout.decode(errors="replace").strip()

    def write(self, path: str, content: str | bytes) -> None:
        """Put a file into the work tree and the index."""
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--", path)

    def commit(self, message: str | bytes, *, by: str = ADA, at: str = "2026-03-02T09:00:00+00:00") -> str:
        """Commit the index, empty or not, as `Name <e-mail>` at an ISO instant; hands back the id."""
        name, _, email = by.rstrip(">").rpartition(" <")
        who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email}
        when = {"GIT_AUTHOR_DATE": at, "GIT_COMMITTER_DATE": at}
        said = message.encode() if isinstance(message, str) else message
        self.git("commit", "--quiet", "--allow-empty", "--no-verify", "-F", "-", given=said, **who, **when)
        return self.git("rev-parse", "HEAD")

    def change(self, path: str, content: str | bytes, message: str, **who: str) -> str:
        """Write one file and commit it."""
        self.write(path, content)
        return self.commit(message, **who)
