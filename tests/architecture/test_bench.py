"""What only the benchmarks need stands apart from what the product runs on."""

from __future__ import annotations

import ast
from pathlib import Path

import datumline

PACKAGE = Path(datumline.__file__).parent
ROOMS = ("services/bench", "store/bench")


def test_only_the_benchmarks_use_what_is_there_for_them() -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if not path.relative_to(PACKAGE).as_posix().startswith(ROOMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("datumline.store.bench")
    }
    assert users == set()
    assert [path.stem for path in sorted((PACKAGE / "store" / "bench").glob("*.py"))] == [
        "__init__",
        "bare_rows",
        "other_trails",
        "sums",
    ]
