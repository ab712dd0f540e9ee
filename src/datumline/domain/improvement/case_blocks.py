"""Blocks of a case's papers: tables of entries, the person's own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from datumline.domain.citation import EntryCitation
from datumline.domain.documents.document import Block, Claim, Note, Paragraph, Row, Table
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.lateness import days_late
from datumline.domain.improvement.case_events import because, event_of
from datumline.domain.improvement.case_material import CaseMaterial
from datumline.domain.improvement.documentation import is_formal
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words


def entries_of(material: CaseMaterial, policy: Policy, *, formal: bool) -> tuple[Block, ...]:
    """The entries of the concern, oldest first: coaching notes and examples, or formal documents."""
    say = policy.phrases.say
    zone = ZoneInfo(material.person.zone)
    after = timedelta(days=policy.days("evidence.late_after", material.at.as_of))
    disputed = {each.ref for each in material.answers if each.kind is Kind.DISPUTE}
    rows = []
    for entry in material.case.entries:
        if is_formal(entry) is not formal or entry.kind in {Kind.DIAGNOSIS, Kind.ASSESSMENT}:
            continue
        late = days_late(entry, after, zone)
        marks = [say("document.mark.late", days=late)] if late else []
        marks += [say("document.mark.disputed")] if entry.id in disputed else []
        what = _what(entry)
        rows.append(
            Row(
                cells=(
                    day_words(entry.occurred_on),
                    entry.kind.value.replace("-", " "),
                    f"{what} ({', '.join(marks)})" if marks else what,
                    material.names.get(entry.author, entry.author),
                ),
                entries=(entry.id,),
            )
        )
    if not rows:
        return (Note(text=say("document.dossier.none")),)
    return (rows_of("entries", ("happened", "kind", "what", "by"), (4, 4, 12, 4), rows, policy),)


def _what(entry: Entry) -> str:
    """What an entry says: its line, its text, or the event that it is."""
    if entry.kind is Kind.PLAN_EVENT:
        return ". ".join(part for part in (event_words(entry), because(entry)) if part)
    if entry.kind is Kind.COACHING_READING:
        return f"{entry.amounts.get('expectation', '')}: {entry.amounts.get('result', '')}"
    return ". ".join(part.rstrip(".") for part in (entry.title, entry.text) if part) or entry.kind.value


def event_words(entry: Entry) -> str:
    """An event in words, with its outcome if it has one."""
    event = event_of(entry)
    outcome = str(entry.amounts.get("outcome", "")).replace("-", " ")
    said = (event.value if event else "").replace("-", " ")
    return f"{said}: {outcome}" if outcome else said


def answers_of(material: CaseMaterial, policy: Policy) -> Iterator[Block]:
    """What the person said, each with its day."""
    said = [each for each in material.answers if each.text or each.amounts.get("reason")]
    if not said:
        yield Note(text=policy.phrases.say("document.dossier.no-answer"))
    for each in said:
        words = str(each.amounts.get("reason") or each.text)
        text = f"{day_words(each.recorded_at.date())}, {each.kind}: {words}"
        yield Paragraph(claims=(Claim(text=text, citations=cite(each)),))


def cite(entry: Entry) -> tuple[EntryCitation, ...]:
    """An entry as what a claim rests on."""
    return (EntryCitation(entry=entry.id),)


def rows_of(
    caption: str, columns: Iterable[str], widths: tuple[int, ...], rows: Sequence[Row], policy: Policy
) -> Table:
    """A table with the pack's words for its columns."""
    say = policy.phrases.say
    return Table(
        caption=say(f"document.case.{caption}"),
        columns=tuple(say(f"document.column.{each}") for each in columns),
        widths=widths,
        rows=tuple(rows),
    )
