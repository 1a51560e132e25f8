"""Made-up queries: each walks the schema at random within the limits, or passes one of them on purpose."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)

from v2xkb.records.graphql.bounds import ALIASES, BATCH, COST, DEPTH, DIRECTIVES, NESTED_PAGE, PLACES, ROOT_PAGE

ROWS = "$rows"
Composite = GraphQLObjectType | GraphQLInterfaceType


@dataclass
class Walk:
    """One walk through the schema; `values` are what each argument of each list of the root may be given."""

    schema: GraphQLSchema
    chance: random.Random
    values: dict[str, dict[str, list[str]]]
    places: int = 12
    aliases: Iterator[int] = field(default_factory=lambda: iter(range(20)))

    def query(self) -> str:
        """A list of the root whose rows are counted by a variable, now and then with something else beside it."""
        root = self.schema.query_type
        assert root
        lists = [name for name, one in root.fields.items() if "first" in one.args]
        asked = [self.listed(root.fields[name], name) for name in self.some(lists, 1)]
        others = [
            name
            for name in ("statistics", "barrierMap", "classify", "termUsageStatistics")
            if self.chance.random() < 0.05
        ]
        asked += [f"{name} {{ {self.selection(root.fields[name], 4)} }}" for name in others]
        return f"query($rows: Int!) {{ {' '.join(asked)} }}"

    def listed(self, one: GraphQLField, name: str) -> str:
        given = [f"first: {ROWS}", *self.filters(one, self.values.get(name, {}))]
        return f"{name}({', '.join(given)}) {{ {self.page(one, DEPTH.most - 3)} }}"

    def filters(self, one: GraphQLField, values: dict[str, list[str]]) -> Iterator[str]:
        if "q" in one.args and "kind" in one.args:
            yield f'q: "{self.chance.choice(["charging", "vehicle", "grid", "market"])}"'
            return
        if "corpus" in one.args:
            yield 'corpus: "vehicle-to-grid"'
        known = [name for name in one.args if values.get(name)]
        for name in self.some(known, 2) if self.chance.random() < 0.4 else []:
            chosen = self.some(values[name], 2)
            many = "[" in str(one.args[name].type)
            given = [value if value in ("true", "false") else f'"{value}"' for value in chosen]
            yield f"{name}: {'[' + ', '.join(given) + ']' if many else given[0]}"

    def page(self, one: GraphQLField, deeper: int) -> str:
        """Something of a page, its rows always."""
        kind = get_named_type(one.type)
        assert isinstance(kind, GraphQLObjectType)
        parts = [f"nodes {{ {self.selection(kind.fields['nodes'], deeper)} }}"]
        parts += ["totalCount"] if self.chance.random() < 0.5 else []
        parts += ["pageInfo { hasNextPage endCursor }"] if self.chance.random() < 0.3 else []
        if "facets" in kind.fields and self.chance.random() < 0.1:
            parts.append("facets { name options { value count } }")
        return " ".join(parts)

    def selection(self, one: GraphQLField, deeper: int) -> str:
        kind = get_named_type(one.type)
        if not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            return ""
        parts = [self.part(name, inner, deeper) for name, inner in self.chosen(kind, deeper)]
        if isinstance(kind, GraphQLInterfaceType) and deeper > 2:
            for name in self.some([one.name for one in self.schema.get_implementations(kind).objects], 2):
                inner = self.schema.type_map[name]
                assert isinstance(inner, GraphQLObjectType)
                own = [(key, value) for key, value in inner.fields.items() if key not in kind.fields]
                # Plain fields of several kinds may be alike in name only, so each has a name of its own here.
                chosen = [
                    f"{name.lower()}_{key}: {key}"
                    if is_leaf_type(get_named_type(value.type))
                    else self.part(key, value, deeper - 1)
                    for key, value in self.some(own, 2)
                ]
                parts += [f"... on {name} {{ __typename {' '.join(filter(None, chosen))} }}"]
        return " ".join(filter(None, parts)) or "__typename"

    def chosen(self, kind: Composite, deeper: int) -> list[tuple[str, GraphQLField]]:
        plain = [(name, one) for name, one in kind.fields.items() if is_leaf_type(get_named_type(one.type))]
        nested = [(name, one) for name, one in kind.fields.items() if not is_leaf_type(get_named_type(one.type))]
        return self.some(plain, 3) + (self.some(nested, 2) if deeper > 2 else [])

    def part(self, name: str, one: GraphQLField, deeper: int) -> str:
        kind = get_named_type(one.type)
        if is_leaf_type(kind):
            return name
        alias = next(self.aliases, None)
        if alias is None or self.places <= 0 or deeper <= 2:
            return ""
        called = f"a{alias}: {name}"
        self.places -= 1
        if "first" in one.args:
            return f"{called}(first: {self.chance.randint(0, 3)}) {{ {self.page(one, deeper - 2)} }}"
        skipped = " @include(if: true)" if self.chance.random() < 0.1 else ""
        return f"{called}{skipped} {{ {self.selection(one, deeper - 1)} }}"

    def some(self, things: list[Any], most: int) -> list[Any]:
        return self.chance.sample(things, min(len(things), self.chance.randint(1, most))) if things else []


def beyond(chance: random.Random) -> str:
    """A query that passes one limit, by little or by much."""
    more = chance.choice([1, 7, 300])
    country = ", ".join('"DK"' for _ in range(BATCH.most + more))
    deep = "{ slug }"
    for _ in range((DEPTH.most + more) // 2):
        deep = f"{{ broader {{ narrower(first: 1) {{ nodes {deep} }} }} }}"
    rows = ROOT_PAGE.most
    return chance.choice(
        [
            f"{{ projects(first: {ROOT_PAGE.most + more}) {{ totalCount }} }}",
            f"{{ terms {{ nodes {{ projects(first: {NESTED_PAGE.most + more}) {{ totalCount }} }} }} }}",
            f"{{ projects(country: [{country}]) {{ totalCount }} }}",
            f"{{ nodes(ids: [{country}]) {{ id }} }}",
            f"{{ terms(first: 1) {{ nodes {deep} }} }}",
            "{ " + " ".join(f"a{n}: __typename" for n in range(ALIASES.most + more)) + " }",
            "{ " + "__typename @skip(if: false) " * (DIRECTIVES.most + more) + "}",
            "{ terms { nodes { " + "broader { slug } " * (PLACES.most + more) + "} } }",
            f"{{ terms(first: {rows}) {{ nodes {{ {'document ' * (COST.most // rows // 50 + more)} }} }} }}",
        ]
    )
