"""The signal log: the one page that a panel reads before the round (spec 60).

It lists what speaks against the person, each matter with principle and tag, the figures against their bars,
what speaks the other way, and how much of the record it used (law 7).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from datumline.domain.bar_raiser.matters import Group, Matter, grouped, matters_of
from datumline.domain.documents.document import Document, Lamps, LeftOut, Note, Row, Section, Table
from datumline.domain.documents.page_budget import PageBudget
from datumline.domain.evidence.entry import Entry, EntryId
from datumline.domain.evidence.kinds import NO_EVIDENCE, Kind
from datumline.domain.people.fold import Place
from datumline.domain.people.person import Person
from datumline.domain.period import last_days
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import day_words
from datumline.domain.signals.catalogue import HEALTH
from datumline.domain.signals.commitments import Commitment
from datumline.domain.signals.signal import Signal
from datumline.domain.signals.words import signal_words
from datumline.domain.verdict import Figure, Verdict

SPEAKS_FOR = (
    Kind.CUSTOMER_IMPACT,
    Kind.CROSS_TEAM_PROJECT,
    Kind.TRADE_OFF,
    Kind.ARTIFACT,
    Kind.CITATION,
    Kind.MENTORSHIP,
    Kind.UNBLOCKED,
    Kind.RECOGNITION,
    Kind.METRIC_READING,
)
SIGNAL_COLUMNS = ("signal", "figure", "count", "interval", "bar")
# Figures about how the record was kept, and those that repeat another one, are for the person's page.
NOT_ON_THE_PAGE = frozenset({"on-time-first-dates", "senior-bar", "regression", *HEALTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that a signal log is made from, on one day, for one reader.

    `entries` are those that stand and that the reader may read; `disputes` the entries that are disputed.
    """

    person: Person
    place: Place
    manager: str
    entries: Sequence[Entry]
    commitments: Sequence[Commitment]
    disputes: frozenset[EntryId]
    signals: Sequence[Signal]
    verdict: Verdict


def signal_log(material: Material, policy: Policy, *, group: int = 0) -> Document:
    """The document, with its `group` oldest matters put together by principle and tag."""
    on = material.verdict.at.as_of
    window = last_days(policy.days("window.signals", on), until=on)
    matters = matters_of(
        material.entries,
        material.commitments,
        window=window,
        policy=policy,
        disputed=material.disputes,
        zone=ZoneInfo(material.person.zone),
    )
    alone, groups = grouped(matters, group)
    sections = _sections(material, alone, groups, policy)
    evidence = [entry for entry in material.entries if entry.kind not in NO_EVIDENCE]
    used = _entries_of(sections) & {entry.id for entry in evidence}
    pages = policy.whole("signal_log.pages", on)
    return Document(
        kind="signal-log",
        title=policy.phrases.say("document.signal-log.title", name=material.person.name),
        subtitle=_subtitle(material, policy),
        at=material.verdict.at,
        pack=policy.ref,
        budget=PageBudget(least=pages, most=pages),
        sections=sections,
        footer=policy.phrases.say(
            "document.signal-log.footer",
            used=len(used),
            available=len(evidence),
            pack=policy.ref.name,
            version=policy.ref.version,
        ),
        used=len(used),
        available=len(evidence),
        left_out=_left_out(evidence, used, groups, policy),
    )


def _sections(
    material: Material, alone: Sequence[Matter], groups: Sequence[Group], policy: Policy
) -> tuple[Section, ...]:
    say = policy.phrases.say
    days = policy.days("window.signals", material.verdict.at.as_of)
    speaks_for = _speaks_for(material.entries, policy) or Note(text=say("document.signal-log.nothing-for"))
    return (
        Section(title=say("document.signal-log.bar"), blocks=(_lamps(material.verdict, policy),)),
        Section(title=say("document.signal-log.signals"), blocks=_signals(material.signals, policy)),
        Section(title=say("document.signal-log.matters", days=days), blocks=_matters(alone, groups, policy)),
        Section(title=say("document.signal-log.other-way"), blocks=(speaks_for,)),
    )


def _subtitle(material: Material, policy: Policy) -> str:
    place, at = material.place, material.verdict.at
    level = place.level
    named = policy.levels[level].name if level and level in policy.levels else level
    parts = [named, place.team or place.unit]
    parts += [material.manager and policy.phrases.say("document.signal-log.manager", name=material.manager)]
    parts += [policy.phrases.say("document.signal-log.clocks", as_of=at.as_of, known_at=at.known_at.date())]
    return ". ".join(part for part in parts if part)


def _lamps(verdict: Verdict, policy: Policy) -> Lamps:
    say = policy.phrases.say
    return Lamps(
        lamps=tuple(
            (
                condition.answer,
                say(f"condition.{verdict.table}.{condition.id}", **condition.figures),
                _found(condition.figures),
            )
            for condition in verdict.conditions
        )
    )


def _found(figures: Mapping[str, Figure]) -> str:
    """The count beside a lamp: so many of so many, by whichever names the condition gives."""
    for part, whole in (("on_time", "of"), ("count", "needed")):
        if isinstance(figures.get(part), int) and figures.get(whole):
            return f"{figures[part]} of {figures[whole]}"
    return ""


