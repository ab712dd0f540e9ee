"""Public labelled sets, read from the folder where somebody fetched them; none of them is kept here.

`formatted_test_set/NewsQuant.json` (Almasian et al. 2023) for quantities; `REALSumm` with SCUs, labels and
summaries (Bhandari et al. 2020; Zhang and Bansal 2021) for coverage.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from datumline.domain.language.coverage import relative
from datumline.domain.language.embedder import Embedder
from datumline.domain.language.matching import Read, figures
from datumline.domain.language.said import said
from datumline.domain.language.segmentation import sentences
from datumline.pack_files.language import load_lexicon
from datumline.services.bench.language_samples import LabelledList

SYSTEMS = 6  # summaries looked at per document: more say little more and take long
_SPACED = (
    (r"</?t>", " "),
    (r"\s+([.,;:!?%)])", r"\1"),
    (r"\s+('s|n't|'re|'ve|'ll|'d)\b", r"\1"),
    (r"([($£])\s+", r"\1"),
    (r"\s+", " "),
)
_WRITTEN = {"-lrb-": "(", "-rrb-": ")", "``": '"', "''": '"'}

Value = float | tuple[float, float]


def news_quantities(folder: Path) -> Iterator[tuple[str, list[Value]]]:
    """The sentences of NewsQuant with the values in them; a range is a pair."""
    for path in sorted(folder.rglob("NewsQuant.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            if "quantities" in entry:
                yield entry["text"], [_value(quantity["value"]) for quantity in entry["quantities"]]
        return


def _value(text: str) -> Value:
    if "-" in text.lstrip("-") and not text.startswith("-") and "E" not in text:
        low, _, high = text.partition("-")
        return float(low), float(high)
    return float(text)


def pyramid_texts(folder: Path, *, odd: bool) -> Iterator[tuple[str, list[str], list[bool]]]:
    """Summaries with the units that each may hold, and whether it does, for odd or even documents."""
    units = [line.split("\t") for line in _lines(folder / "SCUs.txt")]
    labels = sorted((folder / "labels").glob("*.label"))
    for document in range(0 if odd else 1, len(units), 2):
        for place in range(SYSTEMS):
            system = labels[(document * 7 + place * 4) % len(labels)]
            summary = _lines(folder / "summaries" / f"{system.stem}.summary")[document]
            present = [float(one) > 0 for one in _lines(system)[document].split("\t")]
            yield _plain(summary), units[document], present


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _plain(text: str) -> str:
    for old, new in _WRITTEN.items():
        text = text.replace(old, new)
    for pattern, new in _SPACED:
        text = re.sub(pattern, new, text)
    return text.strip()


def pyramid_pairs(
    folder: Path, embedder: Embedder, *, odd: bool
) -> Iterator[tuple[list[Read], list[Read], list[bool]]]:
    """The same, read for matching."""
    lexicon = load_lexicon()
    common = frozenset(lexicon.words("common_words"))
    for text, units, present in pyramid_texts(folder, odd=odd):
        read = [Read(embedder.by_word(s.text), common) for s in sentences(text, lexicon)]
        if read:
            yield read, [Read(embedder.by_word(unit), common) for unit in units], present


def free_rows(listed: LabelledList, embedder: Embedder) -> list[tuple[NDArray[np.float64], bool]]:
    """For each text and item of a list the figures of free coverage, and whether the text covers the item."""
    lexicon = load_lexicon()
    common = frozenset(lexicon.words("common_words"))
    items = [Read(embedder.by_word(says), common) for says in listed.items.values()]
    found: list[tuple[NDArray[np.float64], bool]] = []
    for covered, text in listed.texts:
        read = [Read(embedder.by_word(piece.text), common) for piece in said(text, lexicon)]
        if not read:
            continue
        cosines: Any = np.array([[float(p.vectors.whole @ i.vectors.whole) for i in items] for p in read])
        for place, (name, item) in enumerate(zip(listed.items, items, strict=True)):
            found.append((relative(figures(item, read)[0], cosines, place), name in covered))
    return found
