"""What nobody needs any more is removed by a job, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from django.core.cache import caches
from django.db import connection

from datumline.services import tidying
from datumline.services.jobs import NoWorker
from datumline.services.outgoing import NoMail
from datumline.store import jobs, workspace
from datumline.store.accounts import make
from datumline.store.workspace import KeptForm
from support.installations import Installation
from support.offices import Office


def tidy(office: Office) -> None:
    tidying.ask_if_due(office.context, NoWorker())
    Installation(office=office, outgoing=NoMail()).work()


def test_drafts_that_are_kept_no_longer_are_removed_whoever_kept_them(office: Office) -> None:
    now = office.context.clock()
    for owner, age in (("long-gone", 4000), ("still-here", 1)):
        workspace.keep(
            KeptForm(
                owner=owner,
                place="/people/x/entries/new",
                title="A note",
                once="1",
                fields={"text": ["words"]},
                saved_at=now - timedelta(days=age),
            )
        )
    tidy(office)
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner FROM workspace_form")
        assert cursor.fetchall() == [("still-here",)]


def test_sessions_and_counts_that_ended_are_removed(office: Office) -> None:
    now = office.context.clock()
    account = make(email="ines@firm.example", person=office.person("ines@firm.example"), at=now).id
    adapted = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        for name, days in (("ended", -2), ("open", 1)):
            at = adapted(now + timedelta(days=days))
            cursor.execute("INSERT INTO django_session VALUES (%s, %s, %s)", [name, "", at])
            cursor.execute("INSERT INTO sign_in_attempt VALUES (%s, %s, %s)", [name, "", at])
            cursor.execute(
                "INSERT INTO usersessions_usersession (created_at, ip, last_seen_at, session_key, "
                "user_agent, data, user_id) VALUES (%s, '127.0.0.1', %s, %s, '', '{}', %s)",
                [adapted(now - timedelta(days=2)), adapted(now), name, account],
            )
        tidy(office)
        for what in (
            "session_key FROM django_session",
            "cache_key FROM sign_in_attempt",
            "session_key FROM usersessions_usersession",
        ):
            cursor.execute(f"SELECT {what}")
            assert cursor.fetchall() == [("open",)], what


def test_nobody_can_fill_the_counts_until_others_fall_out() -> None:
    assert caches["default"]._max_entries >= 1_000_000


def test_the_installations_own_jobs_are_forgotten_however_they_ended(office: Office) -> None:
    now = office.context.clock()
    for number, days in enumerate((40, 20)):
        then = now - timedelta(days=days)
        jobs.add("ready", {}, asked_by="datumline", at=then, once=str(number))
        claimed = jobs.claim(["ready"], now=then)
        assert claimed is not None
        jobs.fail(claimed, "a fault", now=then)
    tidy(office)
    assert [job.ended_at for job in jobs.of_kinds(["ready"], 5)] == [now - timedelta(days=20)]
