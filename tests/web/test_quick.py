"""Quick entry: a line is read back, mended where it was not understood, written once, and never lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from support.page_world import CONCERN, INES, JENS, LENA, MONA, VERA

Visit = Callable[[str], Client]
LINE = "Ines missed invoice-export due 2026-05-04, delivered 05-13 #deliver-results"


def once(client: Client) -> str:
    found = re.search(r'name="once" value="([^"]+)"', client.get("/").content.decode())
    assert found
    return found[1]


def read(client: Client, line: str, *, fixed: str = "", fragment: bool = False, **more: str) -> str:
    sent = {"once": once(client), "step": "read", "line": line, "fixed": fixed, **more}
    answer = client.post("/log", sent, headers={"HX-Request": "true"} if fragment else None)
    assert answer.status_code == 200
    return answer.content.decode()


def fields(html: str) -> dict[str, str]:
    """What the form that was read back would send."""
    form = html[html.index('<section class="understood"') :]
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    for name, value in re.findall(r'type="(?:checkbox|radio)" name="([^"]+)" value="([^"]*)"', form):
        if f'value="{value}" checked' not in form:
            found.pop(name, None)
    return found


def save(client: Client, html: str, **mended: str) -> Any:
    return client.post("/log", {**fields(html), "step": "save", **mended})


def test_a_line_is_shown_back_with_person_kind_days_and_principle(visit_as: Visit) -> None:
    page = read(visit_as(MONA), LINE)
    assert "<b>Ines Okafor</b>: commitment, 13 May 2026, due 4 May 2026, delivered 13 May 2026" in page
    assert "Principles: Deliver Results" in page
    assert "Not understood" not in page


def test_the_fragment_is_the_same_part_alone(visit_as: Visit) -> None:
    client = visit_as(MONA)
    part = read(client, LINE, fragment=True)
    assert "<html" not in part
    assert part.strip().startswith("<section")
    assert "<b>Ines Okafor</b>: commitment" in part


def test_what_was_read_back_is_saved_and_stands_on_the_persons_page(visit_as: Visit) -> None:
    client = visit_as(MONA)
    answer = save(client, read(client, LINE))
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/?logged=")
    assert "Written down." in client.get(answer.headers["Location"]).content.decode()
    page = client.get(f"/people/{INES}").content.decode()
    assert "Missed invoice-export" in page
    assert "9 days after its date" in page


def test_the_same_form_sent_twice_is_one_entry(visit_as: Visit) -> None:
    client = visit_as(MONA)
    page = read(client, LINE)
    assert save(client, page).headers["Location"] == save(client, page).headers["Location"]


def test_a_part_is_mended_in_place(visit_as: Visit) -> None:
    client = visit_as(MONA)
    answer = save(client, read(client, LINE), about=JENS, title="Export came late", **{"a-due": "2026-05-05"})
    entry = client.get(f"/entries/{answer.headers['Location'][-64:]}").content.decode()
    assert "Jens Holmgren" in entry
    assert "Export came late" in entry


def test_what_was_not_understood_is_named_and_the_rest_stands(visit_as: Visit) -> None:
    page = read(visit_as(MONA), f"{LINE} #speed")
    assert "is no principle of the pack" in page
    assert fields(page)["a-due"] == "2026-05-04"


def test_an_unknown_first_word_asks_what_it_is_and_keeps_the_words(visit_as: Visit) -> None:
    client = visit_as(MONA)
    page = read(client, "helped with the cache", fixed=INES)
    assert fields(page)["title"] == "helped with the cache"
    answer = save(client, page)
    assert answer.status_code == 422
    assert "Choose what it is" in answer.content.decode()
    assert "helped with the cache" in answer.content.decode()
    assert save(client, page, kind="recognition").status_code == 303


def test_a_name_nobody_has_gives_the_list_to_choose_from(visit_as: Visit) -> None:
    client = visit_as(MONA)
    page = read(client, "Quentin saw a late flag")
    assert "is called “Quentin”" in page
    assert save(client, page).status_code == 422
    assert save(client, page, about=JENS).status_code == 303


def test_a_name_that_several_have_gives_those_to_choose_from(visit_as: Visit) -> None:
    page = read(visit_as(VERA), "e saw a late flag")  # nobody's name begins so
    assert "Nobody whom you may write about" in page
    page = read(visit_as(VERA), "@n saw a late flag")
    assert "“n” " not in page


def test_on_a_persons_page_the_person_is_given(visit_as: Visit) -> None:
    client = visit_as(MONA)
    answer = save(client, read(client, "Ines saw a late flag", fixed=INES))
    assert answer.headers["Location"].startswith(f"/people/{INES}?logged=")


def test_an_engineer_logs_about_themselves(visit_as: Visit) -> None:
    client = visit_as(JENS)
    assert "Log an entry about yourself" in client.get("/").content.decode()
    page = read(client, "impact refunds take a day now measured=yes", fixed=JENS)
    assert save(client, page).status_code == 303


def test_who_may_not_write_about_somebody_learns_nothing_of_them(visit_as: Visit) -> None:
    sent = {"once": "a1", "step": "read", "line": "saw it", "fixed": LENA}
    assert visit_as(MONA).post("/log", sent).status_code == 404
    page = read(visit_as(MONA), "Lena saw it")
    assert "Lena Brandt" not in page


def test_a_day_ahead_is_refused_and_the_line_comes_back(visit_as: Visit) -> None:
    client = visit_as(MONA)
    answer = save(client, read(client, LINE), happened="2026-07-01")
    assert answer.status_code == 422
    assert "Write the day as" in answer.content.decode()
    assert "Missed invoice-export" in answer.content.decode()


def test_a_private_line_is_only_for_its_author(visit_as: Visit) -> None:
    client = visit_as(MONA)
    answer = save(client, read(client, "Ines saw a thing to watch"), private="yes")
    assert answer.status_code == 303
    assert "a thing to watch" not in visit_as(INES).get("/").content.decode()


def test_a_line_that_begins_with_a_name_blames_the_word_after_it(visit_as: Visit) -> None:
    page = read(visit_as(MONA), "Ines was late again")
    assert fields(page)["about"] == INES
    assert fields(page)["title"] == "was late again"
    assert "&#39;was&#39; does not say what this is; say what it is: missed, saw, told, note …" in page


def test_a_concern_that_the_person_has_is_offered_and_a_new_one_is_said(visit_as: Visit) -> None:
    client = visit_as(MONA)
    new = read(client, "Ines saw a late flag !handover")
    assert "a new concern: handover" in new
    assert f'<option value="{CONCERN}">' in new
    known = read(client, f"Ines saw a late flag !{CONCERN.replace(' ', '-')}")
    assert fields(known)["concern"] == CONCERN
    assert "new concern:" not in known


def test_what_was_delivered_is_not_called_missed(visit_as: Visit) -> None:
    page = read(visit_as(MONA), "Ines delivered invoice-export on 06-20 due 06-20 delivered 06-20")
    assert "delivered: commitment" in page
    assert "missed: commitment" not in page


def test_one_can_leave_and_keep_to_oneself_without_unfolding(visit_as: Visit) -> None:
    page = read(visit_as(MONA), LINE, fixed=INES)
    assert re.search(rf'<a [^>]*href="/people/{INES}"[^>]*>Cancel</a>', page)
    assert page.rindex("</details>") < page.index("Only for me")


def test_an_address_fixes_the_person_and_the_line(visit_as: Visit) -> None:
    client = visit_as(MONA)
    assert "<h1>Log an entry about Ines Okafor</h1>" in client.get(f"/log?fixed={INES}").content.decode()
    page = client.get(f"/log?fixed={INES}&line=saw+a+late+flag").content.decode()
    assert save(client, page).status_code == 303
    assert client.get(f"/log?fixed={LENA}").status_code == 404


def test_a_field_of_a_kind_is_called_and_read_as_in_the_whole_form(visit_as: Visit) -> None:
    client = visit_as(MONA)
    page = read(client, "metric build time", fixed=INES)
    assert "Value before" in page
    answer = save(client, page, **{"a-name": "build time", "a-before": "about ten", "a-after": "9,5"})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Write the value before as a number such as 12.5." in said
    assert "Write the value after" not in said
