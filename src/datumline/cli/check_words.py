"""What the language checks say to a reader: short lines, the words first, then why and how to mend them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from datumline.domain.policy.phrasebook import day_words

SHOWN = 70
Document = Mapping[str, Any]


def claim_lines(found: Document) -> list[str]:
    """Each claim with what was computed."""
    if not found["claims"]:
        return ["No change is claimed with figures."]
    return [line for claim in found["claims"] for line in _claim(claim)]


def _claim(claim: Document) -> Iterable[str]:
    yield f'"{_short(claim["quote"])}"'
    stated = _stated(claim)
    computed = claim["computed_percent"]
    points = claim["computed_points"]
    figures = [f"{computed:g} %"] if computed is not None else []
    figures += [f"{points:g} points"] if points is not None else []
    if claim["agrees"] is None:
        yield f"  computed: {', '.join(figures)}" if figures else "  no before and after to compute it from"
    elif claim["agrees"]:
        yield f"  {stated} is right ({', '.join(figures)})"
    else:
        yield f"  {stated} does not follow: it is {', '.join(figures)}"


def _stated(claim: Document) -> str:
    kinds = {"percent": "{:g} %", "points": "{:g} points", "factor": "a factor of {:g}"}
    form = kinds.get(claim["stated_kind"] or "")
    return form.format(claim["stated"]) if form else ""


def feedback_lines(found: Document) -> list[str]:
    """The parts, the checkpoint, and each finding."""
    there = [f"{part}: {'there' if spans else 'missing'}" for part, spans in found["parts"].items()]
    lines = [", ".join(there)]
    if found["commit_date"]:
        lines.append(f"Checkpoint on {day_words(date.fromisoformat(found['commit_date']))}.")
    return [*lines, *finding_lines(found)]


def finding_lines(found: Document) -> list[str]:
    """Each finding: the words, the rule, why, and how to mend it."""
    if not found["findings"]:
        return ["Nothing to mend."]
    lines: list[str] = []
    for finding in found["findings"]:
        quote = f': "{_short(finding["quote"])}"' if finding["quote"] else ""
        lines += [f"{finding['rule']}{quote}", f"  {finding['why']}", f"  {finding['mend']}"]
    return lines


def disclosure_lines(found: Document) -> list[str]:
    """Whether the message gives the case away, and with which words."""
    if not found["discloses"]:
        return ["The message gives nothing of the case away."]
    lines = ["The message gives the case away."]
    for finding in found["findings"]:
        lines += [f'"{_short(finding["quote"])}"', f"  {finding['why']}"]
    return lines


def coverage_lines(found: Document) -> list[str]:
    """Each item, whether it is covered, how sure that is, and the words."""
    lines: list[str] = []
    for name, item in found["items"].items():
        state = "covered" if item["covered"] else "not covered"
        lines.append(f"{name}: {state} ({item['confidence']:.0%} sure)")
        lines += [f'  "{_short(quote["quote"])}"' for quote in item["quotes"]]
    return lines


def principle_lines(found: Document) -> list[str]:
    """Each principle that a text speaks of, how sure that is, and the words."""
    lines: list[str] = []
    for principle in found["principles"]:
        lines.append(f"{principle['id']} ({principle['confidence']:.0%} sure)")
        lines += [f'  "{_short(quote["quote"])}"' for quote in principle["quotes"]]
    return lines or ["No principle stands out."]


def story_lines(found: Document) -> list[str]:
    """What sort of answer it is, each part with its share beside the target, and each finding."""
    lines = [f"{found['manner']}, {len(found['sentences'])} sentences"]
    for part, share in found["shares"].items():
        count = sum(sentence["part"] == part for sentence in found["sentences"])
        lines.append(
            f"{part}: {share:g} % of the words (target {found['target'][part]} %), sentences: {count}"
        )
        named = [name for name, one in found["elements"][part].items() if one["told"]]
        lines.append(f"  tells: {', '.join(named) or 'none of what a full story tells here'}")
    return [*lines, *finding_lines(found)]


def mirror_lines(found: Document) -> list[str]:
    """What only one text asks for, then what is nearly the same, side by side."""
    lines = [f"The same in both: {len(found['shared'])}"]
    for key, said in (("only_rubric", "Only in the rubric"), ("only_jd", "Only in the job description")):
        lines += [f"{said}: {len(found[key])}", *(f'  "{_short(one)}"' for one in found[key])]
    lines.append(f"Nearly the same: {len(found['near'])}")
    for pair in found["near"]:
        lines += [
            f'  "{_short(pair["rubric"])}"',
            f'  "{_short(pair["jd"])}" ({pair["similarity"]:.0%} alike)',
        ]
    return lines


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}\u2026"
