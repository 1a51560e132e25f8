"""How much one query may ask for: each limit stated once, for what checks it and what tells of it."""

from dataclasses import dataclass

from graphql import GraphQLError


@dataclass(frozen=True)
class Limit:
    """At most `most` of what `counts` says; `said` is the fault of a query that has more, `remedy` what to do."""

    name: str
    most: int
    counts: str
    said: str
    remedy: str

    def check(self, value: int) -> None:
        """Raises GraphQLError naming the value and the limit."""
        if value > self.most:
            said = self.said.format(f"{value:,}")
            raise GraphQLError(f"The query {said}; at most {self.most:,} are answered. {self.remedy}")


CHARACTERS = Limit("characters", 50_000, "characters of the query's text", "has {} characters", "Split it.")
TOKENS = Limit("tokens", 4_000, "names, values and signs of the query's text", "has {} tokens", "Split it.")
DEPTH = Limit(
    "depth", 15, "fields within fields, the root's being the first", "nests fields {} levels deep", "Ask in two steps."
)
ALIASES = Limit(
    "aliases",
    100,
    "fields under another name, in a fragment each time it is spread",
    "gives {} fields another name",
    "Ask for several records by “nodes”, or split it.",
)
DIRECTIVES = Limit(
    "directives",
    50,
    "@include and @skip, in a fragment each time it is spread",
    "has {} directives",
    "Ask only for the fields you want.",
)
BATCH = Limit(
    "batch",
    100,
    "values in the lists given to one field",
    "gives one field {} values in lists",
    "Ask for the rest in another query.",
)
ROOT_PAGE = Limit("page", 200, "rows of a list at a time", "", "Follow pageInfo.endCursor.")
NESTED_PAGE = Limit("nested page", 100, "rows at a time of a list within a row", "", "Follow pageInfo.endCursor.")
# As how many places count what costs more than a few statements.
OF_NUMBERS = 20
OF_FACETS = 5
PLACES = Limit(
    "places",
    100,
    f"fields that lead to other records; statistics and the barrier map count as {OF_NUMBERS}, facets as {OF_FACETS}",
    "leads to other records in {} places",
    "Split it.",
)
COST = Limit(
    "cost",
    200_000,
    "values it could return: within a list times the rows asked for, or 5 where the list has no pages; a whole "
    "document counts as 50",
    "asks for about {} values",
    "Lower “first”, or ask for fewer fields.",
)
LIMITS = (CHARACTERS, TOKENS, DEPTH, ALIASES, DIRECTIVES, BATCH, ROOT_PAGE, NESTED_PAGE, PLACES, COST)


def told() -> str:
    """The limits as a sentence for those who read the schema."""
    return "; ".join(f"{limit.name} {limit.most:,} ({limit.counts})" for limit in LIMITS)
