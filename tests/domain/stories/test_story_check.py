"""Stories: their parts, what is missing, who acts, figures, claims, and answers that are no stories."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from datumline.services.bench.language_samples import stories
from datumline.services.language import Language

ENGINE = Language()
DAY = date(2026, 6, 30)
SITUATION = "When I joined the parcel company in 2023, every second invoice was wrong and customers left."
TASK = "My director asked me to get the error rate below one percent before the summer."
ACTION = "I compared a month of invoices by hand. Then I rewrote the rounding and tested it with finance."
RESULT = "As a result the error rate fell from 52 to 0.4 percent, and nobody has complained since."
WHOLE = f"{SITUATION} {TASK} {ACTION} {RESULT}"


def check(text: str) -> dict[str, Any]:
    return ENGINE.story(text, "story", DAY)


def rules(text: str) -> set[str]:
    return {finding["rule"] for finding in check(text)["findings"]} - {"share-off"}


def test_a_whole_story_passes_and_every_sentence_has_its_part() -> None:
    found = check(WHOLE)
    assert [one["part"] for one in found["sentences"]] == ["situation", "task", "action", "action", "result"]
    assert rules(WHOLE) == set()
    assert found["manner"] == "story"
    assert found["target"] == {"situation": 25, "task": 20, "action": 35, "result": 20}
    assert sum(found["shares"].values()) == pytest.approx(100, abs=0.2)
    for one in found["sentences"]:
        assert WHOLE[one["start"] : one["end"]] == one["quote"]


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("task", f"{SITUATION} {ACTION} {RESULT}"),
        ("action", f"{SITUATION} {TASK} {RESULT}"),
        ("result", f"{SITUATION} {TASK} {ACTION}"),
    ],
)
def test_a_part_that_is_left_out_is_named(part: str, text: str) -> None:
    missing = [one["part"] for one in check(text)["findings"] if one["rule"] == "missing-part"]
    assert missing == [part]


def test_we_without_i_looks_at_what_was_done() -> None:
    by_us = ACTION.replace("I compared", "We compared").replace("Then I rewrote", "Then we rewrote")
    assert "we-without-i" in rules(f"{SITUATION} {TASK} {by_us} {RESULT}")
    assert "we-without-i" in rules(f"{SITUATION} {TASK} {by_us} I think we also fixed the tests. {RESULT}")
    assert "we-without-i" not in rules(f"{SITUATION} {TASK} {by_us} I persuaded finance to help. {RESULT}")


def test_a_result_needs_a_figure_that_is_no_date() -> None:
    plain = "As a result customers stopped complaining, and two years later the process is still in use."
    assert "result-without-figure" in rules(f"{SITUATION} {TASK} {ACTION} {plain}")
    halved = "As a result the number of complaints was halved."
    assert "result-without-figure" not in rules(f"{SITUATION} {TASK} {ACTION} {halved}")


@pytest.mark.parametrize(
    ("claim", "agrees", "computed"),
    [
        ("Defects fell from 42 to 36, a drop of 15 %.", False, "14.3 %"),
        ("Handling time fell from 12 to 8.8 minutes, by 27 %.", True, None),
        ("On-time delivery rose from 68 to 84 %, by 16 points.", True, None),
        ("On-time delivery rose from 68 to 84 %, by 16 percent.", False, "23.5 % or 16 points"),
    ],
)
def test_claims_are_recomputed(claim: str, agrees: bool, computed: str | None) -> None:  # noqa: FBT001 - a case
    found = check(f"{SITUATION} {TASK} {ACTION} {claim}")
    assert [one["agrees"] for one in found["claims"] if one["before"] is not None] == [agrees]
    why = [one["why"] for one in found["findings"] if one["rule"] == "claim-does-not-follow"]
    assert ([] if computed is None else [computed]) == [
        computed for one in why if computed and computed in one
    ]


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        (
            "I think a good leader has to listen. People are different, and trust is everything.",
            "opinion",
        ),
        (
            "I would first talk to both of them. Then I'd set clear expectations, and I would check.",
            "pseudo-story",
        ),
        ("I'm a very structured person. My colleagues would describe me as reliable.", "self-description"),
    ],
)
def test_an_answer_that_is_no_story_is_said_so_first(text: str, manner: str) -> None:
    found = check(text)
    assert found["manner"] == manner
    assert found["findings"][0]["rule"] == "not-a-story"


def test_the_elements_of_a_full_story_are_named_with_their_words() -> None:
    stake = "Unless it changed, we would have lost the licence within three years."
    convince = "I had to convince the CFO, who saw nothing but costs in it."
    text = f"{SITUATION} {stake} {TASK} {convince} {ACTION} {RESULT}"
    found = check(text)["elements"]
    assert found["situation"]["long-term-stake"]["told"]
    (quote,) = found["task"]["whom-to-convince"]["quotes"]
    assert text[quote["start"] : quote["end"]] == convince
    assert not found["result"]["legacy"]["told"]


def test_headings_settle_the_parts() -> None:
    text = f"Situation: {SITUATION}\n\nTask: {TASK}\n\nAction: {ACTION}\n\nResult: Finance was happy."
    assert [one["part"] for one in check(text)["sentences"]] == [
        "situation",
        "task",
        "action",
        "action",
        "result",
    ]


def test_the_headings_of_a_page_are_no_part_of_the_story() -> None:
    text = f"# The late invoices\n\n## Situation\n\n{SITUATION}\n\n## Task\n\n{TASK}\n"
    parts = [one["part"] for one in check(text)["sentences"]]
    assert parts == ["other", "other", "situation", "other", "task"]


def test_the_parts_of_unseen_tellers_are_found() -> None:
    right = total = 0
    for story in stories("test"):
        for sentence in ENGINE._stories.check(story.text, ENGINE.policy, DAY).told:
            label = str(story.label_of(sentence.span))
            total += 1
            right += sentence.part.value == (label if label in story.missing | _PARTS else "other")
    assert right / total >= 0.85


_PARTS = {"situation", "task", "action", "result"}
