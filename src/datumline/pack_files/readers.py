"""Typed reading of one mapping: hands out its fields, notes what is wrong, and says which keys nobody knows.

A reader never stops at a fault: it notes it and gives a harmless value, and the pack is refused at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from datumline.domain.verdict import Json
from datumline.pack_files.faults import Faults
from datumline.pack_files.yaml_tree import Fields, Items, Node, Place, Text

WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,11})")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,9})?")
NAME = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
MOST_TEXT = 2_000
CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
NO_DAY = date.min


class Reader:
    """Reads the fields of one mapping.

    `called` is what the mapping is in messages: a parameter's key, a row's id. Call `done` last.
    """

    def __init__(self, node: Node, called: str, faults: Faults) -> None:
        self.called = called
        self.place = node.place
        self._faults = faults
        self._asked: list[str] = []
        self.fields: dict[str, Node] = {}
        self.keys: dict[str, Place] = {}
        if isinstance(node, Fields):
            self.fields, self.keys = node.fields, node.keys
            for key, place in node.repeated:
                faults.add(f"{called}: the key '{key}' twice", place, "each key once")
        else:
            faults.add(f"{called} is {written(node)}", node.place, "keys with values")

    def fault(self, what: str, expected: str, place: Place | None = None) -> None:
        """Note a fault of this mapping."""
        self._faults.add(f"{self.called}: {what}", place or self.place, expected)

    def has(self, key: str) -> bool:
        """Whether the field is there."""
        self._asked.append(key)
        return key in self.fields

    def node(self, key: str, expected: str, *, needed: bool = True) -> Node | None:
        """The field as it stands; a fault when it is needed and absent."""
        self._asked.append(key)
        found = self.fields.get(key)
        if found is None and needed:
            self.fault(f"without '{key}'", f"'{key}': {expected}")
        return found

    def text(self, key: str, *, needed: bool = True, expected: str = "a text") -> str:
        """A text that is not empty; "" when absent or wrong."""
        node = self.node(key, expected, needed=needed)
        return "" if node is None else text_of(node, f"{self.called}: '{key}'", self._faults, expected)

    def choice(self, key: str, choices: Iterable[str], *, needed: bool = True) -> str:
        """One of `choices`; "" when absent or wrong."""
        allowed = tuple(choices)
        found = self.text(key, needed=needed, expected=f"one of {', '.join(allowed)}")
        if found and found not in allowed:
            self.fault(f"'{key}' is '{found}'", one_of(found, allowed), self.fields[key].place)
            return ""
        return found

    def flag(self, key: str) -> bool:
        """`true` or `false`; false when absent."""
        node = self.node(key, "true or false", needed=False)
        if node is None or (isinstance(node, Text) and node.plain and node.text == "false"):
            return False
        if not (isinstance(node, Text) and node.plain and node.text == "true"):
            self.fault(f"'{key}' is {written(node)}", "true or false", node.place)
        return True

    def whole(self, key: str) -> int:
        """A whole number; 0 when absent or wrong."""
        node = self.node(key, "a whole number")
        if node is None:
            return 0
        return int(number_of(node, f"{self.called}: '{key}'", self._faults, whole=True) or 0)

    def day(self, key: str) -> date:
        """A day; the first of all days when absent or wrong."""
        node = self.node(key, "a day such as 2026-05-04")
        return (node and day_of(node, f"{self.called}: '{key}'", self._faults)) or NO_DAY

    def texts(self, key: str, *, needed: bool = True) -> tuple[tuple[str, Place], ...]:
        """A list of texts with their places; () when absent or wrong."""
        node = self.node(key, "a list of texts", needed=needed)
        if node is None:
            return ()
        return texts_of(node, f"{self.called}: '{key}'", self._faults)

    def done(self) -> None:
        """Note every key that was never asked for."""
        for key, place in self.keys.items():
            if key not in self._asked:
                self.fault(f"the unknown key '{key}'", one_of(key, tuple(dict.fromkeys(self._asked))), place)


def one_of(wrong: str, allowed: tuple[str, ...]) -> str:
    """What to expect instead of `wrong`: the nearest name first, then how many others there are."""
    near = get_close_matches(wrong, allowed, n=1)
    if near:
        return f"'{near[0]}'" if len(allowed) == 1 else f"'{near[0]}' or another known name"
    shown = ", ".join(allowed[:12])
    return f"one of {shown}" + (" …" if allowed[12:] else "")


def written(node: Node) -> str:
    """A value in a message: texts quoted and cut, the rest by its shape."""
    if isinstance(node, Text):
        return f"'{node.text[:60]}'" if node.text else "empty"
    return "a list" if isinstance(node, Items) else "a mapping"


def text_of(node: Node, called: str, faults: Faults, expected: str = "a text") -> str:
    """A text that is not empty, with single spaces; "" when wrong."""
    if not isinstance(node, Text) or not node.text.strip():
        faults.add(f"{called} is {written(node)}", node.place, expected)
        return ""
    text = " ".join(node.text.split())
    if len(text) > MOST_TEXT:
        faults.add(f"{called} has {len(text)} characters", node.place, f"at most {MOST_TEXT}")
    return text


def texts_of(node: Node, called: str, faults: Faults) -> tuple[tuple[str, Place], ...]:
    """A list of texts with their places, each once."""
    if not isinstance(node, Items):
        faults.add(f"{called} is {written(node)}", node.place, "a list of texts")
        return ()
    found: dict[str, Place] = {}
    for item in node.items:
        text = text_of(item, called, faults)
        if text in found:
            faults.add(f"{called} holds '{text}' twice", item.place, "each text once")
        found[text] = item.place
    return tuple((text, place) for text, place in found.items() if text)


def number_of(node: Node, called: str, faults: Faults, *, whole: bool) -> Decimal | None:
    """A number written without quotes; None when wrong."""
    pattern = WHOLE if whole else NUMBER
    if isinstance(node, Text) and node.plain and pattern.fullmatch(node.text):
        return Decimal(node.text)
    faults.add(f"{called} is {written(node)}", node.place, "a whole number" if whole else "a number")
    return None


def day_of(node: Text | Node, called: str, faults: Faults) -> date | None:
    """A day written as 2026-05-04; None when wrong."""
    try:
        if isinstance(node, Text) and re.fullmatch(r"\d{4}-\d\d-\d\d", node.text, re.ASCII):
            return date.fromisoformat(node.text)
    except ValueError:
        pass
    faults.add(f"{called} is {written(node)}", node.place, "a day such as 2026-05-04")
    return None


def json_of(node: Node) -> Json:
    """A value as JSON, for worked cases: unquoted null, true, false and numbers as such, the rest as text."""
    if isinstance(node, Fields):
        return {key: json_of(value) for key, value in node.fields.items()}
    if isinstance(node, Items):
        return [json_of(item) for item in node.items]
    if node.plain and node.text in CONSTANTS:
        return CONSTANTS[node.text]
    if node.plain and WHOLE.fullmatch(node.text):
        return int(node.text)
    return float(node.text) if node.plain and NUMBER.fullmatch(node.text) else node.text
