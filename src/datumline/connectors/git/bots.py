"""Which contacts are programs and not people: counted apart, never resolved to a person."""

from __future__ import annotations

import re

from datumline.connectors.git.record import Contact

# Names as their services write them. A bare "bot" after a space is no sign: it is a surname.
_ACCOUNTS = frozenset(
    {
        "bors",
        "copilot",
        "dependabot",
        "github actions",
        "github-actions",
        "gitlab ci",
        "greenkeeper",
        "mergify",
        "pre-commit-ci",
        "renovate",
        "semantic-release",
        "web-flow",
    }
)
# Addresses that writing assistants sign commits with; their names may be a person's.
_ADDRESSES = frozenset(
    {
        "aider@aider.chat",
        "amp@ampcode.com",
        "codex@openai.com",
        "cursoragent@cursor.com",
        "noreply@anthropic.com",
        "noreply@openai.com",
        "noreply@opencode.ai",
    }
)
_MARKED = re.compile(r"\[bot\]|\(bot\)|[-_.](?:ro)?bot$|^(?:ro)?bot[-_.]", re.IGNORECASE)


def is_bot(contact: Contact) -> bool:
    """Whether name or e-mail is a program's: `[bot]`, `ci-robot`, or a well-known service or assistant."""
    if contact.email.strip().lower() in _ADDRESSES:
        return True
    local = contact.email.partition("@")[0].rpartition("+")[2]
    names = (contact.name.strip(), local)
    return any(name.lower() in _ACCOUNTS or _MARKED.search(name) for name in names)
