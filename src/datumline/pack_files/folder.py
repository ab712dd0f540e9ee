"""A pack's folder as sections: which file holds what, and what does not belong.

A section is one mapping, gathered from the files of a subfolder or standing in one file. Every value keeps
the place it was written at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from datumline.pack_files.faults import Faults
from datumline.pack_files.readers import one_of
from datumline.pack_files.yaml_tree import MOST_BYTES, Fields, Place, TreeError, parse

HEAD = "pack.yaml"
SUBFOLDERS = ("parameters", "tables", "phrases", "blueprints", "rubrics", "cases")
FILES = {
    "principles.yaml": ("principles", "clusters"),
    "metric_principles.yaml": ("metric_principles",),
    "kinds.yaml": ("subtypes",),
    "levels.yaml": ("levels", "roles"),
}
LANGUAGE = "language"  # the language engine's lists, read apart (`pack_files/language.py`)
SECTIONS = (
    "parameters",
    "tables",
    "phrases",
    "blueprints",
    "rubrics",
    "principles",
    "clusters",
    "metric_principles",
    "subtypes",
    "levels",
    "roles",
    "cases",
)
UNREAD = ("README", "LICENSE", "LICENCE", "NOTICE", "CHANGELOG", ".")
MOST_FILES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one folder holds: the fields of `pack.yaml`, and each section by key."""

    folder: str
    head: Fields
    sections: dict[str, Fields]


def read_folder(folder: Path, faults: Faults) -> Source:
    """The pack in `folder`, as written; faults for absent, unreadable and foreign files, for keys twice."""
    called = str(folder)
    empty = Fields({}, {}, (), Place(f"{called}/{HEAD}"))
    if not _there(folder, Path.is_dir):
        faults.add(f"no folder '{called}'", Place(called), "the folder of a pack")
        return Source(folder=called, head=empty, sections={})
    if not holds_pack(folder):
        faults.add(f"no {HEAD}", Place(called), f"a folder with a {HEAD}")
        return Source(folder=called, head=empty, sections={})
    gathered: dict[str, dict[str, Fields]] = {section: {} for section in SECTIONS}
    head = empty
    for path in _files(folder, faults):
        found = _read(path, faults)
        if found is None:
            continue
        name = path.relative_to(folder).as_posix()
        if name == HEAD:
            head = found
        elif name in FILES:
            _share_out(name, found, gathered, faults)
        else:
            gathered[name.partition("/")[0]][str(path)] = found
    return Source(
        folder=called,
        head=head,
        sections={name: _joined(parts, Place(called), faults) for name, parts in gathered.items()},
    )


def holds_pack(folder: Path) -> bool:
    """Whether there is a pack in `folder`, as far as one may look."""
    return _there(folder / HEAD, Path.is_file)


def _there(path: Path, kind: Callable[[Path], bool]) -> bool:
    try:
        return kind(path)
    except OSError:  # a name too long, or a folder that may not be read
        return False


def _files(folder: Path, faults: Faults) -> Iterator[Path]:
    """The files to read, in the order of their names."""
    known = {HEAD, *FILES}
    count = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(UNREAD) for part in name.split("/")) or path.is_dir():
            continue
        subfolder, _, rest = name.partition("/")
        held = subfolder in SUBFOLDERS or subfolder == LANGUAGE
        in_place = name in known or (held and "/" not in rest and rest.endswith(".yaml"))
        count += 1
        if not in_place or not path.is_file():
            folders = ", ".join((*SUBFOLDERS, LANGUAGE))
            expected = f"{one_of(name, tuple(known))}, or a .yaml file in {folders}"
            faults.add("a file that no pack holds", Place(str(path)), expected)
        elif count > MOST_FILES:
            faults.add(f"more than {MOST_FILES} files", Place(str(folder)), "a smaller pack")
            return
        elif subfolder != LANGUAGE:
            yield path


def _read(path: Path, faults: Faults) -> Fields | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            faults.add(f"{path.stat().st_size} bytes", Place(str(path)), f"at most {MOST_BYTES} bytes")
            return None
        found = parse(path.read_bytes(), str(path))
    except TreeError as fault:
        faults.add(fault.what, fault.place, fault.expected)
        return None
    except OSError as fault:
        faults.add(f"cannot be read ({fault.strerror})", Place(str(path)), "a readable file")
        return None
    if found is None:
        faults.add("an empty file", Place(str(path)), "keys with values")
    elif not isinstance(found, Fields):
        faults.add("a file that is no mapping", found.place, "keys with values")
    return found if isinstance(found, Fields) else None


def _share_out(name: str, found: Fields, gathered: dict[str, dict[str, Fields]], faults: Faults) -> None:
    """Put a single file's content into its sections: the file itself, or one section for each of its keys."""
    sections = FILES[name]
    if len(sections) == 1:
        gathered[sections[0]][name] = found
        return
    for key, place in found.repeated:
        faults.add(f"the key '{key}' twice", place, "each key once")
    for key, node in found.fields.items():
        if key not in sections:
            faults.add(f"the unknown key '{key}'", found.keys[key], one_of(key, sections))
        elif not isinstance(node, Fields):
            faults.add(f"'{key}' is no mapping", node.place, "keys with values")
        else:
            gathered[key][name] = node


def _joined(parts: dict[str, Fields], place: Place, faults: Faults) -> Fields:
    """The files of one section as one mapping."""
    joined = Fields({}, {}, (), place)
    for part in parts.values():
        for key, repeat in part.repeated:
            faults.add(f"the key '{key}' twice", repeat, "each key once")
        for key, node in part.fields.items():
            if key in joined.fields:
                faults.add(
                    f"the key '{key}' twice (also {joined.keys[key]})", part.keys[key], "each key once"
                )
                continue
            joined.fields[key] = node
            joined.keys[key] = part.keys[key]
    return joined
