"""An interview's blueprint read and checked: names that exist, a clock that moves on, enough ways to ask."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from datumline.domain.policy.blueprint import (
    CONDUCTS,
    FOLLOW_UPS,
    LEAST_WORDINGS,
    Amount,
    Blueprint,
    BlueprintItem,
    Mistake,
    Phase,
    RubricDimension,
)
from datumline.pack_files.faults import Faults
from datumline.pack_files.parameters import reference
from datumline.pack_files.readers import NAME, NUMBER, Reader, number_of, one_of, text_of
from datumline.pack_files.yaml_tree import Fields, Node, Place, Text

READERS = ("em-performance",)
KINDS = ("interview", "conversation")
JOINED = ("phases", "items", "mistakes", "dimensions", "follow_ups")
T = TypeVar("T")


def inheriting(section: Fields, faults: Faults) -> Fields:
    """The blueprints with what each takes over from the one that it extends: fields, phases, items."""
    fields = {key: _extended(key, node, section, faults) for key, node in section.fields.items()}
    return Fields(fields, section.keys, section.repeated, section.place)


def _extended(key: str, node: Node, section: Fields, faults: Faults) -> Node:
    named = node.fields.get("extends") if isinstance(node, Fields) else None
    if named is None or not isinstance(node, Fields):
        return node
    parent = section.fields.get(named.text) if isinstance(named, Text) else None
    if not isinstance(parent, Fields) or "extends" in parent.fields:
        expected = "the id of a blueprint that extends none"
        faults.add(f"blueprint {key}: nothing to extend", named.place, expected)
        return _joined(node, node)
    return _joined(parent, node)


def _joined(parent: Fields, own: Fields) -> Fields:
    """The parent's fields under one's own; mappings of ids are joined by id."""
    fields, keys = parent.fields | own.fields, parent.keys | own.keys
    for name in JOINED:
        before, after = parent.fields.get(name), own.fields.get(name)
        if isinstance(before, Fields) and isinstance(after, Fields):
            fields[name] = Fields(
                before.fields | after.fields, before.keys | after.keys, after.repeated, after.place
            )
    return Fields(
        {name: one for name, one in fields.items() if name != "extends"},
        {name: one for name, one in keys.items() if name != "extends"},
        own.repeated,
        own.place,
    )


def read_blueprint(name: str, node: Node, parameters: Container[str], faults: Faults) -> Blueprint:
    """The blueprint `name` as written in `node`; numbers may be keys among `parameters`."""
    reader = Reader(node, f"blueprint {name}", faults)
    if not NAME.fullmatch(name):
        reader.fault(f"'{name}' is no name", "letters, digits and '-'")
    kind = reader.choice("kind", KINDS) or "interview"
    trained = reader.choice("reader", READERS, needed=False) or None
    phases = _each(reader, "phases", faults, lambda key, one: _phase(key, one, parameters, faults))
    dimensions = _each(
        reader,
        "dimensions",
        faults,
        lambda key, one: _dimension(key, one, phases, parameters, faults),
        needed=False,
    )
    items = _each(
        reader, "items", faults, lambda key, one: _item(key, one, phases, dimensions, trained, faults)
    )
    mistakes = _each(
        reader,
        "mistakes",
        faults,
        lambda key, one: _mistake(key, one, items, phases, trained, faults),
        needed=False,
    )
    found = Blueprint(
        id=name,
        title=reader.text("title"),
        kind=kind,
        scenario=reader.text("scenario", expected="what the candidate is told"),
        reference=reference(reader),
        minutes=_amount(reader, "minutes", parameters, faults),
        reader=trained,
        framing=reader.choice("framing", phases, needed=False) or None,
        dimensions=dimensions,
        phases=phases,
        items=items,
        mistakes=mistakes,
        follow_ups=_follow_ups(reader, faults),
    )
    _check_whole(found, reader)
    reader.done()
    return found


def _each(
    reader: Reader, key: str, faults: Faults, read: Callable[[str, Node], T], *, needed: bool = True
) -> dict[str, T]:
    """The entries of a mapping, in order."""
    node = reader.node(key, "ids with what belongs to each", needed=needed)
    if node is None:
        return {}
    fields = Reader(node, f"{reader.called}: {key}", faults)
    return {name: read(name, one) for name, one in fields.fields.items()}


def _phase(name: str, node: Node, parameters: Container[str], faults: Faults) -> Phase:
    reader = Reader(node, f"phase {name}", faults)
    found = Phase(
        id=name,
        name=reader.text("name"),
        ends=_amount(reader, "ends", parameters, faults),
        questions=_wordings(reader, "questions", least=1),
    )
    reader.done()
    return found


def _dimension(
    name: str, node: Node, phases: Iterable[str], parameters: Container[str], faults: Faults
) -> RubricDimension:
    reader = Reader(node, f"dimension {name}", faults)
    found = RubricDimension(
        id=name,
        name=reader.text("name"),
        points=_amount(reader, "points", parameters, faults),
        gate=reader.choice("gate", phases, needed=False) or None,
        mistake_costs=_number(reader, "mistake_costs", faults),
        conduct=_weights(reader, "conduct", CONDUCTS, faults),
    )
    reader.done()
    return found


def _item(  # noqa: PLR0913, PLR0917 - what an item is checked against
    name: str,
    node: Node,
    phases: Iterable[str],
    dimensions: Iterable[str],
    trained: str | None,
    faults: Faults,
) -> BlueprintItem:
    reader = Reader(node, f"item {name}", faults)
    found = BlueprintItem(
        id=name,
        name=reader.text("name"),
        phase=reader.choice("phase", phases),
        weights=_weights(reader, "weights", tuple(dimensions), faults),
        ambiguity=reader.flag("ambiguity"),
        says=reader.text("says", needed=trained is None, expected="what an answer says that covers it"),
        examples=_wordings(reader, "examples", least=0 if trained else LEAST_WORDINGS),
        counter=_wordings(reader, "counter", least=0),
        stronger=reader.text("stronger", expected="what a stronger move would be"),
        probes=_wordings(reader, "probes", least=LEAST_WORDINGS),
    )
    reader.done()
    return found


def _mistake(  # noqa: PLR0913, PLR0917 - what a mistake is checked against
    name: str,
    node: Node,
    items: Iterable[str],
    phases: Iterable[str],
    trained: str | None,
    faults: Faults,
) -> Mistake:
    reader = Reader(node, f"mistake {name}", faults)
    found = Mistake(
        id=name,
        name=reader.text("name"),
        cleared_by=_names(reader, "cleared_by", tuple(items)),
        phases=_names(reader, "phases", tuple(phases)),
        before_framing=reader.flag("before_framing"),
        examples=_wordings(reader, "examples", least=0 if trained else LEAST_WORDINGS),
        counter=_wordings(reader, "counter", least=0),
        stronger=reader.text("stronger", expected="what a stronger move would be"),
        probes=_wordings(reader, "probes", least=LEAST_WORDINGS),
    )
    reader.done()
    return found


def _names(reader: Reader, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Ids out of those that the blueprint has."""
    found = reader.texts(key, needed=False)
    for name, place in found:
        if name not in known:
            reader.fault(f"the unknown name '{name}' under '{key}'", one_of(name, known), place)
    return tuple(name for name, _ in found)


