"""The least that a Python application under our server can do: it sends bytes that it was given, whatever is asked."""

import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

# Names the file with the reply's body.
BODY = "EMPTY_BODY"


@cache
def body() -> bytes:
    return Path(os.environ[BODY]).read_bytes()


def application(
    _environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], Any]
) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body())))])
    return [body()]
