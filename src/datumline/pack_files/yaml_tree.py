"""One YAML file as a tree of texts with their places: no tags, no aliases, no types guessed.

Only events are read, so nothing in a file is ever constructed. Whoever reads a value says what it should be;
`no` stays the text "no". Depth, size and number of values are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

MOST_BYTES = 1_000_000
MOST_DEPTH = 24
MOST_VALUES = 50_000
_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, counted from 1; line 0 stands for the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar as it was written; `plain` says that it stood without quotes."""

    text: str
    plain: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping with its keys in order; a repeated key is kept apart in `repeated`."""

    fields: dict[str, Node]
    keys: dict[str, Place]
    repeated: tuple[tuple[str, Place], ...]
    place: Place


Node = Text | Items | Fields


class TreeError(Exception):
    """A file that is no such tree: what is wrong, where, and what was expected."""

    def __init__(self, what: str, place: Place, expected: str) -> None:
        super().__init__(what, place, expected)
        self.what, self.place, self.expected = what, place, expected


def parse(content: bytes, file: str) -> Node | None:
    """The tree of one document; None for an empty file. Raises TreeError where it cannot be read."""
    text = _decoded(content, file)
    try:
        return _Builder(yaml.parse(text, Loader=_PARSER), file).document()
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = mark.line + 1 if mark else 0
        raise TreeError(f"not YAML ({fault.problem or fault.context})", Place(file, line), "YAML") from fault
    except yaml.YAMLError as fault:
        raise TreeError("not YAML", Place(file), "YAML in UTF-8") from fault


def _decoded(content: bytes, file: str) -> str:
    if len(content) > MOST_BYTES:
        raise TreeError(f"{len(content)} bytes", Place(file), f"at most {MOST_BYTES} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise TreeError("bytes that are not UTF-8", Place(file, line), "text in UTF-8") from fault
    for number, line_text in enumerate(text.split("\n"), start=1):
        _refuse_controls(line_text, Place(file, number))
    return text


def _refuse_controls(line: str, place: Place) -> None:
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        raise TreeError("a tab in the indentation", place, "spaces")
    if not line.isprintable() and (
        odd := [c for c in line if not (c.isprintable() or c in "\t\r\u00a0\u3000")]
    ):
        raise TreeError(f"the character U+{ord(odd[0]):04X}", place, "printable text")


class _Builder:
    """Builds the tree from parse events, refusing what a pack has no use for."""

    def __init__(self, events: Iterator[yaml.Event], file: str) -> None:
        self._events = events
        self._file = file
        self._values = 0

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise TreeError("a second document", self._place(event), "one document in a file")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, depth=1)
        return root if not (isinstance(root, Text) and root.plain and not root.text) else None

    def _place(self, event: yaml.Event) -> Place:
        return Place(self._file, event.start_mark.line + 1 if event.start_mark else 0)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event)
        self._values += 1
        if self._values > MOST_VALUES:
            raise TreeError(f"more than {MOST_VALUES} values", place, "a smaller file")
        if depth > MOST_DEPTH:
            raise TreeError(f"more than {MOST_DEPTH} levels", place, "a flatter file")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise TreeError("an anchor or alias", place, "every value written out")
        if tag := getattr(event, "tag", None):
            raise TreeError(f"the tag {tag}", place, "no tags")
        if isinstance(event, yaml.ScalarEvent):
            return Text(event.value, bool(event.implicit[0]), place)
        return (self._fields if isinstance(event, yaml.MappingStartEvent) else self._list)(place, depth)

    def _list(self, place: Place, depth: int) -> Items:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Items(tuple(items), place)

    def _fields(self, place: Place, depth: int) -> Fields:
        fields: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        repeated: list[tuple[str, Place]] = []
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Text):
                raise TreeError("a key that is no text", key.place, "a text before the colon")
            if key.text in fields:
                repeated.append((key.text, key.place))
                continue
            fields[key.text] = value
            keys[key.text] = key.place
        return Fields(fields, keys, tuple(repeated), place)
