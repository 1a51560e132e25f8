"""What whoever watches the site asks of each process: does it live, and can it serve?"""

from collections.abc import Callable
from http import HTTPStatus

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from v2xkb.records.reply_headers import CSP, DATA_POLICY, without_middleware
from v2xkb.site.unavailable import RETRY_AFTER_SECONDS

ALIVE, READY = "/healthz", "/readyz"


class HealthMiddleware:
    """Answers before hosts, HTTPS and languages are looked at: a load balancer knows a process by number only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.is_migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in (ALIVE, READY):
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return told(request, "Ask by GET or HEAD.", HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "GET, HEAD"})
        fault = "" if request.path_info == ALIVE else self.fault()
        if fault:
            return told(request, fault, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(RETRY_AFTER_SECONDS)})
        return told(request, "ok", HTTPStatus.OK)

    def fault(self) -> str:
        """Why this process cannot serve now, or nothing; what exactly the database said is for the log."""
        try:
            connection.ensure_connection()
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            # Costs reading every migration: what was applied once stays so while this code runs.
            self.is_migrated = self.is_migrated or not unapplied()
        except DatabaseError:
            return "The database cannot be reached."
        return "" if self.is_migrated else "The database lacks migrations of this version. Run: python -m v2xkb prepare"


def unapplied() -> list[str]:
    """Names of the migrations of this code that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def told(request: HttpRequest, text: str, status: HTTPStatus, headers: dict[str, str] | None = None) -> HttpResponse:
    said = {**without_middleware(request, is_open=False), CSP: DATA_POLICY, **(headers or {})}
    response = HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=said)
    response["Cache-Control"] = "no-store"
    return response
