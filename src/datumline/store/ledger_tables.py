"""The ledger's tables and the triggers that keep them append-only, for each kind of database.

`ledger_entry` holds the exact header and body texts; every other column repeats a part of them for indexes
and is checked by `ledger verify`. An entry can only follow the one before it. The single change that a row
allows is a redaction: a body field becomes null, named by a `redaction` entry that stands in the same stream
beyond its head, which is so only inside the transaction that appends it.
"""

from __future__ import annotations

_COLUMNS = """
    stream {text} NOT NULL REFERENCES ledger_stream (id),
    seq bigint NOT NULL,
    prev {text} NOT NULL,
    hash {text} NOT NULL UNIQUE,
    kind {text} NOT NULL,
    ref {text},
    recorded_at {text} NOT NULL,
    author {text},
    source {text},
    key {text},
    header text NOT NULL,
    body text NOT NULL,
    UNIQUE (stream, seq),
    UNIQUE (stream, prev)
"""


def _tables(text: str) -> tuple[str, ...]:
    return (
        f"""CREATE TABLE ledger_stream (
            id {text} NOT NULL PRIMARY KEY,
            subject {text} NOT NULL,
            audience {text} NOT NULL,
            owner {text} NOT NULL,
            UNIQUE (subject, audience, owner)
        )""",
        # Covers the way from a person and an audience to a stream, so that reading entries is one query.
        "CREATE INDEX ledger_stream_of ON ledger_stream (subject, audience, id)",
        f"""CREATE TABLE ledger_head (
            stream {text} NOT NULL PRIMARY KEY REFERENCES ledger_stream (id),
            seq bigint NOT NULL,
            hash {text} NOT NULL,
            recorded_at {text} NOT NULL
        )""",
        f"CREATE TABLE ledger_entry ({_COLUMNS.format(text=text)})",
        "CREATE UNIQUE INDEX ledger_entry_key ON ledger_entry (author, key) WHERE key IS NOT NULL",
        "CREATE UNIQUE INDEX ledger_entry_source ON ledger_entry (stream, source) WHERE source IS NOT NULL",
        f"""CREATE TABLE projection (
            subject {text} NOT NULL,
            audiences {text} NOT NULL,
            what {text} NOT NULL,
            pack {text} NOT NULL,
            heads {text} NOT NULL,
            as_of {text} NOT NULL,
            holds_until {text},
            body text NOT NULL,
            PRIMARY KEY (subject, audiences, what, pack)
        )""",
    )


# What both databases ask of a new entry, a new head and a changed row; NEW and OLD mean the same in both.
_FOLLOWS = f"""
    (NEW.seq = 0 AND NEW.prev = '{"0" * 64}')
    OR EXISTS (SELECT 1 FROM ledger_entry
               WHERE stream = NEW.stream AND seq = NEW.seq - 1 AND hash = NEW.prev)
"""
_TAKEN = """
    EXISTS (SELECT 1 FROM ledger_entry WHERE stream = NEW.stream AND seq = NEW.seq)
    OR EXISTS (SELECT 1 FROM ledger_entry WHERE hash = NEW.hash)
    OR (NEW.key IS NOT NULL
        AND EXISTS (SELECT 1 FROM ledger_entry WHERE author = NEW.author AND key = NEW.key))
    OR (NEW.source IS NOT NULL
        AND EXISTS (SELECT 1 FROM ledger_entry WHERE stream = NEW.stream AND source = NEW.source))
"""
_IS_LAST = """
    EXISTS (SELECT 1 FROM ledger_entry WHERE stream = NEW.stream AND seq = NEW.seq
            AND hash = NEW.hash AND recorded_at = NEW.recorded_at)
    AND NOT EXISTS (SELECT 1 FROM ledger_entry WHERE stream = NEW.stream AND seq = NEW.seq + 1)
"""
_REDACTION = """
    ledger_entry r JOIN ledger_head h ON h.stream = r.stream
    WHERE r.stream = OLD.stream AND r.kind = 'redaction' AND r.ref = OLD.hash AND r.seq > h.seq
"""
_KEPT = ("stream", "seq", "prev", "hash", "kind", "ref", "recorded_at", "header")
_STRIKABLE = ("author", "source", "key")

