"""Faults of a pack: gathered while it is read, so that one check names them all."""

from __future__ import annotations

from collections.abc import Sequence

from datumline.domain.problem import Problem
from datumline.pack_files.yaml_tree import Place


class PackFaults(Problem):
    """A pack that cannot be used. `problems` holds every fault, in the order of files and lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.what, where=first.where, expected=first.expected)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        more = len(self.problems) - 1
        return f"{super().__str__()} (and {more} more)" if more else super().__str__()


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self._found: list[tuple[str, int, Problem]] = []

    def add(self, what: str, place: Place, expected: str) -> None:
        """Note that `what` is wrong at `place`."""
        problem = Problem(what, where=str(place), expected=expected)
        self._found.append((place.file, place.line, problem))

    def raise_if_any(self) -> None:
        """Raise PackFaults when something was found."""
        if self._found:
            ordered = sorted(self._found, key=lambda fault: fault[:2])
            raise PackFaults([problem for _, _, problem in ordered])

    def __bool__(self) -> bool:
        return bool(self._found)
