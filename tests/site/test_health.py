"""What a watcher learns from each process, whatever it calls the host."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

STRANGER = {"host": "10.1.2.3:8000"}


def test_a_live_process_says_so_without_the_database(client: Client) -> None:
    reply = client.get("/healthz", headers=STRANGER)
    assert (reply.status_code, reply.content, reply["Cache-Control"]) == (200, b"ok\n", "no-store")


@pytest.mark.django_db
@override_settings(SECURE_SSL_REDIRECT=True)
def test_a_ready_process_says_so_by_any_name_and_without_https(client: Client) -> None:
    assert client.get("/readyz", headers=STRANGER).content == b"ok\n"


@pytest.mark.django_db
def test_a_process_is_not_ready_until_the_database_has_the_migrations_of_its_code(client: Client) -> None:
    ((app, latest),) = MigrationLoader(connection).graph.leaf_nodes("records")
    MigrationRecorder(connection).record_unapplied(app, latest)
    reply = client.get("/readyz")
    assert reply.status_code == 503
    assert reply.content == b"The database lacks migrations of this version. Run: python -m v2xkb prepare\n"
    MigrationRecorder(connection).record_applied(app, latest)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_a_process_is_not_ready_while_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise DatabaseError("password of the database")

    monkeypatch.setattr(connection, "ensure_connection", gone, raising=False)
    reply = client.get("/readyz")
    assert (reply.status_code, reply.content) == (503, b"The database cannot be reached.\n")


def test_health_is_only_asked_for(client: Client) -> None:
    reply = client.post("/healthz")
    assert (reply.status_code, reply["Allow"]) == (405, "GET, HEAD")
