"""One level's rubric, read and checked: four dimensions of bars, and the parameters that measure them."""

from __future__ import annotations

from collections.abc import Container

from datumline.domain.policy.rubric import ASSESSED, DIMENSIONS, Rubric
from datumline.pack_files.faults import Faults
from datumline.pack_files.parameters import reference
from datumline.pack_files.readers import NAME, Reader
from datumline.pack_files.yaml_tree import Node

BARS = f"bars with a parameter's key each, or '{ASSESSED}'"


def read_rubric(level: str, node: Node, parameters: Container[str], faults: Faults) -> Rubric:
    """The rubric of `level` as written in `node`; bars are measured by keys among `parameters`."""
    reader = Reader(node, f"rubric {level}", faults)
    rubric = Rubric(
        level=level,
        called=tuple(name for name, _ in reader.texts("called", needed=False)),
        bars={name: _bars(reader, name, parameters, faults) for name in DIMENSIONS},
        command_counts=reader.flag("command-counts"),
        reference=reference(reader),
    )
    reader.done()
    return rubric


def _bars(reader: Reader, name: str, parameters: Container[str], faults: Faults) -> dict[str, str | None]:
    node = reader.node(name, BARS)
    if node is None:
        return {}
    fields = Reader(node, f"{reader.called}: {name}", faults)
    found: dict[str, str | None] = {}
    for bar, place in fields.keys.items():
        parameter = fields.text(bar, expected=BARS)
        if parameter not in ("", ASSESSED) and parameter not in parameters:
            fields.fault(
                f"the unknown parameter '{parameter}'", f"a key of parameters/, or '{ASSESSED}'", place
            )
        if not NAME.fullmatch(bar):
            fields.fault(f"'{bar}' is no name", "letters, digits and '-'", place)
        found[bar] = None if parameter == ASSESSED else parameter
    if not found:
        fields.fault("no bars", BARS)
    return found
