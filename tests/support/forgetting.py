"""What a process knows that has just started: who is who and the policy, and nothing of what it showed."""

from __future__ import annotations

from datumline.services import access
from datumline.services.pages import briefs, picture, readings


def forget() -> None:
    """Take away what requests left in memory; what the database keeps stays."""
    for shelf in (
        briefs.BRIEF.read,
        picture.PICTURE.read,
        picture._NAMED,
        access._RIGHTS,
        readings._NOTED,
    ):
        shelf._kept.clear()
