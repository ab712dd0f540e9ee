"""The language folder of a pack: lists of phrases by name, with what a pack inherits or replaces."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from datumline.domain.language.lexicon import Lexicon
from datumline.pack_files.faults import Faults
from datumline.pack_files.folder import LANGUAGE
from datumline.pack_files.inheritance import SHIPPED, chain
from datumline.pack_files.yaml_tree import MOST_BYTES, Fields, Items, Node, Place, Text, TreeError, parse


@cache
def load_lexicon(path: Path | None = None) -> Lexicon:
    """The lists of the pack in `path`, the shipped one for None; a list of its own replaces an inherited one.

    Raises PackFaults with every fault that was found.
    """
    faults = Faults()
    folders = [SHIPPED] if path is None else [Path(source.folder) for source in chain(path, faults)]
    lists: dict[str, tuple[str, ...]] = {}
    for folder in folders if SHIPPED in folders else [SHIPPED, *folders]:
        for file in sorted((folder / LANGUAGE).glob("*.yaml")):
            lists |= _read(file, faults)
    faults.raise_if_any()
    return Lexicon(lists=lists)


def _read(file: Path, faults: Faults) -> dict[str, tuple[str, ...]]:
    place = Place(str(file))
    try:
        found = parse(file.read_bytes()[: MOST_BYTES + 1], str(file))
    except TreeError as fault:
        faults.add(fault.what, fault.place, fault.expected)
        return {}
    except OSError as fault:
        faults.add(f"cannot be read ({fault.strerror})", place, "a readable file")
        return {}
    if not isinstance(found, Fields):
        faults.add("a file that is no mapping", place, "lists by name")
        return {}
    return {name: _texts(name, node, faults) for name, node in found.fields.items()}


def _texts(name: str, node: Node | None, faults: Faults) -> tuple[str, ...]:
    if isinstance(node, Items) and all(isinstance(item, Text) for item in node.items):
        return tuple(item.text for item in node.items if isinstance(item, Text))
    if isinstance(node, Fields) and all(isinstance(item, Text) for item in node.fields.values()):
        return tuple(f"{key}: {item.text}" for key, item in node.fields.items() if isinstance(item, Text))
    faults.add(
        f"'{name}' is no list of texts", node.place if node else Place(LANGUAGE), "a list, or texts by key"
    )
    return ()
