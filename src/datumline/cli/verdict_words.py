"""A verdict for a terminal: one sentence, its conditions in words, what would change it, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

from datumline.domain.policy.change_words import change_words
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words
from datumline.domain.policy.verdict_document import next_step
from datumline.domain.verdict import Change, Condition, Pointer, Verdict

WIDTH = 80
SHOWN = 6  # of a condition's facts, and of a patch's operations


def words(verdict: Verdict, policy: Policy, evidence: Mapping[Pointer, str], *, about: str = "") -> str:
    """The verdict in plain lines of at most 80 columns. `evidence` words the entry behind a pointer."""
    return "\n".join(_lines(verdict, policy, evidence, about))


def _lines(verdict: Verdict, policy: Policy, evidence: Mapping[Pointer, str], about: str) -> Iterator[str]:
    say = policy.phrases.say
    if about:
        yield _filled(about)
    yield _filled(say(f"verdict.{verdict.table}.{verdict.verdict}"))
    pack = f"{verdict.pack.name} {verdict.pack.version}"
    known = f"{day_words(verdict.at.known_at.date())} {verdict.at.known_at:%H:%M} UTC"
    yield _filled(f"({verdict.verdict}, as of {day_words(verdict.at.as_of)}, known by {known}, pack {pack})")
    yield _filled(f"Next: {next_step(verdict, policy.phrases)}", hang=6)
    yield ""
    yield "Conditions"
    for condition in verdict.conditions:
        yield from _condition(condition, verdict.table, policy, evidence)
    if verdict.would_change:
        yield ""
        yield "What would change it"
        for change in verdict.would_change:
            yield from _change(change, verdict.table, policy, evidence)
    yield ""
    if verdict.holds_until:
        yield _filled(say("verdict.holds-until", day=verdict.holds_until))
    else:
        yield _filled(say("verdict.holds"))


def _condition(
    condition: Condition, table: str, policy: Policy, evidence: Mapping[Pointer, str]
) -> Iterator[str]:
    answer = policy.phrases.say(f"answer.{condition.answer.value}")
    said = policy.phrases.say(f"condition.{table}.{condition.id}", **condition.figures)
    yield _filled(f"  {answer:<8} {said}", hang=11)
    told = list(dict.fromkeys(evidence.get(pointer, pointer) for pointer in condition.because))
    shown, more = told[:SHOWN], len(told) - SHOWN
    if more > 0:
        shown.append(f"and {more} more")
    if shown:
        yield _filled(f"           {'; '.join(shown)}", hang=11)


def _change(change: Change, table: str, policy: Policy, evidence: Mapping[Pointer, str]) -> Iterator[str]:
    to = policy.phrases.say(f"verdict.{table}.{change.to}").partition(".")[0]
    yield _filled(f"  {to} ({change.to}), if:", hang=4)
    for steps in change_words(change, table, policy.phrases, evidence):
        rest = f"; and {len(steps) - SHOWN} more" if len(steps) > SHOWN else ""
        yield _filled(f"    - {'; '.join(steps[:SHOWN])}{rest}", hang=6)


def _filled(text: str, *, hang: int = 0) -> str:
    return fill(
        text,
        WIDTH,
        subsequent_indent=" " * hang,
        drop_whitespace=True,
        replace_whitespace=True,
        break_on_hyphens=False,
    )
