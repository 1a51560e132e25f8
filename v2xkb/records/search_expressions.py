"""What a text asks of a record's tokens, written in the language of each database's index."""

from dataclasses import dataclass

TIERS = "abc"


@dataclass(frozen=True)
class Token:
    """A token is there; with `prefix`, one that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Every:
    """All hold; at least one is given."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Either:
    """At least one holds; at least one is given."""

    parts: "tuple[Expression, ...]"


Expression = Token | Every | Either


def to_fts5(expression: Expression, tiers: str) -> str:
    """In the syntax of SQLite's FTS5, to hold within columns a, b, c; tokens are plain ASCII, so quoting is safe."""
    return f"{{{' '.join(tiers)}}} : ({_fts5(expression)})"


def _fts5(expression: Expression) -> str:
    match expression:
        case Token(text, prefix):
            return f'"{text}" *' if prefix else f'"{text}"'
        case Every(parts):
            return "(" + " AND ".join(dict.fromkeys(map(_fts5, parts))) + ")"
        case Either(parts):
            return "(" + " OR ".join(dict.fromkeys(map(_fts5, parts))) + ")"


def to_tsquery(expression: Expression, tiers: str) -> str:
    """As text of PostgreSQL's type tsquery, to hold within weights A, B, C."""
    return _tsquery(expression, "" if tiers == TIERS else tiers.upper())


def _tsquery(expression: Expression, weights: str) -> str:
    match expression:
        case Token(text, prefix):
            marks = ("*" if prefix else "") + weights
            return f"'{text}'" + (f":{marks}" if marks else "")
        case Every(parts):
            return "(" + " & ".join(dict.fromkeys(_tsquery(part, weights) for part in parts)) + ")"
        case Either(parts):
            return "(" + " | ".join(dict.fromkeys(_tsquery(part, weights) for part in parts)) + ")"
