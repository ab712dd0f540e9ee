"""Parts of a page that say the same are drawn once: a line of a record, a verdict's card, a figure's card.

A part is held under the very values that it was drawn from, so that it can never be another one's or an older
one's. Which parts a page has, and for whom, is found out for each request.
"""

from __future__ import annotations

from functools import lru_cache

from jinja2.runtime import Macro
from markupsafe import Markup

HELD = 10_000


def drawn(macro: Macro, *values: object) -> Markup:
    """What a macro gives for these values."""
    try:
        return _drawn(macro, *values)
    except TypeError:  # a value that may change is no key
        return _draw(macro, *values)


def _draw(macro: Macro, *values: object) -> Markup:
    return Markup(macro(*values))  # noqa: S704 - a macro has escaped what it put out


_drawn = lru_cache(HELD)(_draw)
