"""The two operations of RFC 6902 that a change of facts uses: `add` and `replace`.

The document is never changed: what lies on the path is copied, everything else is shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from datumline.domain.verdict import Json

Operation = Mapping[str, Json]


class PatchError(ValueError):
    """An operation that does not fit the document."""


def add(path: str, value: Json) -> Operation:
    """Add a key, or append to a list with a path that ends in `/-`."""
    return {"op": "add", "path": path, "value": value}


def replace(path: str, value: Json) -> Operation:
    """Replace a value that is there."""
    return {"op": "replace", "path": path, "value": value}


def put(document: Mapping[str, Any], key: str, value: Json) -> Operation:
    """Set a key of the top level, whether it is there or not."""
    return (replace if key in document else add)(f"/{key}", value)


def patched(document: Mapping[str, Any], operations: Iterable[Operation]) -> Mapping[str, Any]:
    """The document with all operations applied, in order. Raises PatchError when one does not fit."""
    for operation in operations:
        path = str(operation["path"])
        if operation["op"] not in ("add", "replace") or not path.startswith("/"):
            raise PatchError(f"{operation['op']} {path}")
        steps = [step.replace("~1", "/").replace("~0", "~") for step in path[1:].split("/")]
        document = _set(document, steps, operation)
    return document


def _set(node: Any, steps: list[str], operation: Operation) -> Any:
    step, rest = steps[0], steps[1:]
    if isinstance(node, list):
        return _set_item(node, step, rest, operation)
    if not isinstance(node, Mapping) or ((rest or operation["op"] == "replace") and step not in node):
        raise PatchError(f"nothing at {operation['path']}")
    return {**node, step: _set(node[step], rest, operation) if rest else operation["value"]}


def _set_item(node: list[Any], step: str, rest: list[str], operation: Operation) -> list[Any]:
    if step == "-" and not rest and operation["op"] == "add":
        return [*node, operation["value"]]
    if not step.isdecimal() or int(step) >= len(node):
        raise PatchError(f"nothing at {operation['path']}")
    place = int(step)
    if not rest and operation["op"] == "add":
        return [*node[:place], operation["value"], *node[place:]]
    return [
        *node[:place],
        _set(node[place], rest, operation) if rest else operation["value"],
        *node[place + 1 :],
    ]
