"""One parameter of a pack, read and checked: unit, range, dates, and every value inside its range."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from datumline.domain.policy.parameter import Dated, Form, Parameter, Range, Unit, Value
from datumline.pack_files.faults import Faults
from datumline.pack_files.readers import (
    NAME,
    NO_DAY,
    Reader,
    day_of,
    number_of,
    text_of,
    texts_of,
    written,
)
from datumline.pack_files.yaml_tree import Fields, Items, Node, Place, Text

_CLAUSE = r"(S[0-4]|reading [1-9][0-9]?|readings|law [1-9][0-9]?|ours(: [^,]+)?)"
REFERENCE = re.compile(rf"{_CLAUSE}(, {_CLAUSE})*")
REFERENCES = "a source: S0 to S4, 'reading 21', 'law 1', 'ours' or 'ours: our handbook 4.2'"


def read_parameter(key: str, node: Node, place: Place, faults: Faults) -> Parameter:
    """The parameter `key` as written in `node`."""
    reader = Reader(node, key, faults)
    if not NAME.fullmatch(key):
        reader.fault("a key that is no name", "letters, digits, '_' and '.'", place)
    unit = Unit(reader.choice("unit", [unit.value for unit in Unit]) or Unit.COUNT)
    allowed = _range(reader, unit, faults)
    found = Parameter(
        key=key,
        unit=unit,
        meaning=reader.text("meaning", expected="one sentence"),
        reference=reference(reader),
        range=allowed or Range(),
        values=_values(reader, unit, allowed, faults),
    )
    reader.done()
    return found


def reference(reader: Reader) -> str:
    """The `reference` of whatever is being read."""
    found = reader.text("reference", expected=REFERENCES)
    if found and not REFERENCE.fullmatch(found):
        reader.fault(f"'reference' is '{found}'", REFERENCES, reader.fields["reference"].place)
    return found


def _range(reader: Reader, unit: Unit, faults: Faults) -> Range | None:
    """The allowed range; None when it is wrong, so that values are not measured by it."""
    if unit.form is Form.TEXT:
        return Range(choices=tuple(text for text, _ in reader.texts("range", needed=False)))
    node = reader.node("range", "[least, most]")
    if node is None:
        return None
    called = f"{reader.called}: 'range'"
    if not (isinstance(node, Items) and len(node.items) == 2):  # noqa: PLR2004 - least and most
        faults.add(f"{called} is {written(node)}", node.place, "[least, most]")
        return None
    whole = unit.form is not Form.DECIMAL
    least, most = (number_of(item, called, faults, whole=whole) for item in node.items)
    if least is None or most is None:
        return None
    if least > most:
        faults.add(f"{called} goes from {least} to {most}", node.place, "the least first")
        return None
    return Range(least=least, most=most)


def _values(reader: Reader, unit: Unit, allowed: Range | None, faults: Faults) -> tuple[Dated, ...]:
    expected = "values by first day, such as 2026-01-01: 30"
    node = reader.node("values", expected)
    if node is None:
        return (Dated(start=NO_DAY, value=Decimal(0)),)
    dated: dict[date, Value] = {}
    if not isinstance(node, Fields) or not node.fields:
        reader.fault(f"'values' is {written(node)}", expected, node.place)
        return (Dated(start=NO_DAY, value=Decimal(0)),)
    for repeat, place in node.repeated:
        reader.fault(f"the day '{repeat}' twice", "each day once", place)
    for written_day, item in node.fields.items():
        called = f"{reader.called}: the day"
        day = day_of(Text(written_day, plain=True, place=node.keys[written_day]), called, faults)
        value = _value(item, unit, reader.called, faults)
        if value is not None and allowed is not None and not allowed.allows(value):
            faults.add(f"{reader.called}: {_shown(value)} is out of range", item.place, f"{allowed}")
        dated[day or NO_DAY] = Decimal(0) if value is None else value
    return tuple(Dated(start=day, value=dated[day]) for day in sorted(dated))


def _value(node: Node, unit: Unit, key: str, faults: Faults) -> Value | None:
    called = f"{key} in {unit}"
    if unit.form is Form.TEXT:
        return text_of(node, called, faults) or None
    if unit.form is Form.TEXTS:
        return tuple(text for text, _ in texts_of(node, called, faults)) or None
    if unit.form is Form.WHOLES:
        return _wholes(node, called, faults)
    number = number_of(node, called, faults, whole=unit.form is Form.WHOLE)
    return int(number) if number is not None and unit.form is Form.WHOLE else number


def _wholes(node: Node, called: str, faults: Faults) -> tuple[int, ...] | None:
    if not isinstance(node, Items):
        faults.add(f"{called} is {written(node)}", node.place, "a list of whole numbers")
        return None
    numbers = [number_of(item, called, faults, whole=True) for item in node.items]
    return tuple(int(number) for number in numbers if number is not None)


def _shown(value: Value) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, tuple) else str(value)
