"""`datumline map principles`: which leadership principles a text speaks of, with the words that say so."""

from __future__ import annotations

import typer

from datumline.cli.check_running import AsJson, Fail, Jsonl, Pack, Source, of_text, run_check
from datumline.cli.check_words import principle_lines
from datumline.services.language import Language

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
    run_check(
        of_text(Language.principles),
        principle_lines,
        lambda found: not found["principles"],
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )
