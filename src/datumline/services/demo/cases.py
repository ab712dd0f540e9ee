"""What ran about some concerns: diagnoses, coaching, plans in every state, a managed move, who was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from datumline.domain.evidence.draft import Draft
from datumline.domain.evidence.entry import Audience, Seen
from datumline.domain.evidence.kinds import Kind
from datumline.domain.improvement.case_events import Event, audience_of_event
from datumline.domain.improvement.coaching_record import monday_of
from datumline.services.demo.calendar import TODAY, working
from datumline.services.demo.company import Company, Member, told
from datumline.services.demo.planned import Planned, planned

RESULTS = {"m": "met", "x": "missed", "n": "n/a"}
PLAN_TERMS = {
    "expectations": [
        {"says": "Open points named", "area": "communication", "measure": "on the day, every time"},
        {"says": "Agreed work done", "area": "delivery", "measure": "nine of ten by their date"},
    ],
    "support": [{"what": "A weekly hour together", "until": "2026-09-30", "by": "the manager"}],
}


def cases(company: Company) -> Iterator[Planned]:
    """Every case."""
    for name, said in told("cases").items():
        yield from _Case(company, company.members[name], said).told()


class _Case:
    """One case, told in the order of its data."""

    def __init__(self, company: Company, member: Member, said: dict[str, Any]) -> None:
        self.company, self.member, self.said = company, member, said
        self.name = f"case:{member.name}"

    def told(self) -> Iterator[Planned]:
        """All of it."""
        for line in self.said.get("lines", ()):
            yield self._line(line)
        for condition, answer in self.said.get("assess", {}).items():
            yield self._assessed("plan", condition, answer, date(2026, 5, 14))
        for version in self.said.get("diagnosis", ()):
            yield self._diagnosed(version)
        yield from self._told_others()
        yield from self._coached()
        yield from self._figures()
        yield from self._planned()
        if "move" in self.said:
            move = self.said["move"]
            amounts = {"outcome": move["path"], "because": move["beside"], "on": move["day"]}
            yield self._event(Event.TRANSITION_OFFERED, move["day"], text=move["text"], **amounts)

    def _manager(self, day: date) -> Member:
        return self.company.manager(self.member, day)

    def _draft(self, kind: Kind, day: date, *, author: Member | None = None, **said: Any) -> Draft:
        return Draft(
            kind=kind,
            subject=self.member.id,
            occurred_on=day,
            author=(author or self._manager(day)).id,
            concern=self.said["concern"],
            **said,
        )

    def _line(self, line: dict[str, Any]) -> Planned:
        author = self.member if line.get("by") == "self" else None
        seen = {"seen": Seen(line["seen"])} if "seen" in line else {}
        words = {"title": line["title"], "text": line["text"]}
        return planned(self._draft(Kind(line["kind"]), line["day"], author=author, **words, **seen))

    def _assessed(self, dimension: str, condition: str, answer: str, day: date) -> Planned:
        amounts = {"dimension": dimension, "condition": condition, "answer": answer}
        return planned(self._draft(Kind.ASSESSMENT, day, audience=Audience.CASE, amounts=amounts))

    def _diagnosed(self, version: dict[str, Any]) -> Planned:
        amounts = {name: version[name] for name in ("type", "levels", "impact") if name in version}
        draft = self._draft(
            Kind.DIAGNOSIS, version["day"], audience=Audience.CASE, text=version["why"], amounts=amounts
        )
        return planned(draft)

    def _event(  # noqa: PLR0913 - what an event says, and what it names
        self,
        event: Event,
        day: date,
        *,
        author: Member | None = None,
        text: str = "",
        name: str = "",
        names: dict[str, str] | None = None,
        **amounts: Any,
    ) -> Planned:
        draft = self._draft(
            Kind.PLAN_EVENT,
            day,
            author=author,
            audience=audience_of_event(event),
            text=text,
            amounts={"event": event.value, **amounts},
        )
        return planned(draft, name=f"{self.name}:{name}" if name else "", names=names)

    def _told_others(self) -> Iterator[Planned]:
        for key, event in (("skip", Event.SKIP_LEVEL_TOLD), ("hr", Event.HR_TOLD)):
            said = self.said.get(key)
            if said and "fairness" not in said:
                yield self._event(event, said["day"], text=said.get("text", ""))
            elif said:
                yield self._assessed("hr", "fairness-concern", said["fairness"], said["day"])
                yield self._assessed("hr", "formal-action-likely", said["formal"], said["day"])

    def _coached(self) -> Iterator[Planned]:
        said = self.said.get("coaching")
        if said is None:
            return
        each = list(zip(said["says"], said["areas"], said["measures"], strict=True))
        terms = {
            "expectations": [{"says": s, "area": a, "measure": m} for s, a, m in each],
            "support": [{"what": said["support"], "until": said["until"].isoformat(), "by": ""}],
        }
        first, last = said["day"], said["until"]
        yield self._event(
            Event.COACHING_OPENED,
            first,
            terms=terms,
            on=first,
            until=last,
        )
        yield from self._weeks(said["day"], said["weeks"], [(s, a) for s, a, _ in each])
        if "closed" in said:
            end = said["closed"]
            yield self._event(
                Event.COACHING_CLOSED, end["day"], outcome=end["outcome"], because=end["because"]
            )

    def _weeks(self, first: date, weeks: str, each: list[tuple[str, str]]) -> Iterator[Planned]:
        """One reading of each expectation a week: a miss is of one of them in turn, the others are met."""
        for place, letter in enumerate(weeks):
            monday = monday_of(first) + timedelta(weeks=place)
            friday = min(working(monday + timedelta(days=4)), TODAY)
            for number, (says, area) in enumerate(each):
                own = letter if number == place % len(each) or letter == "n" else "m"
                amounts = {"week_of": monday, "expectation": says, "area": area, "result": RESULTS[own]}
                yield planned(self._draft(Kind.COACHING_READING, friday, amounts=amounts))

    def _figures(self) -> Iterator[Planned]:
        for day, name, value in self.said.get("figures", ()):
            amounts = {"name": name, "after": value, "better": "lower"}
            yield planned(
                self._draft(Kind.METRIC_READING, day, seen=Seen.ARTIFACT, title=name, amounts=amounts)
            )

    def _planned(self) -> Iterator[Planned]:
        said = self.said.get("plan")
        if said is None:
            return
        day, over = said["drafted"], {"override": said["override"]} if "override" in said else {}
        first = said.get("given") or said.get("starts") or day
        draft = {"about": f"{self.name}:draft"}
        yield self._event(Event.PLAN_DRAFTED, day, name="draft", terms=PLAN_TERMS, on=first, **over)
        above = self.company.manager(self._manager(day), day)
        if "declined" in said:
            why = {"because": said["because"]}
            yield self._event(Event.DECLINED, said["declined"], author=above, names=draft, **why)
        if "approved" in said:
            yield self._event(Event.APPROVED, said["approved"], author=above, names=draft)
        if "given" in said:
            yield self._event(
                Event.PLAN_ISSUED, said["given"], name="plan", names=draft, terms=PLAN_TERMS, on=first, **over
            )
            yield from self._run(said)

    def _run(self, said: dict[str, Any]) -> Iterator[Planned]:
        """What was done with a plan that was given."""
        plan = {"plan": f"{self.name}:plan"}
        if "read" in said:
            draft = Draft(
                kind=Kind.ACKNOWLEDGEMENT,
                subject=self.member.id,
                occurred_on=said["read"],
                author=self.member.id,
            )
            yield planned(draft, names={"ref": f"{self.name}:plan"})
        each = [(one["says"], one["area"]) for one in PLAN_TERMS["expectations"]]
        yield from self._weeks(said["given"] + timedelta(days=7), said["weeks"], each)
        if "paused" in said:
            day = said["paused"]
            yield self._event(Event.PLAN_PAUSED, day, names=plan, on=day, because="Away for some weeks.")
        if "closed" in said:
            end = said["closed"]
            yield self._event(
                Event.PLAN_CLOSED, end["day"], names=plan, outcome=end["outcome"], because=end["because"]
            )
