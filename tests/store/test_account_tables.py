"""The tables of sign-in are those that the library's own models ask for."""

from __future__ import annotations

from pathlib import Path

import allauth
import pytest
from django.apps import apps
from django.db import connection

from datumline.domain.problem import Problem
from datumline.store import accounts
from support.ledgers import OpenedLedger, now

LIBRARY = ("sessions", "account", "mfa", "usersessions", "socialaccount")
LAST_MIGRATIONS = {
    "account": "0009_emailaddress_unique_primary_email",
    "mfa": "0003_authenticator_type_uniq",
    "socialaccount": "0006_alter_socialaccount_extra_data",
    "usersessions": "0001_initial",
}


def test_the_tables_have_the_columns_that_the_models_ask_for(book: OpenedLedger) -> None:
    del book
    models = [model for label in LIBRARY for model in apps.get_app_config(label).get_models()]
    models += list(apps.get_app_config("store").get_models())
    assert len(models) > 8
    for model in models:
        with connection.cursor() as cursor:
            found = connection.introspection.get_table_description(cursor, model._meta.db_table)
        columns = {each.name: each.null_ok for each in found}
        assert columns == {
            field.column: field.null for field in model._meta.local_concrete_fields if field.column
        }, model


def test_an_account_gets_no_address_that_is_anothers(book: OpenedLedger) -> None:
    mira = accounts.make(email="mira@firm.example", person=book.mira, at=now())
    accounts.make(email="jonas@firm.example", person=book.jonas, at=now())
    with pytest.raises(Problem, match="has an account already"):
        accounts.move(mira.id, " Jonas@firm.example")
    accounts.move(mira.id, "Mira@firm.example")
    accounts.move(mira.id, "mira.tal@firm.example")
    moved = accounts.of_person(book.mira)
    assert moved is not None
    assert moved.email == "mira.tal@firm.example"


def test_the_library_has_no_newer_tables_than_ours() -> None:
    """Else: read its new migrations, add one of ours."""
    for label, last in LAST_MIGRATIONS.items():
        folder = Path(allauth.__file__).parent / label / "migrations"
        assert max(path.stem for path in folder.glob("[0-9]*.py")) == last
