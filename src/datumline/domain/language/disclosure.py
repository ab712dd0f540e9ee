"""Does a message to a team give away somebody's performance case? By name and matter, or by a fact of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from datumline.domain.language.embedder import Embedder
from datumline.domain.language.lexicon import Lexicon
from datumline.domain.language.segmentation import Sentence, sentences, words
from datumline.domain.language.spans import Span
from datumline.domain.language.stems import stem
from datumline.domain.problem import Problem

MOST_FACTS = 200
LEAST_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Whom a case is about, and what is confidential in it."""

    person: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """Words that give something away. `fact` is the fact of the case, None when the case itself is told."""

    span: Span
    fact: str | None


class Disclosures:
    """Finds disclosures with one pack's words and one embedder."""

    def __init__(self, lexicon: Lexicon, embedder: Embedder) -> None:
        self._lexicon, self._embedder = lexicon, embedder
        self._matter = lexicon.search("case_matters")
        self._weak = lexicon.search("case_weaknesses")
        self._fine = lexicon.search("case_neutral")
        self._somebody = lexicon.search("case_somebody")
        self._common = frozenset(lexicon.words("common_words"))
        self._numbers = {name: float(value) for name, value in lexicon.table("disclosure_numbers").items()}

    def find(self, text: str, case: Case) -> tuple[Disclosed, ...]:
        """Every sentence that gives something of the case away, in order."""
        cut = sentences(text, self._lexicon)
        names = _names(case.person)
        facts = [
            (fact, self._embedder.embed([fact])[0], _stems(fact, names, self._common)) for fact in case.facts
        ]
        meant = False
        found: list[Disclosed] = []
        for sentence in cut:
            named = names.search(sentence.text) is not None
            meant = named or (meant and _goes_on(sentence))
            found += self._in_sentence(sentence, facts, named=named, meant=meant)
        return tuple(found)

    def _in_sentence(
        self,
        sentence: Sentence,
        facts: Sequence[tuple[str, Any, frozenset[str]]],
        *,
        named: bool,
        meant: bool,
    ) -> Iterator[Disclosed]:
        text = sentence.text
        told = self._matter.search(text) is not None
        weak = self._weak.search(text) is not None
        hinted = self._somebody.search(text) is not None
        fact = self._fact(sentence, facts, meant=meant, hinted=hinted)
        if fact is not None and not (self._fine.search(text) and not told and not weak):
            yield Disclosed(span=sentence.span, fact=fact)
        elif ((meant or named) and (told or weak)) or (hinted and told):
            yield Disclosed(span=sentence.span, fact=None)

    def _fact(
        self,
        sentence: Sentence,
        facts: Sequence[tuple[str, Any, frozenset[str]]],
        *,
        meant: bool,
        hinted: bool,
    ) -> str | None:
        """The fact of the case that a sentence tells; less is enough where the person is meant."""
        if not facts:
            return None
        vector = self._embedder.embed([sentence.text])[0]
        stems = frozenset(stem(word) for word in words(sentence.text))
        limit = self._numbers["fact_meant" if meant else "fact_hinted" if hinted else "fact_alone"]
        scored = [
            (
                float(vector @ of_fact) * self._numbers["meaning"]
                + _recall(of_words, stems) * (1 - self._numbers["meaning"]),
                fact,
            )
            for fact, of_fact, of_words in facts
        ]
        best, fact = max(scored)
        return fact if round(best, 2) >= limit else None


def case_from(given: Any, where: str) -> Case:
    """The case of a JSON object. Raises Problem that says what is wrong with it."""
    if not isinstance(given, Mapping):
        raise Problem("no case", where=where, expected='{"person", "facts": […]}')
    person, facts = given.get("person"), given.get("facts", [])
    if not isinstance(person, str) or not person.strip():
        raise Problem("no 'person'", where=where, expected="a name as text")
    if (
        not isinstance(facts, list)
        or len(facts) > MOST_FACTS
        or not all(isinstance(f, str) and f.strip() for f in facts)
    ):
        raise Problem("'facts' is no list of texts", where=where, expected=f"at most {MOST_FACTS} texts")
    return Case(person=person.strip(), facts=tuple(facts))


def _names(person: str) -> re.Pattern[str]:
    """The person's whole name, first name, last name, and handle."""
    parts = [part for part in re.split(r"[\s@.<>,_]+", person) if len(part) >= LEAST_NAME]
    every = sorted({person, *parts}, key=len, reverse=True)
    return re.compile(
        r"(?<!\w)@?(?:" + "|".join(re.escape(part) for part in every) + r")(?:'s)?(?!\w)", re.IGNORECASE
    )


def _goes_on(sentence: Sentence) -> bool:
    """Whether a sentence goes on about the person of the sentence before."""
    return (
        re.match(r"\W*(?:\w+\W+){0,6}?(?:he|she|they|his|her|their|him|them)\b", sentence.text, re.IGNORECASE)
        is not None
    )


def _stems(fact: str, names: re.Pattern[str], common: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in words(names.sub(" ", fact)) if word not in common)


def _recall(fact: frozenset[str], sentence: frozenset[str]) -> float:
    return float(np.round(len(fact & sentence) / len(fact), 4)) if fact else 0.0
