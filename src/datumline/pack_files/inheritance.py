"""What a pack inherits: its parents, nearest last, and how its keys replace theirs.

A parameter is replaced field by field, and its new values join the old ones: before its first day the
parent's values stand. Everything else is replaced whole. Worked cases are not inherited: they prove the
numbers that they were written for.
"""

from __future__ import annotations

from pathlib import Path

from datumline.pack_files.faults import Faults
from datumline.pack_files.folder import SECTIONS, Source, holds_pack, read_folder
from datumline.pack_files.yaml_tree import Fields, Node, Place, Text

SHIPPED = Path(__file__).parent.parent / "packs" / "default"
MOST_PARENTS = 8


def chain(folder: Path, faults: Faults) -> tuple[Source, ...]:
    """The pack in `folder` and its parents, the root first. Faults: a cycle, a missing parent, too many."""
    sources: list[Source] = []
    seen: list[Path] = []
    while True:
        seen.append(folder.resolve())
        sources.append(read_folder(folder, faults))
        extends = sources[-1].head.fields.get("extends")
        if not isinstance(extends, Text):  # a wrong value is reported where pack.yaml is read
            return tuple(reversed(sources))
        folder = SHIPPED if extends.text == "default" else folder / extends.text
        if folder.resolve() in seen:
            faults.add(f"'{extends.text}' extends this pack again", extends.place, "parents without a cycle")
        elif not holds_pack(folder):
            expected = "'default', or the path of a pack's folder from here"
            faults.add(f"no pack at '{extends.text}'", extends.place, expected)
        elif len(seen) > MOST_PARENTS:
            faults.add(f"more than {MOST_PARENTS} parents", extends.place, "a shorter line of parents")
        else:
            continue
        return tuple(reversed(sources))


def merged(sources: tuple[Source, ...], faults: Faults) -> dict[str, Fields]:
    """Every section of the last source with what it inherits."""
    *parents, own = sources
    sections = {name: _empty(Place(own.folder)) for name in SECTIONS}
    for source in (*parents, own):
        for name, section in source.sections.items():
            if name != "cases" or source is own:
                for key, node in section.fields.items():
                    old = sections[name].fields.get(key) if name == "parameters" else None
                    sections[name].fields[key] = _inheriting(key, node, old, faults)
                    sections[name].keys[key] = section.keys[key]
    return sections


def _empty(place: Place) -> Fields:
    return Fields({}, {}, (), place)


def _inheriting(key: str, node: Node, old: Node | None, faults: Faults) -> Node:
    """A parameter with the fields that it takes over from its parent's."""
    if not (isinstance(old, Fields) and isinstance(node, Fields)):
        return node
    if "reference" not in node.fields:
        faults.add(f"{key}: without 'reference'", node.place, "'reference': who says so, such as ours")
    return _parameter(old, node)


def _parameter(old: Fields, new: Fields) -> Fields:
    fields, keys = old.fields | new.fields, old.keys | new.keys
    before, after = old.fields.get("values"), new.fields.get("values")
    if isinstance(before, Fields) and isinstance(after, Fields) and after.fields:
        first = min(after.fields)
        kept = {day: value for day, value in before.fields.items() if day < first}
        days = {day: before.keys[day] for day in kept} | after.keys
        fields["values"] = Fields(kept | after.fields, days, after.repeated, after.place)
    return Fields(fields, keys, new.repeated, new.place)
