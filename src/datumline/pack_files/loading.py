"""A pack loaded: its folder and parents read, merged, checked against the shipped one, made a `Policy`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from datumline.domain.policy.pack import PackHead, Policy
from datumline.pack_files.blueprints import inheriting, read_blueprint
from datumline.pack_files.canonical import canonical, digest
from datumline.pack_files.cases import read_case
from datumline.pack_files.catalogue import check_against
from datumline.pack_files.faults import Faults
from datumline.pack_files.folder import SECTIONS, Source
from datumline.pack_files.inheritance import SHIPPED, chain, merged
from datumline.pack_files.parameters import read_parameter
from datumline.pack_files.readers import Reader
from datumline.pack_files.rubrics import read_rubric
from datumline.pack_files.tables import read_table
from datumline.pack_files.words import (
    read_cluster,
    read_level,
    read_metric,
    read_phrases,
    read_principle,
    read_role,
    read_subtype,
)
from datumline.pack_files.yaml_tree import Fields, Node, Place, TreeError, parse

T = TypeVar("T")


def load(path: Path | None = None) -> Policy:
    """The pack in the folder `path`, with what it inherits; None is the shipped one.

    Raises PackFaults with every fault that was found.
    """
    return shipped() if path is None or path.resolve() == SHIPPED else _load(path)[0]


@cache
def shipped() -> Policy:
    """The pack that comes with the installation; read once."""
    faults = Faults()
    sources = chain(SHIPPED, faults)
    policy, _ = _assembled(sources[-1].head, merged(sources, faults), faults)
    faults.raise_if_any()
    return policy


def content_of(path: Path | None) -> tuple[Policy, str]:
    """The pack at `path`, and the canonical content to keep so that its verdicts stay replayable."""
    return _load(SHIPPED if path is None else path)


def assemble_kept(content: bytes, where: str) -> Policy:
    """A pack that was kept when it was activated; what later versions added comes from the shipped pack.

    Its digest is that of what was kept. Raises PackFaults when the content is not a kept pack.
    """
    faults = Faults()
    source = _kept_source(content, where, faults)
    faults.raise_if_any()
    sections = merged((*chain(SHIPPED, faults), source), Faults())
    policy, _ = _assembled(source.head, sections, faults, digest(content.decode()))
    faults.raise_if_any()
    return policy


def _load(path: Path) -> tuple[Policy, str]:
    faults = Faults()
    sources = chain(path, faults)
    root = sources[0].head.fields
    if not root or "extends" in root:  # without its root a pack would seem to lack everything
        faults.raise_if_any()
    sections = merged(sources, faults)
    policy, content = _assembled(sources[-1].head, sections, faults)
    if path.resolve() != SHIPPED:
        check_against(shipped(), policy, sections, faults)
    faults.raise_if_any()
    return policy, content


def _kept_source(content: bytes, where: str, faults: Faults) -> Source:
    empty = Fields({}, {}, (), Place(where))
    try:
        root = parse(content, where)
    except TreeError as fault:
        faults.add(fault.what, fault.place, fault.expected)
        return Source(folder=where, head=empty, sections={})
    found = {key: node for key, node in getattr(root, "fields", {}).items() if isinstance(node, Fields)}
    if "pack" not in found:
        faults.add("no kept pack", Place(where), "the content that was kept at activation")
    sections = {name: found[name] for name in SECTIONS if name in found}
    return Source(folder=where, head=found.get("pack", empty), sections=sections)


def _assembled(
    head: Fields, sections: Mapping[str, Fields], faults: Faults, kept: str | None = None
) -> tuple[Policy, str]:
    def read(name: str, one: Callable[[str, Node], T]) -> dict[str, T]:
        return {key: one(key, node) for key, node in sections[name].fields.items()}

    keys = sections["parameters"].keys
    clusters = read("clusters", lambda key, node: read_cluster(key, node, faults))
    principles = read("principles", lambda key, node: read_principle(key, node, clusters, faults))
    tables = read("tables", lambda key, node: read_table(key, node, keys, faults))
    content = canonical(head, sections)
    policy = Policy(
        head=_head(head, faults),
        parameters=read("parameters", lambda key, node: read_parameter(key, node, keys[key], faults)),
        tables=tables,
        phrases=read_phrases(sections["phrases"], faults),
        blueprints={
            key: read_blueprint(key, node, keys, faults)
            for key, node in inheriting(sections["blueprints"], faults).fields.items()
        },
        rubrics=read("rubrics", lambda key, node: read_rubric(key, node, keys, faults)),
        principles=principles,
        clusters=clusters,
        metric_principles=read(
            "metric_principles", lambda key, node: read_metric(key, node, principles, faults)
        ),
        subtypes=read("subtypes", lambda key, node: read_subtype(key, node, faults)),
        levels=read("levels", lambda key, node: read_level(key, node, faults)),
        roles=read("roles", lambda key, node: read_role(key, node, faults)),
        cases=tuple(read("cases", lambda key, node: read_case(key, node, tables, faults)).values()),
        digest=kept or digest(content),
    )
    return policy, content


def _head(node: Fields, faults: Faults) -> PackHead:
    reader = Reader(node, "pack", faults)
    head = PackHead(
        id=reader.text("id", expected="a name"),
        version=reader.text("version"),
        effective_from=reader.day("effective-from"),
        extends=reader.text("extends", needed=False, expected="'default', or a pack's folder") or None,
        owner=reader.text("owner"),
        licence=reader.text("licence"),
    )
    reader.done()
    return head
