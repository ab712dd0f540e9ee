"""A verdict for a terminal: one sentence, its conditions in words, what would change it, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

from datumline.domain.policy.pack import Policy
from datumline.domain.policy.verdict_document import next_step
from datumline.domain.verdict import Change, Condition, Json, Pointer, Verdict

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
    known = verdict.at.known_at.strftime("%Y-%m-%d %H:%M UTC")
    yield _filled(f"({verdict.verdict}, as of {verdict.at.as_of}, as known at {known}, pack {pack})")
    yield _filled(f"Next: {next_step(verdict, policy.phrases)}", hang=6)
    yield ""
    yield "Conditions"
    for condition in verdict.conditions:
        yield from _condition(condition, verdict.table, policy, evidence)
    if verdict.would_change:
        yield ""
        yield "What would change it"
        for change in verdict.would_change:
            yield from _change(change, verdict.table, policy)
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
    shown = [evidence.get(pointer, pointer) for pointer in condition.because[:SHOWN]]
    more = len(condition.because) - len(shown)
    if more > 0:
        shown.append(f"and {more} more")
    if shown:
        yield _filled(f"           {'; '.join(shown)}", hang=11)


def _change(change: Change, table: str, policy: Policy) -> Iterator[str]:
    to = policy.phrases.say(f"verdict.{table}.{change.to}").partition(".")[0]
    yield _filled(f"  {to} ({change.to}), if:", hang=4)
    for need in change.needs:
        told = [_operation(each) for each in need.patch]
        counted = [text if told.count(text) == 1 else f"{told.count(text)} times {text}" for text in told]
        shown = list(dict.fromkeys(counted))
        rest = f"; and {len(shown) - SHOWN} more" if len(shown) > SHOWN else ""
        yield _filled(f"    - {'; '.join(shown[:SHOWN])}{rest}", hang=6)


def _operation(operation: Mapping[str, Json]) -> str:
    path, value = str(operation["path"]), operation["value"]
    if isinstance(value, list) and path == "/entries":
        return "; ".join(_entry(each) for each in value)
    if isinstance(value, dict):
        return _entry(value)
    said = "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return f"{path.removeprefix('/').replace('_', ' ')} is {said}"


def _entry(value: Json) -> str:
    if not isinstance(value, dict):
        return str(value)
    told = [
        f"{name.replace('_', ' ')} {str(each).lower() if isinstance(each, bool) else each}"
        for name, each in value.items()
        if name not in ("kind", "occurred_on", "recorded_at", "shared_at", "rescheduled") and each is not None
    ]
    shared = ["shared"] if value.get("shared_at") else []
    extra = ", ".join(shared + told)
    kind = str(value["kind"]).replace("-", " ")
    article = "an" if kind[0] in "aeo" or kind == "sbi" else "a"
    return f"{article} {kind} on {value['occurred_on']}" + (f" ({extra})" if extra else "")


def _filled(text: str, *, hang: int = 0) -> str:
    return fill(
        text,
        WIDTH,
        subsequent_indent=" " * hang,
        drop_whitespace=True,
        replace_whitespace=True,
        break_on_hyphens=False,
    )
