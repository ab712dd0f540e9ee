"""The first run: whose this home is. A person's alone, or an organisation's with its first account."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from datumline.connectors.people.translate import position_draft, profile_draft
from datumline.domain.people.access import OPERATOR
from datumline.domain.people.identity import email_key
from datumline.domain.problem import Problem
from datumline.services.context import Context, Mode
from datumline.services.opened import Opened
from datumline.store import accounts, people
from datumline.store.ledger import place
from datumline.store.transaction import in_transaction

ADMINISTRATOR, MANAGER = "admin", "engineering-manager"
DUTIES = (ADMINISTRATOR, MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """What whoever sets the organisation up says of it and of themselves; `duties` are among DUTIES."""

    organisation: str
    name: str
    email: str
    password: str
    duties: tuple[str, ...]


def work_alone(opened: Opened) -> None:
    """Let the home be one person's own. Raises Problem when it has been said whose it is."""
    with opened.settling(Mode.ALONE):
        _check_nobodys(opened)


def _check_nobodys(opened: Opened) -> None:
    """Raises Problem when there is an owner: in the home's file, or as accounts in its database."""
    if opened.context().mode is not None:
        raise Problem("it has been said whose this home is", expected="a home at its first run")


def found(opened: Opened, founder: Founder) -> accounts.Known:
    """Set the organisation up: its name, the founder on file, their account; all of it or nothing.

    Somebody who is on file under the address already is that person. Raises Problem when the home is
    somebody's already, or somebody else is about to say whose it is.
    """
    if ADMINISTRATOR not in founder.duties:
        raise Problem("nobody would administer it", where="duties", expected="an administrator")
    with opened.settling(Mode.ORGANISATION):
        _check_nobodys(opened)
        return in_transaction(lambda: _written(opened.context(), founder))


def _written(context: Context, founder: Founder) -> accounts.Known:
    now = context.clock()
    accounts.found(founder.organisation, now)
    known = people.known_by("email", [founder.email])[founder.email]
    person = next(iter(known), None) or str(uuid4())
    profile = profile_draft(
        person,
        {"name": founder.name, "emails": [email_key(founder.email)], "zone": "UTC"},
        author=OPERATOR,
        on=context.today,
    )
    position = position_draft(person, {"role": ", ".join(founder.duties)}, author=OPERATOR, on=context.today)
    place([position] if known else [profile, position], clock=context.clock)
    return accounts.make(email=founder.email, person=person, at=now, password=founder.password)
