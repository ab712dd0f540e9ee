"""Help says what can be typed: it lists the words and fields that the code knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from datumline.connectors.commitments.client import LAYOUT as COMMITMENTS
from datumline.connectors.incidents.client import LAYOUT as INCIDENTS
from datumline.connectors.people.client import LAYOUT as PEOPLE
from datumline.domain.evidence.quick_entry import STARTS
from support.homes import Home


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("log",), set(STARTS)),
        (("import", "people"), set(PEOPLE.aliases)),
        (("import", "csv"), set(COMMITMENTS.aliases) | set(INCIDENTS.aliases)),
    ],
)
def test_help_lists_what_can_be_said(tmp_path: Path, command: tuple[str, ...], words: set[str]) -> None:
    home = Home(folder=tmp_path / "home", database_url=None)
    shown = home.run(*command, "--help").stdout
    assert words <= {word.strip(",.:") for word in shown.split()}
