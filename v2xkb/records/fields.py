"""Columns whose order is the same on every database, whatever collation it was made with."""

from typing import Any

from django.db import models


class AsciiKeyField(models.CharField):
    """Lower-case ASCII compared byte by byte: SQLite's default order, PostgreSQL's “C”."""

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
