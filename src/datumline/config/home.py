"""The home: the one folder that holds all state, and the file that says what it is."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from platformdirs import user_data_path

from datumline.domain.problem import Problem
from datumline.services.context import Mode, mode_in
from datumline.signing.files import replace_file, write_once

FORMAT = 1
HOME = "DATUMLINE_HOME"
DEMO_FOLDER = "datumline-demo"
DATABASE_URL = "DATUMLINE_DATABASE_URL"
FIRST_RUN = "first-run-code"
FIRST_RUN_LOCK = "first-run.lock"  # held while somebody says whose the home is
WEB_SECRET = "web-secret"  # noqa: S105 - a file's name
FREE = "a missing or empty folder (DATUMLINE_HOME)"
EXPECTED = "a home.json as datumline writes it, or an empty folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A home and what its `home.json` says.

    Attributes:
        folder: where everything is.
        origin: the installation's random name; receipts carry it.
        mode: whose it is; None until somebody has said so.
        today: the fixed day of a demo, else None.
        database_url: the PostgreSQL database, or None for the SQLite file in the folder.
    """

    folder: Path
    origin: str
    mode: Mode | None = None
    today: date | None = None
    database_url: str | None = None

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "datumline.sqlite3"

    @property
    def keys(self) -> Path:
        """The folder of the signing key: outside the database and outside backups."""
        return self.folder / "keys"


def home_folder() -> Path:
    """`DATUMLINE_HOME`, or the platform's data folder."""
    named = os.environ.get(HOME)
    return Path(named).expanduser().absolute() if named else user_data_path("datumline")


def home_at(folder: Path, *, database_url: str | None = None) -> Home:
    """Read a home; an empty or missing folder becomes one. Raises Problem."""
    if not (folder / "home.json").exists():
        return create_home(folder, database_url=database_url)
    return read_home(folder, database_url=database_url)


def check_free(folder: Path) -> None:
    """Raises Problem unless the folder is missing or empty."""
    try:
        taken = folder.exists() and any(folder.iterdir())
    except OSError as wrong:
        raise Problem(wrong.strerror or "unreadable", where=str(folder), expected=FREE) from wrong
    if taken:
        raise Problem("this home is in use", where=str(folder), expected=FREE)


def read_home(folder: Path, *, database_url: str | None = None) -> Home:
    """Read a home that exists. Raises Problem."""
    marker = folder / "home.json"
    try:
        said = json.loads(marker.read_text(encoding="utf-8"))
        if said["format"] != FORMAT:
            raise Problem(
                f"a home of format {said['format']}", where=str(marker), expected=f"format {FORMAT}"
            )
        today = said["today"]
        return Home(
            folder=folder,
            origin=str(said["origin"]),
            mode=mode_in(said),
            today=None if today is None else date.fromisoformat(today),
            database_url=database_url,
        )
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        raise Problem("home.json cannot be read", where=str(marker), expected=EXPECTED) from wrong


def create_home(
    folder: Path,
    *,
    origin: str | None = None,
    mode: Mode | None = None,
    today: date | None = None,
    database_url: str | None = None,
) -> Home:
    """Make a folder a home: a random origin, a folder for keys. Raises Problem when it cannot be written.

    Of two processes that do so at once one makes it, and both get that one.
    """
    keys, marker = folder / "keys", folder / "home.json"
    said = {
        "format": FORMAT,
        "origin": origin or f"datumline-{secrets.token_hex(8)}",
        "mode": mode,
        "today": None if today is None else today.isoformat(),
    }
    try:
        keys.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_once(keys / WEB_SECRET, secrets.token_urlsafe(64).encode(), mode=0o600)
        write_once(marker, (json.dumps(said, indent=2) + "\n").encode(), mode=0o644)
    except OSError as wrong:
        raise Problem(
            wrong.strerror or "cannot be written", where=str(folder), expected="a folder that can be written"
        ) from wrong
    return read_home(folder, database_url=database_url)


def settle(folder: Path, mode: Mode) -> None:
    """Say whose a home is; the file is whole at any time. Raises Problem when it cannot be written."""
    marker = folder / "home.json"
    try:
        said = json.loads(marker.read_text(encoding="utf-8")) | {"mode": mode}
        replace_file(marker, (json.dumps(said, indent=2) + "\n").encode(), mode=0o644)
    except (OSError, ValueError) as wrong:
        raise Problem("home.json cannot be written", where=str(marker), expected=EXPECTED) from wrong


def first_run_code(home: Home) -> str:
    """The code that the console shows and a first run asks for; made when first asked for. Raises Problem."""
    path = home.keys / FIRST_RUN
    try:
        write_once(path, secrets.token_hex(8).encode(), mode=0o600)
        return path.read_text(encoding="ascii")
    except OSError as wrong:
        raise Problem(
            "no first-run code", where=str(path), expected="a folder that can be written"
        ) from wrong
