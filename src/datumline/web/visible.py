"""Characters that deceive are shown by name: what runs backwards, is not seen, or looks like another letter.

What somebody wrote is never changed in the record; only a page shows it so. Where a text needs such a
character, it is left alone: a joiner within an emoji, or between letters of a script that joins.
"""

from __future__ import annotations

import re

_HIDDEN = (
    "\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0e\ufeff\uffa0\U000e0000-\U000e007f"
)
_JOINING = "\u0590-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
_PICTURE = "\ufe0f\u200d\u2190-\u2bff\U0001f000-\U0001faff"
_NEEDED = re.compile(
    f"(?<=[{_PICTURE}])\u200d(?=[{_PICTURE}])|(?<=[{_JOINING}])[\u200c\u200d](?=[{_JOINING}])"
)
_DECEIVING = re.compile(f"[{_HIDDEN}]")
# Cyrillic letters, and the Greek ones that are drawn like Latin letters, within one word with Latin letters.
_ALIKE = (
    "\u0400-\u052f"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u03b9\u03c1\u03ba\u03c5"
)
_MIXED = re.compile(rf"\b(?=\w*[A-Za-z])(?=\w*[{_ALIKE}])\w+")
MIXED = "⟦letters of two scripts⟧"


def visible(text: str) -> str:
    """The text with each deceiving character named, as in `⟦U+202E⟧`, and words of mixed letters marked."""
    if text.isascii():
        return text
    needed = {match.start() for match in _NEEDED.finditer(text)}
    shown = _DECEIVING.sub(lambda found: _named(found, needed), text)
    return _MIXED.sub(lambda word: word[0] + MIXED, shown)


def shown(value: object) -> object:
    """What a page puts out for a value: plain text made `visible`, all else as it is."""
    return visible(value) if type(value) is str else value


def _named(found: re.Match[str], needed: set[int]) -> str:
    return found[0] if found.start() in needed else f"⟦U+{ord(found[0]):04X}⟧"
