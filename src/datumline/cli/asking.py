"""Who asks on the command line: the operator of this machine, or a person named with `--as`."""

from __future__ import annotations

from typing import Annotated

import typer

from datumline.services.context import Context
from datumline.services.opened import Opened
from datumline.services.people import find_person

As = Annotated[
    str | None,
    typer.Option("--as", metavar="PERSON", help="Ask as this person, with their rights and no others."),
]


def asked_as(opened: Opened, person: str | None) -> Context:
    """The context of the operator, or of the person named. Raises Problem when nobody is called that."""
    operator = opened.context()
    return operator if person is None else opened.context(find_person(operator, person).id)
