"""Imports as a page asks for them: look at an upload at once, try it as a job, do it as another one.

What is tried is what is done: the second job takes over the arguments of the first. The file is kept until
its import ended, or for a day when nobody goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from datumline.connectors.people.client import LAYOUT as PEOPLE
from datumline.connectors.table.client import open_table
from datumline.connectors.table.columns import find_columns
from datumline.domain.people.access_words import Noun, Verb
from datumline.domain.people.identity import visibly
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.access import absent
from datumline.services.context import Context
from datumline.services.imports.documents import WHAT as DOCUMENTS
from datumline.services.imports.documents import import_documents
from datumline.services.imports.git import WHAT as GIT
from datumline.services.imports.git import import_git
from datumline.services.imports.mapping import Reading, keep, reading
from datumline.services.imports.people import import_people
from datumline.services.imports.report import Progress, Report
from datumline.services.imports.tables import KINDS, import_table
from datumline.services.job_running import Task, Work
from datumline.services.jobs import Job, JobId, JobQueue, State, ask, asker, seen
from datumline.services.visit import Visit, visit
from datumline.store import jobs, uploads
from datumline.store.imports import written_since

TRY, DO = "import-preview", "import"
UPLOAD = "upload"  # the argument that names the kept file
TABLES = ("people", *KINDS)
CLONES = (GIT, DOCUMENTS)
MOST_BYTES = 20 << 20  # of one upload; what is larger is imported on the machine itself
LONGEST_NAME = 100  # characters
MOST_NAME_BYTES = 255  # what file systems take
KEPT = timedelta(days=1)
CLONES_FOLDER = "DATUMLINE_CLONES"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An uploaded table and how to read it.

    Attributes:
        what: `people`, `commitments` or `incidents`.
        pairs: `FIELD=HEADER`, each.
        date_format: how dates are written; empty for found out.
        saved: the mapping to start from; `save`: the name to keep this one under.
        once: the form's own number: the same form, sent twice by the same person, is one job.
    """

    what: str
    name: str
    content: bytes
    pairs: tuple[str, ...] = ()
    date_format: str = ""
    saved: str = ""
    save: str = ""
    once: str


def may_import(asked: Visit) -> bool:
    """Whether the one who asks may bring anything in."""
    return asked.gate.allows(Verb.WRITE, Noun.IMPORT)


