"""How long a document may be, and whether what was measured fits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fit(StrEnum):
    """How a measured length stands against its budget."""

    FITS = "fits"
    TOO_LONG = "too-long"
    TOO_THIN = "too-thin"  # said, never padded (law 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBudget:
    """The least and the most pages that a document may have, both inside."""

    least: int
    most: int

    def fit(self, pages: int) -> Fit:
        """Whether `pages`, counted in the rendered document, keeps to the budget."""
        if pages > self.most:
            return Fit.TOO_LONG
        return Fit.TOO_THIN if pages < self.least else Fit.FITS
