"""One value, one text: the canonical JSON (RFC 8785) that is hashed, stored and never written twice.

The common cases are written out here because a ledger appends thousands a second; everything else goes to the
reference implementation, and a test holds the two together.
"""

from __future__ import annotations

from json.encoder import encode_basestring

import rfc8785

from datumline.domain.problem import Problem
from datumline.domain.verdict import Json

EXACT = 2**53 - 1  # the largest whole number that every JSON reader keeps


def canonical(value: Json) -> str:
    """The RFC 8785 text of a value. Raises Problem for half characters, huge numbers and not-a-number."""
    if isinstance(value, str):
        return quoted(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is int and -EXACT <= value <= EXACT:
        return str(value)
    if isinstance(value, list):
        texts = [item for item in value if isinstance(item, str)]
        if len(texts) == len(value):
            return f"[{','.join(map(quoted, texts))}]"
    return _general(value)


def quoted(value: str) -> str:
    """The RFC 8785 text of a text. Raises Problem for half characters."""
    text = encode_basestring(value)
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise Problem("a text holds half a character (a lone surrogate)", expected="Unicode") from error
    return text


def _general(value: Json) -> str:
    try:
        return rfc8785.dumps(value).decode()
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise Problem(
            "a value cannot be written as JSON", expected=f"Unicode text, whole numbers within {EXACT}"
        ) from error
