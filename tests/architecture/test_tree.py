"""What may stand in the repository: no addresses in locks, no foreign names, only targets that exist."""

from __future__ import annotations

import re

import pytest

from support.tree import ROOT, committed, shown

LOCKS = ["requirements.lock", "requirements-build.lock", "requirements-dev.lock"]

# Written in pieces, so that this file does not hold what it forbids.
FOREIGN = [
    r"py" + r"pi\.org",
    r"python" + r"hosted\.org",
    r"registry\.npm" + r"js\.org",
    r"static\.crates" + r"\.io",
    r"proxy\.golang" + r"\.org",
    r"\bfarm" + r"-(bench|studio)\b",
    r"\bissues " + r"show\b",
    r"(?<![\w.])/wo" + r"rk/",
    r"/opt/(py" + r"pi|wheels)",
]


@pytest.mark.parametrize("pattern", FOREIGN)
def test_no_file_names_a_registry_or_a_workplace(pattern: str) -> None:
    searched = re.compile(pattern.encode())
    assert [shown(path) for path in committed() if searched.search(path.read_bytes())] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pinned_hashed_packages_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "//" not in text
    assert not re.search(r"^-|--(?!hash=sha256:)", text, re.MULTILINE)
    requirements = text.replace("\\\n", "").splitlines()
    assert requirements
    assert [
        line for line in requirements if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)
    ] == []


def test_the_locks_agree() -> None:
    pins = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS]
    runtime, build, development = pins
    assert runtime.items() <= development.items()
    assert build.items() <= development.items()


def test_every_named_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {
        (shown(path), target)
        for path in committed()
        if path.suffix in {".md", ".py"}
        for target in re.findall(r"`make ([a-z-]+)`", path.read_text(encoding="utf-8"))
    }
    assert named
    assert {(where, target) for where, target in named if target not in targets} == set()


def test_every_decision_page_says_context_choice_and_cost() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert pages
    for page in pages:
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert [name for name in headings if name in {"Context", "Choice", "Cost"}] == [
            "Context",
            "Choice",
            "Cost",
        ], page.name
