"""The composer: a note while it is written, read back part by part, with what would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from datumline.domain.clocks.reminder import business_day
from datumline.domain.feedback.mends import Fault, Mend, mends_of
from datumline.domain.feedback.reading import Run, runs
from datumline.domain.feedback.starting_points import StartingPoint, blanks, starting_points
from datumline.domain.language.finding import Part, Rule
from datumline.domain.language.spans import Span
from datumline.domain.people.access_words import Noun
from datumline.domain.people.person import PersonId
from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.services.feedback import NOTES, may_compose
from datumline.services.language import language
from datumline.services.pages.entry_rows import kind_words
from datumline.services.policy import active_policy
from datumline.services.record import read_record
from datumline.services.visit import Visit

WHERE = "the note"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One finding: `name` its rule in words, `quote` the words, empty for what is missing."""

    rule: str
    name: str
    part: str
    quote: str
    why: str
    mend: str
    mends: tuple[Mend, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedNote:
    """A note read back.

    Attributes:
        present: each of the five parts, and whether some words do its job.
        runs: the words in order, by the parts that they serve.
        commit: the checkpoint that the note names, resolved against its day.
        blanks: what is still to be filled in.
        refused: why the text could not be judged; empty where it was.
    """

    present: tuple[tuple[str, bool], ...]
    runs: tuple[Run, ...] = ()
    findings: tuple[FindingLine, ...] = ()
    commit: date | None = None
    blanks: tuple[str, ...] = ()
    refused: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing is left to mend."""
        return bool(self.runs) and not self.findings and not self.blanks and not self.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposerPage:
    """The page.

    Attributes:
        kinds: what the note can be shared as.
        starts: where to begin; `start` is the one chosen.
        concerns: those that the person has.
        checkpoint: the day proposed to look again.
    """

    person: PersonId
    name: str
    kinds: tuple[tuple[str, str], ...]
    starts: tuple[StartingPoint, ...]
    start: StartingPoint | None
    concerns: tuple[str, ...]
    today: date
    checkpoint: date


def composer_page(asked: Visit, person: PersonId, start: str = "") -> ComposerPage | None:
    """The page about somebody; None where the one who asks may write no note about them."""
    if not may_compose(asked, person):
        return None
    policy, today = active_policy(asked.context), asked.context.today
    proposed = proposed_checkpoint(policy, today)
    starts = starting_points(policy, today, checkpoint=proposed)
    seen = asked.sees(person, Noun.ENTRY)
    return ComposerPage(
        person=person,
        name=asked.name_of(person),
        kinds=tuple((kind.value, kind_words(kind)) for kind in NOTES),
        starts=starts,
        start=next((each for each in starts if each.id == start), None),
        concerns=read_record(asked, person, asked.context.at()).concerns if seen else (),
        today=today,
        checkpoint=proposed,
    )


def proposed_checkpoint(policy: Policy, on: date) -> date:
    """The working day proposed to look at a note again."""
    return business_day(on + timedelta(days=policy.days("feedback.checkpoint_after", on)), 0)


def checked_note(asked: Visit, text: str, on: date) -> CheckedNote:
    """A note that was written on the day `on`, read back. An empty one has nothing but missing parts."""
    absent_parts = tuple((part.value, False) for part in Part)
    if not text.strip():
        return CheckedNote(present=absent_parts)
    try:
        document = language().feedback(text, WHERE, on)
    except Problem as problem:
        return CheckedNote(present=absent_parts, refused=f"{problem.what}; expected {problem.expected}.")
    return _checked(text, document, active_policy(asked.context), on)


def _checked(text: str, document: Mapping[str, Any], policy: Policy, on: date) -> CheckedNote:
    parts = {part: tuple(_span(each) for each in document["parts"][part.value]) for part in Part}
    spans = [_span(each) if each["start"] is not None else None for each in document["findings"]]
    commit = document["commit_date"]
    return CheckedNote(
        present=tuple((part.value, bool(parts[part])) for part in Part),
        runs=runs(text, parts, spans),
        findings=tuple(_findings(text, document["findings"], parts, policy, on)),
        commit=date.fromisoformat(commit) if commit else None,
        blanks=blanks(text),
    )


def _span(said: Mapping[str, Any]) -> Span:
    return Span(start=said["start"], end=said["end"])


def _findings(
    text: str,
    found: list[Mapping[str, Any]],
    parts: Mapping[Part, tuple[Span, ...]],
    policy: Policy,
    on: date,
) -> Iterator[FindingLine]:
    checkpoint = proposed_checkpoint(policy, on)
    for each in found:
        rule = Rule(each["rule"])
        fault = Fault(rule=rule, span=_span(each) if each["start"] is not None else None)
        yield FindingLine(
            rule=rule.value,
            name=rule.value.replace("-", " "),
            part=each["part"] or "",
            quote=each["quote"] or "",
            why=each["why"],
            mend=each["mend"],
            mends=mends_of(text, fault, parts, policy.phrases, checkpoint=checkpoint),
        )
