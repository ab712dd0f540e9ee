"""Worked cases read: facts as JSON, the verdict that they must give, and the answers that they must show."""

from __future__ import annotations

from collections.abc import Mapping

from datumline.domain.policy.case import WorkedCase
from datumline.domain.policy.decision_table import DecisionTable
from datumline.domain.verdict import Answer
from datumline.pack_files.faults import Faults
from datumline.pack_files.readers import Reader, json_of
from datumline.pack_files.yaml_tree import Fields, Node


def read_case(name: str, node: Node, tables: Mapping[str, DecisionTable], faults: Faults) -> WorkedCase:
    """The case `name`; it asks one of `tables` and expects one of that table's verdicts."""
    reader = Reader(node, f"case {name}", faults)
    table = reader.choice("table", tables)
    verdicts = tables[table].verdicts if table else ()
    facts = reader.node("facts", "the facts that the table reads")
    if facts is not None and not isinstance(facts, Fields):
        reader.fault("'facts' is no mapping", "the facts that the table reads", facts.place)
    read = json_of(facts) if isinstance(facts, Fields) else {}
    found = WorkedCase(
        id=name,
        says=reader.text("says", expected="one sentence"),
        table=table,
        facts=read if isinstance(read, dict) else {},
        verdict=reader.choice("verdict", verdicts) if table else reader.text("verdict"),
        answers=_answers(reader, tables.get(table), faults),
        holds_until=_holds_until(reader),
        where=str(reader.place),
    )
    reader.done()
    return found


def _answers(reader: Reader, table: DecisionTable | None, faults: Faults) -> dict[str, Answer]:
    node = reader.node("answers", "conditions with their answers", needed=False)
    if node is None or table is None:
        return {}
    answers = Reader(node, f"{reader.called}: answers", faults)
    found = {}
    for condition, place in answers.keys.items():
        if condition not in table.conditions:
            answers.fault(f"the unknown condition '{condition}'", f"a condition of {table.name}", place)
        given = answers.choice(condition, [answer.value for answer in Answer])
        found[condition] = Answer(given or Answer.UNKNOWN)
    return found


def _holds_until(reader: Reader) -> str | None:
    return reader.day("holds_until").isoformat() if reader.has("holds_until") else None
