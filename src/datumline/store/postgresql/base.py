"""The connection to PostgreSQL: refuses a server that would forget what it acknowledged."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from datumline.domain.problem import Problem

# To start workers, or to compile a query, takes longer than any question of a page does without them.
SMALL_QUESTIONS = "SET max_parallel_workers_per_gather = 0; SET jit = off"
DEMANDED = ("fsync", "synchronous_commit", "full_page_writes")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with the server's durability asserted at each connect."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect and check. Raises Problem for a server that does not wait for its disk."""
        connection = super().get_new_connection(conn_params)
        for name in DEMANDED:
            if connection.execute(f"SHOW {name}").fetchone()[0] == "off":
                connection.close()
                raise Problem(
                    f"PostgreSQL runs with {name} = off",
                    where="the database server",
                    expected=f"{name} = on: what is acknowledged must survive a power loss",
                )
        connection.execute(SMALL_QUESTIONS)
        connection.commit()  # the questions opened a transaction
        return connection
