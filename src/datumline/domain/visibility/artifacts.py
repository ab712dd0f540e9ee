"""The four artifacts that a visibility plan names (S4), and what a version says of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from datumline.domain.evidence.plan_versions import Version
from datumline.domain.verdict import Json


class Artifact(StrEnum):
    """What a plan names, in its order."""

    STRETCH = "stretch"
    CROSS_TEAM = "cross-team"
    MENTORSHIP = "mentorship"
    DESIGN_DOCUMENT = "design-document"


# What is asked of each: what it is, who stands outside for it, and where it will be seen to have landed.
FIELDS: Mapping[Artifact, tuple[str, ...]] = {
    Artifact.STRETCH: ("what", "sponsor", "surface"),
    Artifact.CROSS_TEAM: ("what", "consumer"),
    Artifact.MENTORSHIP: ("what", "whom"),
    Artifact.DESIGN_DOCUMENT: ("what", "cited_by"),
}
Told = Mapping[Artifact, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that a later version says in other words."""

    artifact: Artifact | None  # None for the plan's first day
    field: str
    before: str
    after: str


def told(version: Version) -> Told:
    """What a version says of each artifact; empty texts where it says nothing."""
    said = version.entry.amounts.get("artifacts")
    return read(said if isinstance(said, dict) else {})


def read(said: Mapping[str, Any]) -> Told:
    """The artifacts from their JSON document; what is not a text is none."""
    return {each: {name: _text(said.get(each.value), name) for name in FIELDS[each]} for each in Artifact}


def document(artifacts: Told) -> Json:
    """The artifacts as JSON, to be stored."""
    return {each.value: dict(artifacts[each]) for each in Artifact}


def lacking(artifacts: Told) -> tuple[tuple[Artifact, str], ...]:
    """The fields that say nothing yet: a plan names all of them before anybody signs."""
    return tuple(
        (each, name) for each in Artifact for name in FIELDS[each] if not artifacts[each][name].strip()
    )


def changes(before: Version, after: Version) -> tuple[Change, ...]:
    """What the later of two versions says differently."""
    found: list[Change] = []
    if before.starts != after.starts:
        found.append(
            Change(
                artifact=None,
                field="starts",
                before=before.starts.isoformat(),
                after=after.starts.isoformat(),
            )
        )
    return (*found, *_changed(told(before), told(after)))


def _changed(before: Told, after: Told) -> Iterator[Change]:
    for each in Artifact:
        for name in FIELDS[each]:
            if before[each][name] != after[each][name]:
                yield Change(artifact=each, field=name, before=before[each][name], after=after[each][name])


def _text(said: object, name: str) -> str:
    value = said.get(name) if isinstance(said, Mapping) else None
    return value if isinstance(value, str) else ""
