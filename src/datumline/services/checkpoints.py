"""Checkpoints over the whole ledger, and the proof that a person keeps of the own record.

No checkpoint is signed that does not continue the last one: neither the last that the database holds nor the
last that the file beside the signing key holds, which whoever changes the database does not change with it.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from datumline.domain.evidence.canonical import canonical
from datumline.domain.evidence.checkpoint import Checkpoint, checkpoint_from, key_hash, signed
from datumline.domain.evidence.entry import Audience, EntryId
from datumline.domain.evidence.kinds import Kind
from datumline.domain.evidence.merkle import levels_of, path_of, root_of
from datumline.domain.evidence.receipt import key_id_of
from datumline.domain.evidence.verification import Fault
from datumline.domain.people.person import PersonId
from datumline.domain.problem import Problem
from datumline.domain.verdict import Json
from datumline.services.context import Context
from datumline.services.ledger import EXPORT_FORMAT, signer_of
from datumline.signing.files import replace_file
from datumline.signing.keys import signature_of
from datumline.store import checkpoints, ledger, verifying
from datumline.store.ledger import Head

LAST = "last-checkpoint"  # in the folder of the key
NOTHING: Mapping[EntryId, Collection[str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A checkpoint with its tree, from the leaves up."""

    checkpoint: Checkpoint
    at: datetime
    levels: Sequence[Sequence[bytes]]


def checkpoint(context: Context) -> Made:
    """Sign a checkpoint over everything written by now; the last one again when nothing was written since.

    For a job, once an hour, and for a command. Raises Problem when the ledger does not go on from what was
    signed.
    """
    checkpoints.take_in()
    leaves = checkpoints.leaves()
    _check_continues(context.home, leaves)
    levels = levels_of(leaves)
    last = checkpoints.latest()
    if last is not None and last[0] == len(leaves):
        made = Made(checkpoint=checkpoint_from(last[1]), at=last[2], levels=levels)
    else:
        new = signed(len(leaves), root_of(levels), signer_of(context.home))
        made = Made(checkpoint=new, at=context.clock(), levels=levels)
        checkpoints.keep(len(leaves), new.note, made.at)
    _remember(context.home, made.checkpoint)
    return made


def _remember(home: Path, last: Checkpoint) -> None:
    path = home / "keys" / LAST
    try:
        if not path.exists() or checkpoint_from(path.read_text(encoding="utf-8")).size < last.size:
            replace_file(path, last.note.encode(), mode=0o600)
    except OSError as wrong:
        raise Problem(
            "the checkpoint cannot be kept", where=str(path), expected="a folder that can be written"
        ) from wrong


def _check_continues(home: Path, leaves: Sequence[bytes]) -> None:
    roots: dict[int, bytes] = {}
    for where, last in _published(home):
        if last.size not in roots:
            roots[last.size] = root_of(levels_of(leaves[: last.size]))
        if last.size > len(leaves) or roots[last.size] != last.root:
            raise Problem(
                f"no checkpoint was signed: the ledger does not continue the one of {last.size} entries",
                where=where,
                expected="the entries as they were then; see `datumline ledger verify`",
            )


