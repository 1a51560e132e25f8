"""Fixtures of corpora that maps are made of."""

from pathlib import Path

import pytest

from v2xkb.literature.corpora.definitions import Definition
from v2xkb.literature.corpora.importing import import_file
from v2xkb.literature.corpora.publishing import publish
from v2xkb.literature.corpus_models import Corpus


@pytest.fixture
def corpus_of_three(tmp_path: Path) -> Corpus:
    """A published corpus, `found`, of three publications."""
    file = tmp_path / "found.csv"
    file.write_text(
        "title,year,authors,doi,author_keywords,index_keywords\n"
        'Regulating with cars,2019,"Ada, A.; Bo, B.; Cy, C.",10.1000/1,V2G; frequency regulation,battery\n'
        'Ageing of batteries,2021,"Ada, A.; Bo, B.; Cy, C.",10.1000/2,V2G; Frequency Regulation; battery,\n'
        'Homes,2023,"Dee, D.",10.1000/3,V2G; house,\n',
        encoding="utf-8",
    )
    corpus = import_file(file, Definition("found")).file.corpus
    publish(corpus, "tests")
    return corpus