def _follow_ups(reader: Reader, faults: Faults) -> dict[str, tuple[str, ...]]:
    node = reader.node("follow_ups", f"wordings for each of {', '.join(FOLLOW_UPS)}")
    if node is None:
        return {}
    fields = Reader(node, f"{reader.called}: follow_ups", faults)
    found = {name: _wordings(fields, name, least=LEAST_WORDINGS) for name in FOLLOW_UPS}
    fields.done()
    return found


def _wordings(reader: Reader, key: str, *, least: int) -> tuple[str, ...]:
    found = reader.texts(key, needed=least > 0)
    if found and len(found) < least:
        reader.fault(f"{len(found)} texts under '{key}'", f"at least {least}", reader.fields[key].place)
    return tuple(text for text, _ in found)


def _amount(reader: Reader, key: str, parameters: Container[str], faults: Faults) -> Amount:
    """A number, or the key of a parameter that holds one."""
    node = reader.node(key, "a number, or a parameter's key")
    if node is None:
        return Amount()
    called = f"{reader.called}: '{key}'"
    if isinstance(node, Text) and node.plain and NUMBER.fullmatch(node.text):
        return Amount(number=number_of(node, called, faults, whole=False) or Decimal(0))
    named = text_of(node, called, faults, "a number, or a parameter's key")
    if named and named not in parameters:
        reader.fault(f"the unknown parameter '{named}' under '{key}'", "a key of parameters/", node.place)
        return Amount()
    return Amount(parameter=named or None)


