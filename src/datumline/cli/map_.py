"""`datumline map principles`: which leadership principles a text speaks of, with the words that say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import typer

from datumline.cli.check import AsJson, Fail, Jsonl, Pack, Source, run_check
from datumline.cli.check_words import principle_lines
from datumline.services.language import Document, Language

app = typer.Typer(add_completion=False, no_args_is_help=True, help="What a text in English speaks of.")


@app.callback()
def group() -> None:
    """What a text in English speaks of."""


@app.command("principles")
def principles(
    source: Source = None,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Name the principles that a text speaks of, most certain first."""

    def check(engine: Language, text: str, where: str, given: Mapping[str, Any]) -> Document:
        del given
        return engine.principles(text, where)

    run_check(
        check,
        principle_lines,
        lambda found: not found["principles"],
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )
