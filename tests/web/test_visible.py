"""Characters that deceive are named on every page; texts that need them are left alone."""

from __future__ import annotations

import pytest

from datumline.web.rendering import environment
from datumline.web.visible import MIXED, visible


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("invoice\u202egnp.exe", "invoice⟦U+202E⟧gnp.exe"),
        ("Ada\u200b Lovelace", "Ada⟦U+200B⟧ Lovelace"),
        ("soft\u00adhyphen", "soft⟦U+00AD⟧hyphen"),
        ("\ufeffstart", "⟦U+FEFF⟧start"),
        ("tag\U000e0041", "tag⟦U+E0041⟧"),
        ("line\u2028line", "line⟦U+2028⟧line"),
        ("p\u0430ypal", f"p\u0430ypal{MIXED}"),
        ("\u039fK then", f"\u039fK{MIXED} then"),
    ],
)
def test_what_deceives_is_named(written: str, seen: str) -> None:
    assert visible(written) == seen


@pytest.mark.parametrize(
    "written",
    [
        "plain text",
        "Zoë, Ł, ß, 5 µs, 3 Ω, Δt",
        "Дарья Петрова",
        "Ελένη",
        "山田 太郎",
        "مرحبا",
        "\u0645\u06cc\u200c\u062e\u0648",
        "क्\u200dष",
        "\U0001f469\u200d\U0001f4bb and \u2764\ufe0f",
        "",
    ],
)
def test_what_people_write_is_left_alone(written: str) -> None:
    assert visible(written) == written


def test_a_page_names_it_in_text_and_a_field_keeps_what_was_typed() -> None:
    template = environment().from_string('<p>{{ said }}</p><input value="{{ said | as_typed }}">')
    assert template.render(said="<\u202e") == '<p>&lt;⟦U+202E⟧</p><input value="&lt;\u202e">'
