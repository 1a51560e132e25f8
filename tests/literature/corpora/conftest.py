"""What tests of corpora share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.models import CorpusFile

Load = Callable[..., CorpusFile]


@pytest.fixture
def load(db: None) -> Load:
    """Load a file into a corpus and give back what is kept of it."""

    def load(path: Path, corpus: str = "trials") -> CorpusFile:
        return import_file(path, Definition(corpus)).file

    return load
