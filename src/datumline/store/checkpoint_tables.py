"""The tables of checkpoints: the order in which entries entered the tree, and every note that was signed.

They stand beside the ledger and change nothing of it. Both are only ever added to.
"""

from __future__ import annotations

KEPT = "the log and its checkpoints are only ever added to"
NEXT = "an entry enters the log at its end"
TABLES = ("ledger_log", "ledger_checkpoint")


def checkpoints(vendor: str) -> tuple[str, ...]:
    """The statements that make the tables and their guards."""
    text = {"sqlite": "text", "postgresql": 'text COLLATE "C"'}[vendor]
    made = (
        f"""CREATE TABLE ledger_log (
            number bigint NOT NULL PRIMARY KEY,
            entry {text} NOT NULL UNIQUE
        )""",
        f"""CREATE TABLE ledger_checkpoint (
            size bigint NOT NULL PRIMARY KEY,
            note text NOT NULL,
            at {text} NOT NULL
        )""",
    )
    return made + (_sqlite_guards() if vendor == "sqlite" else _postgresql_guards())


def _sqlite_guards() -> tuple[str, ...]:
    kept = tuple(
        f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        for table in TABLES
        for verb in ("UPDATE", "DELETE")
    )
    end = "(SELECT COALESCE(MAX(number) + 1, 0) FROM ledger_log)"
    taken = "EXISTS (SELECT 1 FROM ledger_checkpoint WHERE size = NEW.size)"
    log = f"CREATE TRIGGER ledger_log_next BEFORE INSERT ON ledger_log WHEN NEW.number <> {end}"
    new = f"CREATE TRIGGER ledger_checkpoint_new BEFORE INSERT ON ledger_checkpoint WHEN {taken}"
    raised = "BEGIN SELECT RAISE(ABORT, '{}'); END"
    return (*kept, f"{log} {raised.format(NEXT)}", f"{new} {raised.format(KEPT)}")


def _postgresql_guards() -> tuple[str, ...]:
    refuse = "RAISE EXCEPTION '{}' USING ERRCODE = 'integrity_constraint_violation';"
    kept = refuse.format(KEPT)
    following = "(SELECT COALESCE(MAX(number) + 1, 0) FROM ledger_log)"
    made = [
        f"CREATE FUNCTION ledger_log_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {kept} END $$",
        f"""CREATE FUNCTION ledger_log_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.number <> {following} THEN {refuse.format(NEXT)} END IF; RETURN NEW; END $$""",
        """CREATE TRIGGER ledger_log_next BEFORE INSERT ON ledger_log
            FOR EACH ROW EXECUTE FUNCTION ledger_log_next()""",
    ]
    never = "EXECUTE FUNCTION ledger_log_kept()"
    for table in TABLES:
        made += [
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {never}",
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} {never}",
        ]
    return tuple(made)