NOT_NEXT = "a new entry must follow the last one of its stream"
TAKEN = "this place, source or key is taken"
NEVER_CHANGED = "entries are never changed or removed"
NOT_REDACTED = "only a redaction entry may strike the fields that it names"
STREAM_FIXED = "streams are never changed or removed"
HEAD_WRONG = "a head must name the last entry"


def _sqlite_trigger(name: str, when: str, condition: str, message: str) -> str:
    return f"CREATE TRIGGER {name} {when} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _sqlite_struck() -> str:
    named = ", json_each(json_extract(r.body, '$.fields[1]')) f WHERE"
    fields = f"SELECT f.value FROM {_REDACTION.replace('WHERE', named, 1)}"
    return f"""
        (SELECT count(*) FROM json_each(NEW.body)) = (SELECT count(*) FROM json_each(OLD.body))
        AND NOT EXISTS (
            SELECT 1 FROM json_each(OLD.body) o LEFT JOIN json_each(NEW.body) n ON n.key = o.key
            WHERE n.key IS NULL
               OR (n.value IS NOT o.value AND NOT (n.type = 'null' AND o.key IN ({fields})))
        )
    """


def _sqlite_same() -> str:
    kept = [f"NEW.{name} IS OLD.{name}" for name in _KEPT]
    struck = [
        f"(NEW.{name} IS OLD.{name} OR (NEW.{name} IS NULL AND json_extract(NEW.body, '$.{name}') IS NULL))"
        for name in _STRIKABLE
    ]
    return " AND ".join(kept + struck)


SQLITE = (
    *_tables("text"),
    _sqlite_trigger("ledger_entry_next", "BEFORE INSERT ON ledger_entry", f"NOT ({_FOLLOWS})", NOT_NEXT),
    _sqlite_trigger("ledger_entry_taken", "BEFORE INSERT ON ledger_entry", _TAKEN, TAKEN),
    _sqlite_trigger("ledger_entry_kept", "BEFORE DELETE ON ledger_entry", "1", NEVER_CHANGED),
    _sqlite_trigger(
        "ledger_entry_same", "BEFORE UPDATE ON ledger_entry", f"NOT ({_sqlite_same()})", NEVER_CHANGED
    ),
    _sqlite_trigger(
        "ledger_entry_redacted",
        "BEFORE UPDATE ON ledger_entry",
        f"NOT (EXISTS (SELECT 1 FROM {_REDACTION}) AND {_sqlite_struck()})",
        NOT_REDACTED,
    ),
    _sqlite_trigger(
        "ledger_stream_new",
        "BEFORE INSERT ON ledger_stream",
        """EXISTS (SELECT 1 FROM ledger_stream WHERE id = NEW.id
           OR (subject = NEW.subject AND audience = NEW.audience AND owner = NEW.owner))""",
        TAKEN,
    ),
    _sqlite_trigger("ledger_stream_same", "BEFORE UPDATE ON ledger_stream", "1", STREAM_FIXED),
    _sqlite_trigger("ledger_stream_kept", "BEFORE DELETE ON ledger_stream", "1", STREAM_FIXED),
    _sqlite_trigger(
        "ledger_head_new",
        "BEFORE INSERT ON ledger_head",
        f"EXISTS (SELECT 1 FROM ledger_head WHERE stream = NEW.stream) OR NOT ({_IS_LAST})",
        HEAD_WRONG,
    ),
    _sqlite_trigger(
        "ledger_head_on",
        "BEFORE UPDATE ON ledger_head",
        f"NEW.stream IS NOT OLD.stream OR NEW.seq <= OLD.seq OR NOT ({_IS_LAST})",
        HEAD_WRONG,
    ),
    _sqlite_trigger("ledger_head_kept", "BEFORE DELETE ON ledger_head", "1", HEAD_WRONG),
)


def _postgresql_function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _refuse(message: str, condition: str | None = None) -> str:
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    return raised if condition is None else f"IF {condition} THEN {raised} END IF;"


