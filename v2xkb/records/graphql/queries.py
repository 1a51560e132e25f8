"""The root of the graph: for each kind a list, asked as everywhere else, and one record by its name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import graphene
from graphene.utils.str_converters import to_camel_case
from graphql import GraphQLError

from v2xkb.records import registry
from v2xkb.records.facets import FacetedFilterSet
from v2xkb.records.graphql import querysets
from v2xkb.records.graphql.answers import derived_field
from v2xkb.records.graphql.arguments import argument_of, submitted
from v2xkb.records.graphql.batches import Backlinks, Batch, Derived, Page, RecordNode
from v2xkb.records.graphql.bounds import BATCH, ROOT_PAGE, told
from v2xkb.records.graphql.connections import connection_of, page_arguments, page_asked
from v2xkb.records.graphql.facets import ListPage, facets_field, refuse_faults
from v2xkb.records.graphql.held_rows import in_order, rows_listed
from v2xkb.records.graphql.limits import PLACES
from v2xkb.records.graphql.plain import PlainTypes
from v2xkb.records.graphql.querysets import Row
from v2xkb.records.graphql.searching import search_field
from v2xkb.records.graphql.types import DocumentTypes, Resolver, type_name
from v2xkb.records.models import Record, Redirect
from v2xkb.records.tagging import stamp_of

DESCRIPTION = (
    "Reading the knowledge base. Lists answer as they do on the site and in the REST interface. At most are answered: "
    f"{told()}."
)


class RootField(Protocol):
    """A field of the root that is made as it says; it counts as so many places."""

    @property
    def name(self) -> str: ...

    @property
    def places(self) -> int: ...

    def field(self, types: PlainTypes) -> graphene.Field: ...


@dataclass(frozen=True)
class Listed:
    """A kind and what its list can be asked by."""

    kind: str
    filterset: type[FacetedFilterSet]

    @property
    def order(self) -> str:
        """The method of the kind's queryset that makes the order of a list of which nothing is asked."""
        method: str = self.filterset.base_filters["sort"].usual.method
        return method


def schema_of(
    lists: Iterable[Listed], backlinks: Iterable[Backlinks], answers: Sequence[RootField], derived: Sequence[Derived]
) -> graphene.Schema:
    plain = PlainTypes()
    types = DocumentTypes(backlinks, {(one.target, one.name): derived_field(one, plain) for one in derived})
    fields: dict[str, Any] = {}
    for listed in sorted(lists, key=lambda listed: listed.kind):
        kind = registry.kind(listed.kind)
        fields[kind.name.replace("-", "_")] = one(types, kind.name)
        fields[kind.folder.replace("-", "_")] = many(types, listed)
    fields |= {answer.name: answer.field(plain) for answer in answers}
    fields |= {"search": search_field(types.any_record, plain), **by_id(types)}
    query = type("Query", (graphene.ObjectType,), {"__doc__": DESCRIPTION, **fields})
    schema = graphene.Schema(query=query, types=[types.record(kind.name) for kind in registry.kinds()])
    schema.graphql_schema.extensions[PLACES] = {("Query", to_camel_case(one.name)): one.places for one in answers}
    return schema


def one(types: DocumentTypes, kind: str) -> graphene.Field:
    return graphene.Field(
        lambda: types.record(kind),
        description=(
            f"The {registry.kind(kind).name.replace('-', ' ')} of this slug or permanent id, if there is one; "
            "a former one gives the record that answers in its place."
        ),
        args={
            "slug": graphene.Argument(graphene.String, description="Its name in addresses."),
            "id": graphene.Argument(graphene.ID, description="Its permanent identifier."),
        },
        resolver=named(kind),
    )


