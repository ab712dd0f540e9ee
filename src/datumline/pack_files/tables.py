"""One decision table read and checked: rows name declared conditions, and the last one always holds."""

from __future__ import annotations

from collections.abc import Container

from datumline.domain.policy.decision_table import DecisionTable, Row, Term
from datumline.pack_files.faults import Faults
from datumline.pack_files.parameters import reference
from datumline.pack_files.readers import NAME, Reader, one_of, written
from datumline.pack_files.yaml_tree import Fields, Items, Node


def read_table(name: str, node: Node, parameters: Container[str], faults: Faults) -> DecisionTable:
    """The table `name` as written in `node`; conditions are measured by keys among `parameters`."""
    reader = Reader(node, f"table {name}", faults)
    question = reader.text("question", expected="one sentence")
    conditions = _conditions(reader, parameters, faults)
    rows = _rows(reader, conditions, faults)
    verdicts = tuple(dict.fromkeys(row.verdict for row in rows))
    needed = any(row.irreversible for row in rows)
    cautious = reader.choice("cautious", verdicts, needed=needed) or None
    if cautious and any(row.irreversible for row in rows if row.verdict == cautious):
        reader.fault(f"'cautious' is '{cautious}'", "a verdict that can be taken back")
    unfavourable = reader.texts("unfavourable", needed=False)
    for word, place in unfavourable:
        if word not in verdicts:
            reader.fault(f"the unknown verdict '{word}' under 'unfavourable'", one_of(word, verdicts), place)
    if rows and rows[-1].terms:
        reader.fault("a last row that does not always hold", "a last row without 'when'")
    reader.done()
    return DecisionTable(
        name=name,
        question=question,
        conditions=conditions,
        rows=rows,
        cautious=cautious,
        unfavourable=tuple(word for word, _ in unfavourable),
    )


def _conditions(reader: Reader, parameters: Container[str], faults: Faults) -> dict[str, str | None]:
    node = reader.node("conditions", "condition ids with the parameter that measures each, or 'none'")
    if not isinstance(node, Fields):
        if node is not None:
            reader.fault(
                f"'conditions' is {written(node)}", "condition ids with their parameters", node.place
            )
        return {}
    fields = Reader(node, f"{reader.called}: conditions", faults)
    found: dict[str, str | None] = {}
    for condition, place in fields.keys.items():
        parameter = fields.text(condition, expected="a parameter's key, or 'none'")
        if parameter not in ("", "none") and parameter not in parameters:
            fields.fault(f"the unknown parameter '{parameter}'", "a key of parameters/, or 'none'", place)
        if not NAME.fullmatch(condition):
            fields.fault(f"'{condition}' is no name", "letters, digits and '-'", place)
        found[condition] = None if parameter == "none" else parameter
    return found


def _rows(reader: Reader, conditions: dict[str, str | None], faults: Faults) -> tuple[Row, ...]:
    node = reader.node("rows", "a list of rows")
    if not isinstance(node, Items) or not node.items:
        if node is not None:
            reader.fault(f"'rows' is {written(node)}", "a list of rows", node.place)
        return ()
    rows = tuple(
        _row(item, f"{reader.called}, row {n}", conditions, faults) for n, item in enumerate(node.items, 1)
    )
    for position, row in enumerate(rows):
        if any(row.id == earlier.id for earlier in rows[:position]):
            reader.fault(f"two rows called '{row.id}'", "each row's id once", node.items[position].place)
        if not row.terms and position < len(rows) - 1:
            reader.fault(
                f"row '{row.id}' always holds, so no later row is ever read",
                "it last",
                node.items[position].place,
            )
    return rows


def _row(node: Node, called: str, conditions: dict[str, str | None], faults: Faults) -> Row:
    reader = Reader(node, called, faults)
    any_term = reader.has("any")
    if any_term and reader.has("when"):
        reader.fault("both 'when' and 'any'", "one of them")
    words = reader.texts("any" if any_term else "when", needed=False)
    for word, place in words:
        if word.removeprefix("!") not in conditions:
            expected = one_of(word.removeprefix("!"), tuple(conditions))
            reader.fault(f"the undeclared condition '{word}'", expected, place)
    row = Row(
        id=reader.text("id", expected="a name"),
        verdict=reader.text("verdict", expected="a verdict's name"),
        terms=tuple(
            Term(condition=word.removeprefix("!"), negated=word.startswith("!")) for word, _ in words
        ),
        any_term=any_term,
        irreversible=reader.flag("irreversible"),
        reference=reference(reader),
    )
    reader.done()
    return row
