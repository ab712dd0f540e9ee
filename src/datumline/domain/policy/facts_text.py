"""A facts file's text as JSON: strict, bounded, every fault with its line.

Duplicate keys, NaN, infinities and numbers beyond any use are refused, because two programs would read them
differently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from datumline.domain.policy.json_faults import line_of_deepest, line_of_number, line_of_second_key
from datumline.domain.policy.json_words import kind
from datumline.domain.problem import Problem

MOST_BYTES = 16_000_000
MOST_NUMBER = 1e15
MOST_SHOWN = 20
FACTS = "one JSON object of facts"


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


class _NumberError(ValueError):
    """A number, or what stands for one, that no two programs read alike."""


def parse(text: str, where: str, *, line: int = 1) -> Mapping[str, Any]:
    """The JSON object in `text`; `where` names its file, `line` where in the file it begins.

    Raises Problem with `where:line`.
    """

    def problem(what: str, at: int = 1, expected: str = FACTS) -> Problem:
        return Problem(what, where=f"{where}:{line + at - 1}", expected=expected)

    if len(text) > MOST_BYTES:
        raise problem("too large", expected=f"at most {MOST_BYTES // 1_000_000} MB")
    if not text.strip():
        raise problem("nothing in it")
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_float, parse_int=_whole
        )
    except json.JSONDecodeError as wrong:
        raise problem(f"no JSON ({wrong.msg})", wrong.lineno) from wrong
    except RecursionError as wrong:
        raise problem("nested too deeply", line_of_deepest(text)) from wrong
    except _TwiceError as wrong:
        key = str(wrong)
        raise problem(f"the key '{key}' twice in one object", line_of_second_key(text, key)) from wrong
    except _NumberError as wrong:
        number = str(wrong)
        raise problem(f"{_cut(number)} is no number in range", line_of_number(text, number)) from wrong
    if not isinstance(found, dict):
        first = len(text) - len(text.lstrip())
        raise problem(f"{kind(found)} at the top", text.count("\n", 0, first) + 1)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for place, name in enumerate(names) if name in names[:place]))
    return found


def _no_constant(text: str) -> Any:
    raise _NumberError(text)


def _float(text: str) -> float:
    number = float(text)
    if abs(number) > MOST_NUMBER:
        raise _NumberError(text)
    return number


def _whole(text: str) -> int:
    if len(text) > len(str(int(MOST_NUMBER))) + 1:
        raise _NumberError(text)
    return int(text)


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
