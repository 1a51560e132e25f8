"""What the settings make of an environment, each in a process of its own since settings are read once."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from v2xkb.instance import BASE_DIR

KEY = "long-and-random-enough-for-a-test-of-the-settings-0123456789-ABCDEF"


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return run(environment, "manage.py", *arguments)


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def environment(clean_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """As an operator starts it: a key, a host name, a directory, and nothing else."""
    return clean_environment | {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "v2xkb.example", "VAR_DIR": str(tmp_path / "var")}


def setting(environment: dict[str, str], expression: str) -> str:
    """Read without the apps, which take seconds to load."""
    named = environment | {"DJANGO_SETTINGS_MODULE": "v2xkb.settings"}
    done = run(named, "-c", f"from django.conf import settings; print({expression})")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_missing_secret_key_is_an_error_that_says_what_to_do(environment: dict[str, str]) -> None:
    del environment["SECRET_KEY"]
    done = manage(environment, "check")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured: SECRET_KEY is not set and ")
    assert f"{environment['VAR_DIR']}/secret-key holds no key" in last
    assert "Set SECRET_KEY to a long random string" in last


def test_the_key_may_lie_in_the_file_that_make_run_writes(environment: dict[str, str], tmp_path: Path) -> None:
    del environment["SECRET_KEY"]
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").write_text(f"{KEY}\n", encoding="utf-8")
    assert setting(environment, "settings.SECRET_KEY") == KEY


def test_a_database_of_another_make_is_refused_naming_the_two(environment: dict[str, str]) -> None:
    environment["DATABASE_URL"] = "mysql://user:secret@db/v2xkb"
    done = manage(environment, "check")
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert "sqlite:////absolute/path.sqlite3 or postgres://user:password@host:5432/name" in last
    assert "secret" not in last


def test_postgresql_gets_a_pool_and_keeps_the_options_of_its_address(environment: dict[str, str]) -> None:
    environment["DATABASE_URL"] = "postgres://user:secret@db.example/v2xkb?sslmode=require"
    options = "settings.DATABASES['default']['OPTIONS']"
    assert setting(environment, f"{options}['sslmode'], {options}['pool']['max_size']") == "require 8"


def test_a_replica_gets_a_pool_and_is_given_up_quickly_unless_its_address_says_otherwise(
    environment: dict[str, str],
) -> None:
    environment |= {
        "DATABASE_URL": "postgres://user:secret@db.example/v2xkb",
        "DATABASE_REPLICA_URL": "postgres://user:secret@copy.example/v2xkb?connect_timeout=7",
        "DATABASE_POOL_SIZE": "3",
    }
    names = ("connect_timeout", "tcp_user_timeout", "target_session_attrs", "pool")
    options = f"[settings.DATABASES['replica']['OPTIONS'][name] for name in {names}]"
    assert setting(environment, options) == "[7, 5000, 'standby', {'min_size': 1, 'max_size': 3, 'timeout': 2}]"
    assert setting(environment, "[one['HOST'] for one in settings.DATABASES.values()]") == (
        "['db.example', 'copy.example']"
    )


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        (
            "postgres://user:secret@copy.example/v2xkb",
            (
                "DATABASE_REPLICA_URL names v2xkb on copy.example, while DATABASE_URL is the SQLite file "
                "{var}/v2xkb.sqlite3, which has no replicas. Leave DATABASE_REPLICA_URL unset, or set DATABASE_URL to "
                "the PostgreSQL that the replica follows."
            ),
        ),
        (
            "sqlite:////copy.sqlite3",
            (
                "DATABASE_REPLICA_URL names no PostgreSQL, but /copy.sqlite3. "
                "Use postgres://user:password@host:5432/name, or leave it unset."
            ),
        ),
        (
            "copy.example",
            (
                "DATABASE_REPLICA_URL names no PostgreSQL, but nothing that is known. "
                "Use postgres://user:password@host:5432/name, or leave it unset."
            ),
        ),
    ],
)
def test_sqlite_is_refused_a_replica(environment: dict[str, str], address: str, problem: str) -> None:
    done = manage(environment | {"DATABASE_REPLICA_URL": address}, "check")
    assert done.returncode == 1
    assert done.stderr.strip().endswith(problem.format(var=environment["VAR_DIR"]))
    assert "secret" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("HTTPS", "onn", "HTTPS is 'onn', which is neither on nor off. Set it to on or off."),
        ("DEBUG", "-1", "DEBUG is '-1', which is neither on nor off. Set it to on or off."),
        (
            "HSTS_SECONDS",
            "a year",
            "HSTS_SECONDS is 'a year', which is no whole number. Set it to one, such as 31536000.",
        ),
        (
            "SITE_ADDRESS",
            "v2xkb.example/de",
            (
                "SITE_ADDRESS is 'v2xkb.example/de', which is no address of a site. "
                "Set it to one like https://v2xkb.example."
            ),
        ),
        (
            "EMAIL_URL",
            "imap://user:secret@mail.example",
            (
                "EMAIL_URL is no address of a mail server. Use smtp+tls://user:password@host:587, "
                "smtp+ssl://user:password@host:465 or consolemail://."
            ),
        ),
    ],
)
def test_a_value_that_means_nothing_is_refused(
    environment: dict[str, str], name: str, value: str, problem: str
) -> None:
    done = manage(environment | {name: value}, "check")
    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"ImproperlyConfigured: {problem}")


def test_a_mail_server_is_reached_encrypted_on_its_usual_port(environment: dict[str, str]) -> None:
    environment["EMAIL_URL"] = "smtp+tls://user:secret%2F@mail.example"
    names = ("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_HOST_PASSWORD")
    read = setting(environment, f"[getattr(settings, name) for name in {names}]")
    assert read == "['mail.example', 587, True, False, 'secret/']"


def test_a_plain_deployment_passes_every_check_of_django(environment: dict[str, str]) -> None:
    done = manage(environment, "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr


def test_by_default_cookies_and_pages_travel_over_https_only(environment: dict[str, str]) -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_INCLUDE_SUBDOMAINS")
    assert setting(environment, f"{{getattr(settings, name) for name in {names}}}") == "{True}"
    assert setting(environment, "settings.DEBUG, settings.SECURE_HSTS_SECONDS") == "False 31536000"


def test_cookies_are_bound_to_this_host_where_https_is_on_and_a_second_factor_is_required(
    environment: dict[str, str],
) -> None:
    read = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.TWO_FACTOR"
    assert setting(environment, read) == "__Host-sessionid __Host-csrftoken required"
    assert setting(environment | {"HTTPS": "off"}, read) == "sessionid csrftoken offered"
    assert setting(environment | {"TWO_FACTOR": "offered"}, "settings.TWO_FACTOR") == "offered"


def test_no_host_is_answered_that_was_not_named(environment: dict[str, str]) -> None:
    del environment["ALLOWED_HOSTS"]
    assert setting(environment, "settings.ALLOWED_HOSTS") == "[]"
    assert setting(environment | {"HTTPS": "off"}, "settings.ALLOWED_HOSTS") == "['127.0.0.1', 'localhost', '[::1]']"


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/no-such-page/", "/favicon.ico"])
def test_every_reply_carries_the_strict_policy(client: Client, path: str) -> None:
    reply = client.get(path)
    directives = dict(part.strip().split(" ", 1) for part in reply["Content-Security-Policy"].split(";"))
    assert directives == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self'",
    }
    assert reply["X-Frame-Options"] == "DENY"
    assert reply["Referrer-Policy"] == "same-origin"
