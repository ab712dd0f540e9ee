"""`datumline check story` and `check mirror`: stories, and two texts that must ask for the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from datumline.cli.check_running import UNFAVOURABLE, AsJson, Fail, Jsonl, Pack, Source, each_line, run_check
from datumline.cli.check_words import mirror_lines, story_lines
from datumline.cli.output import print_json, read_text
from datumline.domain.problem import Problem
from datumline.services.context import system_clock
from datumline.services.language import Document, Language, language

ENDINGS = (".md", ".markdown", ".txt")
MOST_FILES = 1000


def story(
    source: Source = None,
    as_json: AsJson = False,  # noqa: FBT002 - a command's option
    jsonl: Jsonl = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Check a story, or each text in a folder: its parts, who acts, its figures."""
    today = system_clock().date()
    if source is not None and jsonl is None and Path(source).is_dir():
        _folder(Path(source), as_json=as_json, fail=fail, pack=pack)
        return

    def check(engine: Language, text: str, where: str, given: Mapping[str, Any]) -> Document:
        del given
        return engine.story(text, where, today)

    run_check(
        check,
        story_lines,
        lambda found: bool(found["findings"]),
        source=source,
        jsonl=jsonl,
        as_json=as_json,
        fail=fail,
        pack=pack,
    )


def _folder(folder: Path, *, as_json: bool, fail: bool, pack: Path | None) -> None:
    """Check every text of a folder; one that cannot be judged is named with the reason."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in ENDINGS)
    if not 1 <= len(files) <= MOST_FILES:
        expected = f"1 to {MOST_FILES} files that end in {', '.join(ENDINGS)}"
        raise Problem(f"{len(files)} texts", where=str(folder), expected=expected)
    engine, today = language(pack), system_clock().date()
    found: list[Document] = []
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            found.append({"file": name, **engine.story(read_text(str(path)), str(path), today)})
        except Problem as problem:
            found.append({"file": name, "error": str(problem)})
    if as_json:
        print_json({"stories": found})
    else:
        for one in found:
            lines = [one["error"]] if "error" in one else story_lines(one)
            typer.echo("\n".join([one["file"], *(f"  {line}" for line in lines)]))
    if fail and any("error" in one or one["findings"] for one in found):
        raise typer.Exit(UNFAVOURABLE)


def mirror(  # noqa: PLR0913, PLR0917 - a command's options
    rubric: Annotated[
        str | None, typer.Option("--rubric", metavar="FILE", help="The level's rubric.")
    ] = None,
    jd: Annotated[str | None, typer.Option("--jd", metavar="FILE", help="Its job description.")] = None,
    as_json: AsJson = False,  # noqa: FBT002
    jsonl: Annotated[
        str | None,
        typer.Option("--jsonl", metavar="FILE", help='One {"id", "rubric", "jd"} of texts a line.'),
    ] = None,
    fail: Fail = False,  # noqa: FBT002
    pack: Pack = None,
) -> None:
    """Compare a rubric with a job description: what only one asks for, and what is nearly the same."""
    engine = language(pack)
    if jsonl is not None:
        no = each_line(lambda where, given: _of_line(engine, where, given), jsonl, _differ)
    elif rubric is None or jd is None:
        raise Problem("no two texts", expected="--rubric FILE and --jd FILE, or --jsonl FILE")
    else:
        found = engine.mirror(read_text(rubric), rubric, read_text(jd), jd)
        no = _differ(found)
        if as_json:
            print_json(found)
        else:
            typer.echo("\n".join(mirror_lines(found)))
    if fail and no:
        raise typer.Exit(UNFAVOURABLE)


def _of_line(engine: Language, where: str, given: Mapping[str, Any]) -> Document:
    texts = [given.get(key) for key in ("rubric", "jd")]
    if not all(isinstance(text, str) for text in texts):
        raise Problem("no 'rubric' or no 'jd'", where=where, expected="both as texts")
    return engine.mirror(str(texts[0]), f"{where} 'rubric'", str(texts[1]), f"{where} 'jd'")


def _differ(found: Document) -> bool:
    return bool(found["only_rubric"] or found["only_jd"] or found["near"])
