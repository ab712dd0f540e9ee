"""One question, whether all is as it was written, and one answer that leaves nothing out."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from django.db import connection

from datumline.services import pages
from datumline.services.checkpoints import checkpoint
from datumline.services.kept import Shelf
from datumline.services.projecting import SHELVES
from datumline.services.verification import verify
from support.offices import Office


def test_every_kind_of_document_that_pages_keep_is_worked_out_again() -> None:
    rooms = [import_module(each.name) for each in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}.")]
    kept = {value.what for room in rooms for value in vars(room).values() if isinstance(value, Shelf)}
    assert kept == {shelf.what for shelf in SHELVES}


def test_checkpoints_are_part_of_the_answer(office: Office) -> None:
    office.people()
    checkpoint(office.context)
    assert verify(office.context.home).faults == ()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER ledger_checkpoint_update")
        cursor.execute("UPDATE ledger_checkpoint SET note = 'no note'")
    assert [fault.table for fault in verify(office.context.home).faults][:1] == ["ledger_checkpoint"]