def _number(reader: Reader, key: str, faults: Faults) -> Decimal:
    node = reader.node(key, "a number", needed=False)
    if node is None:
        return Decimal(0)
    return number_of(node, f"{reader.called}: '{key}'", faults, whole=False) or Decimal(0)


def _weights(reader: Reader, key: str, known: tuple[str, ...], faults: Faults) -> dict[str, Decimal]:
    node = reader.node(key, "names with their weights", needed=False)
    if node is None:
        return {}
    fields = Reader(node, f"{reader.called}: {key}", faults)
    found: dict[str, Decimal] = {}
    for name, place in fields.keys.items():
        if name not in known:
            fields.fault(f"the unknown name '{name}'", one_of(name, known) if known else "none", place)
        weight = number_of(fields.fields[name], f"{fields.called}: '{name}'", faults, whole=False)
        if weight is not None and weight < 0:
            fields.fault(f"'{name}' is {weight}", "a weight of 0 or more", fields.fields[name].place)
        found[name] = weight or Decimal(0)
    return found


def _check_whole(found: Blueprint, reader: Reader) -> None:
    """Faults that only the whole shows."""
    for phase in found.phases:
        if found.items and not found.of_phase(phase):
            reader.fault(
                f"phase '{phase}' has no item", "an item for each phase", _place(reader, "phases", phase)
            )
    for name, dimension in found.dimensions.items():
        weighed = any(item.weights.get(name) for item in found.items.values())
        if not weighed and not any(dimension.conduct.values()):
            expected = "an item that weighs in it, or 'conduct'"
            reader.fault(
                f"dimension '{name}' can never be earned", expected, _place(reader, "dimensions", name)
            )
    ends = [(phase.id, phase.ends.number) for phase in found.phases.values() if phase.ends.parameter is None]
    for (_, before), (name, after) in pairwise(ends):
        if after <= before:
            expected = f"a minute after {before}"
            reader.fault(f"phase '{name}' ends at {after}", expected, _place(reader, "phases", name))
    _check_probes(found, reader)


def _check_probes(found: Blueprint, reader: Reader) -> None:
    """A probe that names its item gives the checklist away; one that stands twice would be asked twice."""
    seen: dict[str, str] = {}
    for key, group in (("items", found.items), ("mistakes", found.mistakes)):
        for name, one in group.items():
            for probe in one.probes:
                place = _place(reader, key, name)
                if name.replace("-", " ") in probe.lower() or one.name.lower() in probe.lower():
                    reader.fault(
                        f"a probe of '{name}' names it: '{probe}'", "a question that does not", place
                    )
                if probe in seen:
                    reader.fault(f"'{probe}' under '{seen[probe]}' and '{name}'", "each probe once", place)
                seen[probe] = name


def _place(reader: Reader, key: str, name: str) -> Place:
    node = reader.fields.get(key)
    return node.keys.get(name, node.place) if isinstance(node, Fields) else reader.place
