"""Write docs/reference/parameters.md from the shipped pack. A test fails when the page differs from it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from datumline.domain.policy.pack import Policy
from datumline.domain.policy.parameter import Dated, Parameter, Unit
from datumline.pack_files import load
from datumline.pack_files.inheritance import SHIPPED
from datumline.pack_files.yaml_tree import Fields, parse

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "parameters.md"
ALWAYS = date(1970, 1, 1)
HEAD = """\
# Parameters of the shipped pack

Written by `python scripts/write_parameters.py` from the files of `src/datumline/packs/default/parameters/`,
not edited by hand. The values are the sources' numbers, as defaults to edit. `S0` to `S4` name the source
article, `reading 22` a numbered reading of the specification, `readings` one without a number, `law 1` a law
of the product, and `ours` a default that no source gives. A value without a date holds for all days.
"""


def page(policy: Policy) -> str:
    """The page: one table for each file of the pack."""
    parts = [HEAD]
    for path in sorted((SHIPPED / "parameters").glob("*.yaml")):
        tree = parse(path.read_bytes(), str(path))
        title = path.read_text(encoding="utf-8").splitlines()[0].strip("# .")
        parts.append(
            f"\n## {title}\n\n| key | value | meaning | allowed | reference |\n|---|---|---|---|---|\n"
        )
        keys = tree.fields if isinstance(tree, Fields) else ()
        parts += [f"{_row(policy.parameter(key))}\n" for key in keys]
    return "".join(parts)


def _row(parameter: Parameter) -> str:
    values = "; ".join(_value(dated, parameter.unit) for dated in parameter.values)
    cells = (f"`{parameter.key}`", values, parameter.meaning, str(parameter.range), parameter.reference)
    return f"| {' | '.join(cells)} |"


def _value(dated: Dated, unit: Unit) -> str:
    value = dated.value
    written = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    counted = "" if unit in (Unit.TEXT, Unit.TEXTS, Unit.COUNT) else f" {unit}"
    start = "" if dated.start == ALWAYS else f" from {dated.start}"
    return f"{written}{counted.removesuffix('s') if value == 1 else counted}{start}"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(load()), encoding="utf-8")