def try_table(asked: Visit, queue: JobQueue, sent: Sent) -> JobId:
    """Keep an upload and ask for its trial. Raises Problem at once for what can be seen at its top."""
    _check_allowed(asked)
    if sent.what not in TABLES:
        raise Problem(f"no kind '{sent.what}'", where="what", expected=f"one of {', '.join(TABLES)}")
    name = _file_name(sent.name)
    chosen = reading(sent.what, sent.pairs, date_format=sent.date_format or None, saved=sent.saved or None)
    _look(sent.what, name, sent.content, chosen)
    arguments: dict[str, Json] = {
        "what": sent.what,
        "name": name,
        "digest": sha256(sent.content).hexdigest(),
        "columns": dict(chosen.columns),
        "date_format": chosen.date_format.value,
        "save": sent.save,
    }
    once = _once(asked, sent.once)
    before = jobs.asked_once(once)
    if before is not None:
        return _same(before, arguments)
    kept = uploads.keep(name, sent.content, owner=asked.context.actor.author, at=asked.context.clock())
    return _asked(asked.context, queue, TRY, arguments | {UPLOAD: kept}, once=once)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A clone on the server, by its path inside the folder of clones; `called` is what people call it."""

    what: str
    path: str
    called: str = ""
    once: str


def may_name_clones(asked: Visit, clones: Path | None) -> bool:
    """Whether the one who asks may name a clone: a path on the server is a power of its own."""
    allowed = asked.gate.allows(Verb.WRITE, Noun.IMPORT) and asked.gate.allows(Verb.WRITE, Noun.JOB)
    return clones is not None and allowed


def try_clone(asked: Visit, queue: JobQueue, clones: Path | None, named: Named) -> JobId:
    """Ask for the trial of a clone on the server. Raises Problem unless it lies in the folder of clones."""
    if not may_name_clones(asked, clones):
        raise absent("such page")
    if named.what not in CLONES:
        raise Problem(f"no kind '{named.what}'", where="what", expected=f"one of {', '.join(CLONES)}")
    path = _clone(clones, named.path)
    arguments: dict[str, Json] = {
        "what": named.what,
        "name": named.called or path.name,
        "path": named.path,
        "called": named.called,
    }
    return _asked(asked.context, queue, TRY, arguments, once=_once(asked, named.once))


def may_confirm(asked: Visit, tried: Job, clones: Path | None) -> bool:
    """Whether the one who asks may go on from a preview: their own, for it says what they may bring in."""
    own = tried.kind == TRY and tried.asked_by == asker(asked.context)
    if tried.arguments.get("what") in CLONES:
        return own and may_name_clones(asked, clones)
    return own and may_import(asked)


def confirm(asked: Visit, queue: JobQueue, tried: JobId, clones: Path | None) -> JobId:
    """Ask for the import that was tried; asked twice it is one. Raises Problem when there is none to do."""
    job = import_of(asked, tried)
    if job is None or not may_confirm(asked, job, clones):
        raise absent("such import")
    if job.state is not State.DONE:
        raise Problem("the preview has not ended well", where=job.id, expected="a preview to be looked at")
    return _asked(asked.context, queue, DO, dict(job.arguments) | {"tried": job.id}, once=f"{DO}:{job.id}")


def import_of(asked: Visit, job: JobId) -> Job | None:
    """The job of an import or its trial, as it stands; None when it is not there to be seen."""
    if not asked.gate.allows(Verb.READ, Noun.IMPORT):
        return None
    found = seen(asked.context, job)
    return found if found is not None and found.kind in {TRY, DO} else None


def followed_by(tried: Job) -> JobId | None:
    """The import that a trial led to."""
    found = jobs.asked_once(f"{DO}:{tried.id}")
    return found.id if found else None


def recent(asked: Visit, most: int) -> list[Job]:
    """The latest imports and trials, newest first; none for who may not see them."""
    return jobs.of_kinds((DO, TRY), most) if asked.gate.allows(Verb.READ, Noun.IMPORT) else []


def _check_allowed(asked: Visit) -> None:
    if not may_import(asked):
        raise absent("such page")


def _asked(
    context: Context, queue: JobQueue, kind: str, arguments: Mapping[str, Json], *, once: str
) -> JobId:
    made = ask(context, queue, kind, arguments, once=once)
    if made is not None:
        return made
    before = jobs.asked_once(once)
    if before is None:
        raise Problem("the import was asked for and is gone", expected="to be asked for again")
    return _same(before, arguments)


def _once(asked: Visit, number: str) -> str:
    """The name under which a form is known again: another person's form is another one."""
    return f"{TRY}:{asker(asked.context)}:{number}"


def _same(before: Job, arguments: Mapping[str, Json]) -> JobId:
    """The job that a form led to before. Raises Problem when the form said something else then."""
    there, now = (
        {name: value for name, value in said.items() if name != UPLOAD}
        for said in (before.arguments, arguments)
    )
    if there != now:
        raise Problem(
            "this form was sent before, with other words",
            where=f"preview {before.id[:12]}",
            expected="it to be sent once more, if this is meant too",
        )
    return before.id


