"""``shotaki schema``: what the JSON files look like."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from scheduler.wording.translation import _

OF_TYPES = {"properties", "enum"}
"""Keys of a schema whose title is the name of a class."""


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
    """Print one JSON Schema, with titles and descriptions in the user's language."""
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
    schema = translated(models[kind].model_json_schema(mode="serialization"))
    typer.echo(json.dumps(schema, ensure_ascii=False, indent=1))


def translated(schema: Any) -> Any:
    """Return a JSON Schema with its texts in the language in use.

    Those of input fields are messages of the catalogue; others stay as they are.
    """
    if isinstance(schema, list):
        return [translated(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    is_field = "description" in schema and not schema.keys() & OF_TYPES
    texts = {"title", "description", "unit"} if is_field else {"description", "unit"}
    return {
        key: _text(value)
        if key in texts and isinstance(value, str)
        else translated(value)
        for key, value in schema.items()
    }


def _text(text: str) -> str:
    """Return a text in the language in use, its lines joined within a paragraph."""
    paragraphs = (" ".join(one.split()) for one in text.split("\n\n"))
    return "\n\n".join(_(one) for one in paragraphs)
