"""Accounts as the framework's sign-in sees them. Everything else in the store is plain SQL.

The tables are made by a migration of SQL like all others (`account_tables`).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """Finds accounts; they are made by `store.accounts` alone."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of an address."""
        return self.get(email=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """Who may sign in: an address, and the person on file that they then are.

    An account that was invited and has not set a password yet has an unusable one.
    """

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(unique=True)
    person = models.TextField(unique=True, null=True)  # noqa: DJ001 - unique, and empty is no person
    disabled = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        """Where it stands."""

        managed = False
        db_table = "account"

    def __str__(self) -> str:
        """The address."""
        return self.email

    @property
    def is_active(self) -> bool:  # type: ignore[override] # the framework's own is a plain attribute
        """Whether the account may sign in at all."""
        return not self.disabled


class Organisation(models.Model):
    """Whose installation it is."""

    one = models.SmallIntegerField(primary_key=True, default=1)
    name = models.TextField()
    founded_at = models.DateTimeField()

    class Meta:
        """Where it stands."""

        managed = False
        db_table = "organisation"

    def __str__(self) -> str:
        """Its name."""
        return self.name


class AccountLink(models.Model):
    """A link that lets its holder set the password of one account, once. Only its digest is kept.

    A link for an address that nobody has leads nowhere: it is made so that asking costs the same.
    """

    digest = models.TextField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True)
    purpose = models.TextField()
    email = models.TextField()
    ends_at = models.DateTimeField()

    class Meta:
        """Where it stands."""

        managed = False
        db_table = "account_link"

    def __str__(self) -> str:
        """What it is for."""
        return f"{self.purpose} for {self.email}"