def _published(home: Path) -> Iterator[tuple[str, Checkpoint]]:
    """The last checkpoints that were signed, with where each is kept."""
    found = checkpoints.latest()
    if found is not None:
        yield "the database", checkpoint_from(found[1])
    path = home / "keys" / LAST
    try:
        yield str(path), checkpoint_from(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as wrong:
        raise Problem(
            "the last checkpoint cannot be read", where=str(path), expected="the file as it was written"
        ) from wrong


def faults(home: Path, listed: Sequence[str]) -> Iterator[Fault]:
    """What of the checkpoints does not hold: signature, size or root.

    `listed` holds the fingerprints of the organisation's keys: more machines than one may have signed. With
    none listed this home's own key is asked for.
    """
    keys = _public_keys(listed) or (signer_of(home).public_key,)
    for size, note, _ in checkpoints.notes():
        try:
            kept = checkpoint_from(note)
        except Problem:
            yield Fault(table="ledger_checkpoint", what=f"the checkpoint of {size} entries is not one")
            continue
        if kept.size != size or not any(_signed_by(kept, key) for key in keys):
            yield Fault(table="ledger_checkpoint", what=f"the checkpoint of {size} entries is not ours")
    leaves = checkpoints.leaves()
    try:
        _check_continues(home, leaves)
    except Problem as problem:
        yield Fault(table="ledger_checkpoint", what=f"{problem.what.partition(': ')[2]} ({problem.where})")


def _public_keys(key_ids: Sequence[str]) -> tuple[str, ...]:
    """The public keys, in hex, of those of these fingerprints that the organisation's stream lists."""
    listed = ledger.entries(subjects=[""], audiences=[Audience.ORGANISATION], kinds=[Kind.SIGNING_KEY])
    keys = (str(entry.amounts["public_key"]) for entry in listed)
    return tuple(key for key in keys if key_id_of(key) in key_ids)


def _signed_by(kept: Checkpoint, public_key: str) -> bool:
    named = kept.key == key_hash(kept.origin, public_key)
    return named and signature_of(public_key, kept.signed_bytes, kept.signature)


def covers() -> tuple[int, datetime] | None:
    """How many entries the last checkpoint covers, and when it was signed; None before the first."""
    last = checkpoints.latest()
    return None if last is None else (last[0], last[2])


Withheld = Mapping[EntryId, Collection[str]]


def proof(context: Context, person: PersonId, *, withheld: Withheld = NOTHING) -> dict[str, Json]:
    """A person's shared stream with the proof that every entry of it is in a signed checkpoint.

    One file to keep: an export with a path for each entry, the checkpoint and the key. The offline verifier
    checks it alone, or holds it against a later export or a database. `withheld` names fields that whoever
    takes the file may not read: their place and what commits to them stay. Raises Problem when nothing is on
    file.
    """
    heads = ledger.heads(subjects=[person], audiences=[Audience.SHARED])
    if not heads:
        raise Problem("nothing is on file", where=person, expected="a person with a shared stream")
    made, signer = _covering(context, heads), signer_of(context.home)
    streams: list[Json] = [
        {
            "stream": head.stream,
            "audience": head.audience.value,
            "subject": head.subject,
            "entries": list(_proved(head.stream, made, withheld)),
        }
        for head in heads
    ]
    return {
        "v": EXPORT_FORMAT,
        "origin": signer.origin,
        "key_id": key_id_of(signer.public_key),
        "public_key": signer.public_key,
        "checkpoint": made.checkpoint.note,
        "streams": streams,
    }


def _covering(context: Context, heads: Sequence[Head]) -> Made:
    """The last checkpoint if it covers these streams to their ends, else a new one."""
    last = checkpoints.latest()
    if last is None:
        return checkpoint(context)
    size, note, at = last
    numbers = (checkpoints.numbers_of(head.stream).get(head.hash, size) for head in heads)
    if any(number >= size for number in numbers):
        return checkpoint(context)
    levels = levels_of(checkpoints.named_leaves(size))
    kept = checkpoint_from(note)
    return (
        Made(checkpoint=kept, at=at, levels=levels) if root_of(levels) == kept.root else checkpoint(context)
    )


def _proved(stream: str, made: Made, withheld: Withheld) -> Iterator[Json]:
    """Each entry with its bytes, its place in the log and its path; what was written since waits."""
    numbers = checkpoints.numbers_of(stream)
    for row in verifying.rows_of(stream):
        number = numbers.get(row.hash)
        if number is not None and number < made.checkpoint.size:
            path: list[Json] = [b64encode(each).decode() for each in path_of(made.levels, number)]
            said: dict[str, Json] = {"hash": row.hash, "header": row.header, "index": number, "path": path}
            yield said | _body(row.body, sorted(withheld.get(row.hash, ())))


def _body(body: str, withheld: list[str]) -> dict[str, Json]:
    """An entry's stored body; a field that is withheld is null, and the entry says so beside it."""
    if not withheld:
        return {"body": body}
    fields = json.loads(body)
    kept = fields | {name: None for name in withheld if name in fields}
    named: list[Json] = [name for name in withheld if name in fields]
    return {"body": canonical(kept), "withheld": named}
