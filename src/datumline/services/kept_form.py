"""Frozen values as JSON and back, by their declared types: the form in which projections keep them.

Takes dataclasses, tuples of one kind, pairs, enumerations, days, instants and plain values, each or None.
A dataclass is a list of its fields in order; a row says which code made it, so that the order is known.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from datumline.domain.verdict import Json

Value = TypeVar("Value")
Read = Callable[[Any], Any]


def packed(value: Any) -> Json:
    """The value as JSON. Raises TypeError for what has no such form."""
    if value is None or isinstance(value, bool | int | float) or type(value) is str:
        return cast("Json", value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, tuple):
        return [packed(each) for each in value]
    if is_dataclass(value):
        return [packed(getattr(value, field.name)) for field in fields(value)]
    raise TypeError(type(value).__name__)


def unpacked(form: type[Value], text: str) -> Value:
    """The value from its JSON text. Raises TypeError or ValueError for a document of another form."""
    return cast("Value", _reader(cast("Any", form))(json.loads(text)))


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _reader(form: Any) -> Read:
    origin, parts = get_origin(form), get_args(form)
    if origin in (Union, types.UnionType):
        (some,) = (part for part in parts if part is not type(None))
        return _or_none(_reader(some))
    if origin is tuple:
        return _tuple_of(parts)
    if is_dataclass(form):
        return _dataclass(cast("type[Any]", form))
    if isinstance(form, type) and issubclass(form, Enum):
        return cast("Read", form)
    return {date: date.fromisoformat, datetime: datetime.fromisoformat}.get(form, _as_it_is)


def _or_none(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _tuple_of(parts: tuple[Any, ...]) -> Read:
    if parts[1:] == (Ellipsis,):
        read = _reader(parts[0])
        return tuple if read is _as_it_is else lambda value: tuple([read(each) for each in value])
    reads = [_reader(part) for part in parts]
    return lambda value: tuple([read(each) for read, each in zip(reads, value, strict=True)])


def _dataclass(form: type[Any]) -> Read:
    hints = get_type_hints(form)
    named = [(field.name, _reader(hints[field.name])) for field in fields(form)]

    def read(value: Any) -> Any:
        return form(**{name: part(each) for (name, part), each in zip(named, value, strict=True)})

    return read
