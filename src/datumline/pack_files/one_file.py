"""A whole pack as one YAML file, for people to read and to keep."""

from __future__ import annotations

import json

import yaml

HEAD = (
    "# The policy pack in force, as one file. A pack is edited as a folder: see `datumline policy check`.\n"
)


def as_yaml(content: str) -> str:
    """The canonical content of a pack as YAML, in the order in which it is kept."""
    return HEAD + yaml.safe_dump(json.loads(content), sort_keys=False, allow_unicode=True, width=100)