def named(kind: str) -> Resolver:
    def resolve(root: Any, info: Any, slug: str | None = None, id: str | None = None) -> RecordNode | None:  # noqa: A002
        if (slug is None) == (id is None):
            raise GraphQLError("Give “slug” or “id”, and not both.")
        records = Record.objects.of_kind(kind)
        named = records.with_slugs(kind, [slug]) if slug is not None else records.with_pids([str(id)])
        batch = Batch(querysets.rows(named))
        if not batch.nodes:
            batch = Batch(answering(kind, slug if slug is not None else str(id)))
        return next(iter(batch.nodes.values()), None)

    return resolve


def by_id(types: DocumentTypes) -> dict[str, graphene.Field]:
    """Records of any kind by their permanent ids."""
    former = "a former one gives the record that answers in its place"
    return {
        "node": graphene.Field(
            types.anything,
            description=f"The record of any kind that has this permanent id, if there is one; {former}.",
            args={"id": graphene.Argument(graphene.ID, required=True, description="Its permanent identifier.")},
            resolver=lambda root, info, id: identified([id])[0],  # noqa: A006
        ),
        "nodes": graphene.Field(
            graphene.NonNull(graphene.List(types.anything)),
            description=f"The records of these permanent ids, in their order, null where there is none; {former}.",
            args={
                "ids": graphene.Argument(
                    graphene.NonNull(graphene.List(graphene.NonNull(graphene.ID))),
                    description=f"Permanent identifiers, at most {BATCH.most}.",
                )
            },
            resolver=lambda root, info, ids: identified(ids),
        ),
    }


def identified(pids: Sequence[str]) -> list[RecordNode | None]:
    """The records of permanent ids, in their order; at most three queries."""
    found = querysets.rows(Record.objects.with_pids(list(pids)))
    missing = set(pids) - {record.pid for record in found}
    targets = querysets.answering(sorted(missing)) if missing else {}
    found += querysets.rows(Record.objects.with_pids(sorted(set(targets.values())))) if targets else []
    nodes = {node.record.pid: node for node in Batch(found).nodes.values()}
    return [nodes.get(targets.get(pid, pid)) for pid in pids]


def answering(kind: str, name: str) -> list[Row]:
    """The record that answers in the place of one that had this slug or permanent id."""
    left = Redirect.objects.called(kind, name)
    return querysets.rows(Record.objects.with_pids([left.target_pid])) if left and left.target_pid else []


def many(types: DocumentTypes, listed: Listed) -> graphene.Field:
    plural = registry.kind(listed.kind).plural
    return graphene.Field(
        connection_of(
            type_name(listed.kind), lambda: types.record(listed.kind), (("facets", facets_field(listed.filterset)),)
        ),
        required=True,
        description=f"The {plural} that meet every parameter given; several values of one mean any of them.",
        args={parameter.name: argument_of(parameter) for parameter in listed.filterset.parameters()}
        | page_arguments(ROOT_PAGE),
        resolver=matching(listed),
    )


def matching(listed: Listed) -> Resolver:
    model = registry.kind(listed.kind).projection.model

    def resolve(root: Any, info: Any, **arguments: Any) -> Page:
        first, offset = page_asked(arguments, ROOT_PAGE)
        given = submitted(arguments)
        everything = model._default_manager.all()
        asked = cache(lambda: listed.filterset(given, everything))
        stamp = stamp_of(info.context)
        rows: Sequence[Row]
        total: Callable[[], int]
        if given:
            refuse_faults(asked())
            rows = rows_listed(listed.kind, asked().between(offset, offset + first + 1), stamp)
            total = lambda: asked().total  # noqa: E731
        # Where nothing is asked, nothing has to be read and checked, which takes longer than the statement.
        elif (whole := in_order(listed.kind, listed.order, stamp)) is not None:
            rows, total = whole[offset : offset + first + 1], whole.__len__
        else:
            rows = querysets.rows_of_all(model, listed.order, first + 1, offset)
            total = cache(everything.count)
        nodes = list(Batch(rows[:first]).nodes.values())
        return ListPage(nodes, offset, len(rows) > first, total, asked)

    return resolve
