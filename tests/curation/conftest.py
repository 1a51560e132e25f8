"""The people that most tests of curation need."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.curation.editing import signed_in
from tests.curation.people import person


@pytest.fixture
def author() -> User:
    return person("Contributor", "author")


@pytest.fixture
def editor() -> User:
    return person("Editor", "editor")


@pytest.fixture
def publisher() -> User:
    return person("Publisher", "publisher")


@pytest.fixture
def mine(author: User) -> Client:
    """A browser in which the author is signed in."""
    return signed_in(author)
