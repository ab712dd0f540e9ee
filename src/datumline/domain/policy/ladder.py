"""Words that a pack brings: subtypes of entry kinds, levels and roles."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtype:
    """A company's own word for an entry; rules treat it as its `parent` kind."""

    id: str
    parent: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of the ladder; `rank` orders them, the lowest first."""

    id: str
    name: str
    rank: int
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that people hold."""

    id: str
    name: str
    manages: bool
