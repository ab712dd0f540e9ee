"""The house stands as designed: imports go down, the heart is pure, files stay small and well named."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from support.tree import DOMAIN, PACKAGE, ROOT, imported, modules, parsed, shown

LONGEST_DOMAIN_MODULE = 300
LONGEST_FUNCTION = 50
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "base", "common", "misc"}
# Django finds a database backend only under this module name.
BACKENDS = {PACKAGE / "store" / kind / "base.py" for kind in ("sqlite", "postgresql")}
CLOCK_CALLS = {"now", "today", "utcnow", "fromtimestamp"}
OUTSIDE_CALLS = {"open", "print", "input"}


def test_the_import_contracts_hold() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_domain_module_is_one_screen_or_a_few() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(DOMAIN)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_DOMAIN_MODULE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{shown(path)}:{node.lineno} {node.name}"
        for path in modules(PACKAGE)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    named = [path.parent if path.name == "__init__.py" else path for path in modules(PACKAGE)]
    assert [shown(path) for path in named if path.stem in VAGUE_NAMES and path not in BACKENDS] == []


def test_the_domain_reads_no_clock_and_touches_nothing_outside() -> None:
    found = [
        f"{shown(path)}:{node.lineno} {called}"
        for path in modules(DOMAIN)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and (called := forbidden_call(node))
    ]
    assert found == []


def forbidden_call(call: ast.Call) -> str:
    """Return the name of a call that reads a clock or the outside world, otherwise nothing."""
    if isinstance(call.func, ast.Attribute) and call.func.attr in CLOCK_CALLS:
        return call.func.attr
    if isinstance(call.func, ast.Name) and call.func.id in OUTSIDE_CALLS:
        return call.func.id
    return ""


def test_the_day_and_the_hour_are_read_in_one_place_above_the_store() -> None:
    elsewhere = [path for path in modules(PACKAGE) if not path.is_relative_to(PACKAGE / "store")]
    readers = {
        shown(path)
        for path in elsewhere
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"datetime.now", "datetime.utcnow", "date.today", "timezone.now"}
    }
    assert readers == {"src/datumline/services/context.py"}


@pytest.mark.parametrize("said_once", ["SEE_OTHER = ", 'if each.system == "email"), ""'])
def test_what_was_copied_before_stands_once(said_once: str) -> None:
    above = [path for floor in ("web", "services") for path in modules(PACKAGE / floor)]
    holders = [shown(path) for path in above if said_once in path.read_text(encoding="utf-8")]
    assert len(holders) == 1


def test_no_shell_asks_the_tables_of_a_library() -> None:
    asking = [
        f"{shown(path)}:{node.lineno}"
        for path in modules(PACKAGE / "web")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    tables = [
        f"{shown(path)} {name}"
        for path in modules(PACKAGE / "web")
        for name in imported(path)
        if name.startswith(("allauth.mfa.models", "allauth.usersessions.models"))
    ]
    assert asking + tables == []


def test_only_the_store_uses_the_orm() -> None:
    elsewhere = [path for path in modules(PACKAGE) if not path.is_relative_to(PACKAGE / "store")]
    users = {shown(path) for path in elsewhere for name in imported(path) if name.startswith("django.db")}
    assert users == set()
