"""The stem of an English word, for comparing words whatever their ending; a light cut, not a dictionary."""

from __future__ import annotations

from functools import lru_cache

ENDINGS = ("ational", "ations", "ation", "ingly", "edly", "ments", "ment", "ness", "ings", "ing", "ies", "ied", "ers", "est", "ed", "es", "er", "ly", "s")  # fmt: skip
LEAST = 3  # letters that a stem keeps
DOUBLED = "bdgkmnprtvz"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case: `reviews`, `reviewed` and `reviewing` have one."""
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= LEAST), "")
    cut = word.removesuffix(ending) + ("i" if ending in {"ies", "ied"} else "")
    if ending and len(cut) > LEAST and cut[-1] == cut[-2] and cut[-1] in DOUBLED:
        cut = cut[:-1]
    return cut.rstrip("e") if len(cut) > LEAST else cut
