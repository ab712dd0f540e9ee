"""Accounts: who may sign in, and the links by which a password is set. Addresses are kept in one form.

An account is made for a person on file and never removed: what it did carries the person's id.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.store.models import Account, AccountLink, Organisation

LINK_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one account.

    Attributes:
        invited: whether no way to sign in was ever set up.
        last: when somebody last signed in.
    """

    id: int
    email: str
    person: PersonId
    disabled: bool
    invited: bool
    made_at: datetime
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that still leads somewhere, and the account that it is for."""

    purpose: str
    account: Known


def address_of(email: str) -> str:
    """The one form in which an address is kept and compared."""
    return email.strip().lower()


def any_account() -> bool:
    """Whether there is any account at all."""
    return Account.objects.exists()


def found(name: str, at: datetime) -> None:
    """Say whose installation this is. Raises Problem when that was said already."""
    if Organisation.objects.exists() or any_account():
        raise Problem("this installation belongs to an organisation already", expected="to sign in")
    Organisation(name=name, founded_at=at).save(force_insert=True)


def organisation() -> str:
    """The organisation's name; empty where there is none."""
    return Organisation.objects.values_list("name", flat=True).first() or ""


def all_accounts() -> list[Known]:
    """Every account, by address."""
    return [_known(each) for each in Account.objects.order_by("email")]


def of_person(person: PersonId) -> Known | None:
    """The account of somebody on file."""
    found = Account.objects.filter(person=person).first()
    return None if found is None else _known(found)


def of_address(email: str) -> Known | None:
    """The account of an address."""
    found = Account.objects.filter(email=address_of(email)).first()
    return None if found is None else _known(found)


def make(*, email: str, person: PersonId, at: datetime, password: str | None = None) -> Known:
    """A new account; without a password one is set through a link. Raises Problem when there is one."""
    address = _free(email, Account.objects.all())
    if Account.objects.filter(person=person).exists():
        raise Problem("this person has an account already", expected="somebody without one")
    made = Account(email=address, person=person, made_at=at, password=make_password(password))
    made.save(force_insert=True)
    return _known(made)


def set_disabled(account: int, *, disabled: bool) -> None:
    """Let an account sign in no more, or again. Its links are gone either way."""
    with transaction.atomic():
        Account.objects.filter(id=account).update(disabled=disabled)
        AccountLink.objects.filter(account_id=account).delete()


def move(account: int, email: str) -> None:
    """Give an account another address. Links that were bound to the old one lead nowhere from now on.

    Raises Problem when another account has it.
    """
    address = _free(email, Account.objects.exclude(id=account))
    Account.objects.filter(id=account).update(email=address)


def _free(email: str, others: QuerySet[Account]) -> str:
    address = address_of(email)
    if others.filter(email=address).exists():
        raise Problem(f"{address} has an account already", where="email", expected="an address without one")
    return address


def make_link(account: Known, *, email: str, purpose: str, ends_at: datetime, now: datetime) -> str:
    """A new link's secret; earlier ones of the account are gone, and so are all that have ended."""
    secret = secrets.token_urlsafe(LINK_BYTES)
    with transaction.atomic():
        AccountLink.objects.filter(ends_at__lte=now).delete()
        AccountLink.objects.filter(account_id=account.id).delete()
        AccountLink.objects.create(
            digest=_digest(secret),
            account_id=account.id,
            purpose=purpose,
            email=address_of(email),
            ends_at=ends_at,
        )
    return secret


def open_link(secret: str, now: datetime) -> Link | None:
    """What a link leads to; None when it was used, has ended, or its account is disabled or has moved."""
    found = AccountLink.objects.select_related("account").filter(digest=_digest(secret)).first()
    if found is None or found.account is None or found.ends_at <= now:
        return None
    if found.account.disabled or found.account.email != found.email:
        return None
    return Link(purpose=found.purpose, account=_known(found.account))


def use_link(secret: str, password: str, now: datetime) -> Known | None:
    """Set the password that a link is for; the link is then gone. None when it leads nowhere (any more)."""
    with transaction.atomic():
        link = open_link(secret, now)
        gone, _ = AccountLink.objects.filter(digest=_digest(secret)).delete()
        if link is None or not gone:  # of two at once one deletes the row
            return None
        Account.objects.filter(id=link.account.id).update(password=make_password(password))
        AccountLink.objects.filter(account_id=link.account.id).delete()
    return link.account


def by_number(number: int) -> Account | None:
    """The account as the framework's sign-in takes it."""
    return next(iter(Account.objects.raw("SELECT * FROM account WHERE id = %s", [number])), None)


def _known(account: Account) -> Known:
    return Known(
        id=account.id,
        email=account.email,
        person=account.person or "",
        disabled=account.disabled,
        invited=account.last_login is None and not account.has_usable_password(),
        made_at=account.made_at,
        last=account.last_login,
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
