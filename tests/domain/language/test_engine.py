"""Feedback, wording, disclosure, coverage, principles: what they find, and what they leave alone."""

from __future__ import annotations

from datetime import date

import pytest

from datumline.services.language import Language

ENGINE = Language()
DAY = date(2026, 5, 22)
CLEAN = (
    "In the search release meeting on 19 May you promised the client a date that nobody had estimated. "
    "The client has put it into their contract, and we pay 2,000 euros for each week of delay. "
    "When a client asks for a date, say that you will answer within a day and ask the team first. "
    "On 5 June we go through the minutes of your next two client meetings."
)


def rules(text: str, day: date = DAY) -> set[str]:
    return {finding["rule"] for finding in ENGINE.feedback(text, "note", day)["findings"]}


def test_a_note_that_is_right_passes_clean() -> None:
    found = ENGINE.feedback(CLEAN, "note", DAY)
    assert found["clean"] is True
    assert found["commit_date"] == "2026-06-05"
    assert all(found["parts"].values())


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("On 5 June we go through the minutes of your next two client meetings.", "", "missing-commit"),
        ("On 5 June we go through", "At some point we go through", "undated-commit"),
        (
            "The client has put it into their contract, and we pay 2,000 euros for each week of delay. ",
            "",
            "missing-impact",
        ),
        (
            "When a client asks for a date, say that you will answer within a day and ask the team first. ",
            "",
            "missing-ask",
        ),
        (
            "When a client asks for a date, say that you will answer within a day and ask the team first.",
            "Please be more careful.",
            "uncheckable-ask",
        ),
        ("In the search release meeting on 19 May you", "Sometimes in meetings you", "undated-situation"),
        (
            "you promised the client a date that nobody had estimated",
            "you clearly did not care about the team",
            "inferred-motive",
        ),
        (
            "you promised the client a date that nobody had estimated",
            "you were arrogant and difficult",
            "personality",
        ),
        ("In the search", "You are doing a great job and we love having you. In the search", "sandwich"),
        ("When a client asks", "It is no big deal, but maybe you could, when a client asks", "soft-language"),
        ("you promised the client a date that nobody had estimated", "some things did not go well", "vague"),
        (
            "you promised the client a date that nobody had estimated",
            "you were bossy, as women in sales often are",
            "biased-wording",
        ),
    ],
)
def test_each_fault_is_found_and_named(old: str, new: str, rule: str) -> None:
    assert old in CLEAN
    assert rule in rules(CLEAN.replace(old, new))


def test_praise_after_the_commit_is_no_sandwich() -> None:
    assert "sandwich" not in rules(CLEAN + " Thank you for all your work this spring.")


def test_findings_quote_the_words_at_their_place() -> None:
    text = "\U0001f600 " + CLEAN.replace("you promised", "you obviously did not care and promised").replace(
        ". ", ".\r\n"
    )
    for finding in ENGINE.feedback(text, "note", DAY)["findings"]:
        if finding["start"] is not None:
            assert text[finding["start"] : finding["end"]] == finding["quote"]


def test_a_quotation_is_somebody_elses_wording() -> None:
    text = 'On 3 May you wrote to the customer: "maybe it is not a big deal". They cancelled the order.'
    assert ENGINE.wording(text, "text")["findings"] == []


def test_a_denied_a_reported_and_a_merely_named_item_is_not_covered() -> None:
    items = [{"id": "hr", "says": "Involves HR", "examples": ["I would bring in HR now."]}]
    texts = [
        "I would not go to HR yet.",
        "Some managers run to HR at once; I don't.",
        "Documentation, HR, expectations, support.",
    ]
    for text in texts:
        assert ENGINE.coverage(text, "text", items)["items"]["hr"]["covered"] is False, text
    assert (
        ENGINE.coverage("At that point I would bring in HR.", "text", items)["items"]["hr"]["covered"] is True
    )


def test_a_near_miss_is_told_from_the_item() -> None:
    items = [
        {
            "id": "expect",
            "says": "Names the expectation",
            "examples": ["I say that reviews are due in a day."],
            "counter": ["I say that I will support her."],
        }
    ]
    assert (
        ENGINE.coverage("I tell her that I will support her.", "text", items)["items"]["expect"]["covered"]
        is False
    )


def test_a_case_is_given_away_by_name_and_matter_not_by_the_name_alone() -> None:
    case = {"person": "Ilse Vant", "facts": ["missed four deadlines"]}
    assert ENGINE.disclosure("Ilse is on an improvement plan.", "text", case)["discloses"] is True
    assert ENGINE.disclosure("Ilse presents the importer at the demo.", "text", case)["discloses"] is False
    assert ENGINE.disclosure("Please post new dates by Wednesday.", "text", case)["discloses"] is False


def test_principles_of_a_passage_and_none_of_small_talk() -> None:
    spoken = ENGINE.principles(
        "I coached two juniors every week, hired three engineers and promoted my successor.", "text"
    )
    assert spoken["principles"][0]["id"] == "hire-and-develop-the-best"
    assert (
        ENGINE.principles("The meeting is at ten and the room is on the second floor.", "text")["principles"]
        == []
    )
