"""What happened to some people, line by line from the data, so that every verdict has somebody to show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen, Tag
from datumline.domain.evidence.kinds import Kind, amounts
from datumline.domain.people.person import PersonId
from datumline.services.demo.company import Company, Member, told
from datumline.services.demo.planned import Planned, planned

PLAIN = ("title", "text", "concern", "remediation", "remediated_on")
CHOICES = {"seen": Seen, "tag": Tag, "audience": Audience}


def stories(company: Company) -> Iterator[Planned]:
    """Every line of every story."""
    for name, story in told("stories").items():
        for line in story["lines"]:
            yield _line(line, company.members[name], story.get("concern"), company)
        for condition, answer in story.get("assess", {}).items():
            yield _assessment(condition, answer, story, company.members[name], company)


def _line(line: dict[str, Any], member: Member, concern: str | None, company: Company) -> Planned:
    kind, day = Kind(line["kind"]), line["day"]
    said = {name: line[name] for name in PLAIN if name in line}
    said |= {name: choice(line[name]) for name, choice in CHOICES.items() if name in line}
    if concern and "ref" not in line:
        said.setdefault("concern", concern)
    draft = Draft(
        kind=kind,
        subject=member.id,
        author=author_of(line.get("by", "manager"), member, day, company),
        occurred_on=day,
        links=tuple(line.get("links", ())),
        principles=tuple(line.get("principles", ())),
        amounts={name: line[name] for name in (*amounts(kind), "reason") if name in line},
        **said,
    )
    named = line.get("ref") or line.get("corrects")
    return planned(draft, line.get("written"), name=line.get("as", ""), names={"ref": named} if named else {})


def _assessment(
    condition: str, answer: object, story: dict[str, Any], member: Member, company: Company
) -> Planned:
    """What the manager found beside the concern, in the case's own stream."""
    day = story["lines"][-1]["day"]
    said = {True: "yes", False: "no", None: "none"}.get(answer, str(answer))  # type: ignore[call-overload]
    return planned(
        Draft(
            kind=Kind.ASSESSMENT,
            subject=member.id,
            author=company.manager(member, day).id,
            occurred_on=day,
            audience=Audience.CASE,
            concern=story["concern"],
            amounts={"dimension": "plan", "condition": condition, "answer": said},
        )
    )


def author_of(by: str, member: Member, day: date, company: Company) -> PersonId:
    """Who wrote it: the person (`self`), the manager of the day, or somebody by name."""
    if by == "self":
        return member.id
    return company.manager(member, day).id if by == "manager" else company.members[by].id
