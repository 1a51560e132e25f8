"""What a text asks of a record's tokens, written in the language of each database's index."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """A token is there; with `prefix`, one that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Every:
    """All hold."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True)
class Either:
    """At least one holds."""

    parts: "tuple[Expression, ...]"


Expression = Token | Every | Either


def every(*parts: Expression) -> Expression:
    return _one_or(Every, parts)


def either(*parts: Expression) -> Expression:
    return _one_or(Either, parts)


def _one_or(kind: type[Every] | type[Either], parts: tuple[Expression, ...]) -> Expression:
    """The parts of parts of the same kind, each once; the part itself where there is only one."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, kind) else (part,))]
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else kind(unique)


def to_fts5(expression: Expression, tiers: str) -> str:
    """In the syntax of SQLite's FTS5, to hold within columns a, b, c; tokens are plain ASCII, so quoting is safe."""
    return f"{{{' '.join(tiers)}}} : ({_fts5(expression)})"


def _fts5(expression: Expression) -> str:
    match expression:
        case Token(text, prefix):
            return f'"{text}" *' if prefix else f'"{text}"'
        case Every(parts):
            return "(" + " AND ".join(map(_fts5, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(_fts5, parts)) + ")"


def to_tsquery(expression: Expression) -> str:
    """As text of PostgreSQL's type tsquery."""
    match expression:
        case Token(text, prefix):
            return f"'{text}':*" if prefix else f"'{text}'"
        case Every(parts):
            return "(" + " & ".join(map(to_tsquery, parts)) + ")"
        case Either(parts):
            return "(" + " | ".join(map(to_tsquery, parts)) + ")"
