"""The measurements read the same loaded database as the tests."""

from tests.conftest import django_db_setup, knowledge_base

__all__ = ["django_db_setup", "knowledge_base"]
