"""Reads the text of a query, once for everybody who sends the same: checking one takes longer than running it."""

from threading import Lock

from cachetools import LRUCache, cached
from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, validate

from v2xkb.records.graphql.bounds import CHARACTERS, TOKENS

UNCHECKED = GraphQLError("The query's fields and fragments are too many to be checked. Split it.")
# What is kept of texts that were read, and what a read text takes at most for each of its characters, both in bytes.
MOST_KEPT = 8_000_000
OF_A_CHARACTER = 300


class Unreadable(Exception):
    """The text is no query of this graph; carries all that is wrong with it."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors
        super().__init__("; ".join(error.message for error in errors))


def size_of(document: DocumentNode) -> int:
    return len(document.loc.source.body) * OF_A_CHARACTER if document.loc else MOST_KEPT


# Variables are no part of a text, and what they make of it is measured each time.
@cached(LRUCache(MOST_KEPT, getsizeof=size_of), key=lambda schema, text: (id(schema), text), lock=Lock())
def document_of(schema: GraphQLSchema, text: str) -> DocumentNode:
    """The operations and fragments of a text, as the schema allows them; raises Unreadable."""
    try:
        document = parse(
            text,
            max_lexical_tokens=TOKENS.most,
            max_comments=TOKENS.most,
            max_source_length=CHARACTERS.most,
        )
    except GraphQLError as error:
        raise Unreadable([error]) from error
    if errors := validate(schema, document):
        raise Unreadable([UNCHECKED if error.message == "Validation aborted." else error for error in errors])
    return document
