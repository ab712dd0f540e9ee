"""What a pack may name: the shipped pack is the catalogue that every other one is checked against.

Rules read parameters, conditions and phrases by name, so a name that the shipped pack lacks would never be
read, and one that is missing would stop a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from datumline.domain.policy.decision_table import DecisionTable
from datumline.domain.policy.pack import Policy
from datumline.domain.policy.phrasebook import figures_in
from datumline.pack_files.faults import Faults
from datumline.pack_files.readers import one_of
from datumline.pack_files.yaml_tree import Fields


def check_against(known: Policy, pack: Policy, sections: Mapping[str, Fields], faults: Faults) -> None:
    """Note the names of `pack` that `known` lacks, those that are missing, and units that differ."""
    complete = not faults  # a file that could not be read would seem to lack all its names
    for what, names in _catalogue(known).items():
        _foreign(what, names, sections[f"{what}s"], faults)
        if complete:
            _missing(what, names, sections[f"{what}s"], faults)
    _units(known, pack, sections["parameters"], faults)
    _figures(known, pack, sections["phrases"], faults)
    _rubrics(known, pack, sections["rubrics"], faults)
    for name, table in pack.tables.items():
        if name in known.tables:
            _table(known.tables[name], table, sections["tables"], faults)


def _catalogue(known: Policy) -> dict[str, tuple[str, ...]]:
    return {
        "parameter": tuple(known.parameters),
        "table": tuple(known.tables),
        "phrase": tuple(known.phrases.texts),
    }


def _missing(what: str, names: Iterable[str], section: Fields, faults: Faults) -> None:
    for key in names:
        if key not in section.keys:
            faults.add(f"no {what} '{key}'", section.place, "it, or 'extends: default' in pack.yaml")


def _foreign(what: str, names: tuple[str, ...], section: Fields, faults: Faults) -> None:
    for key, place in section.keys.items():
        if key not in names:
            faults.add(f"the unknown {what} '{key}'", place, one_of(key, names))


def _units(known: Policy, pack: Policy, section: Fields, faults: Faults) -> None:
    for key, parameter in pack.parameters.items():
        unit = known.parameters[key].unit if key in known.parameters else parameter.unit
        if parameter.unit is not unit:
            node = section.fields[key]
            place = (
                node.fields["unit"].place
                if isinstance(node, Fields) and "unit" in node.fields
                else node.place
            )
            faults.add(f"{key}: 'unit' is '{parameter.unit}'", place, f"'{unit}', as the rules read it")


def _figures(known: Policy, pack: Policy, section: Fields, faults: Faults) -> None:
    for key, text in pack.phrases.texts.items():
        if key not in known.phrases or text == known.phrases.texts[key]:
            continue
        given = set(figures_in(known.phrases.texts[key]))
        try:
            foreign = sorted(set(figures_in(text)) - given)
        except ValueError:  # noted when the phrase was read
            continue
        if foreign:
            expected = f"only {', '.join(sorted(given))}" if given else "a text without figures"
            faults.add(
                f"phrase {key}: the unknown figure '{foreign[0]}'", section.fields[key].place, expected
            )


def _rubrics(known: Policy, pack: Policy, section: Fields, faults: Faults) -> None:
    """Levels that the pack has, and bars that rules measure or that a person may judge."""
    bars = {bar: None for each in known.rubrics.values() for of in each.bars.values() for bar in of}
    for level, rubric in pack.rubrics.items():
        place = section.fields[level].place
        if level not in pack.levels:
            faults.add(f"rubric {level}: the unknown level", place, one_of(level, tuple(pack.levels)))
        for bar in (bar for of in rubric.bars.values() for bar in of if bar not in bars):
            faults.add(f"rubric {level}: the unknown bar '{bar}'", place, one_of(bar, tuple(bars)))


def _table(known: DecisionTable, table: DecisionTable, section: Fields, faults: Faults) -> None:
    place = section.fields[table.name].place
    for condition in table.conditions:
        if condition not in known.conditions:
            expected = one_of(condition, tuple(known.conditions))
            faults.add(f"table {table.name}: the unknown condition '{condition}'", place, expected)
    for verdict in table.verdicts:
        if verdict not in known.verdicts:
            faults.add(
                f"table {table.name}: the unknown verdict '{verdict}'", place, one_of(verdict, known.verdicts)
            )
    final = {row.verdict for row in known.rows if row.irreversible}
    for row in table.rows:
        if row.verdict in final and not row.irreversible:
            faults.add(f"table {table.name}: row '{row.id}' without 'irreversible: true'", place, "it")
