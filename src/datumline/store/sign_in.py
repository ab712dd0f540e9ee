"""How an account signs in and where it is signed in: the rows of the sign-in library, as plain values.

Only the process that serves pages has the library's tables open; a command imports nothing of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from datumline.store.models import Account

APP: str = Authenticator.Type.TOTP.value
CODES: str = Authenticator.Type.RECOVERY_CODES.value
KEY: str = Authenticator.Type.WEBAUTHN.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Something that an account signs in with, besides a password.

    Attributes:
        row: its number, which no page shows.
        kind: `APP`, `CODES` or `KEY`.
        name: what its owner calls a passkey; empty for the others.
        codes: the recovery codes that are left; none for the others.
    """

    row: int
    kind: str
    name: str
    made: datetime
    used: datetime | None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An open session: what its browser called itself, from where, since when, and whether it is this one."""

    row: int
    agent: str
    place: str
    began: datetime
    this: bool


def means_of(account: int) -> list[Means]:
    """What an account has, in the order in which it was set up."""
    found = Authenticator.objects.filter(user_id=account).order_by("created_at")
    return [
        Means(
            row=each.pk,
            kind=each.type,
            name=each.wrap().name if each.type == KEY else "",
            made=each.created_at,
            used=each.last_used_at,
            codes=tuple(each.wrap().get_unused_codes()) if each.type == CODES else (),
        )
        for each in found
    ]


def kinds_of(account: int) -> frozenset[str]:
    """Of which kinds it has any; nothing is decrypted for that."""
    return frozenset(Authenticator.objects.filter(user_id=account).values_list("type", flat=True))


def sessions_of(account: Account) -> list[Session]:
    """The open sessions; those that ended are forgotten."""
    return [
        Session(
            row=each.pk,
            agent=each.user_agent,
            place=str(each.ip),
            began=each.created_at,
            this=each.is_current(),
        )
        for each in UserSession.objects.purge_and_list(account)
    ]


def row_of_means(account: int, row: int) -> Any:
    """The library's own row, for its flows; None when that account has none of that number."""
    return Authenticator.objects.filter(user_id=account, pk=row).first()


def row_of_session(account: int, row: int) -> Any:
    """The same for a session."""
    return UserSession.objects.filter(user_id=account, pk=row).first()
