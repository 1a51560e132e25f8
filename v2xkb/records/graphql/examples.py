"""Worked examples of queries, for those who meet the graph for the first time."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A query that answers a question people come with."""

    question: str
    query: str


EXAMPLES = (
    Example(
        "Which barriers did Danish projects with CHAdeMO report?",
        """\
# Filters are those of the list on the site; a list always knows its total.
query BarriersMet {
  projects(country: ["DK"], connector: ["chademo"], first: 20) {
    totalCount
    nodes {
      name
      page
      barriersMet {
        stance
        note
        barrier { name typology { label } }
      }
    }
  }
}
""",
    ),
    Example(
        "What counters the barriers of the paper, and who can act?",
        """\
# From barriers on to what is done about them, and back to the projects that report on them.
query WhatCountersThem {
  barriers(first: 5, sort: "presented") {
    nodes {
      name
      measures(first: 10) { nodes { name actors { label } } }
      reports(first: 5) { totalCount nodes { stance project { name } } }
    }
  }
}
""",
    ),
    Example(
        "Which connectors do projects with a cited V2G scenario use, and what rests on which source?",
        """\
# The facets beside a list, with the sources of the first records.
query CountedAndCited {
  projects(scenario: ["v2g"], citedOnly: true, first: 3) {
    totalCount
    facets(names: ["connector", "power_flow"]) {
      label
      options { label count }
    }
    nodes {
      name
      bases { path kind references { title url } }
    }
  }
}
""",
    ),
)
