"""Packs as they were activated: read from the content that was kept then, never from today's files."""

from __future__ import annotations

from datumline.domain.policy.pack import Policy
from datumline.domain.problem import Problem
from datumline.pack_files.canonical import digest
from datumline.pack_files.loading import assemble_kept


def kept(content: str, named: str) -> Policy:
    """The pack of this canonical content. Raises Problem when the content is not what the digest names."""
    where = f"pack {named[:12]}"
    if digest(content) != named:
        raise Problem("a kept pack was changed", where=where, expected=f"content with the digest {named}")
    return assemble_kept(content.encode(), where)