def _signals(signals: Sequence[Signal], policy: Policy) -> tuple[Table | Note, ...]:
    say = policy.phrases.say
    shown = [(s, signal_words(s, policy.phrases)) for s in signals if s.id not in NOT_ON_THE_PAGE]
    rows = tuple(
        Row(cells=(w.name, w.figure, w.count, w.interval, w.bar), entries=s.entries)
        for s, w in shown
        if not w.empty
    )
    silent = dict.fromkeys(w.name for _, w in shown if w.empty)
    table = Table(
        caption=say("document.signal-log.signals"),
        columns=tuple(say(f"document.column.{each}") for each in SIGNAL_COLUMNS),
        widths=(9, 3, 3, 4, 4),
        rows=rows,
    )
    notes = [f"{w.name}: {w.finding}" for s in signals if (w := signal_words(s, policy.phrases)).finding]
    notes += [say("document.signal-log.silent", names="; ".join(silent))] if silent else []
    return ((table,) if rows else ()) + tuple(Note(text=note) for note in notes)


def _matters(alone: Sequence[Matter], groups: Sequence[Group], policy: Policy) -> tuple[Table | Note, ...]:
    say = policy.phrases.say
    if not alone and not groups:
        return (Note(text=say("document.signal-log.no-matters")),)
    rows = [Row(cells=_matter_cells(matter, policy), entries=matter.entries) for matter in alone]
    rows += [Row(cells=_group_cells(group, policy), entries=_entries(group)) for group in groups]
    table = Table(
        caption=say("document.signal-log.matters-caption"),
        columns=tuple(say(f"document.column.{name}") for name in ("happened", "what", "principle", "tag")),
        widths=(4, 10, 5, 3),
        rows=tuple(rows),
    )
    return (table, Note(text=say("document.signal-log.reading")))


def _matter_cells(matter: Matter, policy: Policy) -> tuple[str, ...]:
    say = policy.phrases.say
    marks = [say("document.mark.late", days=matter.late_days)] if matter.late_days else []
    marks += [say("document.mark.reported")] if matter.reported else []
    marks += [say("document.mark.disputed")] if matter.disputed else []
    said = _what(matter, policy)
    what = f"{said} ({', '.join(marks)})" if marks else said
    names = _principles(matter.principles, policy, suggested=matter.suggested)
    return (day_words(matter.happened), what, names, matter.tag)


def _what(matter: Matter, policy: Policy) -> str:
    if matter.missed is None:
        return matter.title
    if matter.missed.days_late is None:
        return policy.phrases.say("document.matter.undelivered", title=matter.title)
    return policy.phrases.say("document.matter.late", title=matter.title, days=matter.missed.days_late)


def _group_cells(group: Group, policy: Policy) -> tuple[str, ...]:
    what = policy.phrases.say("document.signal-log.group", count=len(group.matters))
    days = dict.fromkeys((day_words(group.first), day_words(group.last)))
    suggested = all(matter.suggested for matter in group.matters)
    names = _principles(group.principles, policy, suggested=suggested)
    return (" to ".join(days), what, names, group.tag)


def _principles(ids: Iterable[str], policy: Policy, *, suggested: bool) -> str:
    """The principles' names, in brackets when nobody has confirmed them."""
    names = ", ".join(policy.principles[each].name if each in policy.principles else each for each in ids)
    return f"({names})" if suggested and names else names


def _entries(group: Group) -> tuple[EntryId, ...]:
    return tuple(entry for matter in group.matters for entry in matter.entries)


def _speaks_for(entries: Iterable[Entry], policy: Policy) -> Table | None:
    """One line for each kind: how many entries there are, and the newest one's title."""
    of_kind: dict[Kind, list[Entry]] = {}
    for entry in sorted(entries, key=lambda each: (each.occurred_on, each.id), reverse=True):
        if entry.kind in SPEAKS_FOR:
            of_kind.setdefault(entry.kind, []).append(entry)
    rows = tuple(
        Row(
            cells=(policy.phrases.say(f"kind.{kind}"), str(len(of_kind[kind])), _newest(of_kind[kind][0])),
            entries=tuple(entry.id for entry in of_kind[kind]),
        )
        for kind in SPEAKS_FOR
        if kind in of_kind
    )
    if not rows:
        return None
    return Table(
        caption=policy.phrases.say("document.signal-log.other-way"),
        columns=tuple(
            policy.phrases.say(f"document.column.{each}") for each in ("kind", "entries", "newest")
        ),
        widths=(6, 2, 14),
        figures=frozenset({1}),
        rows=rows,
    )


def _newest(entry: Entry) -> str:
    title = (entry.title or entry.text).rstrip(".")
    return f"{title}, {day_words(entry.occurred_on)}"


def _entries_of(sections: Iterable[Section]) -> set[EntryId]:
    tables = (block for section in sections for block in section.blocks if isinstance(block, Table))
    return {entry for table in tables for row in table.rows for entry in row.entries}


def _left_out(
    evidence: Iterable[Entry], used: set[EntryId], groups: Iterable[Group], policy: Policy
) -> tuple[LeftOut, ...]:
    say = policy.phrases.say
    together = tuple(entry for group in groups for entry in _entries(group))
    rest = tuple(entry.id for entry in evidence if entry.id not in used)
    said = (
        LeftOut(why=say("document.signal-log.left.grouped"), entries=together, to_fit=True),
        LeftOut(why=say("document.signal-log.left.not-on-page"), entries=rest),
    )
    return tuple(each for each in said if each.entries)