def _postgresql_same() -> str:
    kept = [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in _KEPT]
    struck = [
        f"(NEW.{name} IS NOT DISTINCT FROM OLD.{name}"
        f" OR (NEW.{name} IS NULL AND NEW.body::jsonb -> '{name}' = 'null'::jsonb))"
        for name in _STRIKABLE
    ]
    return " AND ".join(kept + struck)


_POSTGRESQL_FIELDS = f"""SELECT f FROM {
    _REDACTION.replace(
        "WHERE", ", jsonb_array_elements_text((r.body::jsonb -> 'fields' ->> 1)::jsonb) f WHERE", 1
    )
}"""
_POSTGRESQL_STRUCK = f"""
    (SELECT count(*) FROM jsonb_each(NEW.body::jsonb)) = (SELECT count(*) FROM jsonb_each(OLD.body::jsonb))
    AND NOT EXISTS (
        SELECT 1 FROM jsonb_each(OLD.body::jsonb) o LEFT JOIN jsonb_each(NEW.body::jsonb) n ON n.key = o.key
        WHERE n.key IS NULL
           OR (n.value <> o.value AND NOT (n.value = 'null'::jsonb AND o.key IN ({_POSTGRESQL_FIELDS})))
    )
"""

_POSTGRESQL_TRIGGERS = {
    ("ledger_entry", "INSERT"): _refuse(TAKEN, _TAKEN) + _refuse(NOT_NEXT, f"NOT ({_FOLLOWS})"),
    ("ledger_entry", "UPDATE"): _refuse(NEVER_CHANGED, f"NOT ({_postgresql_same()})")
    + _refuse(NOT_REDACTED, f"NOT (EXISTS (SELECT 1 FROM {_REDACTION}) AND {_POSTGRESQL_STRUCK})"),
    ("ledger_entry", "DELETE"): _refuse(NEVER_CHANGED),
    ("ledger_stream", "UPDATE"): _refuse(STREAM_FIXED),
    ("ledger_stream", "DELETE"): _refuse(STREAM_FIXED),
    ("ledger_head", "INSERT"): _refuse(HEAD_WRONG, f"NOT ({_IS_LAST})"),
    ("ledger_head", "UPDATE"): _refuse(
        HEAD_WRONG, f"NEW.stream <> OLD.stream OR NEW.seq <= OLD.seq OR NOT ({_IS_LAST})"
    ),
    ("ledger_head", "DELETE"): _refuse(HEAD_WRONG),
}
_LEDGER_TABLES = ("ledger_entry", "ledger_stream", "ledger_head")


def _postgresql_guards() -> tuple[str, ...]:
    made: list[str] = []
    for (table, verb), body in _POSTGRESQL_TRIGGERS.items():
        name = f"{table}_{verb.lower()}"
        result = "RETURN OLD;" if verb == "DELETE" else "RETURN NEW;"
        made += [
            _postgresql_function(name, body + result),
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    made.append(_postgresql_function("ledger_truncate", _refuse(NEVER_CHANGED) + "RETURN NULL;"))
    made += [
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION ledger_truncate()"
        for table in _LEDGER_TABLES
    ]
    # A safety net under the triggers. The tables' owner can grant it back, and a superuser passes everything:
    # against them only receipts outside their reach help.
    made += [
        f"REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry, ledger_stream FROM {role}"
        for role in ("PUBLIC", "CURRENT_USER")
    ]
    made += [f"REVOKE DELETE, TRUNCATE ON ledger_head FROM {role}" for role in ("PUBLIC", "CURRENT_USER")]
    made.append("GRANT UPDATE (body, author, source, key) ON ledger_entry TO CURRENT_USER")
    return tuple(made)


# Hexadecimal and ISO dates sort by byte, whatever the server's language.
POSTGRESQL = (*_tables('text COLLATE "C"'), *_postgresql_guards())


def guards(vendor: str) -> list[str]:
    """The names of the triggers that keep the ledger append-only."""
    statements = POSTGRESQL if vendor == "postgresql" else SQLITE
    return [statement.split()[2] for statement in statements if statement.startswith("CREATE TRIGGER")]
