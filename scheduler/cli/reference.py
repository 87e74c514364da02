"""The commands `rules` and `schema`, which print reference material."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Annotated, Any

import typer
from pydantic import BaseModel

from scheduler.cli.arguments import read_period
from scheduler.cli.options import PeriodOptions
from scheduler.cli.screen import table
from scheduler.cli.session import Session
from scheduler.domain.errors import Exit
from scheduler.domain.finding import Finding
from scheduler.domain.problem import Problem
from scheduler.domain.record import RosterRecord
from scheduler.files.rosters import RosterDocument
from scheduler.rulebook import Rule, load
from scheduler.wording.findings import facet_title, rule_title, source_text
from scheduler.wording.translation import _, in_language


class Document(StrEnum):
    """The JSON documents that have a schema."""

    PROBLEM = "problem"
    ROSTER = "roster"
    FINDING = "finding"
    DOCUMENT = "document"
    """The file of ``shotaki roster -o FILE.json``: all of the above and a summary."""


def list_rules(
    session: Session,
    month: str | None = None,
) -> Exit:
    """Print every rule in force in a month."""
    period = read_period(PeriodOptions(month or f"{dt.date.today():%Y-%m}"))
    rules = load(period).rules
    heads = [_("Rule"), _("Kind"), _("Basis"), _("What"), _("Source")]
    session.say(table([heads, *map(_cells, rules)]))
    session.give(rules=[_fields(rule) for rule in rules])
    return Exit.DONE


def _cells(rule: Rule) -> list[str]:
    return [
        rule.id,
        str(rule.severity),
        str(rule.confidence),
        rule_title(rule),
        source_text(rule),
    ]


def _fields(rule: Rule) -> dict[str, Any]:
    """Return a rule's record as JSON data, with its texts in both languages."""
    record = rule.model_dump(mode="json")
    given = {
        **dict.fromkeys(("id", "title", "title_ja", "severity", "sides", "one_sided")),
        **dict.fromkeys(("source", "source_ja", "confidence", "facet", "values")),
    }
    facets = {
        name: _facet_fields(rule, name, record["facet"][name]) for name in rule.facet
    }
    texts = _in_both(title=partial(rule_title, rule), source=partial(source_text, rule))
    return given | record | texts | {"facet": facets}


def _facet_fields(rule: Rule, name: str, record: dict[str, Any]) -> dict[str, Any]:
    facet = rule.facet[name]
    given = {
        key: record[key]
        for key in (
            *("stance", "unit", "weight", "compares", "about", "yields"),
            *("audit_only", "confidence", "computed"),
        )
    }
    source = partial(source_text, rule, name) if facet.source else str
    return given | _in_both(source=source, title=partial(facet_title, facet))


def _in_both(**texts: Callable[[], str]) -> dict[str, str]:
    """Return texts in English under their names, in Japanese under ``…_ja``."""
    given = {}
    for name, text in texts.items():
        with in_language("en"):
            given[name] = text()
        with in_language("ja"):
            given[f"{name}_ja"] = text()
    return given


DOCUMENTS: dict[Document, type[BaseModel]] = {
    Document.PROBLEM: Problem,
    Document.ROSTER: RosterRecord,
    Document.FINDING: Finding,
    Document.DOCUMENT: RosterDocument,
}

OF_TYPES = {"properties", "enum"}
"""Keys of a type's schema: its title is a class name, which is not translated."""


def print_schema(
    session: Session,
    kind: Annotated[Document, typer.Argument()] = Document.PROBLEM,
) -> Exit:
    """Print one JSON Schema, with titles and descriptions in the user's language."""
    schema = translated(DOCUMENTS[kind].model_json_schema(mode="serialization"))
    print(json.dumps(schema, ensure_ascii=False, indent=1))
    return Exit.DONE


def translated(schema: Any) -> Any:
    """Return a JSON Schema with its texts translated into the language in use.

    Only the texts of input fields are in the catalogue; others stay in English.
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
    """Return a translated text, with the lines of each paragraph joined."""
    paragraphs = (" ".join(one.split()) for one in text.split("\n\n"))
    return "\n\n".join(_(one) for one in paragraphs)
