"""The policy in force, for everybody whom it concerns: numbers, tables, sentences, names, history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.policy.decision_table import DecisionTable, Row, Term
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.parameter import Parameter, Unit, Value
from datumline.services.pages.verdict_cards import pack_words
from datumline.services.policy import activations, active_policy, content_in_force
from datumline.services.visit import Visit

VIEWS = (
    ("parameters", "Numbers"),
    ("tables", "Tables"),
    ("phrases", "Sentences"),
    ("names", "Principles, kinds, levels"),
    ("history", "Which pack when"),
)
LONGEST = 100
FIGURE = re.compile(r"\{\w+(?::[^|}]*\|([^}]*))?\}")
# Names of groups that their prefix does not say; the pack names its keys, not their groups.
GROUP_NAMES = {"hr": "HR", "pip": "Formal plan", "sbi": "SBI conversation", "star": "STAR stories"}
UNWRITTEN = frozenset({Unit.COUNT, Unit.TEXT, Unit.TEXTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterRow:
    """One parameter: its value today, and each dated one when there are several."""

    key: str
    value: str
    meaning: str
    reference: str
    dated: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Numbers that belong together, under a name."""

    name: str
    rows: tuple[ParameterRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name with what it means."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Sentences of one sort, under its name."""

    name: str
    rows: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table as a sentence: when these hold, that verdict."""

    words: str
    when: tuple[str, ...]
    any_of: bool
    verdict: str
    irreversible: bool
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """One decision table; `conditions` with the parameter that each is measured by, if any."""

    id: str
    question: str
    conditions: tuple[tuple[str, str], ...]
    rows: tuple[TableRow, ...]
    cautious: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Active:
    """A pack and since when it is in force; `until` is None for the one of today, or of a day to come."""

    words: str
    starts: date
    recorded: datetime
    until: date | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPage:
    """The page; only what the chosen view shows is filled."""

    view: str
    q: str
    pack: str
    owner: str
    digest: str
    tabs: tuple[tuple[str, str, str, str], ...]
    groups: tuple[Group, ...] = ()
    tables: tuple[TableView, ...] = ()
    phrases: tuple[Sentences, ...] = ()
    names: tuple[tuple[str, tuple[Named, ...]], ...] = ()
    history: tuple[Active, ...] = ()


def policy_page(asked: Visit, view: str, q: str) -> PolicyPage | None:
    """The page; None for who may not read packs, and for a view that there is not."""
    if view not in dict(VIEWS) or not asked.gate.allows(Verb.READ, Noun.PACK):
        return None
    policy, today = active_policy(asked.context), asked.context.today
    words = q.strip()[:LONGEST].casefold().split()
    return PolicyPage(
        view=view,
        q=q.strip()[:LONGEST],
        pack=pack_words(policy),
        owner=policy.head.owner,
        digest=policy.digest,
        tabs=tuple((name, f"/policy?show={name}", said, "") for name, said in VIEWS),
        groups=tuple(_groups(policy, today, words)) if view == "parameters" else (),
        tables=tuple(_table(policy, each) for each in policy.tables.values()) if view == "tables" else (),
        phrases=tuple(_phrases(policy, words)) if view == "phrases" else (),
        names=tuple(_names(policy)) if view == "names" else (),
        history=tuple(_history(asked)) if view == "history" else (),
    )


def policy_file(asked: Visit) -> tuple[str, str] | None:
    """The pack in force as one YAML file: its name and its text; None for who may not read packs."""
    if not asked.gate.allows(Verb.READ, Noun.PACK):
        return None
    policy = active_policy(asked.context)
    return f"{policy.ref.name}-{policy.ref.version}.yaml", content_in_force(policy)


def _groups(policy: Policy, today: date, words: list[str]) -> Iterator[Group]:
    found: dict[str, list[ParameterRow]] = {}
    for key, parameter in policy.parameters.items():
        row = _parameter(parameter, today)
        if _says(f"{key} {row.value} {row.meaning} {row.reference}", words):
            found.setdefault(key.partition(".")[0], []).append(row)
    groups = (Group(name=_group_name(name), rows=tuple(rows)) for name, rows in found.items())
    yield from sorted(groups, key=lambda each: each.name.casefold())


def _group_name(prefix: str) -> str:
    return GROUP_NAMES.get(prefix, prefix.replace("_", " ").capitalize())


def _says(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)


def _parameter(parameter: Parameter, today: date) -> ParameterRow:
    several = len(parameter.values) > 1
    return ParameterRow(
        key=parameter.key,
        value=_value(parameter.on(today), parameter.unit),
        meaning=parameter.meaning,
        reference=parameter.reference,
        dated=tuple((each.start, _value(each.value, parameter.unit)) for each in parameter.values)
        if several
        else (),
    )


def _value(value: Value, unit: Unit) -> str:
    said = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if unit in UNWRITTEN:
        return said
    if unit is Unit.PERCENT:
        return f"{said} %"
    return f"{said} {unit.removesuffix('s') if value in (1, Decimal(1)) else unit}"


def _table(policy: Policy, table: DecisionTable) -> TableView:
    def said(phrase: str, otherwise: str) -> str:
        return FIGURE.sub(_any_number, policy.phrases.texts.get(phrase, otherwise))

    def condition(name: str) -> str:
        return said(f"condition.{table.name}.{name}", name.replace("-", " "))

    def term(each: Term) -> str:
        return f"not: {condition(each.condition)}" if each.negated else condition(each.condition)

    def row(each: Row) -> TableRow:
        return TableRow(
            words=said(f"row.{table.name}.{each.id}", each.id.replace("-", " ")),
            when=tuple(map(term, each.terms)),
            any_of=each.any_term,
            verdict=said(f"verdict.{table.name}.{each.verdict}", each.verdict.replace("-", " ")),
            irreversible=each.irreversible,
            reference=each.reference,
        )

    return TableView(
        id=table.name,
        question=table.question,
        conditions=tuple((condition(name), parameter or "") for name, parameter in table.conditions.items()),
        rows=tuple(map(row, table.rows)),
        cautious=said(f"verdict.{table.name}.{table.cautious}", "") if table.cautious else "",
    )


def _any_number(found: re.Match[str]) -> str:
    """`{wait:day|days}` of a phrase, where no figure is given: "n days"."""
    return f"n {found[1]}" if found[1] else "n"


def _phrases(policy: Policy, words: list[str]) -> Iterator[Sentences]:
    found: dict[str, list[Named]] = {}
    for name, text in sorted(policy.phrases.texts.items()):
        if _says(f"{name} {text}", words):
            found.setdefault(name.partition(".")[0], []).append(Named(name=name, meaning=text))
    for sort, rows in found.items():
        yield Sentences(name=_group_name(sort), rows=tuple(rows))


def _names(policy: Policy) -> Iterator[tuple[str, tuple[Named, ...]]]:
    clusters = policy.clusters
    yield (
        "Principles",
        tuple(
            Named(
                name=each.name,
                meaning=", ".join(
                    [
                        *(clusters[name].name for name in each.clusters),
                        *(["critical at L6 and L7"] * each.critical),
                    ]
                ),
            )
            for each in policy.principles.values()
        ),
    )
    yield "Clusters", tuple(Named(name=each.name, meaning=each.looks_for) for each in clusters.values())
    yield (
        "What an event says about principles",
        tuple(
            Named(
                name=each.says,
                meaning=("against: " if each.against else "for: ")
                + ", ".join(policy.principles[name].name for name in each.principles)
                + f" ({each.reference})",
            )
            for each in policy.metric_principles.values()
        ),
    )
    yield (
        "Kinds of entry that the pack adds",
        tuple(
            Named(name=each.id.replace("-", " "), meaning=f"{each.meaning} ({each.parent.replace('-', ' ')})")
            for each in policy.subtypes.values()
        ),
    )
    ranked = sorted(policy.levels.values(), key=lambda each: each.rank)
    yield "Levels", tuple(Named(name=each.name, meaning=each.meaning) for each in ranked)


def _history(asked: Visit) -> Iterator[Active]:
    """Every activation, the latest to start first."""
    today = asked.context.today
    found = sorted(activations(), key=lambda each: (each.starts, each.recorded_at))
    following = [each.starts for each in found[1:]]
    rows = []
    for at, each in enumerate(found):
        until = following[at] if at < len(following) else None
        rows.append(
            Active(
                words=f"{each.pack} {each.version}, {each.digest[:12]}",
                starts=each.starts,
                recorded=each.recorded_at,
                until=until,
                current=each.starts <= today and (until is None or today < until),
            )
        )
    yield from reversed(rows)
