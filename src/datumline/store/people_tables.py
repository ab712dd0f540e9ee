"""The tables of people, imports and the access log, for each kind of database.

`people_said` and `people_key` are projections: made from the ledger, and equal to it. The rest is state of
its own that is no evidence.
"""

from __future__ import annotations

SORTED = {"sqlite": "text", "postgresql": 'text COLLATE "C"'}  # sorts by byte, whatever the server's language
BYTES = {"sqlite": "blob", "postgresql": "bytea"}


def people(vendor: str) -> tuple[str, ...]:
    """What was said about people, and the keys that they are found by."""
    text = SORTED[vendor]
    return (
        f"""CREATE TABLE people_said (
            entry {text} NOT NULL PRIMARY KEY,
            kind {text} NOT NULL,
            subject {text} NOT NULL,
            from_day {text} NOT NULL,
            recorded_at {text} NOT NULL,
            until {text},
            amounts text NOT NULL
        )""",
        "CREATE INDEX people_said_subject ON people_said (subject)",
        f"""CREATE TABLE people_key (
            what {text} NOT NULL,
            value {text} NOT NULL,
            subject {text} NOT NULL,
            provisional smallint NOT NULL,
            PRIMARY KEY (what, value, subject)
        )""",
        "CREATE INDEX people_key_subject ON people_key (subject)",
    )


def people_version(vendor: str) -> tuple[str, ...]:
    """One random word, another one after every change of what is known about people."""
    return (f"CREATE TABLE people_version (word {SORTED[vendor]} NOT NULL)",)


def pack_content(vendor: str) -> tuple[str, ...]:
    """The canonical content of each pack that was activated, under its digest."""
    return (
        f"CREATE TABLE pack_content (digest {SORTED[vendor]} NOT NULL PRIMARY KEY, content text NOT NULL)",
    )


def projections(vendor: str) -> tuple[str, ...]:
    """What was worked out about people, kept ready; in place of the table that had no reach."""
    text = SORTED[vendor]
    return (
        "DROP TABLE projection",
        f"""CREATE TABLE projection (
            subject {text} NOT NULL,
            what {text} NOT NULL,
            reach {text} NOT NULL,
            pack {text} NOT NULL,
            heads {text} NOT NULL,
            as_of {text} NOT NULL,
            holds_until {text},
            body text NOT NULL,
            PRIMARY KEY (subject, what, reach)
        )""",
    )


def imports(vendor: str) -> tuple[str, ...]:
    """Saved mappings, and how far each repository has been imported."""
    text = SORTED[vendor]
    return (
        f"""CREATE TABLE import_mapping (
            name {text} NOT NULL PRIMARY KEY,
            kind {text} NOT NULL,
            body text NOT NULL
        )""",
        f"""CREATE TABLE import_repository (
            name {text} NOT NULL,
            what {text} NOT NULL,
            place text NOT NULL,
            heads text NOT NULL,
            begun {text},
            PRIMARY KEY (name, what)
        )""",
        f"""CREATE TABLE import_commit (
            repository {text} NOT NULL,
            id {BYTES[vendor]} NOT NULL,
            PRIMARY KEY (repository, id)
        )"""
        + (" WITHOUT ROWID" if vendor == "sqlite" else ""),
    )


NEVER_CHANGED = "the access log is only ever added to"


def access_log(vendor: str) -> tuple[str, ...]:
    """Who opened whose record, and when. Rows are never changed or removed."""
    text = SORTED[vendor]
    number = "integer PRIMARY KEY" if vendor == "sqlite" else "bigserial PRIMARY KEY"
    return (
        f"""CREATE TABLE access_log (
            number {number},
            at {text} NOT NULL,
            actor {text} NOT NULL,
            subject {text} NOT NULL,
            noun {text} NOT NULL,
            what text NOT NULL
        )""",
        "CREATE INDEX access_log_subject ON access_log (subject, number)",
        "CREATE INDEX access_log_actor ON access_log (actor, number)",
        *(_sqlite_guards() if vendor == "sqlite" else _postgresql_guards()),
    )


def _sqlite_guards() -> tuple[str, ...]:
    taken = "NEW.number IS NOT NULL AND EXISTS (SELECT 1 FROM access_log WHERE number = NEW.number)"
    cases = (("INSERT", taken), ("UPDATE", "1"), ("DELETE", "1"))
    return tuple(
        f"CREATE TRIGGER access_log_{verb.lower()} BEFORE {verb} ON access_log WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
        for verb, condition in cases
    )


def _postgresql_guards() -> tuple[str, ...]:
    refuse = f"RAISE EXCEPTION '{NEVER_CHANGED}' USING ERRCODE = 'integrity_constraint_violation';"
    kept = "EXECUTE FUNCTION access_log_kept()"
    return (
        f"CREATE FUNCTION access_log_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$",
        f"CREATE TRIGGER access_log_rows BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW {kept}",
        f"CREATE TRIGGER access_log_truncate BEFORE TRUNCATE ON access_log {kept}",
    )
