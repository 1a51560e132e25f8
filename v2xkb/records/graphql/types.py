"""GraphQL types read off the declarations of documents: a field is described once, and called alike everywhere."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

import graphene
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from v2xkb.records import registry
from v2xkb.records.documents import Basis, Conflict, LinkTo
from v2xkb.records.graphql.batches import BASIS, Backlinks, Node, Page, RecordNode
from v2xkb.records.graphql.bounds import NESTED_PAGE
from v2xkb.records.graphql.connections import connection_of, page_arguments, page_asked
from v2xkb.records.paths import link_fields
from v2xkb.records.tagging import stamp_of

INTERFACE = "Record"
NODE = "Node"
# Lists of links back are told from lists that can be filtered by their types' names.
LINKED = "Linked"
DOCUMENT = "document"
SHARED_FIELDS = frozenset({"kind", "id", "slug", "label", "basis", "conflicts", "notes"})

Type = type[graphene.ObjectType]
Resolver = Callable[..., Any]


class Plain(graphene.Scalar):
    """A text or a number, as the document has it."""

    serialize = staticmethod(lambda value: value)


SCALARS: dict[Any, type[graphene.Scalar]] = {int: graphene.Int, float: graphene.Float}


class Shape(NamedTuple):
    """What a field holds, and whether many of it."""

    inner: Any
    many: bool


def shape_of(annotation: Any) -> Shape:
    """An annotation without what only validation needs: options, constraints, list."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is list:
        return Shape(shape_of(arguments[0]).inner, many=True)
    if origin in (Union, UnionType):
        options = [option for option in arguments if option is not NoneType]
        return shape_of(options[0]) if len(options) == 1 else Shape(Plain, many=False)
    return shape_of(arguments[0]) if hasattr(annotation, "__metadata__") else Shape(annotation, many=False)


def field_of(inner: Any, resolver: Resolver, description: str | None, *, many: bool, required: bool) -> graphene.Field:
    """A list is never null and holds no null; a single value is null where nothing is reported."""
    kind = graphene.NonNull(graphene.List(graphene.NonNull(inner))) if many else inner
    return graphene.Field(kind, description=description, resolver=resolver, required=required and not many)


def object_type(name: str, description: str | None, fields: dict[str, Any], *interfaces: Any) -> Type:
    meta = type("Meta", (), {"name": name, "description": description, "interfaces": interfaces})
    return type(name, (graphene.ObjectType,), {"Meta": meta, **fields})


def type_name(kind: str) -> str:
    return registry.kind(kind).document.__name__.removesuffix("Document")


class DocumentTypes:
    """The object types of all kinds, with the ways back that `backlinks` declare and what is `derived` of them."""

    def __init__(self, backlinks: Iterable[Backlinks], derived: Mapping[tuple[str, str], graphene.Field]) -> None:
        self.backlinks = tuple(backlinks)
        self.derived = derived
        self.record = cache(self._record)
        self.part = cache(self._part)
        self.anything = self._anything()
        self.any_record = self._any_record()

    def of(self, kind: str) -> Any:
        """The type of a kind's records; that of any record where no kind is named."""
        return self.record(kind) if kind else self.any_record

    def _anything(self) -> type[graphene.Interface]:
        told = "What can be asked for by its permanent id alone, as Relay's clients do."
        fields = {name: field for name, field in self._shared_fields().items() if name == "id"}
        return self._interface(NODE, told, fields)

    def _any_record(self) -> type[graphene.Interface]:
        fields = self._shared_fields() | self._ways_back("")
        return self._interface(INTERFACE, "What every record has.", fields, self.anything)

    def _shared_fields(self) -> dict[str, graphene.Field]:
        return shared_fields(lambda: self.part(Basis), lambda: self.part(Conflict))

    def _interface(self, name: str, told: str, fields: dict[str, Any], *others: Any) -> type[graphene.Interface]:
        kind = classmethod(lambda cls, node, info: self.record(node.record.kind))
        meta = type("Meta", (), {"description": told, "interfaces": others})
        return type(name, (graphene.Interface,), {"resolve_type": kind, "Meta": meta, **fields})

    def _record(self, kind: str) -> Type:
        model = registry.kind(kind).document
        fields = {name: field for name, field in self._fields(model).items() if name not in SHARED_FIELDS}
        derived = {name: field for (target, name), field in self.derived.items() if target == kind}
        others = self._ways_back(kind) | derived
        if clash := fields.keys() & others.keys():
            raise ValueError(f"{kind}: ways back may not be called like fields of the document: {sorted(clash)}")
        return object_type(type_name(kind), model.__doc__, fields | others, self.anything, self.any_record)

    def _part(self, model: type[BaseModel]) -> Type:
        fields = self._fields(model) | {
            back.owner: graphene.Field(
                lambda kind=back.source: self.record(kind),
                required=True,
                description="The record this is a part of.",
                resolver=lambda node, info: node.owner,
            )
            for back in self.backlinks
            if back.owner and back.part is model
        }
        if model is Basis:
            fields["path"] = field_of(
                graphene.String, value("path"), "The path whose value it speaks for.", many=False, required=True
            )
        return object_type(model.__name__, model.__doc__, fields)

    def _fields(self, model: type[BaseModel]) -> dict[str, Any]:
        links = link_fields(model)
        return {
            name: self._field(name, info, links.get(name))
            for name, info in model.model_fields.items()
            if name not in SHARED_FIELDS or "id" not in model.model_fields
        }

    def _field(self, name: str, info: FieldInfo, link: LinkTo | None) -> graphene.Field:
        inner, many = shape_of(info.annotation)
        if link:
            target = link.kind
            inner, resolver = lambda: self.record(target), linked(name, target, many=many)
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            model = inner
            inner, resolver = lambda: self.part(model), parts(name, many=many)
        else:
            scalar = inner if inner is Plain else SCALARS.get(inner, graphene.String)
            inner, resolver = scalar, value(name, [] if many else None)
        return field_of(inner, resolver, info.description, many=many, required=info.is_required())

    def _ways_back(self, target: str) -> dict[str, graphene.Field]:
        return {back.name: self._way_back(back) for back in self.backlinks if back.target == target}

    def _way_back(self, back: Backlinks) -> graphene.Field:
        if back.owner:
            name, node_type = back.part.__name__, lambda: self.part(back.part)
        else:
            name, node_type = type_name(back.source) if back.source else INTERFACE, lambda: self.of(back.source)
        return graphene.Field(
            connection_of(name, node_type, prefix=LINKED),
            required=True,
            description=back.description,
            args=page_arguments(NESTED_PAGE),
            resolver=pointing(back),
        )


