"""Where a JSON text breaks a rule that its grammar allows: a key twice, a number out of range, too deep.

The text is read again, token by token, only after something was found: a fault is given with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|-?Infinity|NaN|[{}\[\]:]', re.DOTALL)


def line_of_number(text: str, number: str) -> int:
    """The line of the first `number`, or constant such as NaN, written so; 1 if there is none."""
    return next((_line(text, place) for mark, place in _tokens(text) if mark == number), 1)


def line_of_second_key(text: str, key: str) -> int:
    """The line on which `key` stands for the second time in one object; 1 if it does not."""
    inside: list[set[str]] = []
    last, at = "", 0
    for mark, place in _tokens(text):
        if mark in ("{", "["):
            inside.append(set())
        elif mark in ("}", "]"):
            inside.pop()
        elif mark == ":":
            name = json.loads(last)
            if name == key and name in inside[-1]:
                return _line(text, at)
            inside[-1].add(name)
        last, at = mark, place
    return 1


def line_of_deepest(text: str) -> int:
    """The line on which lists and objects are nested deepest for the first time."""
    depth, deepest, line_at = 0, 0, 0
    for mark, place in _tokens(text):
        depth += (mark in ("{", "[")) - (mark in ("}", "]"))
        if depth > deepest:
            deepest, line_at = depth, place
    return _line(text, line_at)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    return ((found.group(), found.start()) for found in TOKEN.finditer(text))


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
