"""The documentation names commands and files that exist, and leaves no command out."""

from __future__ import annotations

import re
from pathlib import Path

from datumline.cli.main import ROOMS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "datumline"
# What the paths on the pages are relative to.
ROOTS = (ROOT, SOURCE, SOURCE / "domain", SOURCE / "packs" / "default", SOURCE / "services" / "demo")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}


def test_the_commands_and_their_documentation_name_the_same() -> None:
    named = {
        command
        for text in TEXTS.values()
        for command in re.findall(r"(?:^ *|`)datumline ([a-z]+)\b", text, re.MULTILINE)
    }
    assert named == set(ROOMS)


def test_every_source_file_that_a_page_names_exists() -> None:
    named = {
        (page.name, path)
        for page, text in TEXTS.items()
        for path in re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|yaml|css|js))\b", text)
    }
    assert named
    assert {
        (page, path) for page, path in named if not any((root / path).exists() for root in ROOTS)
    } == set()


def test_every_link_leads_somewhere() -> None:
    for page, text in TEXTS.items():
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
