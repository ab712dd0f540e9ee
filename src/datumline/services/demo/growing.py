"""Growth documents and visibility plans of some people, line by line from the data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.kinds import Kind, Type, amounts
from datumline.services.demo.company import Company, Member, told
from datumline.services.demo.planned import Planned, planned
from datumline.services.demo.stories import author_of


def growing(company: Company) -> Iterator[Planned]:
    """Every line of every growth document."""
    for name, lines in told("growth").items():
        for line in lines:
            yield _line(line, company.members[name], company)


def _line(line: dict[str, Any], member: Member, company: Company) -> Planned:
    """One line; a field that names an entry says the name under which that entry is known (`as`)."""
    kind, day = Kind(line["kind"]), line["day"]
    fields = amounts(kind)
    named = {name: line[name] for name, (type_, _) in fields.items() if type_ is Type.ENTRY and name in line}
    draft = Draft(
        kind=kind,
        subject=member.id,
        author=author_of(line.get("by", "manager"), member, day, company),
        occurred_on=day,
        title=line.get("title", ""),
        text=line.get("text", ""),
        amounts={name: line[name] for name in fields if name in line and name not in named},
    )
    return planned(draft, name=line.get("as", ""), names=named)
