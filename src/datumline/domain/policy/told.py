"""Facts that were drawn from the ledger, with the entry behind each pointer into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from datumline.domain.verdict import Json, Pointer


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Facts for a table. `evidence` gives the id of the entry behind a pointer."""

    facts: Mapping[str, Json]
    evidence: Mapping[Pointer, str]


def instant(moment: datetime) -> str:
    """An instant as facts write it, in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
