"""What a table of commitments may hold, and under which names."""

from __future__ import annotations

from datumline.connectors.table.columns import Layout

LAYOUT = Layout(
    aliases={
        "owner": ("owner", "assignee", "engineer", "email", "person", "who"),
        "work": ("work", "summary", "title", "commitment", "deliverable", "task"),
        "due": ("due", "due date", "deadline", "target date", "committed"),
        "delivered": (
            "delivered",
            "delivered on",
            "done",
            "done on",
            "resolved",
            "completed",
            "completed on",
        ),
        "id": ("id", "key", "issue key", "ticket", "number"),
        "link": ("link", "url"),
        "scope_note": ("scope note", "scope", "note", "notes"),
        "team_goal": ("team goal", "goal"),
        "made": ("made on", "created", "committed on", "start", "opened"),
    },
    required=("owner", "work", "due"),
)
