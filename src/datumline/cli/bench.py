"""`datumline bench`: how fast it is, as ratios against a yardstick measured in the same run."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from datumline.cli.output import print_json
from datumline.services.bench.harness import Benchmark, machine, measure
from datumline.services.bench.report import document, lines

app = typer.Typer(add_completion=False)


class Topic(StrEnum):
    """What can be measured; `import` wants one or more clones to mine."""

    IMPORT = "import"
    LEDGER = "ledger"
    SIGNALS = "signals"
    PAGES = "pages"
    LANGUAGE = "language"


# Each topic's module has `benchmarks(clones)`. A module is imported only when its topic is asked for.
MODULES = {Topic.IMPORT: "mining", Topic.LEDGER: "ledger", Topic.SIGNALS: "signals", Topic.PAGES: "pages"}
ALONE = (Topic.LEDGER, Topic.SIGNALS, Topic.PAGES)


@app.command()
def command(
    topic: Annotated[
        Topic | None, typer.Argument(help="What to measure; all that needs no clone unless given.")
    ] = None,
    clones: Annotated[
        list[Path] | None, typer.Argument(help="For import: local clones with their full history.")
    ] = None,
    *,
    scale: Annotated[
        int, typer.Option(min=0, help="For pages: measure in an organisation of so many people too.")
    ] = 0,
    public: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="For language: where public labelled sets were fetched."),
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
) -> None:
    """Measure against the limits, both sides in turn in the same run. Read the ratios, not the seconds."""
    if topic is Topic.LANGUAGE:
        _language(public, as_json=json_)
        return
    topics = ALONE if topic is None else (topic,)
    chosen = [benchmark for each in topics for benchmark in _benchmarks(each, clones or [], scale)]
    results = []
    if not json_:
        typer.echo(machine())
    for result in measure(chosen):
        results.append(result)
        if not json_:
            typer.echo("\n".join(lines(result)))
    if json_:
        print_json(document(machine(), results))


def _benchmarks(topic: Topic, clones: list[Path], scale: int) -> tuple[Benchmark, ...]:
    module = import_module(f"datumline.services.bench.{MODULES[topic]}")
    size = {"scale": scale} if topic is Topic.PAGES else {}
    found: tuple[Benchmark, ...] = module.benchmarks(clones, **size)
    return found


def _language(public: Path | None, *, as_json: bool) -> None:
    """Print how well the language engine judges: our own test split, and the public sets in a folder."""
    from datumline.services.bench import (  # noqa: PLC0415 - keeps the other topics quick
        interview,
        language,
        language_speed,
    )

    speed = language_speed.speed()
    figures = [*language.measured(public), *interview.measured()]
    if as_json:
        told = {"figures": [asdict(figure) for figure in figures], "speed": asdict(speed)}
        print_json({"machine": machine(), **told})
    else:
        typer.echo("\n".join([machine(), "", *language.lines(figures), *speed.lines()]))
