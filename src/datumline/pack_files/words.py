"""The pack's words read and checked: phrases, principles, clusters, metrics, subtypes, levels and roles."""

from __future__ import annotations

from collections.abc import Container

from datumline.domain.evidence.kinds import Kind
from datumline.domain.policy.ladder import Level, Role, Subtype
from datumline.domain.policy.phrasebook import Phrasebook, figures_in
from datumline.domain.policy.principle import Cluster, MetricPrinciples, Principle
from datumline.pack_files.faults import Faults
from datumline.pack_files.parameters import reference
from datumline.pack_files.readers import NAME, Reader, text_of
from datumline.pack_files.yaml_tree import Fields, Node


def read_phrases(section: Fields, faults: Faults) -> Phrasebook:
    """Every text, its braces checked."""
    texts = {key: text_of(node, f"phrase {key}", faults) for key, node in section.fields.items()}
    for key, text in texts.items():
        place = section.fields[key].place
        if not NAME.fullmatch(key):
            faults.add(f"phrase '{key}' is no name", section.keys[key], "letters, digits, '-' and '.'")
        try:
            if not all(name.isidentifier() for name in figures_in(text)):
                faults.add(f"phrase {key}: a figure without a name", place, "figures as {name}")
        except ValueError:
            faults.add(f"phrase {key}: braces that do not pair", place, "figures as {name}")
    return Phrasebook(texts=texts)


def read_cluster(name: str, node: Node, faults: Faults) -> Cluster:
    """One cluster."""
    reader = Reader(node, f"cluster {name}", faults)
    found = Cluster(id=name, name=reader.text("name"), looks_for=reader.text("looks_for"))
    reader.done()
    return found


def read_principle(name: str, node: Node, clusters: Container[str], faults: Faults) -> Principle:
    """One principle; its clusters are among `clusters`."""
    reader = Reader(node, f"principle {name}", faults)
    in_clusters = reader.texts("clusters")
    for cluster, place in in_clusters:
        if cluster not in clusters:
            reader.fault(f"the unknown cluster '{cluster}'", "an id under clusters", place)
    found = Principle(
        id=name,
        name=reader.text("name"),
        clusters=tuple(cluster for cluster, _ in in_clusters),
        critical=reader.flag("critical"),
    )
    reader.done()
    return found


def read_metric(name: str, node: Node, principles: Container[str], faults: Faults) -> MetricPrinciples:
    """One metric with its principles, all among `principles`."""
    reader = Reader(node, f"metric {name}", faults)
    speaks_of = reader.texts("principles")
    for principle, place in speaks_of:
        if principle not in principles:
            reader.fault(f"the unknown principle '{principle}'", "an id of principles.yaml", place)
    found = MetricPrinciples(
        id=name,
        says=reader.text("says"),
        kind=reader.choice("kind", [kind.value for kind in Kind]),
        against=reader.choice("speaks", ("for", "against")) == "against",
        principles=tuple(principle for principle, _ in speaks_of),
        reference=reference(reader),
    )
    reader.done()
    return found


def read_subtype(name: str, node: Node, faults: Faults) -> Subtype:
    """One subtype; its parent is a kind of the closed list, and it takes no kind's name."""
    reader = Reader(node, f"kind {name}", faults)
    kinds = [kind.value for kind in Kind]
    if name in kinds:
        reader.fault("the name of a kind of the closed list", "a name of its own")
    found = Subtype(id=name, parent=reader.choice("parent", kinds), meaning=reader.text("meaning"))
    reader.done()
    return found


def read_level(name: str, node: Node, faults: Faults) -> Level:
    """One level."""
    reader = Reader(node, f"level {name}", faults)
    found = Level(
        id=name, name=reader.text("name"), rank=reader.whole("rank"), meaning=reader.text("meaning")
    )
    reader.done()
    return found


def read_role(name: str, node: Node, faults: Faults) -> Role:
    """One role."""
    reader = Reader(node, f"role {name}", faults)
    found = Role(id=name, name=reader.text("name"), manages=reader.flag("manages"))
    reader.done()
    return found
