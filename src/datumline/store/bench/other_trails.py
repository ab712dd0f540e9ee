"""Other audit trails for Django, for the benchmarks to compare with: run as a process of its own.

    python -m datumline.store.bench.other_trails PACKAGE COUNT BATCH FOLDER

Prints `{"seconds": …}` for writing COUNT rows with their trail, BATCH at once (1: a commit each).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, models, transaction

PAYLOAD = "x" * 158
DURABLE = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"


def configure(folder: str) -> None:
    """A Django project with both trails installed."""
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "simple_history", "auditlog"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": f"{folder}/peer.sqlite3",
                "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": DURABLE},
            }
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        SECRET_KEY="of no use to anybody",  # noqa: S106 - a throw-away project
    )
    django.setup()
    call_command("migrate", verbosity=0)


def noted_model(*fields: tuple[str, Any]) -> type[models.Model]:
    """A model with one text, under the label of an installed app, and its tables."""
    meta = type("Meta", (), {"app_label": "simple_history"})
    made: type[models.Model] = type(
        "Note",
        (models.Model,),
        {"text": models.TextField(), "__module__": __name__, "Meta": meta, **dict(fields)},
    )
    with connection.schema_editor() as editor:
        editor.create_model(made)
        historical = getattr(getattr(made, "history", None), "model", None)
        if historical is not None:
            editor.create_model(historical)
    return made


def with_history() -> Callable[[int], None]:
    """How django-simple-history writes a batch of rows."""
    from simple_history.models import HistoricalRecords  # type: ignore[import-untyped]  # noqa: PLC0415
    from simple_history.utils import bulk_create_with_history  # type: ignore[import-untyped]  # noqa: PLC0415

    note: Any = noted_model(("history", HistoricalRecords()))

    def write(batch: int) -> None:
        if batch == 1:
            with transaction.atomic():
                note.objects.create(text=PAYLOAD)
        else:
            bulk_create_with_history([note(text=PAYLOAD) for _ in range(batch)], note, batch_size=batch)

    return write


def with_log() -> Callable[[int], None]:
    """How django-auditlog writes a row."""
    from auditlog.registry import auditlog  # type: ignore[import-untyped]  # noqa: PLC0415

    note: Any = noted_model()
    auditlog.register(note)

    def write(batch: int) -> None:
        for _ in range(batch):
            with transaction.atomic():
                note.objects.create(text=PAYLOAD)

    return write


def main() -> None:
    """Write, and print the seconds."""
    package, count, batch, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    configure(folder)
    write = with_history() if package == "django-simple-history" else with_log()
    write(batch)
    started = perf_counter()
    for _ in range(count // batch):
        write(batch)
    print(json.dumps({"seconds": perf_counter() - started}))  # noqa: T201 - what the parent reads


if __name__ == "__main__":
    main()
