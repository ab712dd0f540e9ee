"""The policy that a verdict is given under: one pack, read and complete.

Rules ask it by key and day; which key holds which number is the pack's business alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from datumline.domain.citation import PolicyCitation
from datumline.domain.policy.blueprint import Blueprint
from datumline.domain.policy.case import WorkedCase
from datumline.domain.policy.decision_table import DecisionTable
from datumline.domain.policy.ladder import Level, Role, Subtype
from datumline.domain.policy.parameter import Form, Parameter, Unit, Value
from datumline.domain.policy.phrasebook import Phrasebook
from datumline.domain.policy.principle import Cluster, MetricPrinciples, Principle
from datumline.domain.policy.rubric import Rubric
from datumline.domain.problem import Problem
from datumline.domain.verdict import PackRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PackHead:
    """What `pack.yaml` says.

    Attributes:
        id, version: the pack's name and version.
        effective_from: the first day for which it is meant.
        extends: the path of the parent pack, `default` for the shipped one, or None.
        owner: who answers for it.
        licence: under which terms it may be copied.
    """

    id: str
    version: str
    effective_from: date
    extends: str | None
    owner: str
    licence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A whole pack, with what it inherits.

    `digest` is the SHA-256 of its canonical content in hex: two packs with one digest decide alike.
    """

    head: PackHead
    parameters: Mapping[str, Parameter]
    tables: Mapping[str, DecisionTable]
    phrases: Phrasebook
    blueprints: Mapping[str, Blueprint]
    rubrics: Mapping[str, Rubric]
    principles: Mapping[str, Principle]
    clusters: Mapping[str, Cluster]
    metric_principles: Mapping[str, MetricPrinciples]
    subtypes: Mapping[str, Subtype]
    levels: Mapping[str, Level]
    roles: Mapping[str, Role]
    cases: tuple[WorkedCase, ...]
    digest: str

    @property
    def ref(self) -> PackRef:
        """Its name and version, as a verdict carries them."""
        return PackRef(name=self.head.id, version=self.head.version)

    def parameter(self, key: str) -> Parameter:
        """The parameter `key`. Raises Problem when the pack has none of that name."""
        if key not in self.parameters:
            raise Problem(f"no parameter '{key}'", expected="a key of the pack, as `policy show` lists them")
        return self.parameters[key]

    def citation(self, key: str) -> PolicyCitation:
        """The clause to cite for `key`."""
        return PolicyCitation(parameter=key, reference=self.parameter(key).reference)

    def number(self, key: str, on: date) -> Decimal:
        """A number of any unit, on that day; percent as 90, not 0.9."""
        return Decimal(str(self._value(key, on, Form.WHOLE, Form.DECIMAL)))

    def whole(self, key: str, on: date) -> int:
        """A whole number, on that day."""
        return int(str(self._value(key, on, Form.WHOLE)))

    def days(self, key: str, on: date) -> int:
        """A number of calendar days, on that day."""
        if self.parameter(key).unit is not Unit.DAYS:
            raise TypeError(f"{key} counts {self.parameter(key).unit}, not days")
        return self.whole(key, on)

    def text(self, key: str, on: date) -> str:
        """A text, on that day."""
        return str(self._value(key, on, Form.TEXT))

    def texts(self, key: str, on: date) -> tuple[str, ...]:
        """A list of texts, on that day."""
        return tuple(str(item) for item in _items(self._value(key, on, Form.TEXTS)))

    def wholes(self, key: str, on: date) -> tuple[int, ...]:
        """A list of whole numbers, on that day."""
        return tuple(int(item) for item in _items(self._value(key, on, Form.WHOLES)))

    def table(self, name: str) -> DecisionTable:
        """The decision table `name`. Raises Problem when the pack has none of that name."""
        if name not in self.tables:
            raise Problem(f"no table '{name}'", expected=f"one of {', '.join(self.tables)}")
        return self.tables[name]

    def blueprint(self, name: str) -> Blueprint:
        """The blueprint `name`. Raises Problem when the pack has none of that name."""
        if name not in self.blueprints:
            raise Problem(f"no blueprint '{name}'", expected=f"one of {', '.join(self.blueprints)}")
        return self.blueprints[name]

    def _value(self, key: str, on: date, *forms: Form) -> Value:
        parameter = self.parameter(key)
        if parameter.unit.form not in forms:
            raise TypeError(f"{key} is {parameter.unit.form}, not {forms[0]}")
        return parameter.on(on)


def _items(value: Value) -> tuple[str, ...] | tuple[int, ...]:
    return value if isinstance(value, tuple) else ()
