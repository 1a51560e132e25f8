#!/usr/bin/env python3
"""Entry point of Django's management commands, with v2xkb's settings."""

import os
import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError

from v2xkb.records.passing import passes

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        # Commands are modules, whose names hold no hyphen; people may write one.
        sys.argv[1] = sys.argv[1].replace("-", "_")
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as error:
        if not passes(error):
            raise
        sys.exit(f"The database cannot be had now, and nothing was changed by what was under way: {error}")
