"""The product's own texts to train and test the language engine on, as their files hold them.

`training/<task>/<split>/<author-scenario>.txt` in the repository; how each is written stands in the README
beside it. An installation without the repository has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from datumline.domain.language.spans import Span
from datumline.domain.problem import Problem

TRAINING = Path(__file__).parents[4] / "training"
RULES = {
    "us": "undated-situation",
    "im": "inferred-motive",
    "ua": "uncheckable-ask",
    "uc": "undated-commit",
    "sw": "sandwich",
    "sl": "soft-language",
    "va": "vague",
    "hi": "hours-as-impact",
    "pe": "potential-as-evidence",
    "os": "overselling",
    "ps": "personality",
    "bw": "biased-wording",
}
STORY_PARTS = {"S": "situation", "T": "task", "A": "action", "R": "result"}
STORY_LABELS = STORY_PARTS | {"O": "aside", "G": "general"}
STORY_FAULTS = {"we": "we-without-i", "nofig": "result-without-figure"}
PARTS = {"S": "situation", "B": "behaviour", "I": "impact", "A": "ask", "C": "commit"}
_GREETING = re.compile(r"[A-Z]\w+:|Hi |Hello |Dear ")
OWN_LINE = ("\n-", "\nSituation:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a labelled note: its place in the note, its parts and rules, the day it resolves to."""

    span: Span
    parts: frozenset[str]
    rules: frozenset[str]
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledNote:
    """A note with what a reader found in it."""

    author: str
    on: date
    praises: bool
    text: str
    lines: tuple[Line, ...]

    @property
    def rules(self) -> frozenset[str]:
        """The rules that it breaks."""
        here = {part for line in self.lines for part in line.parts}
        missing = {f"missing-{name}" for letter, name in PARTS.items() if letter not in here}
        return frozenset({RULES[rule] for line in self.lines for rule in line.rules} | missing)

    @property
    def checkpoint(self) -> date | None:
        """The day of its commit."""
        return next((line.on for line in self.lines if line.on is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text of one author with its labels."""

    author: str
    labels: frozenset[str]
    first: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledList:
    """A list of items by id, and texts with the items that each covers."""

    author: str
    items: dict[str, str]
    texts: tuple[tuple[frozenset[str], str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledMessage:
    """A message to a team, a case, and whether the one gives away the other."""

    author: str
    person: str
    facts: tuple[str, ...]
    discloses: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledStory:
    """A story with the part of each of its sentences, and what a reader would fault.

    `faults` are `we-without-i`, `result-without-figure` and `missing-part`.
    """

    author: str
    manner: str
    text: str
    lines: tuple[tuple[Span, str], ...]
    faults: frozenset[str]

    @property
    def missing(self) -> frozenset[str]:
        """The parts that no sentence tells."""
        return frozenset(STORY_PARTS.values()) - {label for _, label in self.lines}

    def label_of(self, span: Span) -> str | None:
        """The label of the line that shares most with a sentence; None where no line does."""
        shared = [
            (min(span.end, line.end) - max(span.start, line.start), label) for line, label in self.lines
        ]
        most, label = max(shared, key=lambda one: one[0])
        return label if most > 0 else None


def files_of(task: str, split: str) -> list[Path]:
    """A task's files. Raises Problem where the repository's folder is not at hand."""
    folder = TRAINING / task / split
    if not folder.is_dir():
        raise Problem("no such folder", where=str(folder), expected="the repository's training folder")
    return sorted(folder.glob("*.txt"))


def labelled(task: str, split: str) -> Iterator[Labelled]:
    """The lines `labels | text` of a task."""
    for path in files_of(task, split):
        for line in path.read_text(encoding="utf-8").splitlines():
            labels, bar, text = line.partition(" | ")
            if bar:
                yield Labelled(
                    author=path.stem, labels=frozenset(labels.split()), first=labels.split()[0], text=text
                )


def notes(split: str) -> Iterator[LabelledNote]:
    """The labelled feedback notes of a split."""
    for path in files_of("feedback", split):
        for block in re.split(r"^= ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield _note(path.stem, block.strip().split("\n"))


def _note(author: str, lines: list[str]) -> LabelledNote:
    day, _, mark = lines[0].partition(" ")
    text, read, apart = "", [], "lines" in mark
    for line in lines[1:]:
        labels, _, words = line.partition(" | ")
        parts, *rules = labels.split()
        if text:
            text += "\n" if apart or f"\n{words}".startswith(OWN_LINE) or _GREETING.match(words) else " "
        span = Span(start=len(text), end=len(text) + len(words))
        text += words
        on = next((date.fromisoformat(rule[1:]) for rule in rules if rule.startswith("@")), None)
        kept = frozenset(rule for rule in rules if not rule.startswith("@"))
        read.append(Line(span=span, parts=frozenset(parts), rules=kept, on=on))
    return LabelledNote(
        author=author, on=date.fromisoformat(day), praises="+" in mark, text=text, lines=tuple(read)
    )


def stories(split: str) -> Iterator[LabelledStory]:
    """The labelled stories of a split."""
    for path in files_of("stories", split):
        for block in re.split(r"^= ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            head, *lines = block.strip().split("\n")
            yield story_of(path.stem, head.split(), [line.partition(" | ")[::2] for line in lines])


def story_of(author: str, head: list[str], told: Sequence[tuple[str, str]]) -> LabelledStory:
    """A story of its lines, each a letter and words."""
    manner, *marks = head
    text, lines = "", list[tuple[Span, str]]()
    for letter, words in told:
        text += ("\n" if "lines" in marks or text.startswith("#") else " ") if text else ""
        lines.append((Span(start=len(text), end=len(text) + len(words)), STORY_LABELS[letter]))
        text += words
    letters = {letter for letter, _ in told}
    faults = {STORY_FAULTS[mark] for mark in marks if mark in STORY_FAULTS}
    faults |= {"missing-part"} if set(STORY_PARTS) - letters else set()
    return LabelledStory(
        author=author, manner=manner, text=text, lines=tuple(lines), faults=frozenset(faults)
    )


def coverage_lists(split: str) -> Iterator[LabelledList]:
    """The lists of items of a split."""
    for path in files_of("coverage", split):
        items: dict[str, str] = {}
        texts: list[tuple[frozenset[str], str]] = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(": "):
                name, _, says = line[2:].partition(" = ")
                items[name] = says
            elif " | " in line:
                ids, _, text = line.partition(" | ")
                texts.append((frozenset(ids.split()) - {"none"}, text))
        yield LabelledList(author=path.stem, items=items, texts=tuple(texts))


def messages(split: str) -> Iterator[LabelledMessage]:
    """The messages of a split, each with its case."""
    for path in files_of("disclosure", split):
        person, facts = "", tuple[str, ...]()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith(": "):
                person, _, told = line[2:].partition(" = ")
                facts = tuple(told.split("; "))
            elif " | " in line:
                answer, _, text = line.partition(" | ")
                yield LabelledMessage(
                    author=path.stem, person=person, facts=facts, discloses=answer == "yes", text=text
                )


def claims(split: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Texts with their claims: before, after, unit, stated, kind, agrees, each as written, `-` for none."""
    for path in files_of("claims", split):
        for line in path.read_text(encoding="utf-8").splitlines():
            text, bar, told = line.partition(" || ")
            if bar:
                yield (
                    text,
                    [] if told.strip() == "none" else [tuple(one.split()) for one in told.split(" ; ")],
                )
