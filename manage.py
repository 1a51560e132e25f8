#!/usr/bin/env python3
"""Entry point of Django's management commands, with v2xkb's settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v2xkb.settings")
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        # Commands are modules, whose names hold no hyphen; people may write one.
        sys.argv[1] = sys.argv[1].replace("-", "_")
    execute_from_command_line(sys.argv)
