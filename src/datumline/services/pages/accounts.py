"""The page of accounts: who may sign in, as far as the one who asks answers for accounts."""

from __future__ import annotations

from dataclasses import dataclass

from datumline.domain.people.access_words import Noun, Verb
from datumline.services.accounts import Standing, standings
from datumline.services.context import Mode
from datumline.services.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountsPage:
    """The people whose name or address has `query` in it, and their accounts, by name.

    Attributes:
        refused, needs: why what was asked for was not done, and what it takes; empty where nothing was.
    """

    people: tuple[Standing, ...]
    query: str
    refused: str = ""
    needs: str = ""


def answers_for_accounts(asked: Visit) -> bool:
    """Whether people sign in here, and the one who asks may know of other accounts than their own."""
    return asked.context.mode is Mode.ORGANISATION and asked.gate.allows(Verb.READ, Noun.ACCOUNT)


def accounts_page(asked: Visit, query: str) -> AccountsPage | None:
    """The page; None for who answers for no accounts."""
    if not answers_for_accounts(asked):
        return None
    said = query.strip()
    wanted = said.casefold()
    found = (each for each in standings(asked) if wanted in f"{each.name} {each.address}".casefold())
    return AccountsPage(people=tuple(found), query=said)
