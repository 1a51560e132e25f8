"""Parameters of lists as arguments of the graph, and back."""

from typing import Any

import graphene
from graphene.utils.str_converters import to_camel_case

from v2xkb.records.facet_values import Parameter


def argument_of(parameter: Parameter) -> graphene.Argument:
    """Values are open texts: a vocabulary may grow without the schema changing."""
    # `service__all` is `serviceAll`, where graphene would make two words of it.
    name = to_camel_case(parameter.name.replace("__", "_"))
    kind: Any = graphene.List(graphene.NonNull(graphene.String)) if parameter.multiple else graphene.String
    kind = graphene.Boolean if parameter.kind in ("flag", "presence") else kind
    return graphene.Argument(kind, name=name, description=parameter.help_text)


def submitted(arguments: dict[str, Any]) -> dict[str, str | list[str]]:
    """Arguments as an address would give them."""
    given = {name: value for name, value in arguments.items() if value is not None}
    return {name: str(int(value)) if isinstance(value, bool) else value for name, value in given.items()}
