"""A fresh home folder of the product, on either kind of database, and the program run as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HOME = "DATUMLINE_HOME"
DATABASE_URL = "DATUMLINE_DATABASE_URL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """An empty home. `database_url` is None when the records stand in the home's own SQLite file."""

    folder: Path
    database_url: str | None

    @property
    def kind(self) -> str:
        """`sqlite` or `postgresql`."""
        return "sqlite" if self.database_url is None else "postgresql"

    @property
    def environment(self) -> dict[str, str]:
        """This process's variables with those that point the program to this home."""
        clean = {name: value for name, value in os.environ.items() if name not in {HOME, DATABASE_URL}}
        address = {} if self.database_url is None else {DATABASE_URL: self.database_url}
        return clean | {HOME: str(self.folder)} | address

    def command(self, *arguments: str) -> list[str]:
        """Return the command line that runs the program of this source tree."""
        return [sys.executable, "-m", "datumline", *arguments]

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run the program to its end as its own process; the caller looks at its exit code and output."""
        return subprocess.run(
            self.command(*arguments),
            input=stdin,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
