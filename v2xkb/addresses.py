"""What the addresses in the environment mean: databases, the cache of replies, the site's own, the mail server."""

import re
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from v2xkb.environment import env, whole_number
from v2xkb.instance import var_dir

POSTGRESQL = "django.db.backends.postgresql"
# The same, with a pool that outlives a restart of the server.
POOLED_POSTGRESQL = "v2xkb.records.postgresql"


def database() -> dict[str, Any]:
    """DATABASE_URL, with what each of the two databases needs to behave the same under several processes."""
    config: dict[str, Any] = (
        env.db_url("DATABASE_URL")
        if env.str("DATABASE_URL", default="")
        else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(var_dir() / "v2xkb.sqlite3")}
    )
    options: dict[str, Any] = config.setdefault("OPTIONS", {})
    match config.get("ENGINE"):
        case "django.db.backends.sqlite3":
            if config["NAME"] != ":memory:":
                Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
            config["CONN_MAX_AGE"] = 60
            options |= {
                # The write lock is taken at BEGIN, where waiting for it is safe; taken later it could only fail.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            }
        case "django.db.backends.postgresql":
            config["ENGINE"] = POOLED_POSTGRESQL
            # A server that is silent is given up in seconds.
            config["OPTIONS"] = {"connect_timeout": 5, "tcp_user_timeout": 10_000} | options | pool(20)
        case _:
            raise ImproperlyConfigured(
                "DATABASE_URL names a database that v2xkb doesn't support. "
                "Use sqlite:////absolute/path.sqlite3 or postgres://user:password@host:5432/name."
            )
    return config


def pool(seconds_to_wait: int) -> dict[str, Any]:
    size = whole_number("DATABASE_POOL_SIZE", default=8)
    return {"pool": {"min_size": 1, "max_size": size, "timeout": seconds_to_wait}} if size else {}


def replica(primary: dict[str, Any]) -> dict[str, Any]:
    """DATABASE_REPLICA_URL, the database's replica that public replies are read from; nothing where it is not set."""
    if not env.str("DATABASE_REPLICA_URL", default=""):
        return {}
    config: dict[str, Any] = env.db_url("DATABASE_REPLICA_URL")
    # Addresses may hold passwords, so what is shown of them is no more than what they name.
    if config.get("ENGINE") != POSTGRESQL:
        raise ImproperlyConfigured(
            f"DATABASE_REPLICA_URL names no PostgreSQL, but {config.get('NAME') or 'nothing that is known'}. "
            "Use postgres://user:password@host:5432/name, or leave it unset."
        )
    if primary["ENGINE"] not in (POSTGRESQL, POOLED_POSTGRESQL):
        raise ImproperlyConfigured(
            f"DATABASE_REPLICA_URL names {config['NAME']} on {config['HOST'] or 'this machine'}, while DATABASE_URL is "
            f"the SQLite file {primary['NAME']}, which has no replicas. "
            "Leave DATABASE_REPLICA_URL unset, or set DATABASE_URL to the PostgreSQL that the replica follows."
        )
    # A server that no longer follows another is refused, and one that is silent is given up in seconds.
    usual = {"target_session_attrs": "standby", "connect_timeout": 2, "tcp_user_timeout": 5000}
    return {"replica": config | {"OPTIONS": usual | config.get("OPTIONS", {}) | pool(2)}}


def replies() -> dict[str, Any]:
    """Where public replies are kept: in each process up to so many megabytes, or in one Redis or Valkey for all."""
    if address := env.str("REPLY_CACHE_URL", default=""):
        if not re.match(r"(rediss?|unix)://", address):
            # It may hold a password, so it is not shown.
            raise ImproperlyConfigured(
                "REPLY_CACHE_URL is no address of a Redis or Valkey. Use redis://host:6379/0, rediss:// or unix://."
            )
        return {
            "BACKEND": "v2xkb.records.shared_reply_cache.SharedReplyCache",
            "LOCATION": address,
            # Replies of yesterday are asked for no more.
            "TIMEOUT": 86_400,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
        }
    megabytes = whole_number("REPLY_CACHE_MB", default=16)
    return {
        "BACKEND": "v2xkb.records.reply_cache.BytesBoundedCache",
        "OPTIONS": {"MAX_BYTES": megabytes * 1_000_000},
    }


def site_address() -> str:
    """Where this site is, for links in mails: scheme and host, no path."""
    address = env.str("SITE_ADDRESS", default="").rstrip("/")
    if address and not re.fullmatch(r"https?://[^/\s?#@]+", address):
        raise ImproperlyConfigured(
            f"SITE_ADDRESS is {address!r}, which is no address of a site. Set it to one like https://v2xkb.example."
        )
    return address


def mail() -> dict[str, Any]:
    address = env.str("EMAIL_URL", default="") or "consolemail://"
    try:
        return env.email_url_config(address)
    except (ImproperlyConfigured, KeyError, ValueError):
        # The address may hold a password, so it is not shown.
        raise ImproperlyConfigured(
            "EMAIL_URL is no address of a mail server. "
            "Use smtp+tls://user:password@host:587, smtp+ssl://user:password@host:465 or consolemail://."
        ) from None