def _file_name(name: str) -> str:
    """What the sender calls the file, as a name that can neither leave a folder nor hide anything."""
    plain = visibly(name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")).strip(" .")
    ended = plain[-LONGEST_NAME:].encode(errors="ignore")[-MOST_NAME_BYTES:]
    return ended.decode(errors="ignore") or "table"


def _look(what: str, name: str, content: bytes, chosen: Reading) -> None:
    """Raises Problem when the top of the file says already that it cannot be used."""
    if not content:
        raise Problem("an empty file", where=name, expected="a header row, then rows")
    if len(content) > MOST_BYTES:
        raise Problem(
            f"a file of {len(content) >> 20} MB",
            where=name,
            expected=f"at most {MOST_BYTES >> 20} MB; `datumline import` takes larger ones",
        )
    layout = PEOPLE if what == "people" else KINDS[what].layout
    with _on_disk(name, content) as path:
        table = open_table(path)
        find_columns(table.headers, layout, chosen.columns, where=str(path))
        if next(table.lines, None) is None:
            raise Problem("a header and no rows", where=str(path), expected="a row below the header")


@contextmanager
def _on_disk(name: str, content: bytes) -> Iterator[Path]:
    """The file in a folder of its own while the block lasts; a Problem names it as its sender does."""
    with TemporaryDirectory(prefix="datumline-import-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            yield path
        except Problem as problem:
            where = problem.where.replace(f"{folder}/", "")
            expected = problem.expected.replace("--map ", "")  # a page has a field for it, no option
            raise type(problem)(problem.what, where=where, expected=expected) from problem


def _clone(clones: Path | None, place: str) -> Path:
    """The clone that a place names inside the folder of clones. Raises Problem for any other place."""
    if clones is None:
        raise Problem(
            "no folder of clones is set", where=CLONES_FOLDER, expected="the folder that holds them"
        )
    folder = clones.resolve()
    try:
        path = (folder / place).resolve()
        inside = path.is_relative_to(folder) and path.is_dir()
    except (OSError, ValueError):  # too long, a loop of links, a NUL
        inside = False
    if not inside:
        raise Problem("no such clone", where="path", expected="a clone in the folder that is set for them")
    return path


def _run(work: Work, *, dry_run: bool) -> dict[str, Json]:
    said: dict[str, Any] = dict(work.arguments)
    if said["what"] in CLONES:
        return _run_clone(work, said, dry_run=dry_run)
    upload = uploads.kept(str(said[UPLOAD]))
    if upload is None:
        raise Problem("the file is gone", where=str(said["name"]), expected="it to be uploaded again")
    chosen = reading(str(said["what"]), (), date_format=said["date_format"], saved=None)
    chosen = Reading(columns=said["columns"], date_format=chosen.date_format)
    with _on_disk(upload.name, upload.content) as path:
        report = _table(
            work.context, str(said["what"]), path, chosen, dry_run=dry_run, progress=work.progress
        )
    if not dry_run:
        if said["save"]:
            keep(str(said["save"]), str(said["what"]), chosen)
        uploads.remove(upload.id)
    report.source = upload.name
    return report.document()


def _table(  # noqa: PLR0913 - as an import of a table has them
    context: Context, what: str, path: Path, chosen: Reading, *, dry_run: bool, progress: Progress
) -> Report:
    if what == "people":
        return import_people(context, path, chosen, dry_run=dry_run)
    return import_table(context, what, path, chosen, dry_run=dry_run, progress=progress)


def _run_clone(work: Work, said: Mapping[str, Any], *, dry_run: bool) -> dict[str, Json]:
    if not may_name_clones(visit(work.context), work.clones):
        raise absent("such clone")
    bring = import_git if said["what"] == GIT else import_documents
    path = _clone(work.clones, said["path"])
    report = bring(work.context, path, name=said["called"] or None, dry_run=dry_run, progress=work.progress)
    if not dry_run and work.job.attempts > 1 and work.job.started_at is not None:
        # What an attempt wrote that was killed is this job's work too.
        author = f"{said['what']}:{report.source}"
        written, people = written_since(author, work.job.started_at)
        report.known -= written - report.new
        report.new, report.counts["people_provisional"] = written, people
    return report.document()


def _gave_up(job: Job) -> None:
    uploads.remove(str(job.arguments.get(UPLOAD, "")))


TASKS: Mapping[str, Task] = {
    TRY: Task(run=lambda work: _run(work, dry_run=True), gave_up=_gave_up),
    DO: Task(run=lambda work: _run(work, dry_run=False), gave_up=_gave_up),
}
