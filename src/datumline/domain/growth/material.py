"""What growth documents are made from, on one day, for one reader; and an entry as one cited sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from datumline.domain.citation import EntryCitation, EntryId
from datumline.domain.documents.document import Block, Claim, LeftOut, Note, Paragraph, Section
from datumline.domain.evidence.entry import Entry
from datumline.domain.evidence.kinds import NO_EVIDENCE, PAPERS, Kind
from datumline.domain.people.fold import Place
from datumline.domain.people.person import Person
from datumline.domain.period import AsOf, Window
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words, short_day_words

# Told by their figures, not one by one.
COUNTED = frozenset(
    {Kind.CHANGE_BATCH, Kind.REVIEW_TURNAROUND, Kind.COMMITMENT, Kind.DELIVERY, Kind.RESCHEDULE}
)
SAID = frozenset({Kind.WRITTEN_NOTE, Kind.SBI, Kind.PERSONAL_CONVERSATION, Kind.REPLY})
REACH = frozenset(
    {
        Kind.ARTIFACT,
        Kind.CITATION,
        Kind.OWNERSHIP,
        Kind.UNBLOCKED,
        Kind.DIRECTION,
        Kind.MENTORSHIP,
        Kind.CROSS_TEAM_PROJECT,
        Kind.CUSTOMER_IMPACT,
        Kind.TRADE_OFF,
        Kind.DECISION,
        Kind.METRIC_READING,
        Kind.RECOGNITION,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a growth document is made from.

    Attributes:
        entries: what stands in the shared stream and the reader may read, oldest record first.
        names: of the people who write.
        figures: the figures of the day in words, as name, figure and count, with their entries.
    """

    person: Person
    place: Place
    manager: str
    entries: Sequence[Entry]
    names: Mapping[str, str]
    figures: Sequence[tuple[str, str, str, tuple[EntryId, ...]]]
    at: AsOf
    zone: tzinfo

    def within(self, window: Window) -> list[Entry]:
        """What happened in the window, by day."""
        found = (entry for entry in self.entries if entry.occurred_on in window)
        return sorted(found, key=lambda each: (each.occurred_on, each.recorded_at, each.id))

    @property
    def evidence(self) -> list[Entry]:
        """Entries about the work, without people's frame and without papers."""
        return [entry for entry in self.entries if entry.kind not in NO_EVIDENCE]

    @property
    def papers(self) -> list[Entry]:
        """What was written to look back and to plan."""
        return [entry for entry in self.entries if entry.kind in PAPERS]


def headline(entry: Entry) -> str:
    """An entry in one line."""
    if entry.title:
        return entry.title.strip().rstrip(".")
    words = entry.kind.replace("-", " ").capitalize()
    named = (entry.amounts.get(name) for name in ("work", "artifact", "name", "of", "whom", "event"))
    said = next((str(each) for each in named if each), "")
    return f"{words}: {said}" if said else entry.text.partition("\n")[0].strip().rstrip(".") or words


def sentence(entry: Entry, *, long: bool = False) -> Claim:
    """An entry as one sentence that cites it; with `long`, its text too."""
    more = f" {' '.join(entry.text.split())}" if long and entry.title and entry.text else ""
    text = f"{short_day_words(entry.occurred_on)}: {headline(entry)}.{more}"
    return Claim(text=text, citations=(EntryCitation(entry=entry.id),))


def said(text: str, *entries: EntryId) -> Claim:
    """A sentence that rests on entries."""
    return Claim(text=text, citations=tuple(EntryCitation(entry=each) for each in entries))


def listed(claims: Iterable[Claim], empty: str) -> tuple[Block, ...]:
    """One paragraph for each claim; a note where there is none."""
    return tuple(Paragraph(claims=(claim,)) for claim in claims) or (Note(text=empty),)


def cited(sections: Iterable[Section]) -> set[EntryId]:
    """Every entry that the sections' claims rest on."""
    return {
        citation.entry
        for section in sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for claim in block.claims
        for citation in claim.citations
        if isinstance(citation, EntryCitation)
    }


def subtitle(material: Material, policy: Policy) -> str:
    """Level, team, manager, and the two clocks."""
    place, at, say = material.place, material.at, policy.phrases.say
    level = place.level
    named = policy.levels[level].name if level and level in policy.levels else level
    manager = say("document.signal-log.manager", name=material.manager) if material.manager else ""
    clocks = say("document.signal-log.clocks", as_of=at.as_of, known_at=at.known_at.date())
    return ". ".join(part for part in (named, place.team or place.unit, manager, clocks) if part)


def omitted(
    entries: Sequence[Entry], used: set[EntryId], policy: Policy, *, cut: Sequence[EntryId] = ()
) -> tuple[LeftOut, ...]:
    """What the document does not tell one by one, by why."""
    say, rest = policy.phrases.say, [each for each in entries if each.id not in used]
    gone = set(cut)
    counted = tuple(each.id for each in rest if each.kind in COUNTED and each.id not in gone)
    others = tuple(each.id for each in rest if each.kind not in COUNTED and each.id not in gone)
    found = (
        LeftOut(why=say("document.growth.left.cut"), entries=tuple(gone - used), to_fit=True),
        LeftOut(why=say("document.growth.left.counted"), entries=counted),
        LeftOut(why=say("document.growth.left.others"), entries=others),
    )
    return tuple(each for each in found if each.entries)


def span_words(window: Window) -> str:
    """A span of days."""
    return f"{day_words(window.start)} to {day_words(window.end)}"
