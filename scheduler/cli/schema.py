"""``shotaki schema``: what the JSON files look like."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer

from scheduler.wording.translation import _


class Kind(StrEnum):
    """The JSON documents that have a schema."""

    PROBLEM = "problem"
    ROSTER = "roster"
    FINDING = "finding"
    DOCUMENT = "document"
    """What ``shotaki roster -o FILE.json`` writes: all of the above and a summary."""


def command(
    kind: Annotated[
        Kind,
        typer.Argument(
            help=_(
                "The input, the roster alone, one finding of the audit, or the "
                "document with all of them that `roster` writes."
            )
        ),
    ] = Kind.PROBLEM,
) -> None:
    """Print one JSON Schema."""
    from pydantic import BaseModel

    from scheduler.domain.finding import Finding
    from scheduler.domain.problem import Problem
    from scheduler.domain.record import RosterRecord
    from scheduler.files.rosters import RosterDocument

    models: dict[Kind, type[BaseModel]] = {
        Kind.PROBLEM: Problem,
        Kind.ROSTER: RosterRecord,
        Kind.FINDING: Finding,
        Kind.DOCUMENT: RosterDocument,
    }
    schema = models[kind].model_json_schema(mode="serialization")
    typer.echo(json.dumps(schema, ensure_ascii=False, indent=1))