def shared_fields(basis: Callable[[], Type], conflict: Callable[[], Type]) -> dict[str, graphene.Field]:
    """The fields of any record."""

    def text(kind: type[graphene.Scalar], read: Callable[[RecordNode], Any], description: str) -> graphene.Field:
        return graphene.Field(kind, required=True, description=description, resolver=lambda node, info: read(node))

    string = graphene.String
    return {
        "id": text(graphene.ID, lambda node: node.record.pid, "Permanent, opaque identifier; kept through renames."),
        "kind": text(string, lambda node: node.record.kind, "What the record is."),
        "slug": text(string, lambda node: node.record.slug, "Name in addresses; may change, and then redirects."),
        "label": text(string, lambda node: node.record.label, "What the record is called in lists."),
        "page": text(string, lambda node: node.record.get_absolute_url(), "Path of the record's page on this site."),
        DOCUMENT: text(string, lambda node: node.record.document, "The whole document as canonical JSON text."),
        "notes": field_of(
            string, value("notes", []), "Remarks on the record itself, no findings.", many=True, required=True
        ),
        "conflicts": field_of(
            conflict, parts("conflicts", many=True), "Values on which sources disagree.", many=True, required=True
        ),
        "bases": field_of(
            basis,
            lambda node, info: node.parts_of(BASIS, node.bases),
            "Why the value at each path stands; it covers what is under the path.",
            many=True,
            required=True,
        ),
    }


def value(name: str, absent: Any = None) -> Resolver:
    return lambda node, info: node.data.get(name, absent)


def parts(name: str, *, many: bool) -> Resolver:
    def resolve(node: Node, info: Any) -> Node | list[Node] | None:
        if many:
            return node.parts_of(name, node.data.get(name, ()))
        return node.part(name, node.data[name]) if name in node.data else None

    return resolve


def linked(name: str, kind: str, *, many: bool) -> Resolver:
    def resolve(node: Node, info: Any) -> RecordNode | list[RecordNode] | None:
        if name not in node.data:
            return [] if many else None
        batch, place = node.owner.batch, (*node.place, name)
        found = batch.linked(node.owner.record.kind, place, kind, lambda: stamp_of(info.context))
        slugs = node.data[name]
        return [found[slug] for slug in slugs] if many else found[slugs]

    return resolve


def pointing(back: Backlinks) -> Resolver:
    def resolve(node: RecordNode, info: Any, **arguments: Any) -> Page:
        first, offset = page_asked(arguments, NESTED_PAGE)
        return node.batch.pointing(node, back, first, offset)

    return resolve
