"""What the barrier map as plain data is declared to be, for every interface that programs read."""

from barriers.choices import ActorRole
from projects.barrier_map_request import By, Layer
from projects.choices import Stance
from v2xkb.records.documents import BasisKind
from v2xkb.records.openapi import COUNT, TEXT, or_none, rows_of, titled, told

LINK = titled(
    "BarrierMapLink",
    "A link between a barrier and an actor or scenario that literature makes.",
    {
        "role": {
            "type": ["string", "null"],
            "enum": [*(role.value for role in ActorRole), None],
            "description": "Whether the actor is a source of the barrier, affected by it, or both.",
        },
        "basis": {
            "type": "string",
            "enum": [kind.value for kind in BasisKind],
            "description": "The strongest kind of basis that it stands on.",
        },
        "sources": {
            "type": "string",
            "enum": ["paper", "literature", "paper-and-literature", "none"],
            "description": "Who states it.",
        },
        "references": rows_of(TEXT, "Slugs of the references that it rests on."),
    },
)
STANCES = titled(
    "BarrierMapStances",
    "Projects by their stance; one with several stances counts under each.",
    {stance.value: told(COUNT, f"Projects that report the barrier as {stance.value}.") for stance in Stance},
)
TALLY = titled(
    "BarrierMapTally",
    "How many projects report, in how many reports.",
    {
        "projects": told(COUNT, "Projects with such a report: the length of the list."),
        "reports": told(COUNT, "Reports; a project may have several."),
        "stances": STANCES,
        "list": {"type": ["string", "null"], "format": "uri", "description": "The projects, if there are any."},
    },
)
CELL = titled(
    "BarrierMapCell",
    "A barrier and a column: a link in the layer of literature, a tally in that of projects.",
    {
        "column": told(TEXT, "Slug of the actor or scenario, or not-reported."),
        "link": or_none(LINK, "Only in the layer of literature: the link, if any source gives one."),
        "tally": or_none(TALLY, "Only in the layer of projects, and not where the filters leave the cell out."),
    },
)
ROW = titled(
    "BarrierMapRow",
    "A barrier with its cells.",
    {
        "barrier": told(TEXT, "Slug of the barrier."),
        "name": told(TEXT, "Name of the barrier."),
        "typology": told(TEXT, "Main class, by which the rows are ordered."),
        "typology_secondary": told({"type": ["string", "null"]}, "Second class, where it has one."),
        "from_paper": {"type": "boolean", "description": "Whether the paper names it; else other literature does."},
        "listed": told({"type": ["integer", "null"]}, "Place in the paper's order of presentation."),
        "total": or_none(TALLY, "All reports on the barrier, in the layer of projects."),
        "cells": rows_of(CELL, "One for each column, in their order."),
    },
)
COLUMN = titled(
    "BarrierMapColumn",
    "An actor or scenario, or what is not reported.",
    {"column": told(TEXT, "Its slug."), "label": told(TEXT, "Its name.")},
)
OF_SIDE = titled(
    "BarrierMapActorBarrier",
    "A barrier that literature links to the actor, and how many projects report it.",
    {"barrier": told(TEXT, "Slug of the barrier."), "link": LINK, "tally": TALLY},
)
TOPIC = titled(
    "BarrierMapTopic",
    "Research on barriers of the actor.",
    {
        "topic": told(TEXT, "Slug of the research topic."),
        "barriers": rows_of(TEXT, "Slugs of those of its barriers that are the actor's."),
    },
)
REPORT = titled(
    "BarrierMapReport",
    "What a project reports on a barrier of the actor.",
    {
        "project": told(TEXT, "Slug of the project."),
        "barrier": told(TEXT, "Slug of the barrier."),
        "stance": {
            "type": "string",
            "enum": [stance.value for stance in Stance],
            "description": "How the project met it.",
        },
        "key": told(TEXT, "Key of the report in the project's document."),
    },
)
SIDE = titled(
    "BarrierMapSide",
    "The map from the side of one actor.",
    {
        "actor": told(TEXT, "Slug of the actor."),
        "causes": rows_of(OF_SIDE, "Barriers it causes or can lift."),
        "bears": rows_of(OF_SIDE, "Barriers whose effect it bears."),
        "measures": rows_of(TEXT, "Measures it can take."),
        "topics": rows_of(TOPIC, "Research on these barriers."),
        "done": TALLY,
        "reports": rows_of(REPORT, "Reports of these barriers addressed or overcome, or that name the actor."),
    },
)
MAP = titled(
    "BarrierMap",
    "Barriers against actors or scenarios, in one of two layers that are never mixed.",
    {
        "layer": {"type": "string", "enum": [layer.value for layer in Layer], "description": "Which layer it is."},
        "by": {"type": "string", "enum": [by.value for by in By], "description": "What the columns are."},
        "set": told({"type": ["string", "null"]}, "Slug of the set of barriers shown."),
        "projects": told(COUNT, "How many projects the filters leave."),
        "columns": rows_of(COLUMN, "In the order of the vocabulary; what is not reported first."),
        "rows": rows_of(ROW, "By typology, the paper's own barriers first in each."),
        "sides": rows_of(SIDE, "One for each value of the parameter actor."),
    },
)
