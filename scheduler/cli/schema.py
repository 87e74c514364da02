"""``shotaki schema``: what the JSON files look like."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from scheduler.cli.options import Document
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.rosters import RosterDocument
from scheduler.wording.translation import _

DOCUMENTS: dict[Document, type[BaseModel]] = {
    Document.PROBLEM: Problem,
    Document.ROSTER: RosterRecord,
    Document.FINDING: Finding,
    Document.DOCUMENT: RosterDocument,
}

OF_TYPES = {"properties", "enum"}
"""Keys of a schema whose title is the name of a class."""


def print_schema(kind: Document) -> Exit:
    """Print one JSON Schema, with titles and descriptions in the user's language."""
    schema = translated(DOCUMENTS[kind].model_json_schema(mode="serialization"))
    print(json.dumps(schema, ensure_ascii=False, indent=1))
    return Exit.DONE


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
