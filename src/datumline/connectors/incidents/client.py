"""What a table of incidents may hold, and under which names."""

from __future__ import annotations

from datumline.connectors.table.columns import Layout

LAYOUT = Layout(
    aliases={
        "person": ("person", "engineer", "email", "responder", "owner", "assignee", "who"),
        "title": ("title", "summary", "incident", "name"),
        "on": ("date", "on", "occurred", "occurred on", "started", "start", "created"),
        "severity": ("severity", "sev", "priority"),
        "role": ("role", "incident role"),
        "avoidable": ("avoidable", "preventable"),
        "system": ("system", "service", "component"),
        "id": ("id", "key", "number", "incident number", "incident id"),
        "link": ("link", "url", "postmortem"),
    },
    required=("person", "title", "on"),
)
