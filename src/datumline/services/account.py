"""One's own account: with what one signs in, and where one is signed in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from datumline.services.accounts import Account
from datumline.store.sign_in import (
    APP,
    CODES,
    KEY,
    Means,
    Session,
    kinds_of,
    means_of,
    row_of_means,
    row_of_session,
    sessions_of,
)

__all__ = [
    "SecondStep",
    "Session",
    "Ways",
    "app_of",
    "codes_of",
    "is_app",
    "key_called",
    "public_id",
    "second_step_of",
    "session_called",
    "ways_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What an account has.

    Attributes:
        app: whether a code is asked for at sign-in.
        codes: how many recovery codes are left; None where there are none.
        keys: its passkeys and security keys.
    """

    app: bool
    codes: int | None
    keys: tuple[Means, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStep:
    """What an account can show after its password."""

    code: bool
    key: bool


def ways_of(account: Account) -> Ways:
    """With what an account signs in, and where it is signed in."""
    own = means_of(account.id)
    return Ways(
        app=any(each.kind == APP for each in own),
        codes=next((len(each.codes) for each in own if each.kind == CODES), None),
        keys=tuple(each for each in own if each.kind == KEY),
        sessions=tuple(sessions_of(account)),
    )


def second_step_of(account: Account) -> SecondStep:
    """What the account can show; a recovery code is a code too."""
    kinds = kinds_of(account.id)
    return SecondStep(code=bool(kinds - {KEY}), key=KEY in kinds)


def is_app(kind: str) -> bool:
    """Whether a code came from an app: that one is good once within its time."""
    return kind == APP


def codes_of(account: Account) -> tuple[str, ...]:
    """The recovery codes that are left."""
    return next((each.codes for each in means_of(account.id) if each.kind == CODES), ())


def app_of(account: Account) -> Any:
    """The app for codes, as the sign-in library's own flows take it; None where there is none."""
    own = (each for each in means_of(account.id) if each.kind == APP)
    return next((row_of_means(account.id, each.row) for each in own), None)


def key_called(account: Account, said: str) -> Any:
    """The account's passkey of that public id, as the library's flows take it; None where none has it."""
    found = _called((each for each in means_of(account.id) if each.kind == KEY), said)
    return row_of_means(account.id, found.row) if found else None


def session_called(account: Account, said: str) -> Any:
    """The same for an open session."""
    found = _called(sessions_of(account), said)
    return row_of_session(account.id, found.row) if found else None


def public_id(row: Means | Session) -> str:
    """What a page calls a session or a passkey: unlike the number of its row, nobody can guess it."""
    return salted_hmac(f"{__name__}.{type(row).__name__}", str(row.row), algorithm="sha256").hexdigest()[:32]


def _called(rows: Iterable[Means | Session], said: str) -> Means | Session | None:
    return next((row for row in rows if constant_time_compare(public_id(row), said)), None)
