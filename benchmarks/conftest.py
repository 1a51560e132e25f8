"""The measurements read the same loaded database as the tests, or one with very many made-up projects."""

import pytest

from benchmarks.made_up import PROJECTS, Environment, environment, run
from tests.conftest import django_db_setup, knowledge_base, replies_are_kept

__all__ = ["django_db_setup", "knowledge_base", "replies_are_kept"]


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """The environment of processes that read made-up projects."""
    made = environment(tmp_path_factory.mktemp("generated"))
    run(made, "manage.py", "migrate", "-v0")
    run(made, "manage.py", "load")
    run(made, "manage.py", "generate", "--projects", str(PROJECTS), "--i-know")
    return made
