"""Is the search's index what the ledger says, as far as it has come?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection

from datumline.domain.evidence.sought import SOUGHT
from datumline.store.search_index import token_of, words_of_entry

AT_ONCE = 20_000
Sums = dict[str, int]  # for each entry one number made of all its words


def faults() -> Iterator[str]:
    """What in the index differs from the ledger, each as a few words."""
    said, words = _said()
    for held in (_kept(), _indexed()) if connection.vendor == "sqlite" else (_kept(),):
        differing = {entry for entry in said.keys() | held.keys() if said.get(entry) != held.get(entry)}
        yield from (f"the words of {entry}" for entry in sorted(differing))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM search_word")
        if {row[0] for row in cursor.fetchall()} != words:
            yield "the list of words"


def _said() -> tuple[Sums, set[str]]:
    """What the ledger says, up to the marks: for each entry, and every word."""
    sums: Sums = {}
    every: set[str] = set()
    for stream, entry, kind, body in _rows(
        "SELECT e.stream, e.hash, e.kind, e.body FROM search_mark m "
        "JOIN ledger_entry e ON e.stream = m.stream AND e.seq <= m.seq"
    ):
        if kind in SOUGHT:
            words = words_of_entry(stream, kind, body)
            every |= words
            sums[f"entry {entry}"] = _sum({*words, token_of(kind)})
    return sums, every


def _kept() -> Sums:
    """What stands beside each entry."""
    if connection.vendor == "sqlite":
        found = _rows("SELECT entry, words FROM search_entry")
        return {f"entry {entry}": _sum(words.split()) for entry, words in found}
    found = _rows("SELECT entry, tsvector_to_array(words) FROM search_entry")
    return {f"entry {entry}": _sum(words) for entry, words in found}


def _indexed() -> Sums:
    """What the full-text table holds, which keeps words alone, under the entries' numbers."""
    names: dict[int, str] = dict(_rows("SELECT number, entry FROM search_entry"))
    sums: Counter[int] = Counter(dict.fromkeys(names, 0))
    for doc, term in _rows("SELECT doc, term FROM search_term"):
        sums[doc] += hash(term)
    return {f"entry {names.get(number, f'number {number}')}": total for number, total in sums.items()}


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        while found := cursor.fetchmany(AT_ONCE):
            yield from found


def _sum(words: Iterable[str]) -> int:
    return sum(map(hash, words))
