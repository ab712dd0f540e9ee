"""A pack's words for the language engine: named lists of phrases, made into one search each.

A phrase is a regular expression in which a space stands for any white space, `~` for up to three words
between, and a word's edge is required at both ends. A list may name another with `@list`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from datumline.domain.problem import Problem

GAP = r"(?:\s+[^\s.;:!?]+){0,3}?\s+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Every list of a pack's language folder, by name."""

    lists: Mapping[str, Sequence[str]]
    _kept: dict[str, re.Pattern[str]] = field(default_factory=dict, compare=False, repr=False)

    def words(self, name: str) -> Sequence[str]:
        """The list called `name`. Raises Problem for a name that the pack lacks."""
        if name not in self.lists:
            raise Problem(f"no list '{name}'", where="language", expected="a list of the pack's lexicons")
        return self.lists[name]

    def table(self, name: str) -> dict[str, str]:
        """A list of `word: value` lines as a mapping."""
        pairs = (line.partition(": ") for line in self.words(name))
        return {word.strip(): value.strip() for word, _, value in pairs}

    def search(self, *names: str) -> re.Pattern[str]:
        """One search for any phrase of the lists, longest alternative first, case ignored.

        Raises Problem for a phrase that is no pattern.
        """
        key = " ".join(names)
        if key not in self._kept:
            phrases = [phrase for name in names for phrase in self._phrases(name)]
            try:
                self._kept[key] = re.compile(either(phrases), re.IGNORECASE)
            except re.error as wrong:
                what = f"a phrase of '{' '.join(names)}' is no pattern ({wrong})"
                raise Problem(what, where="language", expected="a regular expression") from wrong
        return self._kept[key]

    def _phrases(self, name: str) -> list[str]:
        found: list[str] = []
        for phrase in self.words(name):
            found += self._phrases(phrase[1:]) if phrase.startswith("@") else [phrase]
        return found


def either(phrases: Sequence[str]) -> str:
    """A pattern for any of the phrases, as whole words."""
    if not phrases:
        return r"(?!)"
    ordered = sorted(phrases, key=len, reverse=True)
    return r"(?<!\w)(?:" + "|".join(pattern(phrase) for phrase in ordered) + r")(?!\w)"


def pattern(phrase: str) -> str:
    """One phrase as a pattern: ` ~ ` is a gap of up to three words, a space any white space."""
    return phrase.replace(" ~ ", GAP).replace(" ", r"\s+")
