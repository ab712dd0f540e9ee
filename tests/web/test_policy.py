"""The policy, readable by everybody whom it concerns."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
import yaml
from django.test import Client

from datumline.pack_files import load
from support.page_world import INES, MONA

Visit = Callable[[str], Client]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_parameter_has_its_place_value_and_reference(visit_as: Visit) -> None:
    page = text(visit_as(INES), "/policy")
    for key, parameter in load().parameters.items():
        assert f'id="{key}"' in page
        assert parameter.reference in page
    assert "<b>85 %</b>" in page


def test_a_verdict_card_links_to_the_parameters_that_it_turned_on(visit_as: Visit) -> None:
    named = set(re.findall(r'href="/policy#([a-z_.]+)"', text(visit_as(MONA), f"/people/{INES}")))
    assert named
    assert named <= set(load().parameters)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/policy?show=tables", "A formal plan may start."),
        ("/policy?show=phrases&q=feedback+gap", "There is a feedback gap."),
        ("/policy?show=names", "Dive Deep"),
        ("/policy?show=history", "in force"),
        ("/policy?q=strictly+above", "on_time.bar_raiser_floor"),
    ],
)
def test_each_part_has_its_view(visit_as: Visit, address: str, says: str) -> None:
    assert says in text(visit_as(INES), address)


def test_a_search_leaves_the_rest_out(visit_as: Visit) -> None:
    assert "pip.clock" not in text(visit_as(INES), "/policy?q=strictly+above")
    assert "No number says" in text(visit_as(INES), "/policy?q=qwertz")


def test_what_is_no_part_is_not_there(visit_as: Visit) -> None:
    assert visit_as(INES).get("/policy?show=secrets").status_code == 404


def test_the_pack_in_force_is_one_file(visit_as: Visit) -> None:
    answer = visit_as(INES).get("/policy/pack.yaml")
    assert "attachment" in answer.headers["Content-Disposition"]
    said = yaml.safe_load(answer.content)
    assert "on_time.bar_raiser_floor" in str(said)


@pytest.mark.parametrize("address", ["/policy", "/counted"])
def test_no_page_speaks_of_a_document_that_its_readers_do_not_have(visit_as: Visit, address: str) -> None:
    page = text(visit_as(INES), address)
    assert "the specification" not in page
    assert "a reading is how Datumline reads them where they leave it open" in page
