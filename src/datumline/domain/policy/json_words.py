"""JSON values in words for messages: what stands there, said without the names of a programming language."""

from __future__ import annotations

import json

MOST_SHOWN = 60


def shown(value: object) -> str:
    """The value as JSON writes it, cut when it is long; a list or an object by its kind."""
    if isinstance(value, list | dict):
        return kind(value)
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def kind(value: object) -> str:
    """What kind of JSON value it is."""
    if value is None:
        return "null"
    kinds: dict[type, str] = {
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        str: "a text",
        list: "a list",
        dict: "an object",
    }
    return kinds[type(value)]
