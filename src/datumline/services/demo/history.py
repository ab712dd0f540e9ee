"""Two years of Northfold, in the order in which they were written."""

from __future__ import annotations

from collections.abc import Iterator

from datumline.services.demo.apart import apart
from datumline.services.demo.cases import cases
from datumline.services.demo.company import Company, company
from datumline.services.demo.frame import frame
from datumline.services.demo.growing import growing
from datumline.services.demo.planned import Planned
from datumline.services.demo.practice import practice
from datumline.services.demo.promises import promises
from datumline.services.demo.reach import reach
from datumline.services.demo.stories import stories
from datumline.services.demo.talk import talk
from datumline.services.demo.worker import Worker


def history() -> list[Planned]:
    """Everything, by the instant of recording; the same in every build."""
    made = company()
    return sorted(_told(made), key=lambda each: each.at)


def _told(made: Company) -> Iterator[Planned]:
    yield from frame(made)
    for member in made.engineers:
        worker = Worker(member, made)
        for room in (promises, practice, reach, talk):
            yield from room(worker)
    yield from stories(made)
    yield from cases(made)
    yield from growing(made)
    yield from apart(made)
