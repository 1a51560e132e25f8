"""Maps of our references for tests, and the publications that they are made of."""

from v2xkb.literature.corpora.documents import MappedDocument
from v2xkb.literature.keyword_maps import SELECTIONS, KeywordMap, Question, Rule
from v2xkb.literature.map_replies import made_of


def made(name: str, **rule: object) -> tuple[Question, KeywordMap]:
    question = Question(SELECTIONS[name], Rule(**rule))  # type: ignore[arg-type]
    return question, made_of(question)


def documents_of(question: Question) -> list[MappedDocument]:
    return list(question.selection.documents(question.rule.items))
