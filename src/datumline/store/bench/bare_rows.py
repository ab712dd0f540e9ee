"""Rows for the pages' yardstick: a model of the framework, with a table in a project of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, models


def model() -> type[Any]:
    """The model: a day and three texts. The framework is set up already."""
    fields = {
        "happened": models.DateField(),
        "title": models.TextField(),
        "text": models.TextField(),
        "author": models.TextField(),
    }
    meta = type("Meta", (), {"app_label": "sessions"})
    made: type[Any] = type("Row", (models.Model,), {"Meta": meta, "__module__": __name__, **fields})
    return made


def fill(made: type[Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Make the model's table and put the rows in."""
    with connection.schema_editor() as editor:
        editor.create_model(made)
    made.objects.bulk_create(made(**row) for row in rows)
