"""A pack's content in one canonical text, so that its digest names exactly what it decides by.

Comments, spaces, file names and the order of keys across files do not count. The text is JSON, which is read
back by the same reader as any pack.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from datumline.pack_files.readers import NUMBER
from datumline.pack_files.yaml_tree import Fields, Items, Node

HEAD_KEYS = ("id", "version", "effective-from", "owner", "licence")


def canonical(head: Fields, sections: Mapping[str, Fields]) -> str:
    """The content: the head without its parent, and every section but the worked cases."""
    said = {key: head.fields[key] for key in HEAD_KEYS if key in head.fields}
    parts = [f'"pack":{_mapping(said)}']
    for name, section in sections.items():
        if name != "cases":
            parts.append(f'"{name}":{_mapping(dict(sorted(section.fields.items())))}')
    return "{" + ",".join(parts) + "}"


def digest(content: str) -> str:
    """The SHA-256 of a canonical content, in hex."""
    return hashlib.sha256(content.encode()).hexdigest()


def _mapping(fields: Mapping[str, Node]) -> str:
    return "{" + ",".join(f"{json.dumps(key)}:{_json(node)}" for key, node in fields.items()) + "}"


def _json(node: Node) -> str:
    if isinstance(node, Fields):
        return _mapping(node.fields)
    if isinstance(node, Items):
        return "[" + ",".join(_json(item) for item in node.items) + "]"
    verbatim = node.plain and (node.text in {"true", "false", "null"} or NUMBER.fullmatch(node.text))
    return node.text if verbatim else json.dumps(" ".join(node.text.split()))
