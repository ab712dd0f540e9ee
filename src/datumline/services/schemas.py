"""The published JSON Schemas: of every `--json` output, and of the files of a policy pack."""

from __future__ import annotations

import json
from importlib.resources import files

from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

ENDING = ".schema.json"


def names() -> tuple[str, ...]:
    """Every schema's name, in alphabetical order."""
    found = (file.name for file in files("datumline").joinpath("schemas").iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in found if name.endswith(ENDING)))


def schema(name: str) -> dict[str, Json]:
    """The schema called `name`. Raises Problem when there is none."""
    if name not in names():
        expected = f"one of {', '.join(names())}"
        raise Problem(f"no schema '{name}'", where="NAME", expected=expected)
    text = files("datumline").joinpath("schemas", f"{name}{ENDING}").read_text(encoding="utf-8")
    document: dict[str, Json] = json.loads(text)
    return document
