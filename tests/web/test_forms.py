"""What a form reads, what it refuses, and that all that was typed comes back."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from datumline.config.wiring import set_up
from datumline.domain.problem import Problem
from datumline.web.forms import LINE, Form, NoSuchField, blank, posted
from datumline.web.rendering import environment

FIELDS = frozenset({"title", "text", "day", "many", "flag"})
TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _django() -> None:
    """A request cannot be read before Django knows its settings."""
    set_up()


def sent(**fields: object) -> HttpRequest:
    return RequestFactory().post("/x", {"once": "abc", **fields})


def form(**fields: object) -> Form:
    return posted(sent(**fields), FIELDS, many={"many"})


def test_a_text_is_trimmed_and_its_lines_end_in_one_way() -> None:
    assert form(text=" one\r\ntwo\rthree ").text("text", "a text", most=100) == "one\ntwo\nthree"


@pytest.mark.parametrize("bad", ["a\0b", "a\x1bb", "a\x85b", "a�b"])
def test_what_is_no_text_is_named_by_its_code(bad: str) -> None:
    read = form(title=bad)
    read.text("title", "a title")
    assert f"U+{ord(bad[1]):04X}" in read.faults["title"]
    assert read.value("title") == bad


def test_a_text_that_is_too_long_is_kept_whole_and_says_how_long_it_is() -> None:
    read = form(title="x" * (LINE + 1))
    read.text("title", "a title")
    assert read.faults["title"].startswith(f"{LINE + 1} characters; at most {LINE} fit")
    assert len(read.value("title")) == LINE + 1


def test_a_line_is_one_line_and_a_needed_field_is_asked_for() -> None:
    read = form(title="a\nb")
    read.text("title", "a title")
    read.text("text", "a text", needed=True)
    assert read.faults == {
        "title": "This is one line. Put what follows into the text.",
        "text": "Write a text.",
    }


@pytest.mark.parametrize(
    "typed", ["30.06.2026", "2026-06-31", "2026-07-01", "1969-12-31", "20260630", "2026-W26", "x"]
)
def test_what_is_no_day_between_both_ends_is_refused(typed: str) -> None:
    read = form(day=typed)
    assert read.day("day", "the day", last=TODAY) is None
    assert read.faults["day"] == "Write the day as 2026-06-30, between 1970-01-01 and 2026-06-30."


def test_a_day_a_count_and_a_flag_are_read_by_their_type() -> None:
    assert form(day="2026-06-30").day("day", "the day", last=TODAY) == TODAY
    assert form().day("day", "the day") is None
    assert form(text="12").count("text", "a number") == 12
    assert form(flag="no").flag("flag", "an answer") is False
    assert form().flag("flag", "an answer") is None


@pytest.mark.parametrize("typed", ["-1", "1.5", "²", "9" * 30, "1e3"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    read = form(text=typed)
    assert read.count("text", "a number") is None
    assert "text" in read.faults


def test_only_what_was_offered_can_be_chosen() -> None:
    assert form(many=["a", "b", "a"]).choices("many", "some", {"a", "b"}) == ("a", "b")
    read = form(many=["a", "z"], flag="z")
    read.choices("many", "principles", {"a", "b"})
    assert read.choice("flag", "an answer", {"a"}) == ""
    assert read.faults == {
        "many": "Choose principles from the list.",
        "flag": "Choose an answer from the list.",
    }


@pytest.mark.parametrize("name", ["author", "recorded_at", "seq", "stream", "visibility", "<b>"])
def test_a_field_that_the_form_does_not_have_is_refused(name: str) -> None:
    with pytest.raises(NoSuchField, match=f"no field '{name}'"):
        form(**{name: "x"})


def test_a_field_that_came_twice_and_a_form_without_its_number_are_refused() -> None:
    with pytest.raises(NoSuchField, match="more than once"):
        form(title=["a", "b"])
    for once in ("", "x" * 65, "a b", "é"):
        with pytest.raises(NoSuchField):
            form(once=once)


def test_a_stale_form_says_what_moved_and_may_be_sent_again() -> None:
    read = form(seen="1")
    assert not read.stays("2", "Somebody wrote.")
    assert read.said.startswith("Somebody wrote. Nothing was written yet")
    assert form(seen="2").stays("2", "Somebody wrote.")
    assert read.seen == "2"


def test_a_problem_stands_beside_its_field_or_above_all() -> None:
    def wrong(where: str) -> None:
        raise Problem("no such thing", where=where, expected="another")

    read = form()
    read.tries(lambda: wrong("title"))
    assert read.faults == {"title": "no such thing; expected another."}
    read = form()
    read.tries(lambda: wrong("elsewhere"))
    assert read.said == "no such thing, elsewhere, expected another."
    assert read.done("/") is None


def test_nothing_is_tried_when_something_is_wrong() -> None:
    read = form()
    read.refuse("title", "wrong")
    assert read.tries(lambda: 1 / 0) is None


def test_each_part_shows_what_was_typed_and_its_fault() -> None:
    shown = blank(FIELDS, {"title": "<b>", "many": ["a"], "day": "2026-06-30", "text": "\n<i>"}, seen="s")
    shown.refuse("title", "Not <so>.")
    html = (
        environment()
        .from_string(
            '{% import "forms.html" as forms %}{{ forms.hidden(form, "c") }}{{ forms.said(form) }}'
            '{{ forms.text(form, "title", "Title", "Short.") }}{{ forms.area(form, "text", "Text") }}'
            '{{ forms.day(form, "day", "Day") }}{{ forms.choice(form, "many", "One", [("a", "A")]) }}'
            '{{ forms.picks(form, "many", "Some", [("a", "A")], type="checkbox") }}'
        )
        .render(form=shown)
    )
    assert f'name="once" value="{shown.once}"' in html
    assert 'value="&lt;b&gt;"' in html
    assert 'aria-invalid="true"' in html
    assert "Not &lt;so&gt;." in html
    assert "&lt;i&gt;</textarea>" in html
    assert "selected" in html
    assert "checked" in html
