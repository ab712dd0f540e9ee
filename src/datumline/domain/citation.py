"""What stands behind a claim: a clause of the policy, or the evidence itself."""

from __future__ import annotations

from dataclasses import dataclass

EntryId = str  # the SHA-256 of an entry's header, 64 hex digits


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCitation:
    """A parameter of the pack that a claim was measured by, with the pack's own reference for it."""

    parameter: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCitation:
    """An entry of the ledger that a claim rests on."""

    entry: EntryId


Citation = PolicyCitation | EntryCitation
