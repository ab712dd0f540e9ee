"""The page about access is the table that decides, place by place."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from datumline.domain.people.access_matrix import COLUMNS
from support.page_world import INES

Visit = Callable[[str], Client]


@pytest.mark.parametrize("place", COLUMNS.split())
def test_every_place_has_its_page(visit_as: Visit, place: str) -> None:
    answer = visit_as(INES).get(f"/access?as={place}")
    assert answer.status_code == 200


def test_conditions_stand_in_words(visit_as: Visit) -> None:
    page = visit_as(INES).get("/access?as=manager").content.decode()
    assert "Private note" in page
    assert "who asks wrote it" in page
    assert "Nothing at all of:" in page


def test_no_other_place(visit_as: Visit) -> None:
    assert visit_as(INES).get("/access?as=king").status_code == 404
