"""The tables of background work: jobs, files that wait for one, and what was handed out by mail."""

from __future__ import annotations

from datumline.store.people_tables import BYTES, SORTED


def jobs(vendor: str) -> tuple[str, ...]:
    """The one record of each job, and uploaded files, which are kept until their job ends."""
    text = SORTED[vendor]
    return (
        f"""CREATE TABLE job (
            id {text} NOT NULL PRIMARY KEY,
            kind {text} NOT NULL,
            arguments text NOT NULL,
            asked_by {text} NOT NULL,
            asked_at {text} NOT NULL,
            once {text} UNIQUE,
            state {text} NOT NULL,
            not_before {text} NOT NULL,
            token bigint NOT NULL,
            attempts bigint NOT NULL,
            started_at {text},
            ended_at {text},
            done bigint NOT NULL,
            total bigint,
            result text,
            error text NOT NULL
        )""",
        "CREATE INDEX job_open ON job (state, not_before)",
        "CREATE INDEX job_latest ON job (asked_at)",
        f"""CREATE TABLE upload (
            id {text} NOT NULL PRIMARY KEY,
            name text NOT NULL,
            owner {text} NOT NULL,
            kept_at {text} NOT NULL,
            content {BYTES[vendor]} NOT NULL
        )""",
    )


def every_receipt(vendor: str) -> tuple[str, ...]:
    """Keep each receipt that left the house, where only the latest of each stream was kept."""
    if vendor == "postgresql":
        return (
            "ALTER TABLE receipt_out DROP CONSTRAINT receipt_out_pkey",
            "ALTER TABLE receipt_out ADD PRIMARY KEY (stream, seq)",
        )
    text = SORTED[vendor]
    return (
        "ALTER TABLE receipt_out RENAME TO receipt_out_latest",
        f"""CREATE TABLE receipt_out (
            stream {text} NOT NULL REFERENCES ledger_stream (id),
            seq bigint NOT NULL,
            way {text} NOT NULL,
            at {text} NOT NULL,
            PRIMARY KEY (stream, seq)
        )""",
        "INSERT INTO receipt_out (stream, seq, way, at) SELECT stream, seq, way, at FROM receipt_out_latest",
        "DROP TABLE receipt_out_latest",
    )


def handed_out(vendor: str) -> tuple[str, ...]:
    """Up to which entry of each shared stream a receipt left the house; which digests were sent."""
    text = SORTED[vendor]
    return (
        f"""CREATE TABLE receipt_out (
            stream {text} NOT NULL PRIMARY KEY REFERENCES ledger_stream (id),
            seq bigint NOT NULL,
            way {text} NOT NULL,
            at {text} NOT NULL
        )""",
        f"""CREATE TABLE digest_sent (
            person {text} NOT NULL,
            day {text} NOT NULL,
            at {text} NOT NULL,
            PRIMARY KEY (person, day)
        )""",
    )
