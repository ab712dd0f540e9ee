"""A facts file's text as JSON: strict, bounded, every fault with its line.

Duplicate keys, NaN, infinities and numbers beyond any use are refused, because two programs would read them
differently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datumline.domain.problem import Problem

MOST_BYTES = 16_000_000
MOST_NUMBER = 1e15
FACTS = "one JSON object of facts"


def parse(text: str, where: str) -> Mapping[str, Any]:
    """The JSON object in `text`; `where` names it in messages. Raises Problem with `where:line`."""
    if len(text) > MOST_BYTES:
        raise Problem("too large", where=where, expected=f"at most {MOST_BYTES // 1_000_000} MB")
    if not text.strip():
        raise Problem("nothing in it", where=where, expected=FACTS)
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_float, parse_int=_whole
        )
    except json.JSONDecodeError as wrong:
        raise Problem(f"no JSON ({wrong.msg})", where=f"{where}:{wrong.lineno}", expected=FACTS) from wrong
    except RecursionError as wrong:
        raise Problem("nested too deeply", where=where, expected=FACTS) from wrong
    except ValueError as wrong:
        raise Problem(str(wrong), where=where, expected=FACTS) from wrong
    if not isinstance(found, dict):
        raise Problem(f"a {type(found).__name__} at the top", where=where, expected=FACTS)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key '{twice}' twice in one object")
    return found


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON number")


def _float(text: str) -> float:
    return _within(float(text), text)


def _whole(text: str) -> int:
    if len(text) > len(str(int(MOST_NUMBER))) + 1:
        raise ValueError(f"the number {text[:20]}… is out of range")
    return int(text)


def _within(number: float, text: str) -> float:
    if abs(number) > MOST_NUMBER:
        raise ValueError(f"the number {text[:20]} is out of range")
    return number
