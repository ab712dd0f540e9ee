"""A verdict as the JSON document of the contract (spec 95, `verdict TABLE`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.policy.told import instant
from datumline.domain.verdict import Change, Condition, Figure, Json, Verdict

MISSING = "missing"  # the figure that names the condition to find out about


def verdict_document(verdict: Verdict, phrases: Phrasebook) -> dict[str, Any]:
    """The document; more keys than the contract's are allowed, and these are its own first."""
    return {
        "table": verdict.table,
        "verdict": verdict.verdict,
        "as_of": verdict.at.as_of.isoformat(),
        "known_at": instant(verdict.at.known_at),
        "pack": {"name": verdict.pack.name, "version": verdict.pack.version},
        "conditions": [_condition(each) for each in verdict.conditions],
        "would_change": [_change(each) for each in verdict.would_change],
        "holds_until": _plain(verdict.holds_until),
        "next_step": next_step(verdict, phrases),
        "next_step_id": verdict.next_step,
        "rows": [{"id": row.id, "answer": row.answer.value} for row in verdict.rows],
        **_figures(verdict.figures),
    }


def next_step(verdict: Verdict, phrases: Phrasebook) -> str:
    """The next step in a sentence; with the words of the condition to find out about, if there is one."""
    phrase = f"next.{verdict.table}.{verdict.next_step}"
    said = phrases.say(phrase, **verdict.next_step_figures)
    missing = verdict.next_step_figures.get(MISSING)
    if verdict.next_step != "find-out" or not missing:
        return said
    figures = next((each.figures for each in verdict.conditions if each.id == missing), {})
    return f"{said} ({phrases.say(f'condition.{verdict.table}.{missing}', **figures)}.)"


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "id": condition.id,
        "answer": condition.answer.value,
        "because": list(condition.because),
        "parameter": condition.parameter,
        "figures": _figures(condition.figures),
    }


def _change(change: Change) -> dict[str, Any]:
    needs = [
        {"condition": need.condition, "patch": [dict(operation) for operation in need.patch]}
        for need in change.needs
    ]
    return {"to": change.to, "needs": needs}


def _figures(figures: Mapping[str, Figure]) -> dict[str, Json]:
    return {name: _plain(value) for name, value in figures.items()}


def _plain(value: Figure) -> Json:
    return value.isoformat() if isinstance(value, date) else value
