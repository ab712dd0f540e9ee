"""Reporting lines that cannot be: somebody above themselves."""

from __future__ import annotations

from collections.abc import Mapping

Name = str  # whatever names a person in the lines at hand: an id, an e-mail


def cycles(managers: Mapping[Name, Name | None]) -> tuple[tuple[Name, ...], ...]:
    """Each circle among the lines, from its first name in the mapping's order; empty when there is none."""
    found: list[tuple[Name, ...]] = []
    done: set[Name] = set()
    for start in managers:
        way: list[Name] = []
        above: Name | None = start
        while above is not None and above not in done and above not in way:
            way.append(above)
            above = managers.get(above)
        if above is not None and above in way:
            found.append(tuple(way[way.index(above) :]))
        done.update(way)
    return tuple(found)
